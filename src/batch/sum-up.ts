import { findAlike } from "./alike.ts";
import type { Book } from "./book.ts";
import type { RunOptions } from "./run.ts";
import { findingsIn, type Summarized, type SummaryOptions, summarize } from "./summarize.ts";
import type { FindingsOf, Summary } from "./summary.ts";
import { writeSummaries } from "./write-summaries.ts";

/** How what was found is summed up. */
export interface SumUpOptions extends SummaryOptions, Pick<RunOptions, "onProgress" | "signal"> {
  /** The folder of results. */
  readonly out: string;
  /** Whether a notice is written to each organ that has something to correct. */
  readonly notices: boolean;
}

/** Writes the notices and tells how far it is. */
async function notify(
  out: string,
  summary: Summary,
  findingsOf: FindingsOf,
  { onProgress, signal }: SumUpOptions,
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

/**
 * Compares the sound reports with each other, sums up what was found of all files, and writes it into the folder of results.
 * @returns undefined when it was told to stop
 */
export async function sumUp(of: Summarized, book: Book, options: SumUpOptions): Promise<Summary | undefined> {
  const { out, notices, onProgress } = options;
  findAlike(of.files, book, out);
  const summary = summarize(of, book, options);
  const findingsOf = findingsIn(book);
  const complete = notices ? await notify(out, summary, findingsOf, options) : summary;
  if (!complete) return undefined;
  onProgress({ stage: "summarize", done: 0, total: 1, wrong: 0, kept: 0 });
  await writeSummaries(out, complete, findingsOf);
  return complete;
}
