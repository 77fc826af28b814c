import { formOf } from "./forms.ts";

/** The printed title of a report: the edition's, e.g. 2020年政府信息公开工作年度报告. */
export function printedTitle(edition: string, year: number): string {
  const form = formOf(edition);
  if (!form) throw new Error(`no edition ${edition}`);
  return form.title.replace("{year}", String(year));
}
