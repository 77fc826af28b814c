import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { portOf } from "../server/listen.ts";
import { type Credentials, openCredentials } from "./credentials.ts";
import { listObjects } from "./listing.ts";
import { isListing, keyOf, type Refusal, refusalOf } from "./s3-request.ts";
import { isSigned, signedHash } from "./signature.ts";
import { Turns } from "./turns.ts";
import { expectingHash, writeWhole } from "./whole.ts";

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
/** What S3 answers where `If-None-Match: *` finds something or `If-Match` something else. */
const PRECONDITION_FAILED = errorXml(
  "PreconditionFailed",
  "At least one of the pre-conditions you specified did not hold",
);
const NO_PATH: Refusal = { status: 400, code: "InvalidURI", message: "no path" };
const DENIED: Refusal = { status: 403, code: "AccessDenied", message: "Access Denied" };
/** The account that s3rver knows; who may do what was decided before it is asked. */
const S3RVER = "S3RVER";

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/xml",
    "content-length": Buffer.byteLength(body),
    // Of what is refused the body is not read.
    ...(status === 200 ? {} : { connection: "close" }),
  });
  response.end(body);
}

const isReading = ({ method }: IncomingMessage): boolean => method === "GET" || method === "HEAD";

/** What stands before s3rver: who may do what, conditional writes, listings. */
class Front {
  readonly #s3rver: S3rver;
  readonly #serve: ReturnType<S3rver["callback"]>;
  readonly #options: EmbeddedS3Options;
  readonly #credentials: Credentials;
  readonly #writes = new Turns();
  /** The names that it answers to, once it listens. */
  hosts: readonly string[] = [];

  constructor(s3rver: S3rver, options: EmbeddedS3Options, credentials: Credentials) {
    this.#s3rver = s3rver;
    this.#serve = s3rver.callback();
    this.#options = options;
    this.#credentials = credentials;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bucket, directory } = this.#options;
    // The clock that signatures are held against: clients set theirs by it.
    response.setHeader("Date", new Date().toUTCString());
    const url = URL.parse(request.url ?? "/", "http://s3");
    const refused = url ? await this.#refusalOf(request, url) : NO_PATH;
    if (!url || refused) {
      const { status, code, message } = refused ?? NO_PATH;
      answer(response, status, errorXml(code, message));
      return;
    }
    const { authorization } = request.headers;
    if (authorization)
      request.headers.authorization = authorization.replace(/Credential=[^/]+/, `Credential=${S3RVER}`);
    if (isListing(request, url, bucket)) {
      const metadata = (key: string) => this.#s3rver.store.getMetadata(bucket, key);
      answer(response, 200, await listObjects(bucket, join(directory, bucket), url.searchParams, metadata));
    } else if (isReading(request)) {
      // Entity tag and content lie in two files; both are of one write.
      await this.#writes.ended(url.pathname);
      this.#serve(request, response);
    } else await this.#writes.take(url.pathname, () => this.#write(request, response, this.#keyAt(url.pathname)));
  }

  async #refusalOf(request: IncomingMessage, url: URL): Promise<Refusal | undefined> {
    return (
      refusalOf(request, url, this.#options.bucket, this.hosts) ??
      ((await this.#mayPass(request, url)) ? undefined : DENIED)
    );
  }

  /** Whether a request may do what it asks for: signed with the store's credentials, or reading what is published. */
  async #mayPass(request: IncomingMessage, url: URL): Promise<boolean> {
    if (request.headers.authorization !== undefined) return isSigned(request, url, this.#credentials);
    return isReading(request) && keyOf(url.pathname, this.#options.bucket)?.startsWith("published/") === true;
  }

  /** The key of a path that was let in. */
  #keyAt(pathname: string): string {
    return decodeURIComponent(pathname.slice(this.#options.bucket.length + 2));
  }

  async #write(request: IncomingMessage, response: ServerResponse, key: string): Promise<void> {
    if (!(await this.#holds(request, key))) {
      request.resume();
      answer(response, 412, PRECONDITION_FAILED);
      return;
    }
    await new Promise<void>((resolve) => {
      response.once("close", resolve);
      expectingHash(signedHash(request), () => this.#serve(request, response));
    });
    if (request.method === "PUT" && response.statusCode === 200) this.#options.onCreated?.(key);
  }

  /** Whether what a conditional write asks for holds (RFC 9110, 13.1). */
  async #holds({ headers }: IncomingMessage, key: string): Promise<boolean> {
    if (headers["if-none-match"] === "*") return (await this.#etagOf(key)) === undefined;
    if (headers["if-match"] !== undefined) return (await this.#etagOf(key)) === headers["if-match"];
    return true;
  }

  /** The entity tag of an object, or undefined where there is none. */
  #etagOf(key: string): Promise<string | undefined> {
    return this.#s3rver.store.getMetadata(this.#options.bucket, key).then(
      ({ etag }) => etag,
      () => undefined,
    );
  }
}

/**
 * S3 on this machine: s3rver, with in front what it lacks and the project needs: signatures that are checked, keys that
 * are normal, nothing that a browser sends; create-if-absent, decided one request at a time for each key; listings, and
 * a published prefix that is all that may be read without a signature.
 */
export async function startS3(options: EmbeddedS3Options): Promise<EmbeddedS3> {
  const { port, directory, bucket } = options;
  const credentials = await openCredentials(directory);
  const s3rver = new S3rver({
    directory,
    silent: true,
    // The front checks them, over the path as it was sent; s3rver makes one of its own.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  await s3rver.configureBuckets();
  await writeWhole(s3rver.store, directory);
  const front = new Front(s3rver, options, credentials);
  const server: Server = createServer((request, response) => {
    front.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const listening = portOf(server);
  front.hosts = [`127.0.0.1:${listening}`, `localhost:${listening}`];
  return {
    credentials,
    endpoint: `http://127.0.0.1:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
