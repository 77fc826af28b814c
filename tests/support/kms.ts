/** AWS KMS as far as a log is signed with it: two operations of its JSON protocol, with node's own Ed25519. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Request {
  readonly KeyId: string;
  readonly Message?: string;
  readonly MessageType?: string;
  readonly SigningAlgorithm?: string;
}

async function bodyOf(request: IncomingMessage): Promise<Request> {
  const parts: Uint8Array[] = [];
  for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString()) as Request;
}

export class TestKms {
  /** By the id of the key. */
  readonly keys = new Map<
    string,
    { readonly spec: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  >();
  /** The operations that were asked for, with what they said. */
  readonly calls: { readonly operation: string; readonly request: Request }[] = [];
  /** Answers with a signature over something else. */
  wrong = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const operation = String(request.headers["x-amz-target"]).replace("TrentService.", "");
      const body = await bodyOf(request);
      this.calls.push({ operation, request: body });
      const answer = this.#answer(operation, body);
      response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(answer));
    });
  }

  static async start(): Promise<TestKms> {
    const kms = new TestKms();
    kms.#server.listen(0, "127.0.0.1");
    await once(kms.#server, "listening");
    return kms;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  create(id: string, spec: "ECC_NIST_EDWARDS25519" | "ECC_NIST_P256" = "ECC_NIST_EDWARDS25519"): void {
    const pair =
      spec === "ECC_NIST_P256" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
    this.keys.set(id, { spec, ...pair });
  }

  /** @see API reference of AWS KMS: Sign, GetPublicKey */
  #answer(operation: string, { KeyId, Message = "", MessageType = "RAW", SigningAlgorithm }: Request): object {
    const key = this.keys.get(KeyId);
    if (!key) return { __type: "NotFoundException", message: `no key ${KeyId}` };
    const { spec: KeySpec, publicKey, privateKey } = key;
    if (operation === "GetPublicKey") {
      const PublicKey = publicKey.export({ type: "spki", format: "der" }).toString("base64");
      return { KeyId, KeySpec, KeyUsage: "SIGN_VERIFY", PublicKey };
    }
    const message = Buffer.from(Message, "base64");
    // Pure Ed25519 takes the message itself, the prehashed one a digest: the two cannot be exchanged.
    const pure = SigningAlgorithm === "ED25519_SHA_512" && MessageType === "RAW";
    if (operation !== "Sign" || !pure || message.length > 4096)
      return { __type: "ValidationException", message: `${SigningAlgorithm} over ${MessageType}` };
    const said = this.wrong ? createHash("sha512").update(message).digest() : message;
    return { KeyId, SigningAlgorithm, Signature: sign(null, said, privateKey).toString("base64") };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
