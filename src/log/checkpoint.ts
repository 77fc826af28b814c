import { decimal, toBase64 } from "./bytes.ts";
import type { Signer } from "./ed25519.ts";
import { hashFromBase64 } from "./hash.ts";
import { readNote, type Signed, signedBy, signText, type Verifier, writeNote } from "./note.ts";
import type { TreeHead } from "./proof.ts";

/** A log at a size (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** The checkpoint that a note's text is; undefined of anything else. Lines after the third have no meaning here. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size = "", hash = "", ...more] = text.split("\n");
  const count = decimal(size);
  const root = hashFromBase64(hash);
  if (!origin || count === undefined || !root || more.pop() !== "" || more.includes("")) return undefined;
  return { origin, size: count, root };
}

/** A log's own note about itself. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<string> {
  const text = checkpointText(checkpoint);
  return writeNote({ text, signatures: [await signText(text, checkpoint.origin, signer)] });
}

/** A checkpoint that its log signed, with those of the witnesses who did too. */
export interface SignedCheckpoint extends Checkpoint {
  readonly signed: readonly Signed[];
}

/** The checkpoint that a note is when the log signed it; undefined of anything else, and of a false cosignature. */
export async function openCheckpoint(
  written: string,
  log: Verifier,
  witnesses: readonly Verifier[] = [],
): Promise<SignedCheckpoint | undefined> {
  const note = readNote(written);
  const checkpoint = note && readCheckpoint(note.text);
  if (!note || checkpoint?.origin !== log.name) return undefined;
  const signed = await signedBy(note, [log, ...witnesses]);
  return signed?.some(({ verifier }) => verifier === log) ? { ...checkpoint, signed } : undefined;
}
