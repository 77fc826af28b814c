import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Hono } from "hono";
import { createApp } from "../functions/app.ts";
import { optionsFromEnvironment } from "../functions/configuration.ts";
import { createImporter } from "../functions/importer.ts";
import type { AppOptions } from "../functions/options.ts";
import { datasetFromEnvironment, pagesFromEnvironment } from "../functions/pages.ts";
import type { Problem } from "../functions/problem.ts";
import { reminding } from "../functions/reminding.ts";
import { logIdentityFromEnvironment } from "../functions/sequencing.ts";
import { type OpenedStore, TAKEOVERS } from "../functions/store.ts";
import { words } from "../functions/variables.ts";
import { ExplainedError } from "../src/basics/explained-error.ts";
import { compactDataset } from "../src/index/dataset/compact.ts";
import { Consumer } from "../src/index/events.ts";
import type { StoreFault } from "../src/store/probe.ts";
import type { Bucket, Store } from "../src/store/store.ts";
import { Compacting, compactedAfter } from "./compacting.ts";
import { createFront } from "./front.ts";
import { boundHeaps } from "./heap.ts";
import { pushLagging, startIndexing } from "./indexing.ts";
import { addressOfFromEnvironment, Limiter, limitsFromEnvironment } from "./limits.ts";
import { listen } from "./listen.ts";
import { observed } from "./observed.ts";
import { Pool, threadsFromEnvironment } from "./pool.ts";
import { IndexQueue, type StagedIndexer } from "./queue.ts";
import { createRoot } from "./root.ts";
import { createSite } from "./site.ts";
import { StoreWatch } from "./store-watch.ts";

/**
 * What a client may take, ms. A connection stays open longer than the usual proxies keep one that is idle, so that none
 * sends into one that is being closed.
 */
const PATIENCE = { headers: 15_000, request: 60_000, idle: 75_000, check: 5000 };
/** How long requests under way may take after SIGTERM, ms. */
const GRACE = 25_000;
const HOUR = 3600_000;
/** How long the dataset waits for more to take up, ms. */
const COMPACTED_AFTER = 15_000;

/** Why it does not start, where the reason is the operator's to mend. */
export class ServeError extends ExplainedError {}

const log = (level: "INFO" | "WARN" | "ERROR", message: string, more: Readonly<Record<string, unknown>> = {}): void =>
  console.log(JSON.stringify({ level, message, ...more }));

const logFault = (error: Error): void => log("ERROR", error.message, { stack: error.stack });

/** How it serves, besides what the app needs. @throws when something will not do */
const serverFromEnvironment = () => ({
  limiter: new Limiter(limitsFromEnvironment()),
  addressOf: addressOfFromEnvironment(),
  threads: threadsFromEnvironment(),
  hosts: process.env["HOSTS"] ? words(process.env["HOSTS"].toLowerCase()) : undefined,
});

/** @throws ServeError */
function optionsOrRefuse(): AppOptions & { readonly store: OpenedStore } & ReturnType<typeof serverFromEnvironment> {
  try {
    return { ...optionsFromEnvironment(), ...serverFromEnvironment() };
  } catch (error) {
    // Its sentences are in both languages.
    const { message } = error as Error;
    throw new ServeError(message, message);
  }
}

/** A folder for the journal: in `DATA_DIR`, or a new one of this process, which finds in the store what another left. */
const journalFolder = async (): Promise<string> => {
  const data = process.env["DATA_DIR"];
  if (data) return join(resolve(data), ".indexing");
  return mkdtemp(join(tmpdir(), "nianbao-")).catch(() => join(tmpdir(), `nianbao-${crypto.randomUUID()}`));
};

/**
 * Tries whether the store keeps what is published, now and every hour.
 * @throws ServeError when it does not, or does not answer
 */
async function expectSafe(store: Bucket): Promise<StoreWatch> {
  const watch = new StoreWatch({
    store,
    interval: HOUR,
    onFault: logFault,
    onChange: (faults) =>
      log(faults.length > 0 ? "ERROR" : "INFO", "the store", { faults: faults.map(({ zh, en }) => `${zh} · ${en}`) }),
  });
  const faults = await watch.look().catch((error: unknown) => {
    throw new ServeError(
      `存储没有应答：${(error as Error).message}。请检查 BUCKET、S3_ENDPOINT 和密钥。`,
      `The store does not answer: ${(error as Error).message}. See BUCKET, S3_ENDPOINT and the credentials.`,
    );
  });
  if (faults.length > 0)
    throw new ServeError(
      ["这个存储不能保证已公布的报告不被覆盖，服务不启动：", ...faults.map(({ zh }) => `  ${zh}`)].join("\n"),
      ["This store cannot keep what is published; not started: it", ...faults.map(({ en }) => `  ${en}`)].join("\n"),
    );
  watch.start();
  return watch;
}

/**
 * Looks for what is not indexed: every hour, since another server may have been killed over it, and when one was that
 * held the lease.
 */
function lookForLagging(queue: IndexQueue, store: Store): void {
  const look = (): void => void pushLagging(queue, store).catch((error: unknown) => logFault(error as Error));
  setInterval(look, HOUR).unref();
  const takeovers = new BroadcastChannel(TAKEOVERS);
  takeovers.onmessage = look;
  (takeovers as unknown as { unref(): void }).unref();
}

interface RunningIndexer {
  readonly queue: IndexQueue;
  readonly compacting: Compacting;
}

/** The indexer, at work. */
async function startIndexer(store: Store): Promise<RunningIndexer> {
  const queue = new IndexQueue({
    folder: await journalFolder(),
    onFailing: (key) => log("ERROR", "not indexed yet, tried again without end", { key }),
  });
  const { log: signs } = logIdentityFromEnvironment();
  // A key that cannot be had is said at the start, not with the first publication.
  await signs?.();
  const dataset = datasetFromEnvironment();
  const index = {
    ...{ store, remind: reminding(store), pages: pagesFromEnvironment(), dataset },
    ...(signs ? { log: signs } : {}),
  };
  const onError = (error: Error, messages: readonly string[]): void =>
    log("ERROR", error.message, { messages, stack: error.stack });
  const compacting = new Compacting({
    compact: async () => {
      const { failed } = await compactDataset({ store, ...dataset });
      for (const { place, error } of failed) onError(error, [`${place.uscc}/${place.year}`]);
    },
    delay: COMPACTED_AFTER,
    onFault: logFault,
  });
  compacting.touch();
  const consumer = new Consumer(index, onError);
  const staged: Required<StagedIndexer> = {
    handler: ({ Records }) => consumer.consume(Records),
    settle: (messages) => consumer.settle(messages),
  };
  await startIndexing(queue, store, compactedAfter(staged, compacting));
  lookForLagging(queue, store);
  return { queue, compacting };
}

/** The API, and with `SERVE_PUBLIC` the public site. */
function createAnswers(
  options: AppOptions & { readonly store: OpenedStore },
  queue: IndexQueue,
  storeFaults: () => readonly StoreFault[],
): Hono {
  const { store, publicUrl } = options;
  const app = createApp(
    { ...options, store: observed(store, (key) => queue.push(key)) },
    { importer: createImporter(new URL("./importer.mjs", import.meta.url), process.env["FONTS"]) },
  );
  const beside = process.env["SERVE_PUBLIC"] === "true" ? [createSite(store)] : [];
  return createRoot({ app, beside, queue, storeFaults, publicUrl, onFault: logFault });
}

/** @throws ServeError when the port cannot be had */
async function listenFromEnvironment(front: ReturnType<typeof createFront>, hosts: readonly string[] | undefined) {
  const port = Number(process.env["PORT"] ?? 8080);
  const hostname = process.env["HOST"] ?? "0.0.0.0";
  const server = listen(front, { port, hostname, patience: PATIENCE, hosts }, () => {});
  await once(server, "listening").catch((error: Error) => {
    throw new ServeError(`端口${port}不能使用：${error.message}`, `Port ${port} cannot be used: ${error.message}`);
  });
  return { server, hostname, port };
}

/** At SIGINT or SIGTERM ends the process when what is under way is done, or the grace is over; at a second one at once. */
function endAtSignal(server: Server, pool: Pool, indexer: RunningIndexer, store: OpenedStore): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log("INFO", "stopping", { signal });
      setTimeout(() => process.exit(1), GRACE).unref();
      server.close(
        () =>
          void pool
            .close()
            .then(() => indexer.queue.stop())
            .then(() => indexer.compacting.stop())
            .then(() => store.close?.())
            .then(() => process.exit(0)),
      );
      // A connection that is kept alive is idle once its request is answered.
      setInterval(() => server.closeIdleConnections(), 200).unref();
    });
  }
}

/**
 * The plain server: the same app without AWS, against any S3-compatible store that writes under conditions. Its
 * environment is that of the Lambda (`functions/configuration.ts`), besides `HOST`, `PORT`, and `SERVE_PUBLIC=true` for a server
 * that readers reach as well; `HOSTS` for the names that it answers to (any unless given), `TRUSTED_PROXIES`, `THREADS`
 * and `LIMIT_…` (`limits.ts`, `pool.ts`), `DATA_DIR` for the journal of the indexer, and `TLOG_KEY_FILE` for the log of publications. What Lambda gets from queues and
 * schedules runs in this process (the indexer) or by cron (`fsck.mjs` beside the bundle, `nianbao fsck`). Resolves when it listens; it ends the process at SIGINT or SIGTERM.
 * @throws ServeError when the environment lacks something, or the store will not do
 */
export async function serve(): Promise<void> {
  boundHeaps();
  const options = optionsOrRefuse();
  const { store, limiter, addressOf, threads, hosts, authenticate } = options;
  const watch = await expectSafe(store);
  const storeFaults = (): readonly StoreFault[] => watch.faults;
  const indexer = await startIndexer(store);
  const { queue } = indexer;
  const app = createAnswers(options, queue, storeFaults);
  const pool = new Pool({
    script: new URL("./api-worker.mjs", import.meta.url),
    threads,
    onCreated: (key) => queue.push(key),
    onFault: logFault,
  });
  await pool.ready();
  const onRefused = ({ status, detailEn }: Problem): void => log("WARN", "refused", { status, detail: detailEn });
  const front = createFront({
    app,
    authenticate,
    limiter,
    addressOf,
    pool,
    queue,
    storeFaults,
    onFault: logFault,
    onRefused,
  });
  const { server, hostname, port } = await listenFromEnvironment(front, hosts);
  log("INFO", "listening", { hostname, port, program: options.program });
  endAtSignal(server, pool, indexer, store);
}
