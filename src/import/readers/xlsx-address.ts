/** References to cells and ranges of a sheet (ISO/IEC 29500-1, 18.18.62). */

export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;

export interface CellAddress {
  readonly column: number;
  readonly row: number;
}

/** Rows and columns from 1, both ends included. */
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A1 → column and row. */
export function addressOf(reference: string): CellAddress | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return undefined;
  const column = [...match[1]!].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0);
  const row = Number(match[2]);
  return column <= LAST_COLUMN && row >= 1 && row <= LAST_ROW ? { column, row } : undefined;
}

/** A1:B2 → its rows and columns. */
export function areaOf(reference: string): Range | undefined {
  const [first, last = first] = reference.trim().split(":", 2).map(addressOf);
  if (!first || !last || last.row < first.row || last.column < first.column) return undefined;
  return { top: first.row, left: first.column, bottom: last.row, right: last.column };
}
