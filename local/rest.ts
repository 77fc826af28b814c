/** What `npm start` leaves to be built until it has started (`scripts/build.ts start`). */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";

const at = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** Builds the rest, where there is one, in a process that gives way to all others and ends with this one. */
export function buildRest(): void {
  if (!existsSync(at("dist/rest"))) return;
  const child = spawn(process.execPath, [at("scripts/build.ts"), "rest"], { stdio: ["ignore", "ignore", "inherit"] });
  const end = (): void => void child.kill();
  process.once("exit", end);
  child.once("spawn", () => setPriority(child.pid!, constants.priority.PRIORITY_BELOW_NORMAL));
  child.once("error", (error) => console.error(error));
  child.once("exit", (code) => {
    process.off("exit", end);
    // Ended by a signal it goes on at the next start.
    if (code !== 0 && code !== null)
      console.error("生僻字的字体和命令没有构建完，请运行 npm run build · the rest was not built; run npm run build");
  });
}
