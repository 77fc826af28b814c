/** What the parts of the filing pages know of each other: the form and its checks, the session, the drafts. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../../src/basics/finding.ts";
import type { Checked } from "../../src/check/conclude.ts";

/** A report in the making: what would be POSTed, any part of which may be missing or unsound. */
export type DraftReport = Readonly<Record<string, unknown>>;

/** Last year's report as a file has it, as far as it is sound. */
export interface LastYearFile {
  readonly name: string;
  readonly report: Report;
  /** What was left out of the comparison; absent where the report has no errors. */
  readonly flawed?: Finding;
}

/** The form as the other parts see it. */
export interface FormModel {
  /** What would be sent now; a new object after every change. */
  readonly report: ReadonlySignal<DraftReport>;
  /** What all checks say of it, last year's report included when it is there; follows `report` after a short pause. */
  readonly checked: ReadonlySignal<Checked>;
  /** Last year's report: as it stands published, or else as a file has it. */
  readonly previous: ReadonlySignal<Report | undefined>;
  /** The file that was given of last year's report. */
  readonly lastYearFile: Signal<LastYearFile | undefined>;
  /** What reviewers said of places of this report, shown there as findings are. */
  readonly remarks: Signal<readonly Finding[]>;
  /** Begins with another draft: what came before it cannot be brought back by undoing. */
  open(report: DraftReport): void;
  /** Takes another report in the place of this one, as one step that can be undone. */
  load(report: DraftReport): void;
  /** Sets the value at a JSON Pointer, as one step that can be undone; undefined takes it out. */
  set(pointer: string, value: unknown): void;
  /** Brings a cell, text or field into view and focuses it. */
  reveal(pointer: string): void;
}

/** What is being done with the draft. */
export type Task =
  | { readonly kind: "file" }
  | { readonly kind: "correct"; readonly supersedes: number }
  | { readonly kind: "withdraw"; readonly supersedes: number }
  /** A version that no longer stands leaves the public. */
  | { readonly kind: "redact"; readonly version: number };

/** Whether a draft is a report in the making: what amends without a report in it has no form to fill in. */
export const hasReport = ({ kind }: Task): boolean => kind === "file" || kind === "correct";
