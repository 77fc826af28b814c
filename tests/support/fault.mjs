/**
 * Put before a program by `node --import`: files whose names say so bring down the thread that reads them. `FAULT_ONCE`
 * names a file that is made when it happened; then it does not happen again.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

const { readFileSync } = fs;

function happen(path) {
  if (path.includes("挂起")) for (;;);
  if (path.includes("退出")) process.exit(3);
  if (path.includes("内存")) {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(held.length));
  }
  if (path.includes("中断") && process.env["FAULT_ONCE"] && !fs.existsSync(process.env["FAULT_ONCE"])) {
    fs.writeFileSync(process.env["FAULT_ONCE"], "");
    process.exit(3);
  }
}

if (!isMainThread) {
  fs.readFileSync = (path, ...rest) => {
    const bytes = readFileSync(path, ...rest);
    if (typeof path !== "string" || !path.includes("reports")) return bytes;
    happen(path);
    // What nobody reckons with.
    return path.includes("异常") ? undefined : bytes;
  };
  syncBuiltinESMExports();
}
