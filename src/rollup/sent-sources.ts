/** What a region's report stands on, beside the report as it is sent or lies in a file: checked as far as that needs no store. */
import type { Report } from "../../generated/report.ts";
import { type Finding, listed } from "../basics/finding.ts";
import { apart } from "../check/apart.ts";
import type { Checked } from "../check/conclude.ts";
import { type KeptSources, readSources } from "./sources.ts";

/** Where sources lie in what is sent. */
const AT = "/sources";

export const sourceError = (
  id: string,
  pointer: string,
  label: string,
  message: string,
  messageEn: string,
): Finding => ({
  id,
  level: "error",
  message,
  messageEn,
  cells: [{ pointer: `${AT}${pointer}`, label }],
});

/** `R-PLACE`: sources of another report than the one that they come with. */
function placeFindings({ government, year, edition }: KeptSources, report: Report): Finding[] {
  if (government.uscc === report.organ.uscc && year === report.year && edition === report.edition) return [];
  const of = `${government.uscc} ${year}（${edition}）`;
  return [
    sourceError(
      "R-PLACE",
      "",
      "汇总来源",
      `汇总来源是${of}的，与报告不同`,
      `The sources are of ${of}, not of this report`,
    ),
  ];
}

/** What is wrong with the shape of sources or with whose they are, or what is kept of them. @param sent any JSON value */
export function sourcesOf(
  sent: unknown,
  report: Report | undefined,
): { readonly findings: readonly Finding[]; readonly kept?: KeptSources } {
  const read = readSources(sent);
  if ("findings" in read)
    return {
      findings: read.findings.map((f) => ({
        ...f,
        cells: f.cells.map((cell) => ({ ...cell, pointer: `${AT}${cell.pointer}` })),
      })),
    };
  if (!report) return { findings: [] };
  const findings = placeFindings(read.kept, report);
  return findings.length > 0 ? { findings } : { findings, kept: read.kept };
}

/** What was checked, where what it stands on is wrong: nothing is sound. */
export function withFindings(checked: Checked, findings: readonly Finding[]): Checked {
  if (findings.length === 0) return checked;
  const { sound: _, report: __, ...rest } = checked;
  return { ...rest, findings: listed([...rest.findings, ...findings]) };
}

/**
 * Checks a report with what it stands on where that is beside it. Whether its sources were published is for who has the
 * store to say.
 */
export function checkedApart(value: unknown, check: (report: unknown) => Checked): Checked {
  const { report, sources } = apart(value);
  const checked = check(report);
  return sources === undefined ? checked : withFindings(checked, sourcesOf(sources, checked.sound).findings);
}
