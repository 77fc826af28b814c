import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { listObjects } from "./listing.ts";
import { writeWhole } from "./whole.ts";

/** A running embedded S3. */
export interface EmbeddedS3 {
  readonly endpoint: string;
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

/** What S3 answers where `If-None-Match: *` finds something or `If-Match` something else. */
const PRECONDITION_FAILED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message></Error>';
const ACCESS_DENIED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

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
 * S3 on this machine: s3rver, with in front what it lacks and the project needs: create-if-absent, decided one request
 * at a time for each key, listings, and a published prefix that is all the public may read.
 */
export async function startS3({ port, directory, bucket, onCreated }: EmbeddedS3Options): Promise<EmbeddedS3> {
  const s3rver = new S3rver({
    directory,
    silent: true,
    // It signs listings as /bucket where the SDK signs /bucket/. Only this machine reaches it, and the front below
    // turns away whoever sends no signature at all.
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

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://s3");
    const signed = request.headers.authorization !== undefined || url.searchParams.has("X-Amz-Signature");
    const reading = request.method === "GET" || request.method === "HEAD";
    if (!signed && !(reading && url.pathname.startsWith(`/${bucket}/published/`) && !url.pathname.includes("/../"))) {
      answer(response, 403, ACCESS_DENIED);
      return;
    }
    if (request.method === "GET" && url.searchParams.get("list-type") === "2") {
      const metadata = (key: string) => s3rver.store.getMetadata(bucket, key);
      answer(response, 200, await listObjects(bucket, join(directory, bucket), url.searchParams, metadata));
      return;
    }
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
        serve(request, response);
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
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
