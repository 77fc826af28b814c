import type { Finding } from "../basics/finding.ts";
import type { ImportedName } from "../formats/registry.ts";
import type { Doubt } from "./doubt.ts";
import type { Money } from "./figures.ts";
import type { Note } from "./note.ts";

/**
 * How a cell came by its value: `read` from its text, `blank` taken as 0, `computed` a total that was left blank or out,
 * `implied` by sums where the cell itself was missing, `exact` from data that the file carries; `unread` and `missing` have none.
 */
export type How = "read" | "blank" | "computed" | "implied" | "exact" | "unread" | "missing";

/** How sure: `certain`, `likely` (a label that is not quite the form's, a unit that was assumed), `unsure`. */
export type Sureness = "certain" | "likely" | "unsure";

/** What was done for one figure of the form. */
export interface AccountCell {
  /** JSON Pointer in the report. */
  readonly pointer: string;
  readonly label: string;
  readonly labelEn: string;
  /** The cell's text as the file has it; absent when the file has no such cell. */
  readonly source?: string;
  /** What the report has there now. */
  readonly value?: number | Money;
  readonly how: How;
  /** How the text was normalized. */
  readonly notes: readonly Note[];
  readonly sure: Sureness;
  /** Of a cell that was not read, where the reason is known. */
  readonly doubt?: Doubt;
}

/** A text of the file that is nowhere in the report. */
export interface LeftOut {
  readonly text: string;
  /** Which part of the file, for people, e.g. 第2个表第5行. */
  readonly where: string;
}

/** A value that the file has somewhere else than where a report says it: to be taken by whoever imports, or not. */
export interface Offer {
  /** JSON Pointer in the report. */
  readonly pointer: string;
  readonly value: string;
  /** Where it was found, for people. */
  readonly source: string;
  readonly sourceEn: string;
}

/** What was done to make a report of a file; nothing is guessed that is not in here. */
export interface Account {
  readonly format: ImportedName;
  readonly encoding?: string;
  /** The edition that the labels are of; absent when they do not decide. */
  readonly edition?: string;
  /** Every figure of the form, in its order. */
  readonly cells: readonly AccountCell[];
  /** `I-*`: an error where something of the file was lost or could not be determined, a warning where something was assumed. */
  readonly findings: readonly Finding[];
  /** Texts between title and signature that found no place, and a count of what lay outside as one entry. */
  readonly leftOut: readonly LeftOut[];
  /** What is missing and may be found beside the report; absent when there is nothing. */
  readonly offers?: readonly Offer[];
}

/** A report made of a file. It may lack what the file did not state: the checks will report that. */
export interface Imported {
  readonly report: Readonly<Record<string, unknown>>;
  readonly account: Account;
}

/** What the one who imports knows and a file may not say. */
export interface ImportOptions {
  /** The file's name: a hint for year and organ, and for telling CSV from other text. */
  readonly name?: string;
  readonly uscc?: string;
  /** In place of what the file says. */
  readonly organ?: string;
  readonly year?: number;
  /** ISO date, in place of what the file says. */
  readonly signed?: string;
}
