import type { Report } from "../../generated/report.ts";
import type { TableBlock, TableCell, TablePart, TableRow } from "../blocks.ts";
import { cellsByPointer, getCell } from "../form/cells.ts";
import {
  type BlocksSection,
  type ColumnData,
  type EditionForm,
  type FormCell,
  leafColumns,
  leafRows,
  type MatrixSection,
  type RowData,
  type RowSection,
  resolveColumns,
  type TableSection,
} from "../form/form.ts";

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

/** How many rows of heads a tree of columns needs. */
const depthOf = (form: EditionForm, columns: string | readonly ColumnData[]): number =>
  Math.max(...resolveColumns(form, columns).map((c) => (c.columns ? 1 + depthOf(form, c.columns) : 1)));

/** The heads of a tree of columns, one row a level; a leaf reaches down to the last. */
function columnHeads(form: EditionForm, columns: string | readonly ColumnData[], depth: number): TableCell[][] {
  const rows: TableCell[][] = Array.from({ length: depth }, () => []);
  for (const column of resolveColumns(form, columns)) {
    if (column.columns) {
      const width = leafColumns(form, column.columns).length;
      rows[0]!.push({ role: "columnHeader", text: column.label, ...span("colSpan", width) });
      for (const [i, row] of columnHeads(form, column.columns, depth - 1).entries()) rows[i + 1]!.push(...row);
    } else rows[0]!.push({ role: "columnHeader", text: column.label, ...span("rowSpan", depth) });
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

function blockParts(form: EditionForm, section: BlocksSection, report: Report): TablePart[] {
  return section.blocks.map((block) => {
    const columns = leafColumns(form, block.columns);
    const widths = shares(columns.length, section.gridColumns - 1);
    return {
      head: [
        { cells: [{ role: "caption", text: block.label, ...span("colSpan", section.gridColumns) }] },
        {
          cells: [
            { role: "columnHeader", text: section.rowHead },
            ...columns.map(
              (c, i): TableCell => ({ role: "columnHeader", text: c.node.label, ...span("colSpan", widths[i]!) }),
            ),
          ],
        },
      ],
      body: leafRows(block.rows).map((row) => ({
        cells: [
          { role: "rowHeader", text: row.node.label } as TableCell,
          ...columns.map((c, i) => dataCell(form, report, `/${section.key}/${row.path}/${c.path}`, widths[i])),
        ],
      })),
    };
  });
}

const rowDepth = (rows: readonly RowData[]): number =>
  Math.max(...rows.map((r) => (r.rows ? 1 + rowDepth(r.rows) : 1)));

function matrixParts(form: EditionForm, section: MatrixSection, report: Report): TablePart[] {
  const columns = leafColumns(form, section.columns);
  const labels = rowDepth(section.rows);
  const depth = depthOf(form, section.columns);
  const head: TableRow[] = [
    {
      cells: [
        { role: "note", text: section.note, ...span("colSpan", labels), ...span("rowSpan", depth + 1) },
        { role: "columnHeader", text: section.columnsLabel, ...span("colSpan", columns.length) },
      ],
    },
    ...columnHeads(form, section.columns, depth).map((cells) => ({ cells })),
  ];
  const body: TableRow[] = [];
  const walk = (rows: readonly RowData[], prefix: string, level: number, open: readonly TableCell[]): void => {
    let opening = open;
    for (const row of rows) {
      const path = prefix === "" ? row.key : `${prefix}/${row.key}`;
      if (row.rows) {
        const group: TableCell = { role: "rowHeader", text: row.label, ...span("rowSpan", leafRows(row.rows).length) };
        walk(row.rows, path, level + 1, [...opening, group]);
      } else {
        body.push({
          cells: [
            ...opening,
            { role: "rowHeader", text: row.label, ...span("colSpan", labels - level) },
            ...columns.map((c) => dataCell(form, report, `/${section.key}/${path}/${c.path}`)),
          ],
        });
      }
      opening = [];
    }
  };
  walk(section.rows, "", 0, []);
  return [{ head, body }];
}

function rowParts(form: EditionForm, section: RowSection, report: Report): TablePart[] {
  const depth = depthOf(form, section.columns);
  return [
    {
      head: columnHeads(form, section.columns, depth).map((cells) => ({ cells })),
      body: [
        { cells: leafColumns(form, section.columns).map((c) => dataCell(form, report, `/${section.key}/${c.path}`)) },
      ],
    },
  ];
}

/** A section's table with its merged cells, as the official form has it. */
export function composeTable(form: EditionForm, section: TableSection, report: Report): TableBlock {
  const column = (role: "label" | "number") => (count: number) => Array.from({ length: count }, () => ({ role }));
  const [label, number] = [column("label"), column("number")];
  const base = { kind: "table" as const, id: section.key, label: `${section.table} ${section.label}` };
  switch (section.kind) {
    case "blocks":
      return {
        ...base,
        columns: [...label(1), ...number(section.gridColumns - 1)],
        parts: blockParts(form, section, report),
      };
    case "matrix":
      return {
        ...base,
        columns: [...label(rowDepth(section.rows)), ...number(leafColumns(form, section.columns).length)],
        parts: matrixParts(form, section, report),
      };
    case "row":
      return {
        ...base,
        columns: number(leafColumns(form, section.columns).length),
        parts: rowParts(form, section, report),
      };
  }
}
