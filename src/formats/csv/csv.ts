import type { Report } from "../../../generated/report.ts";
import { cellsByPointer, getCell } from "../../form/cells.ts";
import type { EditionForm } from "../../form/form.ts";
import { formOf } from "../../form/forms.ts";
import { textPlaces } from "../../form/narrative.ts";

/** What the columns of a report's CSV are called; the last came later, so that whoever reads figures finds all at its place. */
export const COLUMNS = ["统一社会信用代码", "行政机关", "年度", "单元格", "数值", "单位", "路径", "文字"] as const;

/** How the label of a heading's row says its level. */
export const HEADING_LEVELS: Readonly<Record<2 | 3 | 4, string>> = {
  2: "二级标题",
  3: "三级标题",
  4: "四级标题",
};

type Item = NonNullable<Report["preamble"]>[number] | Report["overview"]["body"][number];
type Row = readonly [label: string, figure: string, unit: string, pointer: string, text: string];

/**
 * Where a spreadsheet would take what follows for a formula (OWASP, CSV injection): at the beginning of a field, and after
 * what may be taken for the end of one, since programs and regions differ in the separator. Full-width signs are read as
 * the others where Chinese is written. Apostrophes in between seem to have kept it from being one, and are counted.
 */
const AT_FIRST = /^([^\S\t\r\n]*)('*)(?=[=+\-@＝＋－＠\t\r])/;
const WITHIN = /([,;|\t\r\n][^\S\t\r\n]*)('*)(?=[=+\-@＝＋－＠])/g;
/** A figure with its sign is no formula: all of a field, or all between two separators that are the same. */
const FIGURE = /^[+-]?\d+(\.\d+)?$/;
const FIGURE_WITHIN = /[+-]\d+(?:\.\d+)?/y;

/** A text of which a spreadsheet makes no formula: an apostrophe stands before what it would take for one. */
export function guarded(text: string): string {
  if (FIGURE.test(text)) return text;
  return text
    .replace(WITHIN, (match: string, before: string, quotes: string, at: number) => {
      FIGURE_WITHIN.lastIndex = at + match.length;
      const isFigure =
        /^[,;|]/.test(before) &&
        quotes === "" &&
        FIGURE_WITHIN.test(text) &&
        [before[0], undefined].includes(text[FIGURE_WITHIN.lastIndex]);
      return isFigure ? match : `${before}'${quotes}`;
    })
    .replace(AT_FIRST, "$1'$2");
}

/** A text as it was before it was guarded. */
export const unguarded = (text: string): string =>
  text
    .replace(AT_FIRST, (_, before: string, quotes: string) => before + quotes.slice(1))
    .replace(WITHIN, (_, before: string, quotes: string) => before + quotes.slice(1));

/** One field (RFC 4180, 2). */
function field(value: string): string {
  const safe = guarded(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV: UTF-8 with the mark by which spreadsheets know it, CRLF. */
export const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\ufeff${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`);

function figures(form: EditionForm, report: Report): Row[] {
  return [...cellsByPointer(form).values()].flatMap(({ pointer, type, label }): Row[] => {
    const value = getCell(report, pointer);
    if (value === undefined) return [];
    if (type !== "money") return [[label, String(value), "", pointer, ""]];
    const { amount, unit } = value as { readonly amount: string; readonly unit: string };
    return [[label, amount, unit, pointer, ""]];
  });
}

/** A row for each paragraph and heading; one for the list itself where it is empty. */
function texts(name: string, pointer: string, items: readonly Item[]): Row[] {
  if (items.length === 0) return [[name, "", "", pointer, ""]];
  return items.map((item, i): Row => {
    const level = item.type === "heading" ? `（${HEADING_LEVELS[item.level]}）` : "";
    return [`${name}／第${i + 1}段${level}`, "", "", `${pointer}/${i}/text`, item.text];
  });
}

/**
 * A report as CSV, all of it: first every figure, a row each in the order of the form, 数值 with its unit where it is money;
 * then rows without 数值 whose last column has a text: the edition, the explanations, the narratives, what stands beside the
 * tables, and the date.
 */
export function renderCsv(report: Report): Uint8Array {
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  const head = [report.organ.uscc, report.organ.name, String(report.year)];
  const text = (label: string, pointer: string, value: string): Row => [label, "", "", pointer, value];
  const rows: Row[] = [
    ...figures(form, report),
    text("格式版本", "/edition", report.edition),
    ...Object.entries(report.explanations ?? {}).map(([id, said]) =>
      text(`警告的说明／${id}`, `/explanations/${id}`, said),
    ),
    ...(report.preamble ? texts("引言", "/preamble", report.preamble) : []),
    ...textPlaces(form).flatMap(({ key, label, pointer }) => {
      const items = getCell(report, pointer) as readonly Item[] | undefined;
      return items || key === "body" ? texts(label, pointer, items ?? []) : [];
    }),
    text("成文日期", "/signed", report.signed),
  ];
  return csv([COLUMNS, ...rows.map((row) => [...head, ...row])]);
}
