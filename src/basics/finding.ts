/** `error` blocks publication, `warning` needs the organ's explanation, `information` only informs (FORM.md: E, W, I). */
export type Level = "error" | "warning" | "information";

/** A message to people: Chinese first, English beside it. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

/** One place in a report that a finding speaks of. */
export interface FindingCell {
  /** RFC 6901 JSON Pointer into the report (or into last year's report, see `of`). */
  readonly pointer: string;
  /** The printed label, e.g. 表三 一、本年新收政府信息公开申请数量／自然人. */
  readonly label: string;
  /** The value found there; absent when the report has none. */
  readonly value?: number | string;
  /** Which report the pointer goes into; absent for the submitted one. */
  readonly of?: "previous";
}

/** What a check found; the same shape on the server, in the browser and on the command line. */
export interface Finding {
  /** The stable public id of FORM.md (`T3-BALANCE`, …), or `S-*` for the schema's own checks (`S-TYPE`, `S-UNKNOWN`, …). */
  readonly id: string;
  readonly level: Level;
  /** zh-CN. */
  readonly message: string;
  readonly messageEn: string;
  readonly cells: readonly FindingCell[];
}

/** Whether any of the findings blocks publication. */
export const hasErrors = (findings: readonly Finding[]): boolean => findings.some((f) => f.level === "error");

/** Findings beyond these are counted and not listed: nobody mends so many at once, and an answer has its size. */
export const MAX_LISTED = 1000;

/** The finding that stands for those that are not listed. */
export const unlisted = (count: number, level: Level): Finding => ({
  id: "S-MORE",
  level,
  message: `另有${count}处没有列出，改正以上各处后再校验`,
  messageEn: `${count} more findings are not listed; correct these first`,
  cells: [],
});

/** The findings that are listed, and one as grave as the gravest of the rest. */
export function listed(findings: readonly Finding[]): readonly Finding[] {
  const rest = findings.slice(MAX_LISTED);
  if (rest.length === 0) return findings;
  const levels: readonly Level[] = ["error", "warning", "information"];
  const level = levels.find((l) => rest.some((f) => f.level === l))!;
  return [...findings.slice(0, MAX_LISTED), unlisted(rest.length, level)];
}
