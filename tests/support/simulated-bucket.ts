import { createServer, type Server } from "node:http";
import { Readable } from "node:stream";
import { type DialectName, VENDORS } from "../../src/store/dialect.ts";
import type { ObjectHeaders, Versioning } from "../../src/store/store.ts";
import { MemoryStore } from "./memory-store.ts";

export interface SimulatedOptions {
  readonly dialect: DialectName;
  /** Whether versions are kept; `unknown` for a store that has no such thing and answers 501. */
  readonly versioning?: Versioning;
  /** How entity tags must be sent: S3 wants them quoted, Ceph's gateway bare. */
  readonly tags?: "quoted" | "bare";
  /** Whether S3's conditions count: always, not where versions are kept (Ceph), not on what is absent (an older MinIO), never, 501 (Swift). */
  readonly conditions?: "kept" | "lost with versions" | "lost on what is absent" | "ignored" | "501";
  readonly modified?: () => number;
}

export interface SimulatedRequest {
  readonly method: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string | null | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

const fault = (status: number, code: string): SimulatedAnswer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});
const xml = (root: string, rows: string): SimulatedAnswer => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0"?><${root}>${rows}</${root}>`,
});

/** A bucket of one dialect: what its documents say, and nothing else. Each request takes effect at one moment. */
export class SimulatedBucket {
  readonly memory: MemoryStore;
  /** How often each key was written, where versions are kept. */
  readonly written = new Map<string, number>();
  readonly requests: SimulatedRequest[] = [];
  versioning: Versioning;
  readonly #options: SimulatedOptions;

  constructor(options: SimulatedOptions) {
    this.#options = options;
    this.versioning = options.versioning ?? "never";
    this.memory = new MemoryStore(options.modified ? { modified: options.modified } : {});
  }

  get #keepsVersions(): boolean {
    return this.versioning === "enabled" || this.versioning === "suspended";
  }

  async answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const { method, key, query } = request;
    if (key === "") {
      if ("versioning" in query) return this.#status();
      if ("versions" in query) return this.#versions(query["prefix"] ?? "");
      return this.#list(query["prefix"] ?? "", query["start-after"] ?? "");
    }
    if (method === "PUT") return this.#put(request);
    if (method === "DELETE") {
      await this.memory.delete(key);
      return { status: 204 };
    }
    const object = await this.memory.get(key);
    if (!object) return method === "HEAD" ? { status: 404 } : fault(404, "NoSuchKey");
    const { contentType, cacheControl, contentDisposition, metadata = {} } = object.headers;
    const headers: Record<string, string> = { "content-type": contentType, etag: object.etag };
    headers["content-length"] = String(object.body.length);
    if (cacheControl) headers["cache-control"] = cacheControl;
    if (contentDisposition) headers["content-disposition"] = contentDisposition;
    for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
    return { status: 200, headers, body: method === "HEAD" ? "" : object.body };
  }

  async #put({ key, headers, body }: SimulatedRequest): Promise<SimulatedAnswer> {
    const { dialect } = this.#options;
    const stored: ObjectHeaders = {
      contentType: headers["content-type"] ?? "application/octet-stream",
      ...(headers["cache-control"] ? { cacheControl: headers["cache-control"] } : {}),
      ...(headers["content-disposition"] ? { contentDisposition: headers["content-disposition"] } : {}),
      ...metadataOf(headers),
    };
    const refused = dialect === "s3" ? await this.#s3Put(key, headers, body, stored) : undefined;
    if (refused) return refused;
    if (dialect !== "s3") {
      const { header, exists, signsBody } = VENDORS[dialect];
      // What comes in chunks with a checksum after them is not taken, nor conditions that are S3's.
      if (headers["x-amz-trailer"] || headers["content-encoding"]) return fault(400, "InvalidArgument");
      if (!signsBody && headers["x-amz-content-sha256"] !== "UNSIGNED-PAYLOAD")
        return fault(403, "SignatureDoesNotMatch");
      if (headers["if-match"] || headers["if-none-match"]) return fault(501, "NotImplemented");
      const forbidden = headers[header] === "true" && !this.#keepsVersions;
      if (!forbidden) await this.memory.put(key, body, stored);
      else if (!(await this.memory.create(key, body, stored))) return fault(409, exists[0]!);
    }
    if (this.#keepsVersions) this.written.set(key, (this.written.get(key) ?? 0) + 1);
    return { status: 200, headers: { etag: this.memory.objects.get(key)?.etag ?? "" } };
  }

  async #s3Put(
    key: string,
    headers: SimulatedRequest["headers"],
    body: Uint8Array,
    stored: ObjectHeaders,
  ): Promise<SimulatedAnswer | undefined> {
    const { tags = "quoted", conditions = "kept" } = this.#options;
    const [none, match] = [headers["if-none-match"], headers["if-match"]];
    const conditional = none !== undefined || match !== undefined;
    if (conditional && conditions === "501") return fault(501, "NotImplemented");
    const lost =
      conditions === "ignored" ||
      (conditions === "lost with versions" && this.#keepsVersions) ||
      (conditions === "lost on what is absent" && match !== undefined && !this.memory.objects.has(key));
    if (!conditional || lost) await this.memory.put(key, body, stored);
    else if (none !== undefined) {
      if (!(await this.memory.create(key, body, stored))) return fault(412, "PreconditionFailed");
    } else {
      const understood = match?.startsWith('"') === (tags === "quoted");
      const etag = tags === "quoted" ? (match ?? "") : `"${match}"`;
      if (!understood || !(await this.memory.replace(key, body, stored, etag))) return fault(412, "PreconditionFailed");
    }
    return undefined;
  }

  async #list(prefix: string, after: string): Promise<SimulatedAnswer> {
    let rows = "";
    for await (const { key, size, etag, modified } of this.memory.list(prefix, after))
      rows += `<Contents><Key>${key}</Key><Size>${size}</Size><ETag>${etag.replaceAll('"', "&quot;")}</ETag><LastModified>${new Date(modified).toISOString()}</LastModified></Contents>`;
    return xml("ListBucketResult", `<IsTruncated>false</IsTruncated>${rows}`);
  }

  #status(): SimulatedAnswer {
    const { versioning } = this;
    if (versioning === "unknown") return fault(501, "NotImplemented");
    const status = versioning === "enabled" ? "Enabled" : versioning === "suspended" ? "Suspended" : "";
    return xml("VersioningConfiguration", status === "" ? "" : `<Status>${status}</Status>`);
  }

  #versions(prefix: string): SimulatedAnswer {
    const rows = [...this.memory.objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => Array.from({ length: this.written.get(key) ?? 1 }, (_, i) => ({ key, latest: i === 0 })))
      .map(({ key, latest }) => `<Version><Key>${key}</Key><IsLatest>${latest}</IsLatest></Version>`);
    return xml("ListVersionsResult", `<IsTruncated>false</IsTruncated>${rows.join("")}`);
  }

  /** What the AWS SDK sends its requests by, in place of HTTP. */
  handler() {
    return {
      metadata: { handlerProtocol: "http/1.1" },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
      handle: async (sent: unknown) => {
        const { method, path, query, headers, body } = sent as SimulatedRequest & { readonly path: string };
        const request = { method, key: keyOf(path), query, headers, body: Buffer.from((body ?? "") as Uint8Array) };
        this.requests.push(request);
        const { status, headers: answered = {}, body: content = "" } = await this.answer(request);
        return {
          response: {
            statusCode: status,
            headers: { ...answered },
            body: Readable.from([Buffer.from(content as string)]),
          },
        };
      },
    };
  }

  /** The bucket by HTTP, on the loopback, for path-style requests. */
  async listen(): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
    const server: Server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const url = new URL(incoming.url ?? "/", "http://bucket");
      const request: SimulatedRequest = {
        method: incoming.method ?? "GET",
        key: keyOf(url.pathname),
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers as Record<string, string>,
        body: Buffer.concat(chunks),
      };
      this.requests.push(request);
      const { status, headers = {}, body = "" } = await this.answer(request);
      outgoing.writeHead(status, headers);
      outgoing.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address() as { readonly port: number };
    return {
      endpoint: `http://127.0.0.1:${address.port}`,
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }
}

/** The key of a path-style address, without the bucket. */
const keyOf = (path: string): string => decodeURIComponent(path.split("/").slice(2).join("/"));

const metadataOf = (headers: SimulatedRequest["headers"]): Pick<ObjectHeaders, "metadata"> => {
  const own = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  if (own.length === 0) return {};
  return { metadata: Object.fromEntries(own.map(([name, value]) => [name.slice("x-amz-meta-".length), value])) };
};
