#!/usr/bin/env node
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`nianbao 需要 Node 20.19 或更新的版本，这里是 ${process.version}。`);
  console.error(`nianbao needs Node 20.19 or later; this is ${process.version}.`);
  process.exitCode = 2;
} else {
  // From 22.8 on: what was compiled once is not compiled at every start.
  module.enableCompileCache?.();
  import("../dist/cli/nianbao.mjs");
}
