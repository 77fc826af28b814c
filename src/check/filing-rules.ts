import type { Report } from "../../generated/report.ts";
import type { Finding, Level, Message } from "../basics/finding.ts";

/** The rules of filing, which no form states and which take more than the report: the day, and what stands. */
export const FILING_RULES: readonly { readonly id: string; readonly level: Level; readonly says: Message }[] = [
  {
    id: "F-YEAR",
    level: "error",
    says: { zh: "报告年度在填报之日尚未结束", en: "the report year has not ended on the day of filing" },
  },
  {
    id: "F-NAME",
    level: "warning",
    says: { zh: "更正改了机关名称", en: "a correction gives the organ another name" },
  },
];

/** `F-YEAR`: a report is filed once its year has ended. @param filedOn the date of filing in China, ISO 8601 */
export function yearFindings({ year }: Report, filedOn: string): Finding[] {
  // ISO dates of four-digit years compare as text.
  if (filedOn > `${year}-12-31`) return [];
  return [
    {
      id: "F-YEAR",
      level: "error",
      message: `报告年度${year}年尚未结束（今天是${filedOn}），年度结束后才能公布`,
      messageEn: `The report year ${year} has not ended (today is ${filedOn}); a report is published once it has`,
      cells: [{ pointer: "/year", label: "报告年度", value: year }],
    },
  ];
}

/** `F-NAME`: a correction gives the organ another name than the version that it supersedes. */
export function nameFindings({ organ }: Report, superseded: string): Finding[] {
  if (organ.name === superseded) return [];
  return [
    {
      id: "F-NAME",
      level: "warning",
      message: `更正把机关名称由“${superseded}”改为“${organ.name}”，请核对；无误的，请说明理由`,
      messageEn: `The correction changes the organ's name from “${superseded}” to “${organ.name}”; check it, or explain`,
      cells: [{ pointer: "/organ/name", label: "机关名称", value: organ.name }],
    },
  ];
}
