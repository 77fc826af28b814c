import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { portOf } from "../server/listen.ts";
import { type Credentials, openCredentials } from "./credentials.ts";
import { openObjects } from "./legacy.ts";
import { listObjects } from "./listing.ts";
import type { Holds, Objects } from "./objects.ts";
import { isListing, keyOf, type Refusal, refusalOf } from "./s3-request.ts";
import { serveObject } from "./serve-object.ts";
import { isSigned, signedHash } from "./signature.ts";

/** A running embedded S3. */
export interface EmbeddedS3 {
  readonly endpoint: string;
  /** What its requests are signed with: kept in the data folder, made at its first start. */
  readonly credentials: Credentials;
  close(): Promise<void>;
}

/** Where it listens and keeps its data. */
export interface EmbeddedS3Options {
  /** 0 for any free one. */
  readonly port: number;
  readonly directory: string;
  readonly bucket: string;
  /** Called for every object that was written, as S3's event notifications are: after the write, by key. */
  readonly onCreated?: (key: string) => void;
}

const errorXml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
/** What S3 says of what is not there, of a condition that does not hold, and of a part that there is none of. */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [404, errorXml("NoSuchKey", "The specified key does not exist.")],
  [412, errorXml("PreconditionFailed", "At least one of the pre-conditions you specified did not hold")],
  [416, errorXml("InvalidRange", "The requested range is not satisfiable")],
]);
const NO_PATH: Refusal = { status: 400, code: "InvalidURI", message: "no path" };
const DENIED: Refusal = { status: 403, code: "AccessDenied", message: "Access Denied" };
const WRONG_HASH: Refusal = {
  status: 400,
  code: "XAmzContentSHA256Mismatch",
  message: "the body is not the one that was signed",
};
/** How long a connection that nothing is asked on is kept, ms. */
const IDLE = 75_000;

function answer(response: ServerResponse, status: number, body: string, bodiless = false): void {
  response.writeHead(status, { "content-type": "application/xml", "content-length": Buffer.byteLength(body) });
  response.end(bodiless ? undefined : body);
}

/** Refuses a request, whose body is not read. */
function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  response.setHeader("connection", "close");
  answer(response, status, errorXml(code, message));
}

const isReading = ({ method }: IncomingMessage): boolean => method === "GET" || method === "HEAD";

/** What is kept of the headers that an object is written with. */
const KEPT = /^(content-(type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/;

const keptHeaders = ({ headers }: IncomingMessage): Record<string, string> => ({
  "content-type": "binary/octet-stream",
  ...Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (KEPT.test(name) ? [[name, String(value)] as const] : [])),
  ),
});

/** Whether what a conditional write asks for holds (RFC 9110, 13.1). */
function holdsFor({ headers }: IncomingMessage): Holds | undefined {
  if (headers["if-none-match"] === "*") return (etag) => etag === undefined;
  const match = headers["if-match"];
  return match === undefined ? undefined : (etag) => etag === match;
}

/** A body, and what it hashes to (hex). */
async function bodyOf(request: IncomingMessage): Promise<{ readonly body: Buffer; readonly sha256: string }> {
  const chunks: Buffer[] = [];
  const hash = createHash("sha256");
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    chunks.push(chunk);
  }
  return { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), sha256: hash.digest("hex") };
}

/** What answers requests: who may do what, then objects and listings. */
class Front {
  readonly #objects: Objects;
  readonly #options: EmbeddedS3Options;
  readonly #credentials: Credentials;
  /** The names that it answers to. */
  readonly #hosts: readonly string[];

  constructor(objects: Objects, options: EmbeddedS3Options, credentials: Credentials, hosts: readonly string[]) {
    this.#objects = objects;
    this.#options = options;
    this.#credentials = credentials;
    this.#hosts = hosts;
  }

  /** The date of every answer is the clock that signatures are held against: clients set theirs by it. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bucket } = this.#options;
    response.setHeader("Date", new Date().toUTCString());
    const url = URL.parse(request.url ?? "/", "http://s3");
    const refused = url ? await this.#refusalOf(request, url) : NO_PATH;
    if (!url || refused) {
      refuse(response, refused ?? NO_PATH);
      return;
    }
    const key = (): string => decodeURIComponent(url.pathname.slice(bucket.length + 2));
    if (isListing(request, url, bucket))
      answer(response, 200, await listObjects(bucket, this.#objects, url.searchParams));
    else if (isReading(request)) await this.#read(request, response, key());
    else if (request.method === "PUT") await this.#write(request, response, key());
    else {
      await this.#objects.remove(key());
      response.writeHead(204).end();
    }
  }

  async #refusalOf(request: IncomingMessage, url: URL): Promise<Refusal | undefined> {
    return (
      refusalOf(request, url, this.#options.bucket, this.#hosts) ??
      ((await this.#mayPass(request, url)) ? undefined : DENIED)
    );
  }

  /** Whether a request may do what it asks for: signed with the store's credentials, or reading what is published. */
  async #mayPass(request: IncomingMessage, url: URL): Promise<boolean> {
    if (request.headers.authorization !== undefined) return isSigned(request, url, this.#credentials);
    return isReading(request) && keyOf(url.pathname, this.#options.bucket)?.startsWith("published/") === true;
  }

  async #read(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    const found = this.#objects.find(key, request.method === "GET");
    const status = found ? await serveObject(request, response, found) : 404;
    const error = ERRORS.get(status);
    if (error) answer(response, status, error, request.method === "HEAD");
  }

  async #write(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    const { body, sha256 } = await bodyOf(request);
    if (sha256 !== (signedHash(request) ?? sha256)) {
      refuse(response, WRONG_HASH);
      return;
    }
    const etag = await this.#objects.write(key, { body, sha256, headers: keptHeaders(request) }, holdsFor(request));
    if (etag === undefined) {
      answer(response, 412, ERRORS.get(412)!);
      return;
    }
    this.#options.onCreated?.(key);
    response.writeHead(200, { etag, "content-length": 0 }).end();
  }
}

/**
 * S3 on this machine, as much of it as the project needs: signatures that are checked, keys that are normal, nothing that
 * a browser sends; writes under conditions, whole or not at all; listings, and a published prefix that is all that may be
 * read without a signature.
 */
export async function startS3(options: EmbeddedS3Options): Promise<EmbeddedS3> {
  const { port, directory, bucket } = options;
  const credentials = await openCredentials(directory);
  const opened = Promise.withResolvers<Front>();
  const server: Server = createServer({ keepAliveTimeout: IDLE }, (request, response) => {
    opened.promise
      .then((front) => front.handle(request, response))
      .catch((error: unknown) => response.destroy(error as Error));
  });
  // Whoever has the port has the folder: nothing in it is touched before.
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const listening = portOf(server);
  const hosts = [`127.0.0.1:${listening}`, `localhost:${listening}`];
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  try {
    opened.resolve(new Front(await openObjects(directory, bucket), options, credentials, hosts));
  } catch (error) {
    await close();
    throw error;
  }
  return { credentials, endpoint: `http://127.0.0.1:${listening}`, close };
}
