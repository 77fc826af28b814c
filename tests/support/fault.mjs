/**
 * Loaded before the program of a process that reads: files whose names say so bring it down. `globalThis.faultOnce` names
 * a file that is made when it happened; then it does not happen again.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { readFileSync } = fs;
const once = globalThis.faultOnce;

function happen(path) {
  if (path.includes("挂起")) for (;;);
  if (path.includes("退出")) process.exit(3);
  if (path.includes("内存")) {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(held.length));
  }
  if (path.includes("数组")) {
    const held = [];
    for (;;) held.push(new Uint8Array(2 ** 30).fill(held.length));
  }
  if (path.includes("中断") && once && !fs.existsSync(once)) {
    fs.writeFileSync(once, "");
    process.exit(3);
  }
}

fs.readFileSync = (path, ...rest) => {
  const bytes = readFileSync(path, ...rest);
  if (typeof path !== "string" || !path.includes("reports")) return bytes;
  happen(path);
  // What nobody reckons with.
  return path.includes("异常") ? undefined : bytes;
};
syncBuiltinESMExports();
