import { readFile } from "node:fs/promises";
import { sha256 } from "../src/basics/hash.ts";
import type { Witness } from "../src/fsck/witnesses.ts";
import { fromBase64 } from "../src/log/bytes.ts";
import type { LogKeys } from "../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../src/log/ed25519.ts";
import { readVkey } from "../src/log/note.ts";
import { keysOf, type LogIdentity } from "../src/sequence/identity.ts";
import { required, words, wrong } from "./variables.ts";

/** The name of the log: its address without the scheme unless `TLOG_ORIGIN` says another, by which it stays when the address changes. */
const origin = (): string =>
  process.env["TLOG_ORIGIN"] ||
  `${required("PUBLIC_URL")
    .replace(/^\w+:\/\//, "")
    .replace(/\/$/, "")}/log`;

/** The signers whose keys a file has, a line each. @throws when there is no such file, or something else in it */
async function signersOfFile(file: string): Promise<Signer[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
  const seeds = lines.map((line) => fromBase64(line.trim()));
  if (seeds.length === 0 || seeds.some((seed) => seed?.length !== 32))
    throw wrong(
      "TLOG_KEY_FILE",
      "所指的文件每行应为32字节的Base64",
      "names no file with 32 bytes as base64 in each line",
    );
  return Promise.all(seeds.map((seed) => signerOf(seed as Uint8Array)));
}

/** Loaded when there is such a key: who has none needs no client of KMS. */
async function signersOfKms(keys: readonly string[]): Promise<Signer[]> {
  const { kmsSigner } = await import("../src/store/kms.ts");
  return Promise.all(keys.map((key) => kmsSigner(key, required("AWS_REGION"))));
}

async function identity(): Promise<LogIdentity> {
  const { TLOG_KEY_FILE: file, TLOG_KMS_KEY: keys } = process.env;
  return { origin: origin(), signers: file ? await signersOfFile(file) : await signersOfKms(words(keys ?? "")) };
}

/**
 * Who signs the log of publications: `TLOG_KEY_FILE` is a file with 32 random bytes as base64, or `TLOG_KMS_KEY` a key of
 * AWS KMS; no log is kept without. During a rotation there are two, the present one first: a second line of the file, or
 * a second key after a space. Asked for when there is something to sign, once in a process.
 */
export function logIdentityFromEnvironment(): { readonly log?: () => Promise<LogIdentity> } {
  if (!process.env["TLOG_KEY_FILE"] && !process.env["TLOG_KMS_KEY"]) return {};
  let known: Promise<LogIdentity> | undefined;
  const log = (): Promise<LogIdentity> => {
    known ??= identity().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return { log };
}

/**
 * By which keys the log is known, for those who check and do not sign: `TLOG_KEYS`, with spaces between, or those of who
 * signs, of which a key of KMS gives its public half alone.
 * @throws when one is no key
 */
export async function logKeysFromEnvironment(): Promise<LogKeys | undefined> {
  const listed = words(process.env["TLOG_KEYS"] ?? "").map(readVkey);
  if (listed.length > 0) {
    const keys = listed.filter((key) => key?.kind === "note");
    if (keys.length < listed.length)
      throw wrong("TLOG_KEYS", "应为公钥（名称+编号+密钥）", "must be public keys (name+id+key)");
    return keys as LogKeys;
  }
  const signs = await logIdentityFromEnvironment().log?.();
  return signs && keysOf(signs);
}

/** How long a witness is waited for, ms; and how much of its answer is read, bytes. */
const [PATIENCE, LARGEST] = [10_000, 64 * 1024];

/** What a witness serves of a log (C2SP tlog-witness, monitoring prefix); undefined where it does not answer. */
async function servedBy(prefix: string, name: string): Promise<string | undefined> {
  const url = `${prefix.replace(/\/$/, "")}/${sha256(name)}/checkpoint`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), redirect: "error" });
    const text = answer.ok ? await answer.text() : undefined;
    return text !== undefined && text.length <= LARGEST ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The witnesses of the log: `TLOG_WITNESSES` has for each its public key and where it publishes what it cosigned, with
 * spaces between.
 * @throws when a key is none of a witness, or lacks its address
 */
export function witnessesFromEnvironment(keys: LogKeys | undefined): readonly Witness[] {
  const [name] = (keys ?? []).map((key) => key.name);
  const listed = words(process.env["TLOG_WITNESSES"] ?? "");
  if (name === undefined || listed.length === 0) return [];
  return Array.from({ length: Math.ceil(listed.length / 2) }, (_, i): Witness => {
    const [text = "", url = ""] = listed.slice(2 * i, 2 * i + 2);
    const key = readVkey(text);
    if (key?.kind !== "cosignature" || !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
      throw wrong("TLOG_WITNESSES", "应为“公钥 网址”，空格隔开", "must be a witness's key and its address, in turn");
    return { key, read: () => servedBy(url, name) };
  });
}

/** Whether what is published will be in a log: `TLOG=true` tells it to who has no part in it. */
export const keepsLog = (): boolean =>
  process.env["TLOG"] === "true" ||
  ["TLOG_KEY_FILE", "TLOG_KMS_KEY", "TLOG_KEYS"].some((name) => Boolean(process.env[name]));
