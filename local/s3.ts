import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { type Credentials, openCredentials } from "./credentials.ts";
import { listObjects } from "./listing.ts";
import { isListing, keyOf, type Refusal, refusalOf } from "./s3-request.ts";
import { isSigned, signedHash } from "./signature.ts";
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
  /** Told of every object that was written, as S3's event notifications are: after the write, by key. */
  readonly onCreated?: (key: string) => void;
}

const errorXml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
/** What S3 answers where `If-None-Match: *` finds something or `If-Match` something else. */
const PRECONDITION_FAILED = errorXml(
  "PreconditionFailed",
  "At least one of the pre-conditions you specified did not hold",
);
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

/**
 * S3 on this machine: s3rver, with in front what it lacks and the project needs: signatures that are checked, keys that
 * are normal, nothing that a browser sends; create-if-absent, decided one request at a time for each key; listings, and
 * a published prefix that is all that may be read without a signature.
 */
export async function startS3({ port, directory, bucket, onCreated }: EmbeddedS3Options): Promise<EmbeddedS3> {
  const credentials = await openCredentials(directory);
  const s3rver = new S3rver({
    directory,
    silent: true,
    // The front below checks them, over the path as it was sent; s3rver makes one of its own.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  await s3rver.configureBuckets();
  await writeWhole(s3rver.store, directory);
  const serve = s3rver.callback();
  const writing = new Map<string, Promise<void>>();
  /** The entity tag of what lies at a path, or undefined. */
  const etagOf = (path: string): Promise<string | undefined> =>
    s3rver.store.getMetadata(bucket, decodeURIComponent(path.slice(bucket.length + 2))).then(
      ({ etag }) => etag,
      () => undefined,
    );
  /** Whether what a conditional write asks for holds (RFC 9110, 13.1). */
  async function holds(path: string, headers: IncomingMessage["headers"]): Promise<boolean> {
    if (headers["if-none-match"] === "*") return (await etagOf(path)) === undefined;
    if (headers["if-match"] !== undefined) return (await etagOf(path)) === headers["if-match"];
    return true;
  }

  /** Runs writes to one key one after another. */
  async function inTurn(path: string, work: () => Promise<void>): Promise<void> {
    const before = writing.get(path) ?? Promise.resolve();
    const turn = before.then(work, work);
    writing.set(path, turn);
    await turn.finally(() => {
      if (writing.get(path) === turn) writing.delete(path);
    });
  }

  let hosts: readonly string[] = [];
  /** Whether a request may do what it asks for: signed with the store's credentials, or reading what is published. */
  async function mayPass(request: IncomingMessage, url: URL): Promise<boolean> {
    if (request.headers.authorization !== undefined) return isSigned(request, url, credentials);
    const reading = request.method === "GET" || request.method === "HEAD";
    return reading && keyOf(url.pathname, bucket)?.startsWith("published/") === true;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The clock that signatures are held against: clients set theirs by it.
    response.setHeader("Date", new Date().toUTCString());
    const url = URL.parse(request.url ?? "/", "http://s3");
    const refused = url
      ? (refusalOf(request, url, bucket, hosts) ?? ((await mayPass(request, url)) ? undefined : DENIED))
      : { status: 400, code: "InvalidURI", message: "no path" };
    if (!url || refused) {
      const { status, code, message } = refused ?? DENIED;
      answer(response, status, errorXml(code, message));
      return;
    }
    const { authorization } = request.headers;
    if (authorization)
      request.headers.authorization = authorization.replace(/Credential=[^/]+/, `Credential=${S3RVER}`);
    if (isListing(request, url, bucket)) {
      const metadata = (key: string) => s3rver.store.getMetadata(bucket, key);
      answer(response, 200, await listObjects(bucket, join(directory, bucket), url.searchParams, metadata));
      return;
    }
    const reading = request.method === "GET" || request.method === "HEAD";
    if (reading) {
      // Entity tag and content lie in two files; both are of one write.
      await writing.get(url.pathname)?.catch(() => undefined);
      serve(request, response);
      return;
    }
    await inTurn(url.pathname, async () => {
      if (!(await holds(url.pathname, request.headers))) {
        request.resume();
        answer(response, 412, PRECONDITION_FAILED);
        return;
      }
      await new Promise<void>((resolve) => {
        response.once("close", resolve);
        expectingHash(signedHash(request), () => serve(request, response));
      });
      if (request.method === "PUT" && response.statusCode === 200)
        onCreated?.(decodeURIComponent(url.pathname.slice(bucket.length + 2)));
    });
  }

  const server: Server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the embedded S3 has no address");
  hosts = [`127.0.0.1:${address.port}`, `localhost:${address.port}`];
  return {
    credentials,
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
