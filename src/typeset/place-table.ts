import type { Box, Flow } from "./flow.ts";
import { LINES, PITCH } from "./grid.ts";
import type { Measure } from "./measure.ts";
import { drawSegment, linesOf, MARGIN, type PreparedTable, rowsOf, type Segment } from "./table.ts";
import type { TableGrid } from "./table-grid.ts";

const heightOf = (heights: readonly number[], segment: Segment): number =>
  rowsOf(segment).reduce((sum, row) => sum + heights[row]!, 0);

/** The last row that a segment from `from` can end with in `room` lines; `from - 1` when not even the first bundle fits. */
function reach({ heights, parts }: TableGrid, from: number, head: readonly number[], room: number): number {
  const lines = (segment: Segment): number => linesOf(heightOf(heights, segment));
  let end = from - 1;
  for (const part of parts) {
    if (part.last < from) continue;
    if (lines({ head, from, to: part.last }) <= room) {
      end = part.last;
      continue;
    }
    const partLines = lines({ head: [], from: part.first, to: part.last }) + 1;
    // Only a part that no page can hold is broken inside, after at least one row of its body.
    if (partLines <= LINES && end >= from) break;
    if (partLines <= LINES && part.first >= from) break;
    for (let row = Math.max(from, part.first + part.head); row < part.last; row += 1) {
      if (lines({ head, from, to: row }) > room) break;
      end = row;
    }
    break;
  }
  return end;
}

/** A table whose rows are so much lower that these fit in `room` lines; undefined where they are too many for that. */
function squeezed(grid: TableGrid, segment: Segment, room: number): TableGrid | undefined {
  const { heights, least } = grid;
  const height = heightOf(heights, segment);
  if (linesOf(height) <= room) return grid;
  const low = heightOf(least, segment);
  if (linesOf(low) > room) return undefined;
  const share = (height - (room * PITCH - 2 * MARGIN)) / (height - low);
  return { ...grid, heights: heights.map((own, row) => own - share * (own - least[row]!)) };
}

/** How a table is placed. */
interface Placing {
  /** The headings that must stay with it. */
  readonly headings: readonly Box[];
  /** Whether it goes over to the next page whole rather than being cut, where a page can hold it. */
  readonly whole: boolean;
}

/**
 * Sets a table after the headings that must stay with it. Rows are made up to a third lower where that keeps what is left
 * of it on the page. A table that does not fit all the same goes over between its parts, and inside a part only where that
 * is longer than a page; no row is ever split. The head is repeated under 续表.
 * @returns whether it was cut although a page could hold it
 */
export function placeTable(flow: Flow, table: PreparedTable, { headings, whole }: Placing, measure: Measure): boolean {
  const { grid, leaves } = table;
  const before = headings.reduce((sum, box) => sum + box.lines, 0);
  const box = (own: TableGrid, segment: Segment, continued: boolean): Box => {
    const lines = linesOf(heightOf(own.heights, segment)) + (continued ? 1 : 0);
    return {
      lines,
      draw: (page, line) => drawSegment(page, line, lines, { grid: own, leaves }, segment, continued, measure),
    };
  };
  const last = grid.heights.length - 1;
  const fitsPage = squeezed(grid, { head: [], from: 0, to: last }, LINES - before) !== undefined;
  let cut = false;
  let from = 0;
  let pending = headings;
  while (from <= last) {
    const continued = from > 0;
    const inside = grid.parts.find((part) => from > part.first && from <= part.last);
    const head = inside ? Array.from({ length: inside.head }, (_, i) => inside.first + i) : [];
    const room = (lines: number): number => lines - (pending.length > 0 ? before : 0) - (continued ? 1 : 0);
    if (continued) flow.newPage();
    const rest = { head, from, to: last };
    if (from === 0 && whole && fitsPage && !squeezed(grid, rest, room(flow.room))) flow.newPage();
    const low = squeezed(grid, rest, room(flow.room));
    if (low) {
      flow.place([...pending, box(low, rest, continued)]);
      return cut;
    }
    let to = reach(grid, from, head, room(flow.room));
    if (to < from && !continued) {
      flow.newPage();
      // A page of its own may hold all of it.
      if (fitsPage) continue;
      to = reach(grid, from, head, room(LINES));
    }
    // Something must be placed: a row that is higher than a page stands out of it rather than being lost.
    if (to < from) to = Math.max(from, from === 0 ? (grid.parts[0]?.head ?? 0) : from);
    flow.place([...pending, box(grid, { head, from, to }, continued)]);
    cut ||= fitsPage;
    pending = [];
    from = to + 1;
  }
  return cut;
}
