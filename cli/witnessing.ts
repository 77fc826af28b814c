import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { secretFile } from "../local/secret-file.ts";
import { writeAtomically } from "../src/batch/atomically.ts";
import { fromBase64, sameBytes } from "../src/log/bytes.ts";
import { openCheckpoint } from "../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../src/log/ed25519.ts";
import { cosignText, readNote, type Verifier, vkeyOf, writeNote } from "../src/log/note.ts";
import { DamagedLogError, type LogReader, nodesOfTiles } from "../src/log/tiles.ts";
import { rootOf } from "../src/log/tree.ts";
import { goesOnFrom, readHead } from "../src/log/verify.ts";
import { Complaint, EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { keyIn, keyOfSite, siteLog } from "./log.ts";

interface Options {
  readonly folder: string;
  readonly name: string;
  readonly key?: string;
}

/** The signer whose key a file keeps, made at the first use. @throws {Complaint} */
async function signerOfFile(file: string): Promise<Signer> {
  const seed = fromBase64((await secretFile(file, () => randomBytes(32).toString("base64"))).trim());
  if (seed?.length !== 32) throw new Complaint(say(`${file} 里没有密钥`, `there is no key in ${file}`));
  return signerOf(seed);
}

interface Witnessing {
  readonly read: LogReader;
  readonly log: Verifier;
  /** The checkpoint that was cosigned last, as it was written. */
  readonly last: string | undefined;
  readonly name: string;
  readonly signer: Signer;
  /** POSIX seconds. */
  readonly time: number;
}

/**
 * The log's checkpoint with the witness's cosignature (C2SP tlog-cosignature).
 * @throws DamagedLogError when the log is not signed by its key, its tiles are not those of its checkpoint, or it does not
 *   go on from the last one; nothing is signed then
 */
async function cosign({ read, log, last, name, signer, time }: Witnessing): Promise<string> {
  const head = await readHead(read, log);
  const { size, root } = head.checkpoint;
  if (!sameBytes(await rootOf(size, nodesOfTiles(size, read)), root))
    throw new DamagedLogError(`the tiles are not those of the signed log of ${size}`);
  if (last !== undefined) {
    const before = await openCheckpoint(last, log);
    if (!before) throw new Complaint(say("存下的检查点已损坏", "the checkpoint that was kept is damaged"));
    if (!(await goesOnFrom(before, head, read)))
      throw new DamagedLogError(`the log of ${size} does not go on from that of ${before.size}: it was rewritten`);
  }
  const { text = "", signatures = [] } = readNote(head.written) ?? {};
  return writeNote({ text, signatures: [...signatures, await cosignText(text, name, signer, time)] });
}

/** A file of the witness's folder; undefined where there is none. */
const kept = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });

/** Cosigns the log of a site, or says why not. */
export async function witness(url: string, options: Options): Promise<void> {
  const { folder, name } = options;
  if (!/^[^\s+]+$/u.test(name))
    throw new Complaint(say("名称里不能有空格和加号", "the name may have neither spaces nor +"));
  const file = (part: string): string => join(folder, part);
  const read = siteLog(url.replace(/\/$/, ""));
  const signer = await signerOfFile(file("witness-key"));
  const known = options.key ?? (await kept(file("log-key")));
  const log = known === undefined ? await keyOfSite(read) : keyIn(known);
  try {
    const last = await kept(file("checkpoint"));
    const cosigned = await cosign({ read, log, last, name, signer, time: Math.floor(Date.now() / 1000) });
    if (known === undefined) writeAtomically(file("log-key"), `${vkeyOf(log)}\n`);
    writeAtomically(file("checkpoint"), cosigned);
    process.stdout.write(cosigned);
    console.error(
      `${say("见证人的公钥", "the witness's key")}  ${vkeyOf({ name, kind: "cosignature", publicKey: signer.publicKey })}`,
    );
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    // What it showed is the proof against it.
    writeAtomically(file("refused"), (await read("checkpoint")) ?? new Uint8Array());
    console.error(say(`不予见证：${error.message}`, `not cosigned: ${error.message}`));
    process.exitCode = EXIT.wrong;
  }
}
