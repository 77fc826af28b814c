/** A table of values as a sheet of a workbook that can be filtered, filled in and sent back. */
import type { RowDef, WriteSheet } from "hucre";
import { colToLetter } from "hucre/xlsx";
import { visible } from "../basics/visible.ts";
import { guarded } from "./csv/csv.ts";

type Value = string | number | undefined;
export type Row = readonly Value[];

export interface Table {
  readonly name: string;
  /** Head and width, in characters. */
  readonly columns: readonly (readonly [head: string, width: number])[];
  readonly rows: readonly Row[];
}

/** ECMA-376: what a cell can hold. */
const MAX_TEXT = 32_767;

/**
 * A text as a cell has it: of type text, so that it is no formula where it lies; and with an apostrophe where it would
 * become one when it is edited or goes on as CSV. Controls that XML cannot have are made visible.
 */
function cell(value: Value): string | number | null {
  if (typeof value !== "string") return value ?? null;
  const text = visible(value).slice(0, MAX_TEXT);
  return guarded(text);
}

const HEAD = {
  font: { bold: true, size: 11, name: "Calibri" },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "F1EDE6" } },
  alignment: { vertical: "center", wrapText: true },
} as const;
const SIDE = { style: "thin", color: { rgb: "C9C4BC" } } as const;
const BODY = {
  border: { top: SIDE, right: SIDE, bottom: SIDE, left: SIDE },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
} as const;

/** Points of a line. */
const LINE = 15;
/** Excel's own limit of a row, in lines. */
const MAX_LINES = 27;
/** Excel's own limit of a sheet, its head apart. */
const MAX_ROWS = 1_048_575;

/** How many lines a row needs: a Chinese character is as wide as two of those that widths are counted in. */
function linesOf(row: readonly (string | number | null)[], columns: Table["columns"]): number {
  let lines = 1;
  for (const [i, value] of row.entries())
    if (typeof value === "string") {
      const width = value.replace(/[^\u0000-\u00ff]/gu, "  ").length;
      lines = Math.max(lines, Math.ceil(width / (columns[i]![1] - 1)));
    }
  return Math.min(lines, MAX_LINES);
}

export function sheetOf({ name, columns, rows }: Table): WriteSheet {
  const shown = rows.slice(0, MAX_ROWS).map((row) => row.map(cell));
  const heights = new Map<number, RowDef>();
  for (const [i, row] of shown.entries()) {
    const lines = linesOf(row, columns);
    // Not every program finds out by itself how high a row has to be.
    if (lines > 1) heights.set(i + 1, { height: lines * LINE });
  }
  return {
    name,
    columns: columns.map(([, width]) => ({ width, style: BODY })),
    rows: [columns.map(([head]) => head), ...shown],
    cells: new Map(columns.map((_, column) => [`0,${column}`, { style: HEAD }])),
    rowDefs: heights,
    freezePane: { rows: 1, columns: 1 },
    autoFilter: { range: `A1:${colToLetter(columns.length - 1)}${shown.length + 1}` },
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "$1:$1",
    },
  };
}
