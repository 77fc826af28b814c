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

/** Keys that speak for one log, the present one first: during a rotation two, and every one of them is believed. */
export type LogKeys = readonly Verifier[];

/** A log's own note about itself. @param signers all that have a key of the log: a reader who knows one of them needs no other */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): Promise<string> {
  const text = checkpointText(checkpoint);
  const signatures = await Promise.all(signers.map((signer) => signText(text, checkpoint.origin, signer)));
  return writeNote({ text, signatures });
}

/** A checkpoint that its log signed, with those of the witnesses who did too. */
export interface SignedCheckpoint extends Checkpoint {
  readonly signed: readonly Signed[];
}

/**
 * The checkpoint that a note is when a key of the log signed it; undefined of anything else, and of a false signature
 * of any key that is known.
 */
export async function openCheckpoint(
  written: string,
  keys: LogKeys,
  witnesses: readonly Verifier[] = [],
): Promise<SignedCheckpoint | undefined> {
  const note = readNote(written);
  const checkpoint = note && readCheckpoint(note.text);
  const own = keys.filter(({ name }) => name === checkpoint?.origin);
  if (!note || !checkpoint || own.length === 0) return undefined;
  const signed = await signedBy(note, [...own, ...witnesses]);
  return signed?.some(({ verifier }) => own.includes(verifier)) ? { ...checkpoint, signed } : undefined;
}
