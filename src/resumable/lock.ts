import { readFileSync, rmSync, writeFileSync } from "node:fs";

const isRunning = (process_: number): boolean => {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/**
 * Keeps what a file stands for to this process; what a killed one left behind does not count.
 * @param inUse what is thrown when another process has it
 * @returns gives it up
 */
export function lock(path: string, inUse: (process: number) => Error): () => void {
  for (;;)
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = Number(readFileSync(path, "utf8"));
      // In a container every run may have the same number.
      if (owner !== process.pid && Number.isSafeInteger(owner) && owner > 0 && isRunning(owner)) throw inUse(owner);
      rmSync(path, { force: true });
    }
}
