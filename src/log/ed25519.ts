import { fromBase64 } from "./bytes.ts";

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

/** Whether a signature is a key's over a message. */
export async function isSigned(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(publicKey), ED25519, false, ["verify"]);
  return crypto.subtle.verify(ED25519, key, Uint8Array.from(signature), Uint8Array.from(message));
}
