import { etc, verify } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2";
import { fromBase64, joined } from "./bytes.ts";

etc.sha512Sync = (...parts) => sha512(joined(...parts));

/** Who signs: a key in this process, or one that a service keeps. Ed25519 (RFC 8032): the same text, the same signature. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

const ED25519 = { name: "Ed25519" };
/** Of a private key by RFC 8410 in PKCS #8: what comes before its 32 bytes. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** The signer that has a key itself. @param seed 32 random bytes that are the private key */
export async function signerOf(seed: Uint8Array): Promise<Signer> {
  const key = await crypto.subtle.importKey("pkcs8", Uint8Array.of(...PKCS8, ...seed), ED25519, true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", key);
  const publicKey = fromBase64(`${x.replaceAll("-", "+").replaceAll("_", "/")}=`);
  if (!publicKey) throw new Error("a key without its public half");
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(ED25519, key, Uint8Array.from(message))),
  };
}

/**
 * Whether a signature is a key's over a message. By the platform where it can; browsers do since 2023 (Safari), 2024
 * (Firefox) and 2025 (Chromium), and on a page that did not come over TLS they have no Web Crypto at all: then by the
 * library.
 */
export async function isSigned(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  const key = await globalThis.crypto?.subtle
    ?.importKey("raw", Uint8Array.from(publicKey), ED25519, false, ["verify"])
    .catch(() => undefined);
  if (key) return crypto.subtle.verify(ED25519, key, Uint8Array.from(signature), Uint8Array.from(message));
  try {
    return verify(signature, message, publicKey, { zip215: false });
  } catch {
    // No point of the curve, or not 64 bytes.
    return false;
  }
}
