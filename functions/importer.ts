import { ExplainedError } from "../src/basics/explained-error.ts";
import { BusyError, type LaneLimits, Lanes } from "../src/confined/lanes.ts";
import type { Message } from "../src/confined/message.ts";
import { ConfinedProcess, type Limits, ProcessError } from "../src/confined/process.ts";
import type { ImportOptions } from "../src/import/account.ts";

/** What was made of a file, as it is answered. */
export interface ImportAnswer {
  /** JSON: report, account, and what the checks say (`importer.process.ts`). */
  readonly body: Uint8Array;
  /** The rule ids of what was found, each once. */
  readonly findings: readonly string[];
}

/**
 * Makes a report of a file.
 * @param caller whose file it is: callers take turns
 * @throws UnreadableError, ReaderFaultError, ImportLimitError, ImporterBusyError
 */
export type Importer = (bytes: Uint8Array, options: ImportOptions, caller: string) => Promise<ImportAnswer>;

/** A file that is no report in any format that is known. */
export class UnreadableError extends ExplainedError {}
/** A file that made its reader fail. The stack says where, and has nothing of the file in it. */
export class ReaderFaultError extends UnreadableError {
  constructor(place: string) {
    super(
      "读这个文件时出了没有料到的问题，文件可能已损坏；请用办公软件或浏览器打开后另存，再导入",
      "Reading the file failed unexpectedly; it may be damaged. Open it, save it anew, and try again",
    );
    this.stack = place;
  }
}
/** A file whose reading was given up: it took more time or memory than an annual report can need. */
export class ImportLimitError extends ExplainedError {}
/** Too many files are waiting to be read. */
export class ImporterBusyError extends ExplainedError {
  /** Whether they are the caller's own. */
  readonly own: boolean;

  constructor(own: boolean) {
    super(
      own ? "您提交的文件还没有读完，请稍后再导入" : "有许多文件在等着读，请稍后再导入",
      own
        ? "Files of yours are still being read; please try again"
        : "Many files are waiting to be read; please try again",
    );
    this.own = own;
  }
}

/** What the process is asked: to make a report of a file, or to take out the data that a PDF or an OFD of ours carries. */
export type ImportTask =
  | {
      readonly task: "import";
      readonly options: ImportOptions /** A folder of an organ's own faces. */;
      readonly fonts?: string;
    }
  | { readonly task: "extract" };

/** What it answers beside the bytes. */
export type ImportOutcome =
  | { readonly done: readonly string[] }
  | { readonly unreadable: { readonly message: string; readonly messageEn: string } }
  | { readonly memory: true }
  /** A fault of ours: where, without its message, which may have a text of the file in it. */
  | { readonly fault: string };

const MIB = 2 ** 20;
/**
 * Of one file. A real report of 400 KB takes well under a second. Lambda answers at most 6 MB, in which quotes of JSON are
 * escaped.
 */
export const IMPORT_LIMITS: Limits = { time: 19_000, cpu: 9, memory: 512, answer: { head: MIB / 4, body: 5 * MIB } };
/** Waiting and reading together, milliseconds: the answer is there within 20 s. */
const TOGETHER = 19_000;
/** Two processes of 512 MiB are what 1.2 GB hold beside the service. */
const LANES: LaneLimits = { lanes: 2, waitingOfOne: 4, waiting: 16, patience: 10_000 };

const another = ["请另存为网页、DOCX、XLSX 或 CSV 再导入", "save it as HTML, DOCX, XLSX or CSV and try again"] as const;

/** What ended a process, to whoever sent the file. */
function limitOf({ failure, message }: ProcessError, { time, cpu, memory, answer }: Limits): Error {
  if (failure === "cpu")
    return new ImportLimitError(
      `读这个文件要计算${cpu}秒以上，已经放弃；${another[0]}`,
      `Reading the file takes more than ${cpu} s of computing and was given up; ${another[1]}`,
    );
  if (failure === "time")
    return new ImportLimitError(
      `读这个文件超过${Math.round(time / 100) / 10}秒，已经放弃；${another[0]}`,
      `Reading the file took more than ${Math.round(time / 100) / 10} s and was given up; ${another[1]}`,
    );
  if (failure === "memory")
    return new ImportLimitError(
      `读这个文件要的内存超过${memory} MiB，已经放弃；${another[0]}`,
      `Reading the file takes more than ${memory} MiB of memory and was given up; ${another[1]}`,
    );
  if (failure === "answer")
    return new ImportLimitError(
      `读出的内容超过${answer.body / MIB} MiB，不是一份年度报告`,
      `What was read exceeds ${answer.body / MIB} MiB: no annual report`,
    );
  return new ReaderFaultError(message);
}

/**
 * Has a file read in a process of its own, which ends with it.
 * @param program the built `importer.process.ts`
 * @throws UnreadableError, ReaderFaultError, ImportLimitError
 */
export async function readApart(
  program: URL,
  bytes: Uint8Array,
  task: ImportTask,
  limits: Limits = IMPORT_LIMITS,
): Promise<ImportAnswer> {
  const reader = new ConfinedProcess(program, limits);
  const { head, body } = await reader
    .run({ head: task, body: bytes } satisfies Message)
    .catch((error: unknown) => {
      throw error instanceof ProcessError ? limitOf(error, limits) : error;
    })
    .finally(() => reader.close());
  const outcome = head as ImportOutcome;
  if ("done" in outcome) return { body, findings: outcome.done };
  if ("unreadable" in outcome) throw new UnreadableError(outcome.unreadable.message, outcome.unreadable.messageEn);
  if ("memory" in outcome) throw limitOf(new ProcessError("memory", "refused"), limits);
  throw new ReaderFaultError(outcome.fault);
}

/** The importer of a service: files are read a few at a time, callers take turns, and none holds up all others. */
export function createImporter(
  program: URL,
  fonts?: string,
  limits: Limits = IMPORT_LIMITS,
  laneLimits: LaneLimits = LANES,
): Importer {
  const lanes = new Lanes(laneLimits);
  return async (bytes, options, caller) => {
    const task: ImportTask = { task: "import", options, ...(fonts === undefined ? {} : { fonts }) };
    const asked = performance.now();
    try {
      return await lanes.run(caller, () => {
        const time = Math.min(limits.time, asked + TOGETHER - performance.now());
        return readApart(program, bytes, task, { ...limits, time });
      });
    } catch (error) {
      throw error instanceof BusyError ? new ImporterBusyError(error.own) : error;
    }
  };
}
