import { join } from "node:path";
import type { Finding } from "../basics/finding.ts";
import { eachOf } from "../resumable/each.ts";
import type { Book } from "./book.ts";
import { areThere } from "./folder.ts";
import type { CheckLine, FileId, JournalLine, ReadLine, Side } from "./journal.ts";
import { type Limits, Pool } from "./pool.ts";
import { keep, type Results } from "./results.ts";
import type { CheckTask, ReadTask, Settings } from "./settings.ts";
import { type Submission, submissions, submitReport } from "./submit.ts";

/** How a run goes about it. */
export interface RunOptions extends Limits {
  /** The folder of reports. */
  readonly folder: string;
  /** The folder of last year's. */
  readonly previous?: string;
  /** The program of a process (`work.ts`). */
  readonly worker: URL;
  readonly onProgress: (progress: Progress) => void;
  /** Ends the run when the files in hand are done. */
  readonly signal: AbortSignal;
}

export type Stage = "read" | "check" | "submit" | "notices" | "summarize";

/** How far a run is. */
export interface Progress {
  readonly stage: Stage;
  /** Files of this stage. */
  readonly done: number;
  readonly total: number;
  /** Files of this stage with errors. */
  readonly wrong: number;
  /** Files of this stage that an earlier run had done. */
  readonly kept: number;
}

/** What became of a file in a stage. */
interface Done {
  readonly outcome: JournalLine["outcome"];
  readonly before?: boolean;
}

const WRONG: ReadonlySet<JournalLine["outcome"]> = new Set(["unreadable", "errors", "failed", "refused"]);
const SUBMISSIONS_AT_ONCE = 4;

/** A run in progress, step by step, over the files that it is given. */
export class Run {
  readonly #options: RunOptions;
  readonly #settings: Settings;
  readonly #book: Book;
  readonly #pool: Pool;

  constructor(options: RunOptions, settings: Settings, book: Book) {
    this.#options = options;
    this.#settings = settings;
    this.#book = book;
    this.#pool = new Pool(options.worker, settings, options);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Goes through a stage and reports how far it is; `work` says what became of a file, and whether it was so before. */
  async #stage<T>(stage: Stage, tasks: readonly T[], limit: number, work: (task: T) => Promise<Done>): Promise<void> {
    const { onProgress, signal } = this.#options;
    let [done, wrong, kept] = [0, 0, 0];
    const report = () => onProgress({ stage, done, total: tasks.length, wrong, kept });
    report();
    await eachOf(tasks, limit, signal, async (task) => {
      const { outcome, before = false } = await work(task);
      done += 1;
      if (before) kept += 1;
      if (WRONG.has(outcome)) wrong += 1;
      report();
    });
  }

  /** Written down once it is kept. @throws StoppedError */
  #kept(id: FileId, results: Results): Done {
    keep(join(this.#settings.out, id), results);
    if (results.narrative) this.#book.narrates(id, results.narrative);
    return this.#written(results.line);
  }

  #written(line: JournalLine): Done {
    this.#book.write(line);
    return line;
  }

  async read(ids: readonly FileId[]): Promise<void> {
    const { folder, previous = "", jobs } = this.#options;
    const roots: Readonly<Record<Side, string>> = { files: folder, previous };
    await this.#stage("read", ids, jobs, async (id) => {
      const known = this.#book.get(id).read;
      const side = id.slice(0, id.indexOf("/")) as Side;
      const task: ReadTask = {
        step: "read",
        id,
        path: join(roots[side], id.slice(side.length + 1)),
        ...(known && known.outcome !== "failed" ? { known: { key: known.key, made: known.outcome === "read" } } : {}),
      };
      const answer = await this.#pool.run(task);
      if (!answer) return { outcome: known!.outcome, before: true };
      const failed = (finding: Finding): ReadLine => ({
        step: "read",
        id,
        key: "",
        outcome: "failed",
        findings: [finding],
      });
      return "failed" in answer ? this.#written(failed(answer.failed)) : this.#kept(id, answer);
    });
  }

  async check(tasks: readonly CheckTask[]): Promise<void> {
    await this.#stage("check", tasks, this.#options.jobs, async (task) => {
      const { id, key } = task;
      const known = this.#book.get(id).check;
      if (known?.key === key && known.outcome !== "failed" && areThere(join(this.#settings.out, id), known.outputs))
        return { outcome: known.outcome, before: true };
      const answer = await this.#pool.run(task);
      const failed = (finding?: Finding): CheckLine => ({
        step: "check",
        id,
        key,
        outcome: "failed",
        compared: false,
        findings: finding ? [finding] : [],
        outputs: [],
      });
      return !answer || "failed" in answer ? this.#written(failed(answer?.failed)) : this.#kept(id, answer);
    });
  }

  /** @returns the files that were sent, or held back */
  async submit(ids: readonly FileId[], submission: Submission): Promise<ReadonlySet<FileId>> {
    const tasks = submissions(ids, this.#book, submission);
    // A year is published before the next one is sent.
    for (const year of new Set(tasks.map((task) => task.year)))
      await this.#stage(
        "submit",
        tasks.filter((task) => task.year === year),
        SUBMISSIONS_AT_ONCE,
        async (task) => {
          const known = this.#book.get(task.id).submit;
          if (known?.key === task.key && known.outcome !== "failed") return { outcome: known.outcome, before: true };
          return this.#written(await submitReport(task, this.#settings.out, submission));
        },
      );
    return new Set(tasks.map(({ id }) => id));
  }
}
