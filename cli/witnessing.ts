import { randomBytes } from "node:crypto";
import { fromBase64, sameBytes } from "../src/log/bytes.ts";
import { openCheckpoint } from "../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../src/log/ed25519.ts";
import { cosignText, readNote, type Verifier, writeNote } from "../src/log/note.ts";
import { DamagedLogError, type LogReader, nodesOfTiles } from "../src/log/tiles.ts";
import { rootOf } from "../src/log/tree.ts";
import { goesOnFrom, readHead } from "../src/log/verify.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** The signer whose key a file keeps, made at the first use. @throws {Complaint} */
export async function signerOfFile(
  file: string,
  secretFile: (file: string, make: () => string) => Promise<string>,
): Promise<Signer> {
  const seed = fromBase64((await secretFile(file, () => randomBytes(32).toString("base64"))).trim());
  if (seed?.length !== 32) throw new Complaint(say(`${file} 里没有密钥`, `there is no key in ${file}`));
  return signerOf(seed);
}

export interface Witnessing {
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
export async function cosign({ read, log, last, name, signer, time }: Witnessing): Promise<string> {
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
