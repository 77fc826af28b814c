import { sha256 } from "@noble/hashes/sha2";
import { fromBase64, joined } from "./bytes.ts";

/** SHA-256, 32 bytes. The library runs in browsers as on Node.js, and at once: a tree is many small hashes. */
export type Hash = Uint8Array;
export const HASH_SIZE = 32;
export const hashOf = (bytes: Uint8Array): Hash => sha256(bytes);

/** The hash of a leaf (RFC 6962, 2.1): it can be taken for that of no node. */
export const leafHash = (entry: Uint8Array): Hash => sha256(joined(Uint8Array.of(0), entry));

/** The hash of a node over its two children (RFC 6962, 2.1). */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(joined(Uint8Array.of(1), left, right));

/** The root of the tree without leaves. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

/** A hash as the C2SP formats write it; undefined of anything else. */
export function hashFromBase64(text: string): Hash | undefined {
  const bytes = fromBase64(text);
  return bytes?.length === HASH_SIZE ? bytes : undefined;
}
