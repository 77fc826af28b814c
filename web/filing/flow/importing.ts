import type { Finding } from "../../../src/basics/finding.ts";
import { formForYear } from "../../../src/form/forms.ts";
import type { Account } from "../../../src/import/account.ts";
import { type DraftReport, hasReport } from "../contract.ts";
import type { Answer, Api, ImportAnswer } from "./api.ts";
import { type Draft, placeOf } from "./draft.ts";
import { ReportFileError, readReportFile } from "./report-file.ts";

/** Bytes: what the service takes at most. */
export const MAX_FILE = 4 * 1024 * 1024;

/** What a file was read as, before and after it is in a draft. */
export interface ImportedFile {
  readonly name: string;
  readonly report: DraftReport;
  /** How it came by its figures; a report's own JSON is taken as it is and has none. */
  readonly account?: Account;
  /** What the checks say of the report. */
  readonly findings: readonly Finding[];
  /** Of JSON: the JSON Pointers of what is no part of a report. */
  readonly leftOut: readonly string[];
  /** Whether it is in the draft that is open. */
  readonly accepted: boolean;
}

/** Why a file was not read. */
export type FileTrouble =
  | { readonly kind: "file"; readonly error: ReportFileError }
  | { readonly kind: "tooLarge" }
  | { readonly kind: "signedOut" }
  | { readonly kind: "answer"; readonly answer: Answer<unknown> };

export type Read =
  | { readonly kind: "read"; readonly file: ImportedFile }
  | { readonly kind: "trouble"; readonly trouble: FileTrouble }
  | { readonly kind: "cancelled" };

/** Whether a file is a report's own JSON, which is read here and sent nowhere. */
const isJson = ({ name, type }: File, bytes: Uint8Array): boolean =>
  /\.json$/i.test(name) || type === "application/json" || bytes[0] === 0x7b;

/** Reads a file: JSON here, all else by the service. */
export async function readFile(file: File, api: Api, signal: AbortSignal): Promise<Read> {
  const trouble = (of: FileTrouble): Read => ({ kind: "trouble", trouble: of });
  if (file.size > MAX_FILE) return trouble({ kind: "tooLarge" });
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isJson(file, bytes)) {
    try {
      return { kind: "read", file: { name: file.name, ...readReportFile(bytes), findings: [], accepted: false } };
    } catch (error) {
      if (!(error instanceof ReportFileError)) throw error;
      return trouble({ kind: "file", error });
    }
  }
  const answer = await api.import(bytes, file.name, signal);
  if (answer.kind === "cancelled") return answer;
  if (answer.kind !== "ok")
    return trouble(
      answer.kind === "problem" && answer.problem.status === 401 ? { kind: "signedOut" } : { kind: "answer", answer },
    );
  const { report, account, findings }: ImportAnswer = answer.value;
  return { kind: "read", file: { name: file.name, report, account, findings, leftOut: [], accepted: false } };
}

/** The draft that a report was probably read for: of the same year, and of an organ of the same code or name. */
export function draftFor(report: DraftReport, drafts: readonly Draft[]): Draft | undefined {
  const { uscc, organ, year } = placeOf(report);
  return drafts.find((draft) => {
    if (draft.receipt || draft.attempt || !hasReport(draft.task)) return false;
    const place = placeOf(draft.report);
    const same = uscc !== undefined && place.uscc !== undefined ? uscc === place.uscc : organ === place.organ;
    return same && year === place.year && (uscc ?? organ) !== undefined;
  });
}

/** A draft with what a file says in the place of its own; what the file does not say stays, as far as the form has it. */
export function withFile(draft: DraftReport, report: DraftReport): DraftReport {
  const year = report["year"] ?? draft["year"] ?? new Date().getFullYear() - 1;
  const edition = report["edition"] ?? draft["edition"] ?? formForYear(Number(year))?.edition;
  const organ = { ...(draft["organ"] as object | undefined), ...(report["organ"] as object | undefined) };
  return { ...(edition === draft["edition"] ? draft : {}), ...report, edition, year, organ };
}
