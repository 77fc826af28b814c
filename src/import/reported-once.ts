/** What is missing is reported once. */

import type { Finding } from "../basics/finding.ts";
import type { EditionForm } from "../form/form.ts";
import type { FormCell } from "../form/form-cells.ts";
import type { AccountCell } from "./account.ts";
import { about } from "./findings.ts";
import type { Outline } from "./outline/outline.ts";
import { isWithin } from "./repeats.ts";

/** The importer's findings without those on the headings of tables that are reported as missing. */
export function withoutHeadings(findings: readonly Finding[], cells: readonly AccountCell[]): readonly Finding[] {
  const isGone = (section: string): boolean => {
    const own = cells.filter(({ pointer }) => isWithin(pointer, section));
    return own.length > 0 && own.every(({ how }) => how === "missing");
  };
  return findings.filter(
    ({ id, level, cells: [cell] }) => id !== "I-SECTION" || level !== "warning" || !cell || !isGone(cell.pointer),
  );
}

/** Of a file that has neither a title nor a heading nor a table of a report: that it is none, and nothing else. */
export function nothingFound(
  form: EditionForm,
  { title, starts }: Outline,
  cells: readonly AccountCell[],
  all: readonly FormCell[],
): Finding | undefined {
  if (title || starts.length > 0 || cells.some(({ how }) => how !== "missing")) return undefined;
  return about(
    "I-TITLE",
    "error",
    all,
    "这个文件里没有年度报告：没有标题（……年政府信息公开工作年度报告），没有一个部分的标题，也没有一张表；请确认是不是选错了文件",
    `There is no report in this file: no title, no heading of a section and no table of edition ${form.edition}; please check that it is the right file`,
  );
}
