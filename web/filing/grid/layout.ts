/** Where the cells of a composed table lie, for moving among them. */

import type { TableBlock, TableCell } from "../../../src/compose/blocks.ts";
import { composeTable } from "../../../src/compose/tables.ts";
import { cellsByPointer } from "../../../src/form/cells.ts";
import type { EditionForm, TableSection } from "../../../src/form/form.ts";
import { type LabelledTable, labelledTables } from "../../../src/form/label-index.ts";
import { resolveColumns } from "../../../src/form/tree.ts";
import { shapeOf } from "../model/draft.ts";
import { type Help, headHelp, rowHelp } from "./help.ts";

/** A figure's place on the table's grid of columns. */
export interface DataCell {
  readonly pointer: string;
  /** Among the rows that have figures, from 0. */
  readonly row: number;
  readonly left: number;
  readonly width: number;
}

export interface LayoutRow {
  readonly cells: readonly TableCell[];
  readonly head: boolean;
  /** The part that it belongs to, from 0. */
  readonly part: number;
  /** Of a row with figures: its place among them. */
  readonly row?: number;
  /** Of a row with figures: what helps with it. */
  readonly help: readonly Help[];
  /** How many columns at its beginning are held by labels that reach over several rows. */
  readonly held: number;
}

export interface Layout {
  readonly section: TableSection;
  readonly table: TableBlock;
  /** What a pasted table is matched with. */
  readonly shape: LabelledTable;
  readonly columns: number;
  readonly rows: readonly LayoutRow[];
  readonly data: readonly (readonly DataCell[])[];
  readonly byPointer: ReadonlyMap<string, DataCell>;
  /** What helps with columns, by part and label, where no row has it beside it. */
  readonly headHelp: readonly ReadonlyMap<string, readonly Help[]>[];
  /** English for the printed labels of this table. */
  readonly english: ReadonlyMap<string, string>;
}

/** Every label below a node of the edition file with its English. */
function collect(form: EditionForm, node: unknown, into: Map<string, string>): void {
  if (typeof node !== "object" || node === null) return;
  const entries = Object.entries(node);
  const { label, en } = node as Partial<Record<"label" | "en", unknown>>;
  if (typeof label === "string" && typeof en === "string" && !into.has(label)) into.set(label, en);
  for (const [key, value] of entries)
    collect(form, key === "columns" && typeof value === "string" ? resolveColumns(form, value) : value, into);
}

function layOut(form: EditionForm, section: TableSection): Layout {
  const table = composeTable(form, section, shapeOf(form));
  const rows: LayoutRow[] = [];
  const data: DataCell[][] = [];
  for (const [part, { head, body }] of table.parts.entries()) {
    // How many rows each column is still taken by a cell from above.
    const taken: number[] = Array.from({ length: table.columns.length }, () => 0);
    for (const [i, { cells }] of [...head, ...body].entries()) {
      const above = taken.map((rowsLeft) => rowsLeft > 0);
      const own: DataCell[] = [];
      let column = 0;
      for (const cell of cells) {
        while (above[column]) column += 1;
        const { colSpan: width = 1, rowSpan: height = 1, pointer } = cell;
        if (pointer !== undefined) own.push({ pointer, row: data.length, left: column, width });
        for (let c = column; c < column + width; c += 1) taken[c] = height;
        column += width;
      }
      // A cell that reaches on holds its columns, and so does one that ends here after several rows.
      const reaching = taken.map((rowsLeft, c) => rowsLeft > 1 || above[c] === true);
      const end = reaching.indexOf(false);
      rows.push({
        cells,
        part,
        head: i < head.length,
        held: end < 0 ? table.columns.length : end,
        ...(own.length > 0 ? { row: data.length } : {}),
        help: rowHelp(own.map(({ pointer }) => cellsByPointer(form).get(pointer)!)),
      });
      if (own.length > 0) data.push(own);
      for (const [c, rowsLeft] of taken.entries()) taken[c] = Math.max(0, rowsLeft - 1);
    }
  }
  const english = new Map<string, string>();
  collect(form, section, english);
  const byPointer = new Map(data.flat().map((cell) => [cell.pointer, cell]));
  const shape = labelledTables(form).find((s) => s.section === section)!;
  const heads = section.parts.map((part) => headHelp(form, part));
  return {
    section,
    table,
    shape,
    columns: table.columns.length,
    rows,
    data,
    byPointer,
    headHelp: heads,
    english,
  };
}

const known = new WeakMap<TableSection, Layout>();

/** A section's table with the place of every cell. */
export function layoutOf(form: EditionForm, section: TableSection): Layout {
  let layout = known.get(section);
  if (!layout) {
    layout = layOut(form, section);
    known.set(section, layout);
  }
  return layout;
}
