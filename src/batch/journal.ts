import type { Finding } from "../basics/finding.ts";
import { type At, Journal } from "../resumable/journal.ts";
import { JournalError } from "./problems.ts";

/** The name of the journal in the folder of results; a folder that has one is what a run wrote. */
export const JOURNAL = "batch.jsonl";

/** Which folder a file is of: the one under check, or last year's. */
export type Side = "files" | "previous";
/** A file: its side and its path there, which is also where its results lie, e.g. `files/市直/某局.html`. */
export type FileId = `${Side}/${string}`;

/** What is common to what was done to a file. */
interface Step {
  readonly id: FileId;
  /** SHA-256 (hex) of all that the outcome follows from; the same key is not worked out twice. */
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** A file was read: a report made of it (`imported.json` in its folder), or none. */
export interface ReadLine extends Step {
  readonly step: "read";
  /** `failed`: the program did, not the file; tried again by the next run. */
  readonly outcome: "read" | "unreadable" | "failed";
  readonly format?: string;
  /** SHA-256 (hex) of the report in its canonical form. */
  readonly report?: string;
  readonly uscc?: string;
  readonly organ?: string;
  readonly year?: number;
}

/** A file of a folder of results. */
export interface Output {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The report of a file was checked, and rendered if it is sound. */
export interface CheckLine extends Step {
  readonly step: "check";
  /** `unexplained`: without errors, and warnings without an explanation; `same`: of another file's content. */
  readonly outcome: "sound" | "unexplained" | "errors" | "same" | "failed";
  /** Whether last year's report was there to compare with. */
  readonly compared: boolean;
  readonly outputs: readonly Output[];
}

/** The report of a file was sent to a server. */
export interface SubmitLine extends Step {
  readonly step: "submit";
  /**
   * `held`: not sent, for its import assumed something; `refused`: with findings, or because another report is published
   * there; `failed`: no answer that says either, so that the next run tries again.
   */
  readonly outcome: "published" | "held" | "refused" | "failed";
  readonly version?: number;
  /** Where the published page is. */
  readonly url?: string;
}

export type JournalLine = ReadLine | CheckLine | SubmitLine;

export type BatchJournal = Journal<JournalLine>;

/**
 * Opens the journal of a folder of results.
 * @throws JournalError when the file is no journal of this format
 */
export const openJournal = (path: string, each: (line: JournalLine, at: At) => void): BatchJournal =>
  Journal.open(
    path,
    {
      head: JSON.stringify({ journal: "nianbao batch", format: 1 }),
      foreign: (file) => new JournalError(file),
    },
    each,
  );
