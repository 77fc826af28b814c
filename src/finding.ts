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
