import { cellsByPointer, setCell } from "../../form/cells.ts";
import type { EditionForm } from "../../form/form.ts";
import { type FormCell, formCells } from "../../form/form-cells.ts";
import { formOf, forms } from "../../form/forms.ts";
import { textPlaces } from "../../form/narrative.ts";
import { withdrawn } from "../json/read.ts";
import { OwnFileError } from "../own-file-error.ts";
import { COLUMNS, HEADING_LEVELS, unguarded } from "./csv.ts";
import { NOTICE_COLUMNS } from "./write.ts";

type Item = { readonly type: string; readonly level?: number; readonly text: string };

/** A row of a report's CSV, and where it stands. */
interface Row {
  /** From 1, the head being row 1. */
  readonly number: number;
  readonly head: string;
  readonly label: string;
  readonly figure: string;
  readonly unit: string;
  readonly pointer: string;
  readonly text: string;
}

/** The columns before there was one for texts. */
const FIGURES = COLUMNS.slice(0, 7);
const begins = (head: readonly string[] | undefined, names: readonly string[]): boolean =>
  names.every((name, i) => head?.[i]?.trim() === name);

/** Whether rows are what `renderCsv` wrote, now or before there was a column for texts, or what a withdrawal left. */
export const isReportCsv = (records: readonly (readonly string[])[]): boolean =>
  begins(records[0], FIGURES) || begins(records[0], NOTICE_COLUMNS);

const at = (row: Row, zh: string, en: string): OwnFileError =>
  new OwnFileError(`第${row.number}行：${zh}`, `Row ${row.number}: ${en}`);

/** The form that the rows are of: as they say or, where none does, the only one that has all their figures. */
function formOfRows(rows: readonly Row[]): EditionForm {
  const edition = rows.find((row) => row.pointer === "/edition");
  const form = edition && formOf(edition.text);
  if (edition && !form) throw at(edition, `没有格式版本“${edition.text}”`, `there is no edition “${edition.text}”`);
  const figures = rows.filter((row) => row.text === "" && row.figure !== "");
  const able = forms.filter((f) => figures.every((row) => cellsByPointer(f).has(row.pointer)));
  if (form) return form;
  if (able.length !== 1)
    throw new OwnFileError("表中没有格式版本（路径 /edition）一行", "There is no row for the edition (/edition)");
  return able[0]!;
}

function figure({ type }: FormCell, row: Row): unknown {
  if (type === "money") return { amount: row.figure, unit: row.unit };
  const value = Number(row.figure);
  // What is no number stays as it is, and the checks will say so.
  return /^[+-]?\d+$/.test(row.figure) && Number.isSafeInteger(value) ? value + 0 : row.figure;
}

function itemOf(row: Row): Item {
  const level = Object.entries(HEADING_LEVELS).find(([, name]) => row.label.endsWith(`（${name}）`))?.[0];
  return level ? { type: "heading", level: Number(level), text: row.text } : { type: "paragraph", text: row.text };
}

/** A report's parts as its rows have them, each by the pointer of what holds it. */
function partsOf(rows: readonly Row[], form: EditionForm): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  const lists = new Set(["/preamble", ...textPlaces(form).map(({ pointer }) => pointer)]);
  for (const row of rows) {
    const { pointer } = row;
    const [, list, index] = /^(\/.+)\/(\d+)\/text$/.exec(pointer) ?? [];
    if (list !== undefined && lists.has(list)) {
      const items = (parts.get(list) ?? []) as Item[];
      parts.set(list, items);
      if (Number(index) !== items.length)
        throw at(row, `${pointer}的次序不对，前面应有${index}段而有${items.length}段`, `${pointer} is out of order`);
      items.push(itemOf(row));
      continue;
    }
    if (parts.has(pointer)) throw at(row, `${pointer}出现两次`, `${pointer} comes twice`);
    const cell = cellsByPointer(form).get(pointer);
    if (cell) {
      if (row.figure !== "") parts.set(pointer, figure(cell, row));
    } else if (lists.has(pointer)) parts.set(pointer, []);
    else if (pointer === "/edition" || pointer === "/signed" || /^\/explanations\/[A-Z0-9-]+$/.test(pointer))
      parts.set(pointer, row.text);
    else
      throw at(
        row,
        `${form.edition}年版的报告没有“${pointer}”`,
        `a report of edition ${form.edition} has no “${pointer}”`,
      );
  }
  return parts;
}

/**
 * The report that rows of `renderCsv` were made of, exactly. What a row was deleted of is left out, and the checks say so.
 * @throws OwnFileError with the row that says what no report has, or that contradicts another
 */
export function reportOfCsv(records: readonly (readonly string[])[]): Record<string, unknown> {
  if (begins(records[0], NOTICE_COLUMNS)) throw withdrawn();
  const rows = records.slice(1).flatMap((record, i): Row[] => {
    const [uscc = "", name = "", year = "", label = "", figure = "", unit = "", pointer = "", text = ""] =
      record.map(unguarded);
    if (record.every((field) => field === "")) return [];
    const head = JSON.stringify([uscc, name, year]);
    return [{ number: i + 2, head, label, figure: figure.trim(), unit: unit.trim(), pointer, text }];
  });
  const first = rows[0];
  if (!first) throw new OwnFileError("表中只有表头，没有数据", "There is a head and no rows");
  const other = rows.find((row) => row.head !== first.head);
  if (other)
    throw at(
      other,
      "机关或年度与前面各行不同；各份报告请分别导入",
      "another organ or year than in the rows before; import reports one by one",
    );
  const [uscc, name, year] = JSON.parse(first.head) as [string, string, string];
  const form = formOfRows(rows);
  const parts = partsOf(rows, form);
  const report: Record<string, unknown> = {
    edition: form.edition,
    year: /^\d{1,9}$/.test(year) ? Number(year) : year,
    organ: { name, uscc },
  };
  const put = (pointer: string): void => {
    if (parts.has(pointer)) setCell(report, pointer, parts.get(pointer));
  };
  put("/signed");
  for (const pointer of parts.keys()) if (pointer.startsWith("/explanations/")) put(pointer);
  put("/preamble");
  // In the form's order, so that what is read is what was written, key by key.
  const [texts, cells] = [textPlaces(form), formCells(form)].map((all) => all.map(({ pointer }) => pointer));
  for (const { key } of form.sections)
    for (const pointer of [
      ...texts!.filter((own) => own.startsWith(`/${key}/`) && !own.endsWith("/after")),
      ...cells!.filter((own) => own.startsWith(`/${key}/`)),
      ...texts!.filter((own) => own === `/${key}/after`),
    ])
      put(pointer);
  return report;
}
