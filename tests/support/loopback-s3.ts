/** S3 on the loopback for many thousands of objects in memory, as fast as node answers: for measurements and kills. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ListedObject, ObjectHeaders, Store, StoredObject } from "../../src/store/store.ts";

type Kept = StoredObject & { readonly modified: number };

/** Keys under the first two parts of their paths, so that few are sorted at a time. */
const folderOf = (key: string): string => /^[^/]+\/[^/]+\//.exec(key)?.[0] ?? key;

/** Where a key would stand in a sorted list. */
function placeIn(sorted: readonly string[], key: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A bucket in memory that lists in the order of ASCII keys without going through all of them. */
export class SortedStore implements Store {
  readonly objects = new Map<string, Kept>();
  /** While it is pending, nothing is answered. */
  gate: Promise<void> | undefined;
  readonly #names: string[] = [];
  readonly #folders = new Map<string, string[]>();
  readonly #modified: () => number;

  /** @param modified when objects are written, epoch milliseconds */
  constructor(modified: () => number = Date.now) {
    this.#modified = modified;
  }

  clear(): void {
    this.objects.clear();
    this.#names.length = 0;
    this.#folders.clear();
  }

  #add(key: string): void {
    const name = folderOf(key);
    let keys = this.#folders.get(name);
    if (!keys) {
      keys = [];
      this.#folders.set(name, keys);
      this.#names.splice(placeIn(this.#names, name), 0, name);
    }
    keys.splice(placeIn(keys, key), 0, key);
  }

  #write(key: string, body: Uint8Array | string, headers: ObjectHeaders): void {
    if (!this.objects.has(key)) this.#add(key);
    const bytes = Buffer.from(body as string);
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    this.objects.set(key, { body: bytes, etag, headers, modified: this.#modified() });
  }

  async get(key: string): Promise<StoredObject | undefined> {
    return this.objects.get(key);
  }

  async create(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<boolean> {
    if (this.objects.has(key)) return false;
    this.#write(key, body, headers);
    return true;
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
    this.#write(key, body, headers);
  }

  async replace(key: string, body: Uint8Array | string, headers: ObjectHeaders, etag: string): Promise<boolean> {
    if (this.objects.get(key)?.etag !== etag) return false;
    this.#write(key, body, headers);
    return true;
  }

  async delete(key: string): Promise<void> {
    if (!this.objects.delete(key)) return;
    const keys = this.#folders.get(folderOf(key))!;
    keys.splice(placeIn(keys, key), 1);
  }

  /** @param most rows */
  rows(prefix: string, after: string, most: number): ListedObject[] {
    const rows: ListedObject[] = [];
    const from = after > prefix ? after : prefix;
    // The folder before may still have keys that come after.
    for (let i = Math.max(0, placeIn(this.#names, from) - 1); i < this.#names.length; i += 1) {
      const name = this.#names[i]!;
      if (name > prefix && !name.startsWith(prefix) && !prefix.startsWith(name)) break;
      const keys = this.#folders.get(name)!;
      for (let k = placeIn(keys, from); k < keys.length; k += 1) {
        const key = keys[k]!;
        if (!key.startsWith(prefix)) break;
        if (key <= after) continue;
        const { body, etag, modified } = this.objects.get(key)!;
        rows.push({ key, size: body.length, etag, modified });
        if (rows.length === most) return rows;
      }
    }
    return rows;
  }

  async *list(prefix: string, after = ""): AsyncIterable<ListedObject> {
    yield* this.rows(prefix, after, Number.POSITIVE_INFINITY);
  }
}

const PAGE = 1000;
const fault = (response: ServerResponse, status: number, code: string): ServerResponse =>
  response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);

function list(store: SortedStore, query: URLSearchParams, response: ServerResponse): void {
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const rows = store.rows(query.get("prefix") ?? "", after, PAGE + 1);
  const page = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? page.at(-1)!.key : undefined;
  const contents = page.map(
    ({ key, size, etag, modified }) =>
      `<Contents><Key>${key}</Key><Size>${size}</Size><ETag>${etag.replaceAll('"', "&quot;")}</ETag><LastModified>${new Date(modified).toISOString()}</LastModified></Contents>`,
  );
  const more = next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`;
  response
    .writeHead(200, { "content-type": "application/xml" })
    .end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${more}${contents.join("")}</ListBucketResult>`,
    );
}

function headersOf(request: IncomingMessage): ObjectHeaders {
  const of = (name: string): string | undefined => request.headers[name] as string | undefined;
  const metadata = Object.entries(request.headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  const [cacheControl, contentDisposition] = [of("cache-control"), of("content-disposition")];
  return {
    contentType: of("content-type") ?? "application/octet-stream",
    ...(cacheControl ? { cacheControl } : {}),
    ...(contentDisposition ? { contentDisposition } : {}),
    ...(metadata.length > 0
      ? { metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice(11), String(value)])) }
      : {}),
  };
}

async function put(store: SortedStore, key: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [none, match] = [request.headers["if-none-match"], request.headers["if-match"]];
  const [body, headers] = [Buffer.concat(chunks), headersOf(request)];
  let written = true;
  if (none) written = await store.create(key, body, headers);
  else if (match) written = await store.replace(key, body, headers, match);
  else await store.put(key, body, headers);
  if (!written) fault(response, 412, "PreconditionFailed");
  else response.writeHead(200, { etag: store.objects.get(key)!.etag }).end();
}

function get(store: SortedStore, key: string, head: boolean, response: ServerResponse): void {
  const object = store.objects.get(key);
  if (!object) {
    if (head) response.writeHead(404).end();
    else fault(response, 404, "NoSuchKey");
    return;
  }
  const { contentType, cacheControl, contentDisposition, metadata = {} } = object.headers;
  response.writeHead(200, {
    "content-type": contentType,
    "content-length": object.body.length,
    etag: object.etag,
    ...(cacheControl ? { "cache-control": cacheControl } : {}),
    ...(contentDisposition ? { "content-disposition": contentDisposition } : {}),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  });
  response.end(head ? undefined : object.body);
}

/**
 * Serves a bucket to path-style requests on the loopback. It is written to by nobody's leave: signatures are not looked at.
 * @param latency of every answer, ms
 */
export async function serveLoopback(
  store: SortedStore,
  latency = 0,
): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = "/", search = ""] = (request.url ?? "/").split("?");
    const key = decodeURIComponent(path.split("/").slice(2).join("/"));
    await store.gate;
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    if (key === "") {
      const query = new URLSearchParams(search);
      if (query.has("versioning"))
        response.writeHead(200).end('<?xml version="1.0"?><VersioningConfiguration></VersioningConfiguration>');
      else list(store, query, response);
    } else if (request.method === "PUT") await put(store, key, request, response);
    else if (request.method === "DELETE") {
      await store.delete(key);
      response.writeHead(204).end();
    } else get(store, key, request.method === "HEAD", response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
