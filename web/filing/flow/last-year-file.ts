import type { Finding } from "../../../src/basics/finding.ts";
import type { DraftReport, LastYearFile } from "../contract.ts";
import type { Api } from "./api.ts";
import { placeOf } from "./draft.ts";
import { type FileTrouble, readFile } from "./importing.ts";

/** What came of a file that was given as last year's report. */
export type LastYearRead =
  | { readonly kind: "read"; readonly file: LastYearFile }
  | { readonly kind: "trouble"; readonly trouble: FileTrouble }
  /** Nothing of it can be compared with. */
  | { readonly kind: "unusable"; readonly finding: Finding }
  | { readonly kind: "otherYear"; readonly year: number }
  | { readonly kind: "cancelled" };

/** Reads last year's report from any file that can be imported, and takes what is sound of it. */
export async function readLastYear(
  file: File,
  draft: DraftReport,
  api: Api,
  signal: AbortSignal,
): Promise<LastYearRead> {
  const read = await readFile(file, api, signal);
  if (read.kind !== "read") return read;
  const { previousFinding, soundPart } = await import("../../../src/check/sound-part.ts");
  const sound = soundPart(read.file.report);
  const finding = previousFinding(file.name, sound);
  const report = sound.previous;
  if (!report) return { kind: "unusable", finding };
  const { year } = placeOf(draft);
  if (year !== undefined && report.year + 1 !== year) return { kind: "otherYear", year: report.year };
  return { kind: "read", file: { name: file.name, report, ...(sound.errors > 0 ? { flawed: finding } : {}) } };
}

/** What an organ is called, without spaces and in one width, to compare. */
const plain = (name: string | undefined): string => (name ?? "").normalize("NFKC").replace(/\s+/gu, "");

/** Whether a file of last year's report names another organ than the draft, as far as both say. */
export function isOfOther({ report }: LastYearFile, draft: DraftReport): boolean {
  const [theirs, own] = [placeOf({ ...report }), placeOf(draft)];
  if (theirs.uscc !== undefined && own.uscc !== undefined) return theirs.uscc !== own.uscc;
  return theirs.organ !== undefined && own.organ !== undefined && plain(theirs.organ) !== plain(own.organ);
}
