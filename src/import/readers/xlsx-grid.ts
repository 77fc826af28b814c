/** The cells of a sheet as they lie: what is merged, what is hidden, what lies under a drawing. */
import type { SourceCell } from "../source.ts";
import { hasDigits, standIn } from "./cell-content.ts";
import { officeErrors } from "./office-errors.ts";
import { areaOf, LAST_COLUMN } from "./xlsx-address.ts";
import type { Area } from "./xlsx-drawing.ts";

/** The most places of merged cells. */
const MAX_MERGED = 1_000_000;
/** The most columns that a merged cell is put into: more is a mistake, no form is so wide. */
const MAX_SPAN = 200;
/** Cells by row and column, from 1. */
export type Rows = Map<number, Map<number, SourceCell>>;

/** A sheet's cells by row and column, from 1; a merged cell stands at every place that it spans. */
export interface Sheet {
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>;
  /** The texts of rows and columns that are hidden and stand nowhere else. */
  readonly hidden: readonly { readonly text: string; readonly row: number }[];
}

/** Columns that are hidden, as ranges that may lie over one another. */
export function hiddenColumns(ranges: readonly (readonly [number, number])[]): ReadonlySet<number> {
  const turns = new Int32Array(LAST_COLUMN + 2);
  for (const [first, last] of ranges) {
    const [from, to] = [Math.max(1, first), Math.min(last, LAST_COLUMN)];
    if (!(from <= to)) continue;
    turns[from]! += 1;
    turns[to + 1]! -= 1;
  }
  const hidden = new Set<number>();
  let open = 0;
  for (let column = 1; column <= LAST_COLUMN; column += 1) {
    open += turns[column]!;
    if (open > 0) hidden.add(column);
  }
  return hidden;
}

/** Puts merged cells at their places, down to the sheet's last row that is used; says which figures that covers. */
export function merge(rows: Rows, merges: readonly string[]): { text: string; row: number }[] {
  const covered: { text: string; row: number }[] = [];
  let lastRow = 0;
  for (const row of rows.keys()) lastRow = Math.max(lastRow, row);
  let places = 0;
  for (const reference of merges) {
    const area = areaOf(reference);
    if (!area) continue;
    const { top, left, bottom: end, right: edge } = area;
    let cell = rows.get(top)?.get(left);
    const [bottom, right] = [Math.min(end, lastRow), Math.min(edge, left + MAX_SPAN - 1)];
    const height = Math.max(0, bottom - top + 1);
    const few = !cell && rows.size < height;
    places += few ? rows.size : cell ? height * (right - left + 1) : height;
    if (places > MAX_MERGED) throw officeErrors.tooLarge();
    const reached = few
      ? [...rows.keys()].filter((row) => row >= top && row <= bottom)
      : Array.from({ length: height }, (_, i) => top + i);
    // What the cells under a merged one still hold is not shown.
    const under = reached.flatMap((row) => {
      const own = rows.get(row);
      if (!own) return [];
      const taken = [...own].filter(([column]) => column >= left && column <= edge && (row !== top || column !== left));
      for (const [column] of taken) own.delete(column);
      return taken.filter(([, { text }]) => hasDigits(text)).map(([, { text }]) => ({ text, row }));
    });
    covered.push(...under.slice(0, 100));
    if (!cell && under.length > 0) cell = { text: standIn({ kind: "hidden" }), doubt: { kind: "hidden" } };
    if (!cell) continue;
    for (const row of reached) {
      const own = rows.get(row) ?? new Map<number, SourceCell>();
      for (let column = left; column <= right; column += 1) own.set(column, cell);
      rows.set(row, own);
    }
  }
  return covered;
}

/** The most places that are looked at below drawings. */
const MAX_COVERED = 200_000;

/** Says of figures and blanks that lie under a drawing that they do. */
export function cover(rows: Rows, areas: readonly Area[]): void {
  const doubted = new Map<SourceCell, SourceCell>();
  let places = 0;
  const isTable = (row: number): boolean => (rows.get(row)?.size ?? 0) > 1;
  for (const { thing, top, left, bottom, right } of areas)
    for (let row = top; row <= bottom; row += 1) {
      const own = rows.get(row);
      for (let column = left; column <= right; column += 1) {
        places += 1;
        if (places > MAX_COVERED) return;
        const cell = own?.get(column);
        const doubt = { kind: "thing", thing } as const;
        if (!cell && (isTable(row) || isTable(row - 1))) {
          const cells = own ?? rows.get(row) ?? new Map<number, SourceCell>();
          rows.set(row, cells);
          cells.set(column, { text: standIn(doubt), doubt });
        } else if (own && cell && !cell.doubt && hasDigits(cell.text)) {
          const known = doubted.get(cell) ?? { ...cell, doubt };
          doubted.set(cell, known);
        }
      }
    }
  if (doubted.size === 0) return;
  for (const cells of rows.values())
    for (const [column, cell] of cells) {
      const known = doubted.get(cell);
      if (known) cells.set(column, known);
    }
}

/**
 * The cells of a sheet that are shown, in order.
 * @param unseen texts that are shown nowhere for another reason
 */
export function visible(
  rows: Rows,
  hiddenRows: ReadonlySet<number>,
  columns: ReadonlySet<number>,
  unseen: readonly { readonly text: string; readonly row: number }[],
): Sheet {
  const kept: Rows = new Map();
  const seen = new Set<SourceCell>();
  const gone = new Map<SourceCell, number>();
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const cells = new Map<number, SourceCell>();
    for (const [column, cell] of [...rows.get(row)!].sort(([a], [b]) => a - b)) {
      if (hiddenRows.has(row) || columns.has(column)) {
        if (!gone.has(cell)) gone.set(cell, row);
      } else {
        cells.set(column, cell);
        seen.add(cell);
      }
    }
    if (cells.size > 0) kept.set(row, cells);
  }
  const hidden = new Map<number, string[]>();
  const add = (row: number, text: string): void => {
    const texts = hidden.get(row);
    if (!texts) hidden.set(row, [text]);
    else if (texts.length < 100) texts.push(text);
  };
  for (const [cell, row] of gone) if (!seen.has(cell)) add(row, cell.text);
  for (const { row, text } of unseen) add(row, text);
  return { rows: kept, hidden: [...hidden].map(([row, texts]) => ({ row, text: texts.join(" ") })) };
}
