import type { TableBlock, TableCell, TablePart } from "../compose/blocks.ts";
import { WIDTH } from "./grid.ts";
import { codePoints, type SetLine, setLines } from "./line.ts";
import type { Measure } from "./measure.ts";
import { lineWidth, plainLine } from "./runs.ts";

/** Stroke widths, pt: the frame is the heavier. */
export const FRAME = 1;
export const STROKE = 0.5;
/** Room at a cell's left and right edge, pt. */
const PADDING = 2.5;
/** No figure is set smaller than this to fit its cell, pt, but made narrower: to this part of its width, this near to the edge. */
const LEAST_SIZE = 7;
const MOST_CONDENSED = 0.5;
const LEAST_PADDING = 1;
/** Distance of two baselines in a cell, in em. */
export const LEADING = 1.3;
/** Tables are set in 宋体. */
export const TABLE_FACE = "songti";

/** A cell with its place in the table and its text set in lines. */
export interface SetCell {
  readonly cell: TableCell;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly colSpan: number;
  /** Type size, pt. */
  readonly size: number;
  /** How wide the characters are as a part of their own width. */
  readonly condensed?: number;
  readonly lines: readonly SetLine[];
}

/** A table with everything measured that does not depend on where it stands. */
export interface TableGrid {
  /** Left edges of the columns, one entry more; 0 is the table's left edge. pt. */
  readonly edges: readonly number[];
  readonly cells: readonly SetCell[];
  /** How high each row is, pt. */
  readonly heights: readonly number[];
  /** How high it is at least: up to a third lower, which keeps a table on its page. pt */
  readonly least: readonly number[];
  /** For each row the part that it belongs to. */
  readonly parts: readonly { readonly first: number; readonly head: number; readonly last: number }[];
  /** The right edge of the figures in a cell, pt from its left edge, by column and span. */
  readonly figures: ReadonlyMap<string, number>;
}

export const figureKey = (cell: Pick<SetCell, "column" | "colSpan">): string => `${cell.column}+${cell.colSpan}`;

/** The same number of lines, but about equally long: 商业／企业, not 商业企／业. */
function evenLines(text: string, room: number, size: number, measure: Measure): readonly SetLine[] {
  const set = (width: number): readonly SetLine[] =>
    setLines(text, { face: TABLE_FACE, size, cell: size, width, cells: Number.POSITIVE_INFINITY }, measure);
  const lines = set(room);
  if (lines.length < 2) return lines;
  for (let narrower = Math.max(size, room / 2); narrower < room; narrower += size / 4) {
    const even = set(narrower);
    if (even.length === lines.length) return even;
  }
  return lines;
}

/**
 * How a figure that is one word fits its cell: smaller, then narrower, never broken.
 * @param width how wide it is at the size of its table, pt
 * @param room between the cell's paddings, pt
 * @returns its size, pt, and how wide its characters are as a part of their own width
 */
export function fitFigure(width: number, room: number, size: number): { size: number; condensed: number } {
  if (width <= room) return { size, condensed: 1 };
  if ((size * room) / width >= LEAST_SIZE) return { size: (size * room) / width, condensed: 1 };
  // It may come nearer to the cell's edges, and what is still too long for half its width is set smaller after all.
  const wider = room + 2 * (PADDING - LEAST_PADDING);
  const least = Math.min(LEAST_SIZE, (size * wider) / (width * MOST_CONDENSED));
  return { size: least, condensed: Math.min(1, (size * wider) / (width * least)) };
}

function setFigure(
  figure: string,
  room: number,
  size: number,
  measure: Measure,
): Pick<SetCell, "size" | "condensed" | "lines"> {
  const text = codePoints(figure);
  const own = plainLine(text, TABLE_FACE, size, measure);
  const fit = fitFigure(lineWidth(own), room, size);
  if (fit.size === size) return { size, lines: [own] };
  const line = plainLine(text, TABLE_FACE, fit.size, measure, fit.condensed);
  return { size: fit.size, ...(fit.condensed < 1 ? { condensed: fit.condensed } : {}), lines: [line] };
}

function setCell(
  cell: TableCell,
  room: number,
  size: number,
  measure: Measure,
): Pick<SetCell, "size" | "condensed" | "lines"> {
  if (cell.role === "data") return setFigure(cell.text, room, size, measure);
  if (cell.role === "rowHeader") {
    const style = { face: TABLE_FACE, size, cell: size, width: room, cells: Number.POSITIVE_INFINITY } as const;
    return { size, lines: setLines(cell.text, style, measure) };
  }
  return { size, lines: evenLines(cell.text, room, size, measure) };
}

/** Left edges of a table's columns, one entry more; 0 is the table's left edge. pt. */
export function columnEdges({ columns }: Pick<TableBlock, "columns">): number[] {
  const widthOf = ({ role, width }: TableBlock["columns"][number]): number | undefined =>
    role === "label" ? (width ?? WIDTH / columns.length) : undefined;
  const known = columns.flatMap((column) => widthOf(column) ?? []);
  const rest = (WIDTH - known.reduce((a, b) => a + b, 0)) / (columns.length - known.length);
  const edges = [0];
  for (const column of columns) edges.push(edges.at(-1)! + (widthOf(column) ?? rest));
  return edges;
}

/** The type sizes of tables, pt: of those with many columns, and of the others. */
export const TABLE_SIZES = [9, 12] as const;
export const tableSize = ({ columns }: Pick<TableBlock, "columns">): (typeof TABLE_SIZES)[number] =>
  columns.length > 4 ? TABLE_SIZES[0] : TABLE_SIZES[1];
/** The same where a table would otherwise be cut. */
const LEAST_ROOM = 1;
/** Room above and below the lines of a row together, pt. */
export const rowRoom = (size: number): number => (size > 10 ? 9 : 4);
/** Whether a cell's text stands in its middle, and not at its left edge. */
export const isCentred = (cell: TableCell, column: number): boolean =>
  cell.role !== "rowHeader" || column === 0 || (cell.rowSpan ?? 1) > 1;

/** Sets a table's cells and measures its rows. */
export function tableGrid(table: TableBlock, measure: Measure): TableGrid {
  const edges = columnEdges(table);
  const size = tableSize(table);

  const rows = table.parts.flatMap((part: TablePart) => [...part.head, ...part.body]);
  const parts: TableGrid["parts"][number][] = [];
  for (const part of table.parts) {
    const first = (parts.at(-1)?.last ?? -1) + 1;
    parts.push({ first, head: part.head.length, last: first + part.head.length + part.body.length - 1 });
  }
  const taken = rows.map(() => new Uint8Array(table.columns.length));
  const cells: SetCell[] = [];
  const figures = new Map<string, number>();
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.cells) {
      while (taken[r]![column]) column += 1;
      const [rowSpan, colSpan] = [cell.rowSpan ?? 1, cell.colSpan ?? 1];
      for (let i = 0; i < rowSpan; i += 1) taken[r + i]!.fill(1, column, column + colSpan);
      const width = edges[column + colSpan]! - edges[column]!;
      const set = { cell, row: r, column, rowSpan, colSpan, ...setCell(cell, width - 2 * PADDING, size, measure) };
      cells.push(set);
      if (cell.role === "data") {
        const right = (width + lineWidth(set.lines[0]!)) / 2;
        figures.set(figureKey(set), Math.max(figures.get(figureKey(set)) ?? 0, right));
      }
      column += colSpan;
    }
  }
  const heights = rowHeights(cells, rows.length, size, rowRoom(size));
  const close = rowHeights(cells, rows.length, size, LEAST_ROOM);
  const least = heights.map((height, r) => Math.min(height, Math.max((height * 2) / 3, close[r]!)));
  return { edges, cells, heights, least, parts, figures };
}

/** How high rows are, with so much room above and below their lines together, pt. */
function rowHeights(cells: readonly SetCell[], count: number, size: number, room: number): number[] {
  const need = (set: SetCell): number => set.lines.length * set.size * LEADING + room;
  const heights = new Array<number>(count).fill(size * LEADING);
  for (const set of cells) if (set.rowSpan === 1) heights[set.row] = Math.max(heights[set.row]!, need(set));
  // A cell that spans rows makes its last row higher where they are too low for it together.
  for (const set of cells) {
    if (set.rowSpan === 1) continue;
    const have = heights.slice(set.row, set.row + set.rowSpan).reduce((a, b) => a + b, 0);
    if (need(set) > have) heights[set.row + set.rowSpan - 1]! += need(set) - have;
  }
  return heights;
}

export { LEAST_PADDING, PADDING };
