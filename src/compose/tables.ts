import type { Report } from "../../generated/report.ts";
import { cellsByPointer, getCell } from "../form/cells.ts";
import type { ColumnData, EditionForm, PartData, RowData, TableSection } from "../form/form.ts";
import { type FormCell, pointerOf } from "../form/form-cells.ts";
import { columnDepth, leafColumns, leafRows, resolveColumns } from "../form/tree.ts";
import type { TableBlock, TableCell, TablePart, TableRow } from "./blocks.ts";

/**
 * A figure as it is printed: counts bare, changes with their sign (+387, -5, 0), money with its unit unless the head says
 * it. A draft's cell that has none stays blank.
 */
export function printedFigure(cell: FormCell, value: unknown): string {
  if (value === undefined) return "";
  if (cell.type === "money") {
    const { amount, unit } = value as { readonly amount: string; readonly unit: string };
    return cell.unitInLabel ? amount : `${amount}${unit}`;
  }
  return cell.type === "signed" && (value as number) > 0 ? `+${value}` : String(value);
}

const span = (name: "colSpan" | "rowSpan", count: number): { colSpan?: number; rowSpan?: number } =>
  count > 1 ? { [name]: count } : {};

function dataCell(form: EditionForm, report: Report, pointer: string, colSpan = 1): TableCell {
  const cell = cellsByPointer(form).get(pointer);
  if (!cell) throw new Error(`the form has no cell ${pointer}`);
  return { role: "data", text: printedFigure(cell, getCell(report, pointer)), pointer, ...span("colSpan", colSpan) };
}

/** The heads of a tree of columns, one row a level; a leaf reaches down to the last. Leaves have widths on the grid. */
function columnHeads(
  form: EditionForm,
  columns: string | readonly ColumnData[],
  depth: number,
  widths: readonly number[],
): TableCell[][] {
  const rows: TableCell[][] = Array.from({ length: depth }, () => []);
  let at = 0;
  for (const column of resolveColumns(form, columns)) {
    const own = widths.slice(at, at + (column.columns ? leafColumns(form, column.columns).length : 1));
    at += own.length;
    const width = own.reduce((a, b) => a + b, 0);
    const head: TableCell = { role: "columnHeader", text: column.label, ...span("colSpan", width) };
    if (column.columns) {
      rows[0]!.push(head);
      const below = columnHeads(form, column.columns, depth - 1, own);
      for (const [i, row] of below.entries()) rows[i + 1]!.push(...row);
    } else rows[0]!.push({ ...head, ...span("rowSpan", depth) });
  }
  return rows;
}

/** Shares the grid's columns among `count` cells; the last takes what is left over. */
const shares = (count: number, width: number): number[] =>
  Array.from({ length: count }, (_, i) =>
    i < count - 1
      ? Math.max(1, Math.floor(width / count))
      : width - Math.max(1, Math.floor(width / count)) * (count - 1),
  );

const rowDepth = (rows: readonly RowData[] = []): number => Math.max(0, ...rows.map((row) => 1 + rowDepth(row.rows)));

/** The grid of a table: columns of labels, then of figures. */
interface Grid {
  readonly labels: number;
  readonly figures: number;
}

function gridOf(form: EditionForm, { parts, figureColumns = 1 }: TableSection): Grid {
  const labels = Math.max(...parts.map(({ rows }) => rowDepth(rows)));
  const wanted = parts.map((part) => leafColumns(form, part.columns).length - (part.rows ? 0 : labels));
  return { labels, figures: Math.max(figureColumns, ...wanted) };
}

/** What stands over a part's figures, and over the labels of its rows. */
function headRows(form: EditionForm, section: TableSection, part: PartData, widths: readonly number[], grid: Grid) {
  const { caption, columnsHead, columns, rows } = part;
  const depth = columnDepth(form, columns);
  const heads = columnHeads(form, columns, depth, widths);
  const all: TableCell[][] = columnsHead
    ? [[{ role: "columnHeader", text: columnsHead.label, ...span("colSpan", grid.figures) }], ...heads]
    : heads;
  if (rows) {
    const { note, rowHead } = section;
    const spans = { ...span("colSpan", grid.labels), ...span("rowSpan", all.length) };
    all[0]!.unshift(
      rowHead
        ? { role: "columnHeader", text: rowHead.label, ...spans }
        : { role: "note", text: note?.label ?? "", ...spans },
    );
  }
  const captions: TableCell[][] = caption
    ? [[{ role: "caption", text: caption.label, ...span("colSpan", grid.labels + grid.figures) }]]
    : [];
  return [...captions, ...all].map((cells): TableRow => ({ cells }));
}

/** The rows of a tree of labels, each with its figures; a group's label stands before the first of its rows. */
function labelledRows(
  rows: readonly RowData[],
  labels: number,
  figures: (path: string) => readonly TableCell[],
): TableRow[] {
  const body: TableRow[] = [];
  const walk = (list: readonly RowData[], prefix: string, level: number, open: readonly TableCell[]): void => {
    let opening = open;
    for (const row of list) {
      const path = prefix === "" ? row.key : `${prefix}/${row.key}`;
      if (row.rows) {
        const group: TableCell = { role: "rowHeader", text: row.label, ...span("rowSpan", leafRows(row.rows).length) };
        walk(row.rows, path, level + 1, [...opening, group]);
      } else {
        const label: TableCell = { role: "rowHeader", text: row.label, ...span("colSpan", labels - level) };
        body.push({ cells: [...opening, label, ...figures(path)] });
      }
      opening = [];
    }
  };
  walk(rows, "", 0, []);
  return body;
}

function tablePart(form: EditionForm, section: TableSection, part: PartData, report: Report, grid: Grid): TablePart {
  const columns = leafColumns(form, part.columns);
  const widths = shares(columns.length, part.rows ? grid.figures : grid.labels + grid.figures);
  const figures = (row: string): TableCell[] =>
    columns.map((column, i) => dataCell(form, report, pointerOf(section, row, column.path), widths[i]));
  return {
    head: headRows(form, section, part, widths, grid),
    body: part.rows ? labelledRows(part.rows, grid.labels, figures) : [{ cells: figures("") }],
  };
}

/** A section's table with its merged cells, as the official form has it. */
export function composeTable(form: EditionForm, section: TableSection, report: Report): TableBlock {
  const grid = gridOf(form, section);
  const labels = Array.from({ length: grid.labels }, (_, i): TableBlock["columns"][number] => {
    const width = section.labelWidths?.[i];
    return { role: "label", ...(width === undefined ? {} : { width }) };
  });
  const numbers = Array.from({ length: grid.figures }, () => ({ role: "number" as const }));
  return {
    kind: "table",
    id: section.key,
    label: `${section.table} ${section.label}`,
    columns: [...labels, ...numbers],
    parts: section.parts.map((part) => tablePart(form, section, part, report, grid)),
  };
}
