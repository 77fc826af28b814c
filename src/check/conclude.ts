import type { Report } from "../../generated/report.ts";
import { type Finding, hasErrors, listed } from "../basics/finding.ts";
import { computedTotals } from "../form/complete.ts";
import { formOf } from "../form/forms.ts";
import { compare } from "./compare.ts";
import { nameFindings, yearFindings } from "./filing-rules.ts";
import { type Coverage, glyphFindings } from "./glyphs.ts";
import type { Validation } from "./validate.ts";

/** What the checks found. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Present when the report is sound in itself, whatever last year's report says; every total computed. */
  readonly sound?: Report;
  /** Present when no finding is an error. */
  readonly report?: Report;
  /** How the organ explained warnings, by rule. */
  readonly explanations: Readonly<Record<string, string>>;
  /** The warnings without an explanation, by rule: they keep the report from being published. */
  readonly unexplained: readonly string[];
  /** The totals that were left out, by JSON Pointer. */
  readonly computed: Readonly<Record<string, number>>;
  /** Whether last year's report was there to compare with; without it `Y-*` and `T2-STOCK` were not applied. */
  readonly comparedWithLastYear: boolean;
}

/** What a report is held against besides itself. */
export interface Circumstances {
  /** The date of filing in China, ISO 8601: without it `F-YEAR` is not applied. */
  readonly filedOn?: string;
  /** The organ's name in the version that a correction supersedes: without it `F-NAME` is not applied. */
  readonly supersededName?: string;
}

/**
 * What all checks say of a submission. Needs neither a store nor fonts' files, so that the browser concludes the same.
 * @param value the submission, whose own checks are done
 * @param previous last year's report as it stands published, if it does, for the rules that compare with it
 * @param circumstances what is known where it is filed
 */
export function conclude(
  value: unknown,
  { findings, report }: Validation,
  previous: Report | undefined,
  coverage: Coverage,
  { filedOn, supersededName }: Circumstances = {},
): Checked {
  if (!report) return { findings, explanations: {}, unexplained: [], computed: {}, comparedWithLastYear: false };
  const found = [
    ...findings,
    ...(filedOn === undefined ? [] : yearFindings(report, filedOn)),
    ...(supersededName === undefined ? [] : nameFindings(report, supersededName)),
    ...(previous ? compare(report, previous) : []),
    ...glyphFindings(report, coverage),
  ];
  const all = listed(found);
  const explanations = (value as Report).explanations ?? {};
  const warnings = new Set(all.filter((f) => f.level === "warning").map((f) => f.id));
  return {
    findings: all,
    sound: report,
    ...(hasErrors(all) ? {} : { report }),
    explanations,
    unexplained: [...warnings].filter((id) => !Object.hasOwn(explanations, id)),
    computed: computedTotals(formOf(report.edition)!, value, report),
    comparedWithLastYear: previous !== undefined,
  };
}
