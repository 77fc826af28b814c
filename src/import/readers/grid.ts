/** Puts the cells of a table at their places. */
import type { SourceCell, SourceGrid } from "../source.ts";
import { officeErrors } from "./office-errors.ts";

/** The most columns that one cell may reach over, and places that a document's tables may have: a file may say anything. */
const MAX_SPAN = 200;
export const MAX_PLACES = 1_000_000;

/** A cell as a row of a table has it. */
export interface SpanningCell {
  readonly cell: SourceCell;
  readonly span: number;
  /** Whether it goes on with the cell above or to the left. */
  readonly continues: "above" | "left" | undefined;
}

/**
 * The grid of rows whose cells say how many columns they take and whether the cell above goes on in them.
 * @param most how many places it may have
 * @throws ImportError when it has more
 */
export function spannedGrid(
  rows: readonly { readonly skip: number; readonly cells: readonly SpanningCell[] }[],
  most = MAX_PLACES,
): SourceGrid {
  let count = 0;
  const grid: (SourceCell | undefined)[][] = [];
  for (const { skip, cells } of rows) {
    const above = grid.at(-1);
    const places: (SourceCell | undefined)[] = new Array(Math.min(Math.max(skip, 0), MAX_SPAN)).fill(undefined);
    count += places.length;
    for (const { cell: own, span, continues } of cells) {
      const before = continues === "above" ? above?.[places.length] : continues === "left" ? places.at(-1) : undefined;
      const cell = before ?? own;
      const width = Math.min(Math.max(span, 1), MAX_SPAN);
      count += width;
      if (count > most) throw officeErrors.tooLarge();
      for (let i = 0; i < width; i += 1) places.push(cell);
    }
    grid.push(places);
  }
  return grid;
}
