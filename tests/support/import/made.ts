/** A file in the making: the paper, and what an import of it has to give. */
import type { Report } from "../../../generated/report.ts";
import { type Paper, paperOf } from "./paper.ts";

/** A finding that the account must have; of several ids any one. */
export interface Said {
  readonly ids: readonly string[];
  /** Exactly these cells, where the file can tell them. */
  readonly pointers?: readonly string[];
  /** It may be missing. */
  readonly optional?: true;
  /** A cell that must be among those named. */
  readonly names?: string;
}

export interface Made {
  readonly paper: Paper;
  /** The report that the import has to give, but for the code that no file says. */
  readonly report: Report;
  /** Warnings and errors that must be in the account; there may be no others. */
  readonly says: Said[];
  /** Totals that were left blank: the account must have them as computed. */
  readonly computed: string[];
}

/** One way in which real files differ from the form. */
export interface Quirk {
  /** What a file has, as a test says it. */
  readonly name: string;
  apply(made: Made): void;
}

export function make(report: Report, quirks: readonly Quirk[]): Made {
  const made: Made = { paper: paperOf(report), report: structuredClone(report), says: [], computed: [] };
  for (const quirk of quirks) quirk.apply(made);
  const computed = [...new Set(made.computed)];
  if (computed.length > 0) made.says.push({ ids: ["I-COMPUTED"], pointers: computed });
  return made;
}
