import type { Finding } from "../basics/finding.ts";
import { ConfinedProcess, ProcessError, type Limits as ProcessLimits } from "../confined/process.ts";
import { beginningOf } from "./beginning.ts";
import { problems } from "./problems.ts";
import { type Answer, decodeAnswer, type Results } from "./results.ts";
import type { Settings, Task } from "./settings.ts";

export interface Limits {
  /** How many processes. */
  readonly jobs: number;
  /** Seconds for a file and step. */
  readonly timeout: number;
  /** MiB that a process may have in memory. */
  readonly memory: number;
}

/** An answer may have the pages of a long report as PDF, Word file and page; MiB. */
const ANSWER = { head: 16, body: 64 };
/** A process begins anew after so many tasks, so that what one file left in it reaches few others. */
const TASKS = 100;

/** A process that does one task at a time, and is started again when it ended or has done enough. */
class Worker {
  readonly #program: URL;
  readonly #settings: Settings;
  readonly #limits: ProcessLimits;
  #process: ConfinedProcess | undefined;
  #done = 0;

  constructor(program: URL, settings: Settings, limits: ProcessLimits) {
    this.#program = program;
    this.#settings = settings;
    this.#limits = limits;
  }

  /** @throws ProcessError */
  async run(task: Task): Promise<Answer> {
    try {
      if (this.#done >= TASKS) await this.close();
      this.#process ??= await this.#start();
      this.#done += 1;
      return decodeAnswer(await this.#process.run({ head: task, body: new Uint8Array() }));
    } catch (error) {
      this.#process = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#process = undefined;
  }

  async #start(): Promise<ConfinedProcess> {
    const started = new ConfinedProcess(this.#program, this.#limits);
    await started.run(beginningOf(this.#settings));
    this.#done = 0;
    return started;
  }
}

/** Processes that carry out tasks. One that ends, hangs or takes too much memory costs the file in its hands, and no other. */
export class Pool {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  readonly #limits: Limits;

  /** @param program what a process runs (`work.ts`); it begins with the settings */
  constructor(program: URL, settings: Settings, limits: Limits) {
    const ofOne: ProcessLimits = {
      time: limits.timeout * 1000,
      memory: limits.memory,
      answer: { head: ANSWER.head * 2 ** 20, body: ANSWER.body * 2 ** 20 },
    };
    this.#limits = limits;
    this.#workers = Array.from({ length: limits.jobs }, () => new Worker(program, settings, ofOne));
    this.#idle = [...this.#workers];
  }

  /**
   * Carries out a task; as many at a time as there are processes.
   * @returns what came of it, undefined where nothing was to do, or the finding that tells how it failed
   */
  async run(task: Task): Promise<Results | undefined | { readonly failed: Finding }> {
    const worker = this.#idle.pop();
    if (!worker) throw new Error("more tasks than processes");
    try {
      const answer = await this.#attempt(worker, task);
      if ("memory" in answer) return { failed: problems.memory(this.#limits.memory) };
      return "failed" in answer ? { failed: problems.crashed(answer.failed) } : answer.results;
    } catch (error) {
      if (!(error instanceof ProcessError)) throw error;
      return { failed: this.#failure(error) };
    } finally {
      this.#idle.push(worker);
    }
  }

  /** What a process did before may have brought it down: its end counts when it comes in a new one too. */
  async #attempt(worker: Worker, task: Task): Promise<Answer> {
    try {
      return await worker.run(task);
    } catch (error) {
      if (!(error instanceof ProcessError) || error.failure === "time" || error.failure === "answer") throw error;
      return worker.run(task);
    }
  }

  #failure({ failure, message }: ProcessError): Finding {
    if (failure === "time") return problems.timeout(this.#limits.timeout);
    if (failure === "memory") return problems.memory(this.#limits.memory);
    return failure === "answer" ? problems.tooMuch(ANSWER.body) : problems.crashed(message);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
