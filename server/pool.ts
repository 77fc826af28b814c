import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { BusyError, Lanes } from "../src/confined/lanes.ts";
import { busy, tooMany } from "./limits.ts";
import { isCreated, type Job, type Reply } from "./thread.ts";

export interface PoolOptions {
  /** The thread's program, which exports `answer`. */
  readonly script: URL;
  /** At least two, so that one caller cannot hold all. */
  readonly threads: number;
  /** Called with the key of every object that a thread created. */
  readonly onCreated?: (key: string) => void;
  /** Called when a thread ended, or was ended, over a request. */
  readonly onFault: (error: Error) => void;
}

/** How long a request may take once it is its turn, ms: a report of 1 MiB takes a few seconds. */
const TIME = 60_000;
/** MiB of a thread's heap: of what lives, and of what is new and mostly soon gone. */
const [MEMORY, YOUNG] = [256, 48];
/** Requests of one caller that wait, and of all. */
const [WAITING_OF_ONE, WAITING] = [16, 256];

/** To somebody who has left, and hears nothing any more. */
const LEFT = busy(1, "连接已断开，没有保存任何内容", "The connection ended; nothing was stored");

/**
 * `THREADS`, by default one more than there are cores: each waits for the store some of its time, and one caller never has
 * all. @throws when it is less than two
 */
export function threadsFromEnvironment(): number {
  const text = process.env["THREADS"];
  if (!text) return availableParallelism() + 1;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 2) return Number(text);
  throw new Error(
    "环境变量 THREADS 应为不小于2的整数 · the environment variable THREADS must be an integer of at least 2",
  );
}

/**
 * Threads in which the app checks, sets and publishes, one request in each at a time, so that the process that listens
 * only reads and passes on. Each has the app and its connections to the store for itself, as each of several Lambdas has.
 */
export class Pool {
  readonly #threads: Piscina<Job, Reply>;
  readonly #lanes: Lanes;
  readonly #onFault: (error: Error) => void;

  constructor({ script, threads, onCreated, onFault }: PoolOptions) {
    this.#threads = new Piscina<Job, Reply>({
      filename: script.href,
      name: "answer",
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 60_000,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY, maxYoungGenerationSizeMb: YOUNG },
      execArgv: process.execArgv.filter((flag) => flag.startsWith("--enable-source-maps")),
    });
    this.#threads.on("message", (message: unknown) => {
      if (isCreated(message)) onCreated?.(message.created);
    });
    // A thread that cannot start, apart from any request; those that wait for it get the error.
    this.#threads.on("error", (error: Error) => onFault(error));
    this.#lanes = new Lanes({ lanes: threads, waitingOfOne: WAITING_OF_ONE, waiting: WAITING });
    this.#onFault = onFault;
  }

  /**
   * The app's answer.
   * @param isGone whether nobody waits for it any more; then it is not begun
   * @throws ProblemError 429, 503
   */
  async answer(caller: string, job: Job, isGone: () => boolean): Promise<Response> {
    try {
      const { status, headers, body } = await this.#lanes.run(caller, async () => {
        if (isGone()) throw LEFT;
        return this.#threads.run(job, {
          signal: AbortSignal.timeout(TIME),
          transferList: job.body ? [job.body.buffer as ArrayBuffer] : [],
        });
      });
      const bodiless = status === 204 || status === 304;
      return new Response(bodiless ? null : new Uint8Array(body), {
        status,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
      });
    } catch (error) {
      if (error instanceof BusyError)
        throw error.limit === "waitingOfOne"
          ? tooMany(
              5,
              "这个账号排队的请求太多，请等前面的完成后再试",
              "too many requests of this account are waiting; please wait for them",
            )
          : busy(5, "排队的请求太多，请稍后再试", "Too many requests are waiting; please try again later");
      if (error === LEFT) throw LEFT;
      this.#onFault(error as Error);
      throw busy(
        10,
        "这个请求没能做完；同样的内容再提交一次，已公布的得到同一张回执",
        "The request could not be finished; send the same again: what was published is answered with its receipt",
      );
    }
  }

  /** Resolves when a thread can answer. @throws when none can be started */
  async ready(): Promise<void> {
    await this.#threads.run({ method: "GET", url: "http://localhost/healthz", headers: [], body: undefined });
  }

  /** Ends when what is under way is done. */
  async close(): Promise<void> {
    await this.#threads.close();
  }
}
