import { Worker } from "node:worker_threads";
import { ExplainedError } from "../src/explained-error.ts";
import type { Imported, ImportOptions } from "../src/import/account.ts";

/**
 * Makes a report of a file.
 * @throws UnreadableError, ImportLimitError, ImporterBusyError
 */
export type Importer = (bytes: Uint8Array, options: ImportOptions) => Promise<Imported>;

/** A file that is no report in any format that is known. */
export class UnreadableError extends ExplainedError {}
/** A file whose reading was given up: it took more time or memory than an annual report can need. */
export class ImportLimitError extends ExplainedError {}
/** Too many files are waiting to be read. */
export class ImporterBusyError extends ExplainedError {}

/** What the thread is given. */
export interface ImportJob {
  readonly bytes: Uint8Array;
  readonly options: ImportOptions;
}

/** What the thread says when it is done. */
export type ImportOutcome =
  | { readonly imported: Imported }
  | { readonly unreadable: { readonly message: string; readonly messageEn: string } }
  /** A fault of ours: where, without its message, which may have a text of the file in it. */
  | { readonly fault: string };

export interface ImporterLimits {
  /** Of one file, milliseconds. */
  readonly time: number;
  /** Of one file, MiB of the thread's heap. */
  readonly memory: number;
  /** Files that wait while one is read. */
  readonly waiting: number;
}

/** A real report of 400 KB takes well under a second; API Gateway gives up after 30 s. */
const LIMITS: ImporterLimits = { time: 20_000, memory: 512, waiting: 16 };

const limitOf = (error: NodeJS.ErrnoException): Error =>
  error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? new ImportLimitError(
        "读这个文件要的内存太多，已经放弃；请另存为网页、DOCX、XLSX 或 CSV 再导入",
        "Reading the file takes too much memory and was given up; save it as HTML, DOCX, XLSX or CSV and try again",
      )
    : error;

/** Reads one file in a thread of its own, which ends with it: it has no environment, and may be stopped at any time. */
async function read(script: URL, job: ImportJob, { time, memory }: ImporterLimits): Promise<Imported> {
  const worker = new Worker(script, {
    workerData: job,
    env: {},
    // What parsers say of a file is nobody's business.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ImportOutcome>();
  worker.once("message", resolve);
  worker.once("error", (error) => reject(limitOf(error as NodeJS.ErrnoException)));
  worker.once("exit", (code) => reject(new Error(`the importer ended with ${code}`)));
  const timer = setTimeout(
    () =>
      reject(
        new ImportLimitError(
          `读这个文件超过${time / 1000}秒，已经放弃；请另存为网页、DOCX、XLSX 或 CSV 再导入`,
          `Reading the file took more than ${time / 1000} s and was given up; save it as HTML, DOCX, XLSX or CSV and try again`,
        ),
      ),
    time,
  );
  try {
    const outcome = await promise;
    if ("imported" in outcome) return outcome.imported;
    if ("unreadable" in outcome) throw new UnreadableError(outcome.unreadable.message, outcome.unreadable.messageEn);
    throw Object.assign(new Error("the importer failed"), { stack: outcome.fault });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/**
 * Reads files in threads, one after another, so that whatever a file does nobody else's request waits for it.
 * @param script the built `importer.worker.ts`
 */
export function threadImporter(script: URL, limits: ImporterLimits = LIMITS): Importer {
  let last: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  const busy = (): ImporterBusyError =>
    new ImporterBusyError("有许多文件在等着读，请稍后再导入", "Many files are waiting to be read; please try again");
  return async (bytes, options) => {
    if (unfinished > limits.waiting) throw busy();
    unfinished += 1;
    const asked = performance.now();
    const imported = last.then(() => {
      // Whoever asked has given up.
      if (performance.now() - asked > limits.time) throw busy();
      return read(script, { bytes, options }, limits);
    });
    last = imported.catch(() => undefined);
    return imported.finally(() => {
      unfinished -= 1;
    });
  };
}
