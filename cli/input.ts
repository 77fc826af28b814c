import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Message } from "../src/basics/finding.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** What a file is called in messages. */
export const nameOf = (file: string): string => (file === "-" ? say("标准输入", "standard input") : file);

const REASONS: Readonly<Record<string, Message>> = {
  ENOENT: { zh: "没有这个文件", en: "no such file" },
  EISDIR: { zh: "是目录，不是文件", en: "a folder, not a file" },
  EACCES: { zh: "没有读取的权限", en: "permission denied" },
};

/** Why the system did not do what was asked, in words. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const known = REASONS[code];
  return known ? say(known) : message;
}

let standardInput: Promise<Uint8Array> | undefined;

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws {Complaint} when they cannot be read
 */
export async function readBytes(file: string): Promise<Uint8Array> {
  if (file === "-") {
    if (process.stdin.isTTY)
      console.error(say("从标准输入读取，Ctrl-D 结束。", "Reading from standard input; end with Ctrl-D."));
    standardInput ??= buffer(process.stdin);
    return standardInput;
  }
  return readFile(file).catch((error: unknown) => {
    throw new Complaint(say(`读不到${file}：${reasonOf(error)}`, `cannot read ${file}: ${reasonOf(error)}`));
  });
}

/**
 * The JSON value in a file.
 * @throws {Complaint} with the line and column where it is none
 */
export async function readJson(file: string): Promise<unknown> {
  // Its parser is for who reads JSON, which saying the version does not.
  const [bytes, { ParseError, parseJson }] = await Promise.all([readBytes(file), import("../src/check/parse.ts")]);
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof ParseError)
      throw new Complaint(say(`${nameOf(file)}：${error.messageZh}`, `${nameOf(file)}: ${error.message}`));
    throw error;
  }
}
