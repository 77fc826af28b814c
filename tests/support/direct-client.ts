/**
 * The SDK's client without what it does between a command and its request: middleware, signature, retries, checksums.
 * Seven tenths of a run of the model are that, and decide nothing of what many runs are for; a few go by the SDK itself.
 */
import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { ClientOptions } from "../../src/store/client.ts";
import { vendorOf } from "../../src/store/dialect.ts";
import type { SimulatedRequest } from "./simulated-bucket.ts";

interface Command {
  readonly input: Readonly<Record<string, unknown>>;
  readonly middlewareStack: {
    resolve(
      last: (args: Args) => Promise<Args>,
      context: Readonly<Record<string, never>>,
    ): (args: Args) => Promise<Args>;
  };
}
interface Args {
  readonly input: unknown;
  readonly request: { readonly headers: Record<string, string> };
}
interface Sent extends Omit<SimulatedRequest, "key"> {
  readonly path: string;
}
interface Handler {
  handle(sent: Sent): Promise<{
    readonly response: {
      readonly statusCode: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: AsyncIterable<Buffer>;
    };
  }>;
}

const WRITTEN: Readonly<Record<string, string>> = {
  ContentType: "content-type",
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  IfMatch: "if-match",
  IfNoneMatch: "if-none-match",
};

/** By its input: all that a request of ours has in its headers. */
function headersOf(input: Command["input"]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(WRITTEN))
    if (input[name] !== undefined) headers[header] = input[name] as string;
  for (const [name, value] of Object.entries((input["Metadata"] as Record<string, string> | undefined) ?? {}))
    headers[`x-amz-meta-${name}`] = value;
  return headers;
}

const METHODS: Readonly<Record<string, string>> = {
  PutObjectCommand: "PUT",
  GetObjectCommand: "GET",
  HeadObjectCommand: "HEAD",
  DeleteObjectCommand: "DELETE",
  ListObjectsV2Command: "GET",
};

const text = (xml: string, tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "";

/** The answer as the SDK gives it, as far as we read it. */
function outputOf(headers: Readonly<Record<string, string>>, body: Buffer, lists: boolean): Record<string, unknown> {
  if (lists) {
    const rows = body.toString().split("<Contents>").slice(1);
    return {
      Contents: rows.map((row) => ({
        Key: text(row, "Key"),
        Size: Number(text(row, "Size")),
        ETag: text(row, "ETag").replaceAll("&quot;", '"'),
        LastModified: new Date(text(row, "LastModified")),
      })),
    };
  }
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  return {
    Body: { transformToByteArray: async () => new Uint8Array(body) },
    ETag: headers["etag"],
    ContentType: headers["content-type"],
    CacheControl: headers["cache-control"],
    ContentDisposition: headers["content-disposition"],
    Metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice("x-amz-meta-".length), value])),
  };
}

class DirectClient extends S3Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    super({ region: options.region, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    this.#options = options;
  }

  override send = async (sent: unknown): Promise<never> => {
    const command = sent as Command;
    const { name } = (sent as object).constructor;
    const method = METHODS[name];
    if (method === undefined) throw new Error(`${name} is not sent directly`);
    const { input } = command;
    const lists = name === "ListObjectsV2Command";
    const headers = headersOf(input);
    if (vendorOf(this.#options.dialect ?? "s3")?.signsBody === false)
      headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
    // Headers that were added to the command.
    await command.middlewareStack.resolve(async (args) => args, {})({ input, request: { headers } });
    const query: Record<string, string> = lists
      ? { prefix: String(input["Prefix"] ?? ""), "start-after": String(input["StartAfter"] ?? "") }
      : {};
    const body = Buffer.from((input["Body"] ?? "") as string);
    const path = `/b/${lists ? "" : encodeURIComponent(String(input["Key"]))}`;
    const handler = this.#options.requestHandler as unknown as Handler;
    const { response } = await handler.handle({ method, path, query, headers, body });
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    if (response.statusCode >= 300)
      throw new S3ServiceException({
        name: text(content.toString(), "Code") || "NotFound",
        $fault: "client",
        $metadata: { httpStatusCode: response.statusCode },
      });
    return outputOf(response.headers, content, lists) as never;
  };
}

/** @param otherwise for a store that is not asked by a handler */
export const directClient = (options: ClientOptions, otherwise: (options: ClientOptions) => S3Client): S3Client =>
  options.requestHandler ? new DirectClient(options) : otherwise(options);
