/** What the measurements of a running server have in common. */
import { readdirSync, readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { availableParallelism, loadavg } from "node:os";
import autocannon from "autocannon";
import { distinctReport } from "../tests/support/distinct.ts";
import { freePorts, launch, type Started } from "../tests/support/launcher.ts";

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How busy the machine is, in a line. */
export const machine = (): string =>
  `Node ${process.version}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}`;

/** `npm start` with an empty folder, without its limits. */
export async function startServer(directory: string, connections: number) {
  const [port, s3Port] = await freePorts();
  const started = launch("local/main.ts", {
    PORT: String(port),
    S3_PORT: String(s3Port),
    DATA_DIR: directory,
    LOG_FORMAT: "none",
    // One caller at one address, as fast as it goes.
    LIMIT_CALLER_RATE: "1000000",
    LIMIT_ADDRESS_RATE: "1000000",
    LIMIT_CALLER_AT_ONCE: String(connections),
    // Its own threads ask for the issuer's keys from the same address.
    LIMIT_ADDRESS_AT_ONCE: String(10 * connections),
  });
  process.on("SIGINT", () => started.process.kill("SIGKILL"));
  return { started, port, s3Port, url: `http://localhost:${port}` };
}

const tasksOf = ({ process: { pid } }: Started): string => `/proc/${pid}/task`;

/** Resident memory of a process, MB. */
export const residentOf = ({ process: { pid } }: Started): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** CPU time that a process has taken, all its threads together, ms. */
export const cpuOf = (started: Started): number =>
  readdirSync(tasksOf(started)).reduce((sum, task) => {
    // A thread may end meanwhile.
    const [ns = "0"] = readFileSync(`${tasksOf(started)}/${task}/schedstat`, "utf8").split(" ");
    return sum + Number(ns) / 1e6;
  }, 0);

export interface PublishOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly amount: number;
  readonly connections: number;
  /** The number of the report before the first. */
  readonly after?: number;
  /** Told of every answer: its status, and how long it took, ms. */
  readonly onAnswer: (status: number, time: number) => void;
}

/** Files so many distinct reports, some at a time. @throws when one is not answered */
export function publishMany({ url, headers, amount, connections, after = 0, onAnswer }: PublishOptions): Promise<void> {
  let number = after;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    number += 1;
    return { ...request, body: JSON.stringify(distinctReport(number)) };
  };
  return new Promise((resolve, reject) => {
    const requests = [{ method: "POST" as const, headers: { ...headers }, setupRequest }];
    const run = autocannon(
      { url: `${url}/reports`, amount, connections, timeout: 120, requests },
      (error, { errors, timeouts }) => {
        if (error) reject(error);
        else if (errors + timeouts > 0) reject(new Error(`${errors} errors`));
        else resolve();
      },
    );
    run.on("response", (_client, status, _bytes, time) => onAnswer(status, time));
  });
}

/** Reads an address to its end: how many bytes it had. @throws when it is not given whole */
function readOnce(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once("error", reject);
      answer.once("end", () => {
        const whole = answer.statusCode === 200 && bytes === Number(answer.headers["content-length"]);
        if (whole) resolve(bytes);
        else reject(new Error(`${url}: ${answer.statusCode}, ${bytes} bytes`));
      });
    });
    asked.once("error", reject);
  });
}

/**
 * How many times a second an address is read, for some seconds. What is read is counted and let go: autocannon keeps it,
 * and takes five times as long over a PDF as the server does.
 * @throws when it is not given
 */
export async function readsPerSecond(url: string, connections: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now();
  let read = 0;
  const reader = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      await readOnce(url, agent);
      read += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, reader));
  agent.destroy();
  return read / ((performance.now() - begun) / 1000);
}

/** How the indexer is, as `/healthz` tells. */
export async function indexerOf(url: string): Promise<{ readonly waiting: number; readonly behindSeconds: number }> {
  const answer = await fetch(`${url}/healthz`, { headers: { connection: "close" } });
  const { indexer } = (await answer.json()) as { readonly indexer: { waiting: number; behindSeconds: number } };
  return indexer;
}

/** Resolves when the indexer has done what waits. */
export async function indexed(url: string, pause = 20): Promise<void> {
  while ((await indexerOf(url)).waiting > 0) await sleep(pause);
}
