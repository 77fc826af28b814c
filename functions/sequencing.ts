import { readFile } from "node:fs/promises";
import { fromBase64 } from "../src/log/bytes.ts";
import { signerOf } from "../src/log/ed25519.ts";
import type { LogIdentity } from "../src/sequence/sequencer.ts";
import { required, wrong } from "./variables.ts";

/**
 * The log of publications: `TLOG_KEY_FILE` is a file with the key that signs it, 32 random bytes as base64; no log is
 * kept without. Its name is its address without the scheme, `PUBLIC_URL` and `/log`, unless `TLOG_ORIGIN` says another:
 * it stays the same when the address changes.
 * @throws when there is no such file, or no key in it
 */
export async function logIdentityFromEnvironment(): Promise<{ readonly log?: LogIdentity }> {
  const file = process.env["TLOG_KEY_FILE"];
  if (!file) return {};
  const seed = fromBase64((await readFile(file, "utf8")).trim());
  if (seed?.length !== 32)
    throw wrong("TLOG_KEY_FILE", "所指的文件应为32字节的Base64", "names no file of 32 bytes as base64");
  const origin =
    process.env["TLOG_ORIGIN"] ||
    `${required("PUBLIC_URL")
      .replace(/^\w+:\/\//, "")
      .replace(/\/$/, "")}/log`;
  return { log: { origin, signer: await signerOf(seed) } };
}
