import { statSync } from "node:fs";
import { join } from "node:path";
import { FACES } from "../basics/faces.ts";
import type { Finding } from "../basics/finding.ts";
import { openFonts } from "../fonts/fonts.ts";
import { findAlike } from "./alike.ts";
import type { Book } from "./book.ts";
import { areThere, openFolder, sweep } from "./folder.ts";
import type { CheckLine, FileId, JournalLine, ReadLine, Side } from "./journal.ts";
import { type Organs, readOrgans } from "./organs.ts";
import { plan } from "./plan.ts";
import { type Limits, Pool } from "./pool.ts";
import { EmptyFolderError } from "./problems.ts";
import { keep, type Results } from "./results.ts";
import type { CheckTask, ReadTask, Settings } from "./settings.ts";
import { type Submission, submissions, submitReport } from "./submit.ts";
import { findingsIn, summarize } from "./summarize.ts";
import type { FindingsOf, Summary } from "./summary.ts";
import { type Files, walk } from "./walk.ts";
import { writeSummaries } from "./write-summaries.ts";

/** What a run is to do. */
export interface BatchOptions extends Limits, Omit<Settings, "fontSet"> {
  /** The folder of reports. */
  readonly folder: string;
  /** The folder of last year's. */
  readonly previous?: string;
  /** Files in them that are not reports. */
  readonly except: readonly string[];
  /** The year that the organs of the list should have filed for; without it the year of most reports. */
  readonly year?: number;
  /** The date of the run, for the summary; ISO. */
  readonly date: string;
  /** What the summary calls the folder. */
  readonly title: string;
  readonly fresh: boolean;
  readonly submission?: Submission;
  /** Whether a notice is written to each organ that has something to correct. */
  readonly notices: boolean;
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

/** Runs tasks, so many at a time, until there are none or the signal says to stop; those in hand are finished. */
async function eachOf<T>(tasks: Iterable<T>, limit: number, signal: AbortSignal, work: (task: T) => Promise<void>) {
  const rest = tasks[Symbol.iterator]();
  let failed = false;
  const runner = async (): Promise<void> => {
    while (!signal.aborted && !failed) {
      const next = rest.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const runners = await Promise.allSettled(Array.from({ length: limit }, runner));
  for (const runner of runners) if (runner.status === "rejected") throw runner.reason;
}

/** A run in progress. */
class Run {
  readonly #options: BatchOptions;
  readonly #settings: Settings;
  readonly #book: Book;
  readonly #pool: Pool;

  constructor(options: BatchOptions, settings: Settings, book: Book) {
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

/** What tells fonts from others of the same names. */
function fontSetOf(folder: string): string {
  openFonts(folder);
  return FACES.map((name) => `${name} ${statSync(join(folder, `${name}.face`)).size}`).join();
}

/** Writes the notices and tells how far it is. */
async function notify(
  out: string,
  summary: Summary,
  findingsOf: FindingsOf,
  { onProgress, signal }: BatchOptions,
): Promise<Summary | undefined> {
  const total = summary.organs.length;
  let done = 0;
  const tell = () => onProgress({ stage: "notices", done, total, wrong: 0, kept: 0 });
  tell();
  const one = (): void => {
    done += 1;
    tell();
  };
  // Loads the writer of documents, which few runs need.
  const { writeNotices } = await import("./write-notices.ts");
  return writeNotices(out, summary, findingsOf, one, signal);
}

const idsOf = (side: Side, { files }: Files): FileId[] => files.map((path): FileId => `${side}/${path}`);

/**
 * Checks a folder of reports: every file is read, every report checked, beside last year's where there is one, the sound
 * ones rendered and sent, and all of it summed up. What a run did before it was killed is not done again.
 * @returns undefined when it was stopped before all was done
 * @throws ExplainedError when it cannot be carried out
 */
export async function batch(options: BatchOptions): Promise<Summary | undefined> {
  const { out, previous, except, signal, submission, onProgress } = options;
  const organs: Organs | undefined = options.organs && readOrgans(options.organs.bytes, options.organs.name);
  const { program, fonts, render } = options;
  const settings: Settings = {
    ...{ program, fonts, out, render, fontSet: fontSetOf(fonts) },
    ...(options.organs ? { organs: options.organs } : {}),
  };
  const found = await walk(options.folder, [...except, out]);
  if (found.files.length === 0) throw new EmptyFolderError(options.folder);
  const files = idsOf("files", found);
  const before = previous === undefined ? [] : idsOf("previous", await walk(previous, [...except, out]));
  const folder = openFolder(out, options.fresh);
  try {
    const run = new Run(options, settings, folder.book);
    try {
      await run.read([...files, ...before]);
      if (signal.aborted) return undefined;
      await run.check(plan(files, before, folder.book, settings));
    } finally {
      await run.close();
    }
    if (signal.aborted) return undefined;
    const sent = submission && (await run.submit(files, submission));
    if (signal.aborted) return undefined;
    sweep(out, folder.book, new Set([...files, ...before]));
    findAlike(files, folder.book, out);
    const summary = summarize({ files, others: found.others, organs, sent }, folder.book, options);
    const findingsOf = findingsIn(folder.book);
    const complete = options.notices ? await notify(out, summary, findingsOf, options) : summary;
    if (!complete) return undefined;
    onProgress({ stage: "summarize", done: 0, total: 1, wrong: 0, kept: 0 });
    await writeSummaries(out, complete, findingsOf);
    return complete;
  } finally {
    folder.close();
  }
}
