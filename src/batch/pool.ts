import { Worker } from "node:worker_threads";
import type { Finding } from "../finding.ts";
import type { Line } from "./journal.ts";
import { problems, StoppedError } from "./problems.ts";
import type { Settings, Task } from "./settings.ts";

/** What a thread answers: what to write down, nothing where it was done before, why it failed, or why the run has to stop. */
export type Answer =
  | { readonly line?: Line }
  | { readonly failed: string }
  | { readonly stopped: readonly [zh: string, en: string] };

export interface Limits {
  /** How many threads. */
  readonly jobs: number;
  /** Seconds for a file and step. */
  readonly timeout: number;
  /** MB of heap for a thread. */
  readonly memory: number;
}

/** A thread ended instead of answering. */
class ThreadError extends Error {
  readonly kind: "timeout" | "memory" | "crash";

  constructor(kind: ThreadError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A thread that does one task at a time, and is started again when it ended. */
class Thread {
  readonly #start: () => Worker;
  readonly #timeout: number;
  #worker: Worker | undefined;
  /** Told when the thread answers or ends. */
  #waiting: { readonly resolve: (answer: Answer) => void; readonly reject: (error: ThreadError) => void } | undefined;

  constructor(start: () => Worker, timeout: number) {
    this.#start = start;
    this.#timeout = timeout;
  }

  /** @throws ThreadError */
  async run(task: Task): Promise<Answer> {
    const worker = this.#running();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        timer = setTimeout(() => this.#lost(worker, new ThreadError("timeout", "timeout")), this.#timeout * 1000);
        worker.postMessage(task);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    worker.on("message", (answer: Answer) => this.#waiting?.resolve(answer));
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const kind = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "crash";
      this.#lost(worker, new ThreadError(kind, error.message));
    });
    worker.on("exit", (code) => this.#lost(worker, new ThreadError("crash", `exit ${code}`)));
    this.#worker = worker;
    return worker;
  }

  /** Another thread takes the place of one that ended, or will not. */
  #lost(worker: Worker, error: ThreadError): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    void worker.terminate();
    this.#waiting?.reject(error);
  }
}

/** Threads that carry out tasks. One that crashes, hangs or runs out of memory costs the file in its hands, and no other. */
export class Pool {
  readonly #threads: readonly Thread[];
  readonly #idle: Thread[];
  readonly #limits: Limits;

  /** @param program what a thread runs; it begins with the settings */
  constructor(program: URL, settings: Settings, limits: Limits) {
    const start = (): Worker =>
      new Worker(program, { workerData: settings, resourceLimits: { maxOldGenerationSizeMb: limits.memory } });
    this.#limits = limits;
    this.#threads = Array.from({ length: limits.jobs }, () => new Thread(start, limits.timeout));
    this.#idle = [...this.#threads];
  }

  /**
   * Carries out a task; as many at a time as there are threads.
   * @returns the line to write down, undefined where nothing was to do, or the finding that tells how it failed
   * @throws StoppedError when no other file would fare better
   */
  async run(task: Task): Promise<Line | undefined | { readonly failed: Finding }> {
    const thread = this.#idle.pop();
    if (!thread) throw new Error("more tasks than threads");
    try {
      const answer = await this.#attempt(thread, task);
      if ("stopped" in answer) throw new StoppedError(...answer.stopped);
      return "failed" in answer ? { failed: problems.crashed(answer.failed) } : answer.line;
    } catch (error) {
      if (!(error instanceof ThreadError)) throw error;
      return { failed: this.#failure(error) };
    } finally {
      this.#idle.push(thread);
    }
  }

  /** What a thread did before may have brought it down: a crash counts when it comes in a new one too. */
  async #attempt(thread: Thread, task: Task): Promise<Answer> {
    try {
      return await thread.run(task);
    } catch (error) {
      if (!(error instanceof ThreadError) || error.kind === "timeout") throw error;
      return thread.run(task);
    }
  }

  #failure({ kind, message }: ThreadError): Finding {
    if (kind === "timeout") return problems.timeout(this.#limits.timeout);
    return kind === "memory" ? problems.memory(this.#limits.memory) : problems.crashed(message);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
