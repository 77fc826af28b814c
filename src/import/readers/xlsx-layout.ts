/** Tells text from tables on a sheet, which has cells alone. */
import type { FormLabels } from "../../form/label-index.ts";
import type { SourceTable, SourceText } from "../document.ts";
import type { SourceCell } from "../source.ts";
import { tableCell } from "./cell-content.ts";
import { officeErrors } from "./office-errors.ts";
import type { Sheet } from "./xlsx-grid.ts";

type Cells = ReadonlyMap<number, SourceCell>;

/** The most places of a workbook's tables, and the most rows that show something. */
const MAX_PLACES = 1_000_000;
const MAX_ROWS = 30_000;
/** Longer than any label of the form. */
const LONG = 80;

const distinct = (cells: Cells): SourceCell[] => [...new Set(cells.values())];

/** The paragraphs of a cell that stands for itself; breaks in it are its author's. */
const texts = (cells: readonly SourceCell[]): SourceText[] =>
  cells.flatMap(({ text }) =>
    text
      .split(/\r\n|[\r\n]/)
      .filter((line) => line.trim() !== "")
      .map((line): SourceText => ({ kind: "text", text: line })),
  );

/** What is counted over all sheets of a workbook. */
export interface LayoutBudget {
  places: number;
  rows: number;
}

/** The place of the first number in a row of them that is not below another. */
function firstFrom(numbers: readonly number[], least: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle]! < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

function table(rows: readonly Cells[], columns: readonly number[], budget: LayoutBudget): SourceTable {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const cells of rows)
    for (const column of cells.keys()) [first, last] = [Math.min(first, column), Math.max(last, column)];
  // A column that is merged with the one before it in every row is no column of this table but of another on the sheet.
  const near = columns.slice(firstFrom(columns, first), firstFrom(columns, last + 1));
  budget.places += near.length * rows.length;
  if (budget.places > MAX_PLACES) throw officeErrors.tooLarge();
  const used = near.filter(
    (column, i) => i === 0 || rows.some((cells) => cells.get(column) !== cells.get(near[i - 1]!)),
  );
  const shown = new Map<SourceCell, SourceCell>();
  const cellOf = (cell: SourceCell | undefined): SourceCell => {
    if (!cell) return { text: "" };
    const known = shown.get(cell) ?? tableCell(cell);
    shown.set(cell, known);
    return known;
  };
  return { kind: "table", grid: rows.map((cells) => used.map((column) => cellOf(cells.get(column)))) };
}

/** Rows one below the other: the single texts around the rows of a table are text, but for labels of the table's own. */
function block(
  rows: readonly Cells[],
  columns: readonly number[],
  budget: LayoutBudget,
  labels: FormLabels,
): (SourceText | SourceTable)[] {
  const single = (cells: Cells | undefined): string | undefined => {
    const own = cells ? distinct(cells) : [];
    return own.length === 1 ? own[0]!.text : undefined;
  };
  let [from, to] = [0, rows.length];
  const stands = (text: string | undefined): boolean => text !== undefined && !labels.isNearLabel(text);
  while (from < to && stands(single(rows[from]))) from += 1;
  while (to > from && stands(single(rows[to - 1]))) to -= 1;
  const inside = rows.slice(from, to);
  const alone = inside.every((cells) => single(cells) !== undefined);
  const textsOf = (list: readonly Cells[]): SourceText[] => texts([...new Set(list.flatMap(distinct))]);
  if (alone) return textsOf(rows);
  return [...textsOf(rows.slice(0, from)), table(inside, columns, budget), ...textsOf(rows.slice(to))];
}

/** Whether a row ends what is above it: the heading of a section, with whatever stands beside it, or a long text alone. */
const parts = (cells: Cells, labels: FormLabels): boolean => {
  const [first, ...rest] = distinct(cells);
  return (
    labels.isNearTitle(first!.text) ||
    (rest.length === 0 && first!.text.length > LONG && !labels.isNearLabel(first!.text))
  );
};

/** What a sheet says, top down. */
export function sheetItems({ rows }: Sheet, budget: LayoutBudget, labels: FormLabels): (SourceText | SourceTable)[] {
  budget.rows += rows.size;
  if (budget.rows > MAX_ROWS) throw officeErrors.tooLarge();
  const columns = [...new Set([...rows.values()].flatMap((cells) => [...cells.keys()]))].sort((a, b) => a - b);
  const items: (SourceText | SourceTable)[] = [];
  let open: Cells[] = [];
  let last = 0;
  const close = (): void => {
    if (open.length > 0) for (const item of block(open, columns, budget, labels)) items.push(item);
    open = [];
  };
  let above: SourceCell | undefined;
  for (const [row, cells] of rows) {
    if (row !== last + 1) close();
    last = row;
    if (parts(cells, labels)) {
      close();
      const own = distinct(cells).filter((cell) => cell !== above);
      above = own.at(-1) ?? above;
      items.push(...texts(own));
    } else open.push(cells);
  }
  close();
  return items;
}
