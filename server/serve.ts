import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { createApp } from "../functions/app.ts";
import { optionsFromEnvironment } from "../functions/configuration.ts";
import { createImporter } from "../functions/importer.ts";
import type { AppOptions } from "../functions/options.ts";
import { pagesFromEnvironment } from "../functions/pages.ts";
import { ExplainedError } from "../src/explained-error.ts";
import { consume } from "../src/index/events.ts";
import { laggingPlaces } from "../src/index/lagging.ts";
import { recordKey } from "../src/publish/record.ts";
import { probeStore } from "../src/store/probe.ts";
import type { Store } from "../src/store/store.ts";
import { listen } from "./listen.ts";
import { IndexQueue } from "./queue.ts";
import { createSite } from "./site.ts";

/**
 * What a client may take, ms. A connection stays open longer than the usual proxies keep one that is idle, so that none
 * sends into one that is being closed.
 */
const PATIENCE = { headers: 15_000, request: 60_000, idle: 75_000, check: 5000 };
/** How long requests under way may take after SIGTERM, ms. */
const GRACE = 25_000;

/** Why it does not start, where the reason is the operator's to mend. */
export class ServeError extends ExplainedError {}

/** A store that tells of what was created, as the bucket's notifications do in the cloud. */
const observed = (store: Store, onCreated: (key: string) => void): Store => ({
  get: (key) => store.get(key),
  put: (key, body, headers) => store.put(key, body, headers),
  replace: (key, body, headers, etag) => store.replace(key, body, headers, etag),
  delete: (key) => store.delete(key),
  list: (prefix, after) => store.list(prefix, after),
  create: async (key, body, headers) => {
    const created = await store.create(key, body, headers);
    if (created) onCreated(key);
    return created;
  },
});

const log = (level: "INFO" | "ERROR", message: string, more: Readonly<Record<string, unknown>> = {}): void =>
  console.log(JSON.stringify({ level, message, ...more }));

/** @throws ServeError */
function optionsOrRefuse(): AppOptions {
  try {
    return optionsFromEnvironment();
  } catch (error) {
    // Its sentences are in both languages.
    const { message } = error as Error;
    throw new ServeError(message, message);
  }
}

/**
 * The plain server: the same app without AWS, against any S3-compatible store that writes under conditions. Its
 * environment is that of the Lambda (`functions/configuration.ts`), besides `HOST`, `PORT`, and `SERVE_PUBLIC=true` for a server
 * that readers reach as well. What Lambda gets from queues and schedules runs in this process (the indexer) or by cron
 * (`fsck.mjs` beside the bundle, `nianbao fsck`). Resolves when it listens; it ends the process at SIGINT or SIGTERM.
 * @throws ServeError when the environment lacks something, or the store will not do
 */
export async function serve(): Promise<void> {
  const options = optionsOrRefuse();
  const { store } = options;
  const faults = await probeStore(store).catch((error: unknown) => {
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

  const queue = new IndexQueue({
    journal: join(tmpdir(), `nianbao-indexing-${process.pid}.json`),
    onGivenUp: (key) => log("ERROR", "not indexed, to be tried again at the next start", { key }),
  });
  const index = { store, pages: pagesFromEnvironment() };
  const onIndexError = (error: Error, messages: readonly string[]): void =>
    log("ERROR", error.message, { messages, stack: error.stack });
  for (const { uscc, year } of await laggingPlaces(store)) queue.push(recordKey(uscc, year, 1));
  await queue.start(({ Records }) => consume(Records, index, onIndexError));

  const app = createApp(
    { ...options, store: observed(store, (key) => queue.push(key)) },
    { importer: createImporter(new URL("./importer.mjs", import.meta.url), process.env["FONTS"]) },
  );
  const root = new Hono();
  if (process.env["SERVE_PUBLIC"] === "true") root.route("/", createSite(store));
  root.all("*", (c) => app.fetch(c.req.raw));

  const port = Number(process.env["PORT"] ?? 8080);
  const hostname = process.env["HOST"] ?? "0.0.0.0";
  const server = listen(root.fetch, { port, hostname, patience: PATIENCE }, () => {});
  await once(server, "listening").catch((error: Error) => {
    throw new ServeError(`端口${port}不能使用：${error.message}`, `Port ${port} cannot be used: ${error.message}`);
  });
  log("INFO", "listening", { hostname, port, program: options.program });

  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log("INFO", "stopping", { signal });
      setTimeout(() => process.exit(1), GRACE).unref();
      server.close(() => void queue.stop().then(() => process.exit(0)));
      // A connection that is kept alive is idle once its request is answered.
      setInterval(() => server.closeIdleConnections(), 200).unref();
    });
  }
}
