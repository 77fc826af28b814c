import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InUseError } from "./problems.ts";

const LOCK = "batch.lock";

const isRunning = (process_: number): boolean => {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/**
 * Keeps a folder of results for this process; what a killed one left behind does not count.
 * @returns gives the folder up
 * @throws InUseError when another process has it
 */
export function lock(folder: string): () => void {
  const path = join(folder, LOCK);
  for (;;)
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = Number(readFileSync(path, "utf8"));
      // In a container every run may have the same number.
      if (owner !== process.pid && Number.isSafeInteger(owner) && owner > 0 && isRunning(owner))
        throw new InUseError(folder, owner);
      rmSync(path, { force: true });
    }
}
