/** Everything on one machine: an embedded S3, an issuer, the bundles that run on Lambda, and the public site in front. */
import { once } from "node:events";
import { join } from "node:path";
import { Hono } from "hono";
import { authenticationFromEnvironment } from "../functions/authentication.ts";
import { internalError, problemOf } from "../functions/errors.ts";
import { problemResponse } from "../functions/problem.ts";
import { createFront } from "../server/front.ts";
import { health } from "../server/health.ts";
import { addressOfFromEnvironment, Limiter, limitsFromEnvironment } from "../server/limits.ts";
import { LOOPBACK, listen } from "../server/listen.ts";
import { Pool, threadsFromEnvironment } from "../server/pool.ts";
import { type IndexHandler, IndexQueue } from "../server/queue.ts";
import { createSite } from "../server/site.ts";
import { createAuthenticator } from "../src/authenticate/authenticate.ts";
import { laggingPlaces } from "../src/index/lagging.ts";
import { recordKey } from "../src/publish/record.ts";
import { S3Store } from "../src/store/s3.ts";
import { addresses, BUCKET, configure } from "./environment.ts";
import { AUDIENCE, CLIENT_ID, createIssuer, type IssuerOptions, issuerUrl } from "./issuer.ts";
import { startS3 } from "./s3.ts";
import { ownFolder } from "./secret-file.ts";

export interface LocalOptions {
  /** Where the service is to listen; 0 for any free port. */
  readonly port: number;
  /** Where the store is to listen; 0 for any free port. */
  readonly s3Port: number;
  /** What is stored, the issuer's key and the indexer's journal lie here. */
  readonly directory: string;
  /** Told of a record that could not be indexed some times; it is tried again without end. */
  readonly onFailing?: (key: string) => void;
  readonly issuer?: IssuerOptions;
  /** Asked before all else; what it does not answer goes on. */
  readonly first?: (request: Request) => Response | undefined;
  /** Where the service's parts come from; the bundles that CDK ships unless given. */
  readonly parts?: Parts;
}

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** What runs in the cloud. Each reads the environment when it is loaded. */
export interface Parts {
  api(): Promise<{ readonly app: App }>;
  imports(): Promise<{ readonly app: App }>;
  indexer(): Promise<{ readonly handler: IndexHandler }>;
  /** The program of the threads in which `api` checks, sets and publishes. */
  readonly thread: URL;
}

/** A running service with all that it needs. */
export interface Local {
  /** Where readers and clerks open it, without a slash at the end. */
  readonly url: string;
  /** The bucket's address. */
  readonly bucketUrl: string;
  readonly store: S3Store;
  /** Resolves when all that is published is in the indexes and on the pages. */
  indexed(): Promise<void>;
  /** Takes no more requests, finishes what is under way, and ends. */
  close(): Promise<void>;
}

/** One of the bundles that CDK ships. */
export const bundle = <T>(name: string): Promise<T> =>
  import(new URL(`../dist/lambda/${name}/index.mjs`, import.meta.url).href) as Promise<T>;

const BUNDLES: Parts = {
  api: () => bundle("api"),
  imports: () => bundle("imports"),
  indexer: () => bundle("indexer"),
  thread: new URL("./api.worker.ts", import.meta.url),
};

/**
 * Starts it, once in a process: the bundles know one store.
 * @throws Error with the code `EADDRINUSE` and its `port` where one is taken
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { port, s3Port, directory, onFailing, issuer, first, parts = BUNDLES } = options;
  await ownFolder(directory);
  const queue = new IndexQueue({ folder: join(directory, ".indexing"), ...(onFailing ? { onFailing } : {}) });
  const s3 = await startS3({ port: s3Port, directory, bucket: BUCKET, onCreated: (key) => queue.push(key) });
  // Which port it is must be known before the parts are: those who come earlier wait for them.
  const whole = Promise.withResolvers<ReturnType<typeof createFront>>();
  const server = listen(
    async (request, bindings) => first?.(request) ?? (await whole.promise)(request, bindings),
    { port, hostname: "127.0.0.1", hosts: LOOPBACK },
    () => {},
  );
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the service has no address");
  const url = `http://localhost:${address.port}`;
  configure(BUCKET, s3, {
    ...addresses(url),
    OIDC_ISSUER: issuerUrl(address.port),
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_CLIENT_ID: CLIENT_ID,
    LOG_FORMAT: process.env["LOG_FORMAT"] ?? "text",
  });

  const { app } = await parts.api();
  const { app: imports } = await parts.imports();
  // The indexer runs on the writes of the embedded store as in the cloud on the bucket's notifications; what a process
  // that was killed had not begun to index is found here.
  const { handler } = await parts.indexer();
  const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
  for (const { uscc, year } of await laggingPlaces(store)) queue.push(recordKey(uscc, year, 1));
  await queue.start(handler);
  const root = new Hono();
  root.on(["GET", "HEAD"], "/healthz", (c) => health(app, c.req.raw, queue));
  root.route("/", await createIssuer(directory, address.port, issuer));
  root.route("/", createSite(store));
  root.post("/imports", (c) => imports.fetch(c.req.raw));
  root.all("*", (c) => app.fetch(c.req.raw));
  const onFault = (error: Error): void => console.error(error);
  root.onError((error) => {
    const known = problemOf(error, url);
    if (!known) onFault(error);
    return problemResponse(known ?? internalError(), crypto.randomUUID());
  });
  const pool = new Pool({ script: parts.thread, threads: threadsFromEnvironment(), onFault });
  await pool.ready();
  whole.resolve(
    createFront({
      app: root,
      authenticate: createAuthenticator(authenticationFromEnvironment()),
      limiter: new Limiter(limitsFromEnvironment()),
      addressOf: addressOfFromEnvironment(),
      pool,
      queue,
      onFault,
    }),
  );
  return {
    url,
    bucketUrl: `${s3.endpoint}/${BUCKET}`,
    store,
    indexed: () => queue.idle(),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
      await pool.close();
      await queue.stop();
      await s3.close();
    },
  };
}
