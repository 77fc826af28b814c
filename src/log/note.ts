import { decimal, fromBase64, joined, sameBytes, toBase64, toHex, uint64, utf8 } from "./bytes.ts";
import { isSigned, type Signer } from "./ed25519.ts";
import { hashOf } from "./hash.ts";

/** What a key signs: a note's text (C2SP signed-note), or a checkpoint at a time (tlog-cosignature, v1). */
export type SignatureKind = "note" | "cosignature";
const TYPES: Readonly<Record<SignatureKind, number>> = { note: 0x01, cosignature: 0x04 };

/** A key by which signatures of notes are known. */
export interface Verifier {
  readonly name: string;
  readonly kind: SignatureKind;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** One signature of a note. */
interface SignatureLine {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note as it is written: nothing of it is known to be true. */
export interface Note {
  /** With the newline at its end. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

/** Signatures that are read of one note; C2SP asks for 16 at the least. */
const MOST_SIGNATURES = 64;
const KEY_ID = 4;
const isName = (name: string): boolean => /^[^\s+]+$/u.test(name);

/** By which signatures name their key: SHA-256(name ‖ newline ‖ type ‖ public key), the first four bytes. */
export const keyIdOf = ({ name, kind, publicKey }: Verifier): Uint8Array =>
  hashOf(joined(utf8(`${name}\n`), Uint8Array.of(TYPES[kind]), publicKey)).slice(0, KEY_ID);

/** A key as people hand it on: name+id+key. */
export const vkeyOf = (verifier: Verifier): string =>
  `${verifier.name}+${toHex(keyIdOf(verifier))}+${toBase64(joined(Uint8Array.of(TYPES[verifier.kind]), verifier.publicKey))}`;

/** The key that such a text stands for; undefined of anything else. */
export function readVkey(text: string): Verifier | undefined {
  const [name = "", id, ...rest] = text.split("+");
  const [type, ...key] = fromBase64(rest.join("+")) ?? [];
  const kind = (["note", "cosignature"] as const).find((each) => TYPES[each] === type);
  if (!kind || !isName(name) || key.length !== 32) return undefined;
  const verifier: Verifier = { name, kind, publicKey: Uint8Array.from(key) };
  return toHex(keyIdOf(verifier)) === id ? verifier : undefined;
}

/** The note that a text is; undefined of anything else. */
export function readNote(written: string): Note | undefined {
  const split = written.lastIndexOf("\n\n");
  const lines = written.slice(split + 2).split("\n");
  const wellFormed = split >= 0 && lines.pop() === "" && !/[\u0000-\u0009\u000b-\u001f]/.test(written);
  if (!wellFormed || lines.length === 0 || lines.length > MOST_SIGNATURES) return undefined;
  const signatures: SignatureLine[] = [];
  for (const line of lines) {
    const [dash, name = "", encoded = "", ...more] = line.split(" ");
    const bytes = fromBase64(encoded);
    if (dash !== "—" || !isName(name) || more.length > 0 || !bytes || bytes.length <= KEY_ID) return undefined;
    signatures.push({ name, keyId: bytes.slice(0, KEY_ID), signature: bytes.slice(KEY_ID) });
  }
  return { text: written.slice(0, split + 1), signatures };
}

/** A note as it is written. */
export const writeNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(({ name, keyId, signature }) => `— ${name} ${toBase64(joined(keyId, signature))}\n`).join("")}`;

/** What a cosigner signs of a checkpoint. @param time POSIX seconds */
const cosigned = (text: string, time: number): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/** A name's signature of a note's text. */
export async function signText(text: string, name: string, signer: Signer): Promise<SignatureLine> {
  const keyId = keyIdOf({ name, kind: "note", publicKey: signer.publicKey });
  return { name, keyId, signature: await signer.sign(utf8(text)) };
}

/** A witness's signature of a checkpoint's text at a time, in POSIX seconds. */
export async function cosignText(text: string, name: string, signer: Signer, time: number): Promise<SignatureLine> {
  const keyId = keyIdOf({ name, kind: "cosignature", publicKey: signer.publicKey });
  return { name, keyId, signature: joined(uint64(time), await signer.sign(cosigned(text, time))) };
}

/** That a key signed a note, and of a cosignature when. */
export interface Signed {
  readonly verifier: Verifier;
  /** POSIX seconds. */
  readonly time?: number;
}

async function check(text: string, { signature }: SignatureLine, verifier: Verifier): Promise<Signed | undefined> {
  if (verifier.kind === "note")
    return (await isSigned(verifier.publicKey, signature, utf8(text))) ? { verifier } : undefined;
  if (signature.length !== 8 + 64) return undefined;
  const time = decimal(String(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)));
  if (time === undefined) return undefined;
  const signed = await isSigned(verifier.publicKey, signature.slice(8), cosigned(text, time));
  return signed ? { verifier, time } : undefined;
}

/**
 * Which of the keys signed a note. Signatures of others are passed over; one that names a known key and is not its makes
 * the whole note false: undefined. That anyone signed is for the caller to ask.
 */
export async function signedBy({ text, signatures }: Note, known: readonly Verifier[]): Promise<Signed[] | undefined> {
  const found: Signed[] = [];
  for (const line of signatures)
    for (const verifier of known) {
      if (line.name !== verifier.name || !sameBytes(line.keyId, keyIdOf(verifier))) continue;
      const signed = await check(text, line, verifier);
      if (!signed) return undefined;
      found.push(signed);
    }
  return found;
}
