import { GetPublicKeyCommand, KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { sameBytes } from "../log/bytes.ts";
import { isSigned, type Signer } from "../log/ed25519.ts";

/** A public key of Ed25519 as SubjectPublicKeyInfo (RFC 8410): what comes before its 32 bytes. */
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);

/** A key that is none of Ed25519, or an answer that is not its signature. */
export class KmsKeyError extends Error {
  override readonly name = "KmsKeyError";
}

/**
 * Who signs with a key that AWS KMS keeps: key spec `ECC_NIST_EDWARDS25519`, algorithm `ED25519_SHA_512` over the message
 * itself (`RAW`), which is the Ed25519 of RFC 8032. `ED25519_PH_SHA_512` over a digest is another, which no note has.
 * Its endpoint is the region's unless `AWS_ENDPOINT_URL_KMS` says another.
 * @param keyId id, ARN or alias
 * @throws KmsKeyError, or what KMS says
 */
export async function kmsSigner(keyId: string, region: string): Promise<Signer> {
  const client = new KMSClient({ region, maxAttempts: 3 });
  const { PublicKey: spki = new Uint8Array(), KeySpec } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const publicKey = spki.slice(SPKI.length);
  if (!sameBytes(spki.slice(0, SPKI.length), SPKI) || publicKey.length !== 32)
    throw new KmsKeyError(`${keyId} is ${KeySpec ?? "of an unknown kind"}, not ECC_NIST_EDWARDS25519`);
  return {
    publicKey,
    sign: async (message) => {
      const { Signature: signature = new Uint8Array() } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: message,
          MessageType: "RAW",
          SigningAlgorithm: "ED25519_SHA_512",
        }),
      );
      if (!(await isSigned(publicKey, signature, message)))
        throw new KmsKeyError(`what ${keyId} answered is not its signature`);
      return signature;
    },
  };
}
