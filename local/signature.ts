import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credentials } from "./credentials.ts";

/** How far apart the clocks of the two ends may be, ms; S3's own. */
const SKEW = 15 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([\w-]{1,128})\/(\d{8})\/([a-z0-9-]{1,40})\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]{1,1000}), ?Signature=([0-9a-f]{64})$/;

class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  /** Part of the interface; signing makes a new one each time. */
  reset(): void {
    throw new Error("a hash is used once");
  }
}

const bytesOf = (source: string | ArrayBuffer | ArrayBufferView): Uint8Array =>
  typeof source === "string"
    ? Buffer.from(source)
    : ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);

/** `20260101T000000Z`, epoch ms; NaN when it is none. */
const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

/** The query as signing takes it: decoded, repeated names as lists. */
function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return query;
}

/** What a request says of its body: the SHA-256 that was signed with it. */
export const signedHash = (request: IncomingMessage): string | undefined =>
  /^[0-9a-f]{64}$/.exec(String(request.headers["x-amz-content-sha256"]))?.[0];

/**
 * Whether a request is signed with the credentials (AWS Signature Version 4 in the `Authorization` header): by signing it
 * again with the SDK's own signer. `host` and every `x-amz-*` header are signed, and the body by its hash.
 */
export async function isSigned(request: IncomingMessage, url: URL, credentials: Credentials): Promise<boolean> {
  const { headers, method = "GET" } = request;
  const [, accessKeyId, day, region, names = "", signature = ""] =
    AUTHORIZATION.exec(headers.authorization ?? "") ?? [];
  const date = String(headers["x-amz-date"]);
  const time = timeOf(date);
  if (accessKeyId !== credentials.accessKeyId || region === undefined || !date.startsWith(day!)) return false;
  if (!(Math.abs(Date.now() - time) <= SKEW) || signedHash(request) === undefined) return false;
  const signed = new Set(names.split(";"));
  const all = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  const unsigned = all.some(([name]) => (name === "host" || name.startsWith("x-amz-")) && !signed.has(name));
  if (unsigned || ![...signed].every((name) => headers[name] !== undefined)) return false;
  const signer = new SignatureV4({
    credentials,
    region,
    service: "s3",
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const again = await signer.sign(
    {
      method,
      protocol: "http:",
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: Object.fromEntries(all.filter(([name]) => signed.has(name))),
    },
    { signingDate: new Date(time), signableHeaders: signed },
  );
  const expected = /Signature=([0-9a-f]{64})$/.exec(again.headers["authorization"] ?? "")?.[1] ?? "";
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}
