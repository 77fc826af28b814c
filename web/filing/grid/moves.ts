/** Moving and selecting among the figures of a table, as in a spreadsheet. */
import type { DataCell, Layout } from "./layout.ts";

export type Move = "up" | "down" | "left" | "right" | "home" | "end";

/** Where the cursor is, and the column that it keeps to when it goes over merged cells. */
export interface Cursor {
  readonly pointer: string;
  readonly column: number;
}

const inRow = (row: readonly DataCell[], column: number): DataCell =>
  row.find((cell) => column < cell.left + cell.width) ?? row.at(-1)!;

export const cursorAt = (layout: Layout, pointer: string): Cursor => ({
  pointer,
  column: layout.byPointer.get(pointer)?.left ?? 0,
});

/** The cursor after a move; with `far` to the edge of the table. */
export function moved(layout: Layout, cursor: Cursor, move: Move, far = false): Cursor {
  const { data } = layout;
  const at = layout.byPointer.get(cursor.pointer);
  if (!at) return cursorAt(layout, data[0]![0]!.pointer);
  const row = data[at.row]!;
  const index = row.indexOf(at);
  const down = (to: number): Cursor => {
    const target = data[Math.min(Math.max(to, 0), data.length - 1)]!;
    return { pointer: inRow(target, cursor.column).pointer, column: cursor.column };
  };
  const across = (cell: DataCell | undefined): Cursor => (cell ? { pointer: cell.pointer, column: cell.left } : cursor);
  switch (move) {
    case "up":
      return down(far ? 0 : at.row - 1);
    case "down":
      return down(far ? data.length - 1 : at.row + 1);
    case "left":
      return across(far ? row[0] : row[index - 1]);
    case "right":
      return across(far ? row.at(-1) : row[index + 1]);
    case "home":
      return across((far ? data[0]! : row)[0]);
    case "end":
      return across((far ? data.at(-1)! : row).at(-1));
  }
}

/** The next figure in reading order that `takes` accepts, or undefined at the end. */
export function following(
  layout: Layout,
  pointer: string,
  back: boolean,
  takes: (pointer: string) => boolean,
): string | undefined {
  const all = layout.data.flat().map((cell) => cell.pointer);
  const at = all.indexOf(pointer);
  return back ? all.slice(0, Math.max(at, 0)).findLast(takes) : all.slice(at + 1).find(takes);
}

/** The figures between two cells, row by row: every cell that the rectangle touches. */
export function between(layout: Layout, from: string, to: string): string[][] {
  const [a, b] = [layout.byPointer.get(from), layout.byPointer.get(to)];
  if (!a || !b) return [];
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
  const [left, right] = [Math.min(a.left, b.left), Math.max(a.left + a.width, b.left + b.width)];
  return layout.data
    .slice(top, bottom + 1)
    .map((row) => row.filter((cell) => cell.left < right && cell.left + cell.width > left).map((cell) => cell.pointer));
}
