import type { TableBlock } from "../compose/blocks.ts";
import { baseline, LEFT, PITCH, TOP } from "./grid.ts";
import { codePoints } from "./line.ts";
import type { Measure } from "./measure.ts";
import type { Page, StructureNode } from "./page.ts";
import { lineWidth, plainLine, putLine } from "./runs.ts";
import {
  FRAME,
  figureKey,
  isCentred,
  LEADING,
  PADDING,
  type SetCell,
  STROKE,
  TABLE_FACE,
  type TableGrid,
  tableGrid,
} from "./table-grid.ts";

/** Room above and below a table, pt, so that it does not touch the lines of text. */
export const MARGIN = 3;
/** No row is stretched by more to fill the last line of the grid, pt. */
const MAX_STRETCH = 4;
/** 续表 stands above the part of a table that goes over to a new page. */
const CONTINUED = { text: codePoints("续表"), face: "songti", size: 12 } as const;

/** Rows of a table that stand on one page: a head that is repeated, and rows `from`–`to`. */
export interface Segment {
  readonly head: readonly number[];
  readonly from: number;
  readonly to: number;
}

export const rowsOf = ({ head, from, to }: Segment): number[] => [
  ...head,
  ...Array.from({ length: to - from + 1 }, (_, i) => from + i),
];
/** How many lines of the grid rows of a height in pt take. */
export const linesOf = (height: number): number => Math.ceil((height + 2 * MARGIN) / PITCH - 1e-6);

/** The leaf of each cell, made once a table. */
type Leaves = ReadonlyMap<SetCell, number>;

/** A table that was measured and has its place in the structure, but none on a page. */
export interface PreparedTable {
  readonly grid: TableGrid;
  readonly leaves: Leaves;
  readonly node: StructureNode;
}

/** Draws rows of a table from `top` (pt), each stretched by `extra` pt. */
function drawRows(
  page: Page,
  grid: TableGrid,
  leaves: Leaves,
  segment: Segment,
  top: number,
  extra: number,
  measure: Measure,
): void {
  const rows = rowsOf(segment);
  const tops = new Map<number, number>();
  let y = top;
  for (const row of rows) {
    tops.set(row, y);
    y += grid.heights[row]! + extra;
  }
  const bottom = y;
  const repeated = new Set(segment.head);
  const right = LEFT + grid.edges.at(-1)!;
  for (const set of grid.cells) {
    // What of the cell is on this page: a cell that spans rows is drawn again on each page that it reaches.
    const own = rows.filter((row) => row >= set.row && row < set.row + set.rowSpan);
    if (own.length === 0) continue;
    const first = tops.get(own[0]!)!;
    const last = tops.get(own.at(-1)!)! + grid.heights[own.at(-1)!]! + extra;
    const left = LEFT + grid.edges[set.column]!;
    const edge = LEFT + grid.edges[set.column + set.colSpan]!;
    const again = repeated.has(own[0]!) || own[0] !== set.row;
    const textHeight = set.lines.length * set.size * LEADING;
    const textTop = first + (last - first - textHeight) / 2;
    const centred = isCentred(set.cell, set.column);
    for (const [i, line] of set.lines.entries()) {
      const width = lineWidth(line);
      const x =
        set.cell.role === "data"
          ? left + grid.figures.get(figureKey(set))! - width
          : centred
            ? left + (edge - left - width) / 2
            : left + PADDING;
      const leaf = leaves.get(set);
      putLine(
        page,
        line,
        x,
        textTop + i * set.size * LEADING + set.size * (0.88 + (LEADING - 1) / 2),
        {
          face: TABLE_FACE,
          size: set.size,
          ...(set.condensed === undefined ? {} : { condensed: set.condensed }),
          ...(again || leaf === undefined ? {} : { leaf }),
        },
        measure,
      );
    }
    // Each cell draws its right and lower edge; the frame is drawn around all.
    if (edge < right - 0.01) page.rules.push({ x1: edge, y1: first, x2: edge, y2: last, width: STROKE });
    if (last < bottom - 0.01) page.rules.push({ x1: left, y1: last, x2: edge, y2: last, width: STROKE });
  }
  const half = FRAME / 2;
  for (const [x1, y1, x2, y2] of [
    [LEFT - half, top, right + half, top],
    [LEFT - half, bottom, right + half, bottom],
    [LEFT, top, LEFT, bottom],
    [right, top, right, bottom],
  ] as const)
    page.rules.push({ x1, y1, x2, y2, width: FRAME });
}

/** Draws rows of a table from a line of the grid on, in so many lines; under 续表 where they go on from another page. */
export function drawSegment(
  page: Page,
  line: number,
  lines: number,
  { grid, leaves }: Pick<PreparedTable, "grid" | "leaves">,
  segment: Segment,
  continued: boolean,
  measure: Measure,
): void {
  if (continued) {
    const mark = plainLine(CONTINUED.text, CONTINUED.face, CONTINUED.size, measure);
    putLine(
      page,
      mark,
      LEFT + grid.edges.at(-1)! - lineWidth(mark),
      baseline(line, CONTINUED.size),
      CONTINUED,
      measure,
    );
  }
  const [first, count] = continued ? [line + 1, lines - 1] : [line, lines];
  const rows = rowsOf(segment);
  const height = rows.reduce((sum, row) => sum + grid.heights[row]!, 0);
  const extra = Math.min(MAX_STRETCH, Math.max(0, (count * PITCH - 2 * MARGIN - height) / rows.length));
  drawRows(page, grid, leaves, segment, TOP + first * PITCH + MARGIN, extra, measure);
}

/** The structure of a table: its rows and cells, whichever pages they stand on. */
function structure(
  grid: TableGrid,
  summary: string,
  nextLeaf: () => number,
): { readonly node: StructureNode; readonly leaves: Leaves } {
  const leaves = new Map<SetCell, number>();
  const rows: StructureNode[] = grid.heights.map(() => ({ role: "TR", children: [] }));
  for (const set of grid.cells) {
    const id = nextLeaf();
    leaves.set(set, id);
    const header = set.cell.role !== "data";
    rows[set.row]!.children!.push({
      role: header ? "TH" : "TD",
      id,
      ...(set.rowSpan > 1 ? { rowSpan: set.rowSpan } : {}),
      ...(set.colSpan > 1 ? { colSpan: set.colSpan } : {}),
      ...(header ? { scope: set.cell.role === "rowHeader" ? "Row" : "Column" } : {}),
    });
  }
  return { node: { role: "Table", summary, children: rows }, leaves };
}

/** Measures a table and gives its cells their leaves. */
export function prepareTable(table: TableBlock, nextLeaf: () => number, measure: Measure): PreparedTable {
  const grid = tableGrid(table, measure);
  return { grid, ...structure(grid, table.label, nextLeaf) };
}
