import type { Content, ContentTable, TableCell as PdfCell } from "pdfmake/interfaces.js";
import type { TableBlock, TableCell, TablePart, TableRow } from "../../blocks.ts";
import type { Fonts } from "./fonts.ts";
import { TYPE_WIDTH } from "./page.ts";
import { inlines } from "./text.ts";

/** Stroke widths, pt. */
const FRAME = 1;
const LINE = 0.5;
const PADDING = 2;

/** Type size and the shares of the line that the columns get, by how many there are. */
interface Measure {
  readonly size: number;
  /** pt, from outer edge to outer edge, their sum the line. */
  readonly widths: readonly number[];
}

/** Label columns by how many there are: the deepest level has the longest words. */
const LABEL_WIDTHS: Readonly<Record<number, readonly number[]>> = { 0: [], 1: [118], 3: [28, 50, 118] };

function measure(table: TableBlock): Measure {
  const labels = table.columns.filter((c) => c.role === "label").length;
  const numbers = table.columns.length - labels;
  const labelWidths = LABEL_WIDTHS[labels] ?? Array.from({ length: labels }, () => TYPE_WIDTH / (labels + numbers));
  const rest = TYPE_WIDTH - FRAME - labelWidths.reduce((a, b) => a + b, 0);
  return {
    size: table.columns.length > 4 ? 9 : 12,
    widths: [...labelWidths, ...Array.from({ length: numbers }, () => rest / numbers)],
  };
}

/** The rows with an empty cell wherever one is spanned, which is how pdfmake wants them. */
function filled(rows: readonly TableRow[], columns: number, cellOf: (cell: TableCell, column: number) => PdfCell): PdfCell[][] {
  const grid: PdfCell[][] = rows.map(() => []);
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[r]![column] !== undefined) column += 1;
      grid[r]![column] = cellOf(cell, column);
      for (let dr = 0; dr < (cell.rowSpan ?? 1); dr += 1)
        for (let dc = 0; dc < (cell.colSpan ?? 1); dc += 1) if (dr + dc > 0) grid[r + dr]![column + dc] = {};
      column += cell.colSpan ?? 1;
    }
    if (grid[r]!.length > columns) throw new Error("a table row is wider than its table");
  }
  return grid;
}

function partTable(table: TableBlock, part: TablePart, first: boolean, fonts: Fonts): ContentTable {
  const { size, widths } = measure(table);
  const rows = [...part.head, ...part.body];
  const songti = fonts.get("songti");
  const cellOf = (cell: TableCell, column: number): PdfCell => {
    const room = widths.slice(column, column + (cell.colSpan ?? 1)).reduce((a, b) => a + b, 0) - 2 * PADDING - LINE;
    // A figure is one word: where it is too long for its cell, it is set smaller, never broken.
    const fitted = cell.role === "data" ? Math.min(size, room / songti.width(cell.text)) : size;
    const centred = cell.role !== "rowHeader" || column === 0 || cell.rowSpan !== undefined;
    return {
      text: inlines(cell.text, "songti", fitted, fonts, fitted * 1.3),
      alignment: centred ? "center" : "left",
      verticalAlignment: "middle",
      ...(cell.role === "data" ? { noWrap: true } : {}),
      ...(cell.colSpan ? { colSpan: cell.colSpan } : {}),
      ...(cell.rowSpan ? { rowSpan: cell.rowSpan } : {}),
    };
  };
  return {
    table: {
      headerRows: part.head.length,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: widths.map((width) => width - 2 * PADDING - LINE),
      body: filled(rows, table.columns.length, cellOf),
    },
    layout: {
      hLineWidth: (i) => (i === 0 ? (first ? FRAME : 0) : i === rows.length ? (first && table.parts.length === 1 ? FRAME : LINE) : LINE),
      vLineWidth: (i) => (i === 0 || i === table.columns.length ? FRAME : LINE),
      paddingLeft: () => PADDING,
      paddingRight: () => PADDING,
      paddingTop: () => (size > 10 ? 4 : 1.6),
      paddingBottom: () => (size > 10 ? 4 : 1.6),
    },
  };
}

/** A table of the form. It moves to the next page whole where it does not fit, and its head is repeated where it must break. */
export function tableContent(table: TableBlock, fonts: Fonts): Content {
  return { stack: table.parts.map((part, i) => partTable(table, part, i === 0, fonts)), margin: [0, 4, 0, 8] };
}
