/** Everything on one machine: an embedded S3, an issuer, the bundles that run on Lambda, and the public site in front. */
import { once } from "node:events";
import { join } from "node:path";
import { Hono } from "hono";
import { authenticationFromEnvironment } from "../functions/authentication.ts";
import { Compacting, compactedAfter } from "../server/compacting.ts";
import { createFront } from "../server/front.ts";
import { boundHeaps } from "../server/heap.ts";
import { startIndexing } from "../server/indexing.ts";
import { addressOfFromEnvironment, Limiter, limitsFromEnvironment } from "../server/limits.ts";
import { LOOPBACK, listen, portOf } from "../server/listen.ts";
import { Pool, threadsFromEnvironment } from "../server/pool.ts";
import { IndexQueue, type StagedIndexer } from "../server/queue.ts";
import { createRoot } from "../server/root.ts";
import { createSite } from "../server/site.ts";
import { createAuthenticator } from "../src/authenticate/authenticate.ts";
import { S3Store } from "../src/store/s3.ts";
import { addresses, BUCKET, configure } from "./environment.ts";
import { AUDIENCE, CLIENT_ID, createIssuer, type IssuerOptions, issuerUrl } from "./issuer.ts";
import { openLogKey } from "./log-key.ts";
import { startS3 } from "./s3.ts";
import { ownFolder } from "./secret-file.ts";

export interface LocalOptions {
  /** Where the service is to listen; 0 for any free port. */
  readonly port: number;
  /** Where the store is to listen; 0 for any free port. */
  readonly s3Port: number;
  /** What is stored, the issuer's key and the indexer's journal lie here. */
  readonly directory: string;
  /** Called with the key of a record that could not be indexed several times; it is tried again without end. */
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
  indexer(): Promise<{ staged(): Required<StagedIndexer>; readonly compact: () => Promise<void> }>;
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
  /** Resolves when it is in the dataset too. */
  compacted(): Promise<void>;
  /** Takes no more requests, finishes what is under way, and ends. */
  close(): Promise<void>;
}

/** One of the bundles that CDK ships. */
export const bundle = <T>(name: string): Promise<T> =>
  import(new URL(`../dist/lambda/${name}/index.mjs`, import.meta.url).href) as Promise<T>;

/** How long the dataset waits for more to take up, ms. */
const COMPACTED_AFTER = 3000;

const BUNDLES: Parts = {
  api: () => bundle("api"),
  imports: () => bundle("imports"),
  indexer: () => bundle("indexer"),
  thread: new URL("./api.worker.ts", import.meta.url),
};

type Fetch = ReturnType<typeof createFront>;

/**
 * Listens before there is anything to answer with: which port it is must be known before the parts are. Those who come
 * earlier wait for `answerBy`.
 */
async function listenFirst({ port, first }: LocalOptions) {
  const answers = Promise.withResolvers<Fetch>();
  const server = listen(
    async (request, bindings) => first?.(request) ?? (await answers.promise)(request, bindings),
    { port, hostname: "127.0.0.1", hosts: LOOPBACK },
    () => {},
  );
  await once(server, "listening");
  const close = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    await closed;
  };
  return { port: portOf(server), answerBy: answers.resolve, close };
}

/** The reading of files, which has a function of its own in the cloud. */
const importsOf = ({ app }: { readonly app: App }): Hono => new Hono().post("/imports", (c) => app.fetch(c.req.raw));

/**
 * Starts it, once in a process: the bundles know one store.
 * @throws Error with the code `EADDRINUSE` and its `port` where one is taken
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { s3Port, directory, onFailing, issuer, parts = BUNDLES } = options;
  boundHeaps();
  await ownFolder(directory);
  const queue = new IndexQueue({ folder: join(directory, ".indexing"), ...(onFailing ? { onFailing } : {}) });
  const s3 = await startS3({ port: s3Port, directory, bucket: BUCKET, onCreated: (key) => queue.push(key) });
  const { port, answerBy, close } = await listenFirst(options);
  const url = `http://localhost:${port}`;
  configure(BUCKET, s3, {
    ...addresses(url),
    ...(await openLogKey(directory)),
    OIDC_ISSUER: issuerUrl(port),
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_CLIENT_ID: CLIENT_ID,
    LOG_FORMAT: process.env["LOG_FORMAT"] ?? "text",
  });

  const { app } = await parts.api();
  const imports = importsOf(await parts.imports());
  // The indexer runs on the writes of the embedded store as in the cloud on the bucket's notifications.
  const { staged, compact } = await parts.indexer();
  const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
  const onFault = (error: Error): void => console.error(error);
  const compacting = new Compacting({ compact, delay: COMPACTED_AFTER, onFault });
  compacting.touch();
  await startIndexing(queue, store, compactedAfter(staged(), compacting));
  const beside = [await createIssuer(directory, port, issuer), createSite(store), imports];
  const pool = new Pool({ script: parts.thread, threads: threadsFromEnvironment(), onFault });
  await pool.ready();
  answerBy(
    createFront({
      app: createRoot({ app, beside, queue, publicUrl: url, onFault }),
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
    compacted: () => queue.idle().then(() => compacting.now()),
    close: async () => {
      await close();
      await pool.close();
      await queue.stop();
      await compacting.stop();
      await s3.close();
    },
  };
}
