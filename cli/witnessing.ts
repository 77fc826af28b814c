import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { secretFile } from "../local/secret-file.ts";
import { sha256 } from "../src/basics/hash.ts";
import { writeAtomically } from "../src/batch/atomically.ts";
import { fromBase64, sameBytes } from "../src/log/bytes.ts";
import { type LogKeys, openCheckpoint } from "../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../src/log/ed25519.ts";
import type { LogEntry } from "../src/log/entry.ts";
import { cosignText, readNote, vkeyOf, writeNote } from "../src/log/note.ts";
import { DamagedLogError, nodesOfTiles } from "../src/log/tiles.ts";
import { rootOf } from "../src/log/tree.ts";
import { goesOnFrom, type Head, logOf, readHead, type SiteReader } from "../src/log/verify.ts";
import { auditPlaces, kept, readEntries } from "./auditing.ts";
import { Complaint, EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { filesOf, keysIn, keysOfSite } from "./log.ts";

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly key?: readonly string[];
}

/** The signer whose key a file keeps, made at the first use. @throws {Complaint} */
async function signerOfFile(file: string): Promise<Signer> {
  const seed = fromBase64((await secretFile(file, () => randomBytes(32).toString("base64"))).trim());
  if (seed?.length !== 32) throw new Complaint(say(`${file} 里没有密钥`, `there is no key in ${file}`));
  return signerOf(seed);
}

/** What a witness knows of a log, and where it keeps it. */
interface Witnessing {
  readonly site: SiteReader;
  readonly keys: LogKeys;
  readonly file: (part: string) => string;
}

/** A log that goes on from what the witness saw of it, all its entries read. */
interface Witnessed {
  readonly head: Head;
  readonly entries: readonly LogEntry[];
  /** How many of them it had seen before. */
  readonly seen: number;
}

/**
 * Looks at the log.
 * @throws DamagedLogError when it is not signed by its key, its tiles or entries are not those of its checkpoint, or it
 *   does not go on from the last one
 */
async function look({ site, keys, file }: Witnessing): Promise<Witnessed> {
  const read = logOf(site);
  const head = await readHead(read, keys);
  const { size, root } = head.checkpoint;
  if (!sameBytes(await rootOf(size, nodesOfTiles(size, read)), root))
    throw new DamagedLogError(`the tiles are not those of the signed log of ${size}`);
  const last = await kept(file("checkpoint"));
  const before = last === undefined ? undefined : await openCheckpoint(last, keys);
  if (last !== undefined && !before)
    throw new Complaint(
      say(
        "存下的检查点已损坏，或签它的密钥不在 log-key 里",
        "the checkpoint that was kept is damaged, or its key is not in log-key",
      ),
    );
  if (before && !(await goesOnFrom(before, head.checkpoint, read)))
    throw new DamagedLogError(
      `the log of ${head.checkpoint.size} does not go on from that of ${before.size}: it was rewritten`,
    );
  return { head, entries: await readEntries(file("entries"), head.checkpoint, read), seen: before?.size ?? 0 };
}

/**
 * Puts the cosigned checkpoint where it is kept, and where a witness serves it (C2SP tlog-witness): below `public/`, by the
 * hash of the log's name.
 */
async function keep(cosigned: string, { file, keys }: Witnessing): Promise<void> {
  const served = file(join("public", sha256(keys[0]?.name ?? ""), "checkpoint"));
  await mkdir(dirname(served), { recursive: true });
  writeAtomically(file("checkpoint"), cosigned);
  writeAtomically(served, cosigned);
}

/** Cosigns the log of a site, or says why not; and says what the site shows that is not what was logged. */
export async function witness(url: string, { folder, name, key }: Options): Promise<void> {
  if (!/^[^\s+]+$/u.test(name))
    throw new Complaint(say("名称里不能有空格和加号", "the name may have neither spaces nor +"));
  const file = (part: string): string => join(folder, part);
  const site = filesOf(url.replace(/\/$/, ""));
  const signer = await signerOfFile(file("witness-key"));
  const known = key ?? (await kept(file("log-key")));
  const keys = known === undefined ? await keysOfSite(logOf(site)) : keysIn([known].flat());
  const witnessing: Witnessing = { site, keys, file };
  try {
    const { head, entries, seen } = await look(witnessing);
    const { text = "", signatures = [] } = readNote(head.written) ?? {};
    const line = await cosignText(text, name, signer, Math.floor(Date.now() / 1000));
    const cosigned = writeNote({ text, signatures: [...signatures, line] });
    if (known === undefined) writeAtomically(file("log-key"), keys.map((each) => `${vkeyOf(each)}\n`).join(""));
    await keep(cosigned, witnessing);
    process.stdout.write(cosigned);
    console.error(
      `${say("见证人的公钥", "the witness's key")}  ${vkeyOf({ name, kind: "cosignature", publicKey: signer.publicKey })}`,
    );
    const found = await auditPlaces(entries.slice(0, seen), file("audited"), site);
    for (const line of found) console.error(say(`网站与日志不符：${line}`, `the site contradicts its log: ${line}`));
    if (found.length > 0) process.exitCode = EXIT.wrong;
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    // What it showed is the proof against it.
    writeAtomically(file("refused"), (await site("log/checkpoint")) ?? new Uint8Array());
    console.error(say(`不予见证：${error.message}`, `not cosigned: ${error.message}`));
    process.exitCode = EXIT.wrong;
  }
}
