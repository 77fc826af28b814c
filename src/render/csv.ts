import type { Report } from "../../generated/report.ts";
import { formOf } from "../../schemas/forms.ts";
import { cellsByPointer, getCell } from "../report/cells.ts";

const COLUMNS = ["统一社会信用代码", "行政机关", "年度", "单元格", "数值", "单位", "路径"];

/** One field (RFC 4180, 2). A text that a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection). */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV: UTF-8 with the mark by which spreadsheets know it, CRLF. */
export const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\ufeff${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`);

/** Every figure of a report as CSV, a row each in the order of the form; units 件 or as the money states. */
export function renderCsv(report: Report): Uint8Array {
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  const head = [report.organ.uscc, report.organ.name, String(report.year)];
  const rows = [...cellsByPointer(form).values()].map(({ pointer, type, label }) => {
    const value = getCell(report, pointer);
    if (type !== "money") return [...head, label, String(value), "", pointer];
    const { amount, unit } = value as { readonly amount: string; readonly unit: string };
    return [...head, label, amount, unit, pointer];
  });
  return csv([COLUMNS, ...rows]);
}
