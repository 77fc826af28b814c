#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";

const command = new URL("../dist/cli/nianbao.mjs", import.meta.url);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`nianbao 需要 Node 20.19 或更新的版本，这里是 ${process.version}。`);
  console.error(`nianbao needs Node 20.19 or later; this is ${process.version}.`);
  process.exitCode = 2;
} else if (!existsSync(command)) {
  // In a clone only: what is packed and installed has it.
  console.error("命令还没有构建：npm start 启动后在后台构建，或运行 npm run build。");
  console.error("The command is not built yet: npm start does once it has started, or run npm run build.");
  process.exitCode = 2;
} else {
  // From 22.8 on: what was compiled once is not compiled at every start.
  module.enableCompileCache?.();
  import(command.href);
}
