/**
 * Files so many distinct reports with a local server of its own: `npm run load -- 10000 [connections]`. Prints how fast
 * they were answered and how much memory the server took while it went on, then what a rebuild of all that is derived, as
 * the server makes it, and a check of everything take; files that the rebuild changes are named, and there should be none.
 * Its data are removed at the end.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { datasetFromEnvironment, pagesFromEnvironment } from "../functions/pages.ts";
import { openCredentials, useCredentials } from "../local/credentials.ts";
import { addresses, BUCKET } from "../local/environment.ts";
import { fsck } from "../src/fsck/fsck.ts";
import { describeProblem, describeTally } from "../src/fsck/problems.ts";
import { laggingPlaces } from "../src/index/lagging.ts";
import { reindex } from "../src/index/reindex.ts";
import { S3Store } from "../src/store/s3.ts";
import type { Store } from "../src/store/store.ts";
import { credentials } from "../tests/support/credentials.ts";
import { ready } from "../tests/support/launcher.ts";
import { publishMany, quantile, residentOf, sleep, startServer } from "./measured.ts";

const amount = Number(process.argv[2] ?? 1000);
const connections = Number(process.argv[3] ?? 8);
const PARTS = 10;
/** Changed files that are named; of more it is said how many. */
const NAMED = 50;

const directory = await mkdtemp(join(tmpdir(), "nianbao-load-"));
const { started: server, port, s3Port, url } = await startServer(directory, connections);

const seconds = async <T>(work: () => Promise<T>): Promise<readonly [T, string]> => {
  const start = performance.now();
  return [await work(), ((performance.now() - start) / 1000).toFixed(1)];
};

/** A store that tells of every key that is written or removed. */
const telling = (store: Store, tell: (key: string) => unknown): Store => {
  const after = async <T>(key: string, done: Promise<T>): Promise<T> => {
    const answer = await done;
    if (answer !== false) tell(key);
    return answer;
  };
  return {
    get: (key) => store.get(key),
    list: (prefix, from) => store.list(prefix, from),
    create: (key, body, headers, sha256) => after(key, store.create(key, body, headers, sha256)),
    put: (key, body, headers) => after(key, store.put(key, body, headers)),
    replace: (key, body, headers, etag) => after(key, store.replace(key, body, headers, etag)),
    delete: (key) => after(key, store.delete(key)),
  };
};

const line = (label: string, times: readonly number[], elapsed: number, memory: number): void => {
  const cells = [
    label.padStart(9),
    ((times.length / elapsed) * 1000).toFixed(1).padStart(7),
    ...[0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(0).padStart(7)),
    memory.toFixed(0).padStart(7),
  ];
  console.log(cells.join(" "));
};

async function publishAll(): Promise<void> {
  const headers = { "content-type": "application/json", ...(await credentials(directory, port)) };
  const all: number[] = [];
  const statuses = new Map<number, number>();
  let part: number[] = [];
  let since = performance.now();
  let peak = 0;
  console.log(`${amount} reports, ${connections} at a time\n\n  reports   per s  p50 ms  p95 ms  p99 ms  RSS MB`);
  const begun = performance.now();
  const onAnswer = (status: number, time: number): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    all.push(time);
    part.push(time);
    if (part.length < amount / PARTS) return;
    const memory = residentOf(server);
    peak = Math.max(peak, memory);
    line(String(all.length), part, performance.now() - since, memory);
    part = [];
    since = performance.now();
  };
  await publishMany({ url, headers, amount, connections, onAnswer });
  line("all", all, performance.now() - begun, peak);
  console.log(`\nanswers by status: ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}`);
  if (statuses.get(201) !== amount) throw new Error(server.output().slice(-2000));
}

async function rebuildAndCheck(): Promise<void> {
  // What the server makes its pages with (`local/compose.ts`): others would all be found wrong.
  Object.assign(process.env, addresses(url));
  useCredentials(await openCredentials(directory));
  const endpoint = `http://127.0.0.1:${s3Port}`;
  const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint, forcePathStyle: true });
  const [, indexed] = await seconds(async () => {
    while ((await laggingPlaces(store)).length > 0) await sleep(2000);
  });
  console.log(`indexed by the server itself ${indexed} s after the last answer`);
  // Lists lead; feeds and pages of the last batch are written after them.
  await sleep(10_000);
  const changed = new Set<string>();
  const context = {
    // What a rebuild notes for itself is none of it.
    store: telling(store, (key) => key.startsWith("published/") && changed.add(key)),
    pages: pagesFromEnvironment(),
    dataset: datasetFromEnvironment(),
  };
  const [rebuilt, rebuild] = await seconds(() => reindex(context));
  console.log(
    `reindex: ${rebuild} s, ${rebuilt.places} reports, ${changed.size} files that were not as they should be`,
  );
  for (const key of [...changed].sort().slice(0, NAMED)) console.log(`  ${key}`);
  if (changed.size > NAMED) console.log(`  … ${changed.size - NAMED} more`);
  const [found, check] = await seconds(() =>
    fsck(store, { settle: 0, onProblem: (p) => console.log(describeProblem(p).en) }),
  );
  console.log(`fsck: ${check} s, ${process.memoryUsage().rss >> 20} MB\n${describeTally(found).en}`);
  if (changed.size > 0 || found.problems > 0 || found.versions !== amount) process.exitCode = 1;
}

try {
  await ready(server, url);
  await publishAll();
  await rebuildAndCheck();
} finally {
  server.process.kill("SIGTERM");
  await server.ended;
  await rm(directory, { recursive: true, force: true });
}
