/**
 * Files so many distinct reports with a local server of its own: `npm run load -- 10000 [connections]`. Prints how fast
 * they were answered and how much memory the server took while it went on, then what a rebuild of all that is derived and
 * a check of everything take. Its data are removed at the end.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { pagesFromEnvironment } from "../functions/pages.ts";
import { openCredentials, useCredentials } from "../local/credentials.ts";
import { fsck } from "../src/fsck/fsck.ts";
import { describeProblem, describeTally } from "../src/fsck/problems.ts";
import { laggingPlaces } from "../src/index/lagging.ts";
import { reindex } from "../src/index/reindex.ts";
import { S3Store } from "../src/store/s3.ts";
import { credentials } from "../tests/support/credentials.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { freePorts, launch, ready } from "../tests/support/launcher.ts";

const amount = Number(process.argv[2] ?? 1000);
const connections = Number(process.argv[3] ?? 8);
const PARTS = 10;

const directory = await mkdtemp(join(tmpdir(), "nianbao-load-"));
const [port, s3Port] = await freePorts();
const url = `http://localhost:${port}`;
const server = launch("local/main.ts", {
  PORT: String(port),
  S3_PORT: String(s3Port),
  DATA_DIR: directory,
  LOG_FORMAT: "none",
  // One caller at one address, as fast as it goes.
  LIMIT_CALLER_RATE: "1000000",
  LIMIT_ADDRESS_RATE: "1000000",
  LIMIT_CALLER_AT_ONCE: String(connections),
});
process.on("SIGINT", () => server.process.kill("SIGKILL"));
/** Resident memory of the server, MB. */
const resident = (): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(server.process.pid)], { encoding: "utf8" })) / 1024;
const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
const seconds = async <T>(work: () => Promise<T>): Promise<readonly [T, string]> => {
  const start = performance.now();
  return [await work(), ((performance.now() - start) / 1000).toFixed(1)];
};

try {
  await ready(server, url);
  const headers = { "content-type": "application/json", ...(await credentials(directory, port)) };
  const all: number[] = [];
  const statuses = new Map<number, number>();
  let part: number[] = [];
  let since = performance.now();
  let peak = 0;
  let number = 0;
  console.log(`${amount} reports, ${connections} at a time\n`);
  console.log("  reports   per s  p50 ms  p95 ms  p99 ms  RSS MB");
  const line = (label: string, times: readonly number[], elapsed: number, memory: number): void => {
    const sorted = times.toSorted((a, b) => a - b);
    const cells = [
      label.padStart(9),
      ((times.length / elapsed) * 1000).toFixed(1).padStart(7),
      ...[0.5, 0.95, 0.99].map((q) => quantile(sorted, q).toFixed(0).padStart(7)),
      memory.toFixed(0).padStart(7),
    ];
    console.log(cells.join(" "));
  };

  const begun = performance.now();
  await new Promise<void>((resolve, reject) => {
    const run = autocannon(
      {
        url: `${url}/reports`,
        amount,
        connections,
        timeout: 120,
        requests: [
          {
            method: "POST",
            headers,
            setupRequest: (request) => {
              number += 1;
              return { ...request, body: JSON.stringify(distinctReport(number)) };
            },
          },
        ],
      },
      (error, result) => {
        if (error) reject(error);
        else if (result.errors + result.timeouts > 0) reject(new Error(`${result.errors} errors`));
        else resolve();
      },
    );
    run.on("response", (_client, status, _bytes, time) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      all.push(time);
      part.push(time);
      if (part.length < amount / PARTS) return;
      const memory = resident();
      peak = Math.max(peak, memory);
      line(String(all.length), part, performance.now() - since, memory);
      part = [];
      since = performance.now();
    });
  });
  line("all", all, performance.now() - begun, peak);
  console.log(`\nanswers by status: ${[...statuses].map(([status, count]) => `${status}: ${count}`).join(", ")}`);
  if (statuses.get(201) !== amount) throw new Error(server.output().slice(-2000));

  process.env["PUBLIC_URL"] = url;
  useCredentials(await openCredentials(directory));
  const pages = pagesFromEnvironment();
  const endpoint = `http://127.0.0.1:${s3Port}`;
  const store = new S3Store({ bucket: "nianbao", region: "us-east-1", endpoint, forcePathStyle: true });
  const [, indexed] = await seconds(async () => {
    while ((await laggingPlaces(store)).length > 0) await new Promise((resolve) => setTimeout(resolve, 2000));
  });
  console.log(`indexed by the server itself ${indexed} s after the last answer`);
  // Lists lead; feeds and pages of the last batch are written after them.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const [rebuilt, rebuild] = await seconds(() => reindex({ store, pages }));
  console.log(
    `reindex: ${rebuild} s, ${rebuilt.places} reports, ${rebuilt.written} files that were not as they should be`,
  );
  const [found, check] = await seconds(() =>
    fsck(store, { settle: 0, onProblem: (p) => console.log(describeProblem(p).en) }),
  );
  console.log(`fsck: ${check} s, ${process.memoryUsage().rss >> 20} MB\n${describeTally(found).en}`);
  if (found.problems > 0 || found.versions !== amount) process.exitCode = 1;
} finally {
  server.process.kill("SIGTERM");
  await server.ended;
  await rm(directory, { recursive: true, force: true });
}
