/** A log of publications as a site serves it, for the commands that check it. */
import { readVkey, type Verifier } from "../src/log/note.ts";
import type { LogReader } from "../src/log/tiles.ts";
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

/** Reads the log of a site, whose address ends without a slash. */
export const siteLog =
  (site: string): LogReader =>
  (path) =>
    fetchBytes(`${site}/log/${path}`);

/** The key in a text. @throws {Complaint} when it is none of the kind */
export function keyIn(text: string, kind: Verifier["kind"] = "note"): Verifier {
  const key = readVkey(text.trim());
  if (key?.kind !== kind)
    throw new Complaint(
      say(`不是公钥：${text.trim().slice(0, 100)}`, `not a public key: ${text.trim().slice(0, 100)}`),
    );
  return key;
}

/** The key that a site shows for its log. @throws {Complaint} when it shows none */
export async function keyOfSite(read: LogReader): Promise<Verifier> {
  const text = await read("key");
  if (!text) throw new Complaint(say("这个网站没有公布日志", "this site has no log of publications"));
  return keyIn(new TextDecoder().decode(text));
}
