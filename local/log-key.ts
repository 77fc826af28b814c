import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { secretFile } from "./secret-file.ts";

const fileOf = (directory: string): string => join(directory, "log-key");

/** The name that the log of a service on this machine has, whatever port it listens on. */
const TLOG_ORIGIN = "localhost/nianbao/log";

/** The environment by which a data folder's log is signed; its key is made at the first start. */
export async function openLogKey(directory: string): Promise<Readonly<Record<string, string>>> {
  await secretFile(fileOf(directory), () => randomBytes(32).toString("base64"));
  return { TLOG_KEY_FILE: fileOf(directory), TLOG_ORIGIN };
}

/** That of a folder in which a service was started before; nothing where none was. */
export const knownLogKey = (directory: string): Readonly<Record<string, string>> =>
  existsSync(fileOf(directory)) ? { TLOG_KEY_FILE: fileOf(directory), TLOG_ORIGIN } : {};
