/** A log of publications as a site serves it, for the commands that check it. */
import type { LogKeys } from "../src/log/checkpoint.ts";
import { readVkey, type Verifier } from "../src/log/note.ts";
import { type LogReader, remembering } from "../src/log/tiles.ts";
import type { SiteReader } from "../src/log/verify.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** How long an answer is waited for, ms. */
const PATIENCE = 20_000;
/** Larger than any file of a log: a bundle of 256 of the longest entries. */
const LARGEST = 17 * 1024 ** 2;

/** The body of an answer; undefined where there is nothing. @throws {Complaint} */
export async function fetchBytes(url: string): Promise<Uint8Array | undefined> {
  const failed = (why: string): Complaint => new Complaint(say(`读不到${url}：${why}`, `cannot read ${url}: ${why}`));
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: Error) => {
    throw failed(error.message);
  });
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (!answer.ok) throw failed(String(answer.status));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > LARGEST) throw failed(`${bytes.length} B`);
  return bytes;
}

/** Reads the public files of a site, whose address ends without a slash: each once. */
export const filesOf = (site: string): SiteReader => remembering((path) => fetchBytes(`${site}/${path}`));

/** The keys in some texts, one in each line. @throws {Complaint} when one is none of the kind */
export function keysIn(texts: readonly string[], kind: Verifier["kind"] = "note"): LogKeys {
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const key = readVkey(line.trim());
    if (key?.kind !== kind)
      throw new Complaint(
        say(`不是公钥：${line.trim().slice(0, 100)}`, `not a public key: ${line.trim().slice(0, 100)}`),
      );
    return key;
  });
}

/** The keys that a site shows for its log. @throws {Complaint} when it shows none */
export async function keysOfSite(read: LogReader): Promise<LogKeys> {
  const text = await read("key");
  const keys = text ? keysIn([new TextDecoder().decode(text)]) : [];
  if (keys.length === 0) throw new Complaint(say("这个网站没有公布日志", "this site has no log of publications"));
  return keys;
}
