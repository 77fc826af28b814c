import type { Report } from "../generated/report.ts";
import { type Finding, hasErrors } from "../src/basics/finding.ts";
import { type Checked, conclude } from "../src/check/conclude.ts";
import { validate } from "../src/check/validate.ts";
import { checkedApart } from "../src/rollup/sent-sources.ts";
import { EXIT } from "./exit.ts";
import { printed } from "./findings.ts";
import { fonts } from "./fonts.ts";

/** Every check that needs no service, of what a region's report stands on too, where that is beside it; those that compare with last year where its report is given. */
export const checked = (value: unknown, previous?: Report): Checked =>
  checkedApart(value, (report) => conclude(report, validate(report), previous, fonts()));

/** The report, when nothing about it is an error; otherwise says on standard error what is, and sets the exit code. */
export function reportOrComplain(value: unknown): Report | undefined {
  const { findings, report } = checked(value);
  if (!report) {
    for (const finding of errorsOf(findings)) console.error(printed(finding, process.stderr));
    process.exitCode = EXIT.wrong;
  }
  return report;
}

const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  hasErrors(findings) ? findings.filter((f) => f.level === "error") : findings;
