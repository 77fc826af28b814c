/** Heads of columns: which rows they are, and which column of the form stands below each. */

import { bestOf, keyOf, likeness } from "../../form/label.ts";
import type { LabelledColumn, LabelledRow, LabelledTable } from "../../form/label-index.ts";
import type { RowCell, RowLine } from "../lines.ts";
import { figureLike } from "../locate.ts";

/** A column of a file's table, with what stands over it. */
export interface HeadColumn {
  readonly from: number;
  readonly to: number;
  /** The head next to the figures. */
  readonly text: string;
  readonly key: string;
  /** Keys of the heads above it. */
  readonly parents: readonly string[];
}

export interface Head {
  readonly shape: LabelledTable;
  readonly table: number;
  readonly columns: readonly HeadColumn[];
}

const isFilled = ({ text }: RowCell): boolean => text.trim() !== "";
const isNumber = ({ text }: RowCell): boolean => figureLike(text) && /\d/.test(text.normalize("NFKC"));

/** Whether heads come again within a table, so that one is enough to know a row of them by. */
const isOfParts = ({ section }: LabelledTable): boolean => section.parts.length > 1;

/** How many heads of a section a row has. */
function headsIn(row: RowLine, shape: LabelledTable): number {
  const found = new Set(
    row.cells.filter(isFilled).flatMap(({ text }) => bestOf(keyOf(text), shape.heads, (head) => head)?.of ?? []),
  );
  // A corner alone heads nothing.
  return found.size === 1 && shape.corner !== undefined && found.has(shape.corner) ? 0 : found.size;
}

/** The section whose heads a row has; undefined for a row of figures or of anything else. */
export function headOf(row: RowLine, shapes: readonly LabelledTable[]): LabelledTable | undefined {
  if (row.cells.some(isNumber)) return undefined;
  const [best] = shapes
    .map((shape) => ({ shape, found: headsIn(row, shape) }))
    .filter(({ shape, found }) => found >= 2 || (found === 1 && isOfParts(shape)))
    .sort((a, b) => b.found - a.found);
  if (!best) return undefined;
  const isRow = (key: string): boolean => best.shape.rows.some((r) => likeness(key, r.key) > 0.9);
  const labelled = isOfParts(best.shape) && row.cells.some(({ text }) => isRow(keyOf(text)));
  return labelled ? undefined : best.shape;
}

const cellAt = ({ cells }: RowLine, place: number): RowCell | undefined =>
  cells.find(({ from, to }) => from <= place && place <= to);

/** What stands over a place in one row: its own cell, or where merged cells were written as blanks the next to the left. */
function overPlace(row: RowLine, place: number): RowCell | undefined {
  const own = cellAt(row, place);
  return own && isFilled(own) ? own : row.cells.findLast((cell) => cell.to < place && isFilled(cell));
}

/** The columns that rows of heads make. */
export function headFrom(rows: readonly RowLine[], shape: LabelledTable): Head {
  const width = Math.max(...rows.flatMap(({ cells }) => cells.map(({ to }) => to))) + 1;
  const columns: HeadColumn[] = [];
  let before: RowCell | undefined;
  for (let place = 0; place < width; place += 1) {
    const last = rows.findLastIndex((row) => {
      const cell = cellAt(row, place);
      return cell && isFilled(cell);
    });
    if (last < 0) {
      before = undefined;
      continue;
    }
    const own = cellAt(rows[last]!, place)!;
    if (before && before.cell === own.cell) columns[columns.length - 1] = { ...columns.at(-1)!, to: place };
    else {
      const parents = rows.slice(0, last).flatMap((row) => {
        const over = overPlace(row, place);
        return over && over.cell !== own.cell ? [keyOf(over.text)] : [];
      });
      columns.push({ from: place, to: place, text: own.text.trim(), key: keyOf(own.text), parents });
    }
    before = own;
  }
  return { shape, table: rows[0]!.table, columns };
}

/** How well a file's column fits one of the form: by its own head, and by what stands over it. */
function fitness(column: HeadColumn, wanted: LabelledColumn, groups: readonly string[]): number {
  const own = likeness(column.key, wanted.key);
  if (own === 0) return 0;
  const has = (keys: readonly string[], key: string): boolean => keys.some((k) => likeness(k, key) > 0);
  const agreeing = wanted.parents.filter((parent) => has(column.parents, parent)).length;
  const others = groups.filter((group) => !wanted.parents.includes(group));
  const against = column.parents.filter((parent) => !has(wanted.parents, parent) && has(others, parent)).length;
  return Math.max(own + 0.3 * (agreeing - against), 0.01);
}

/**
 * Which of the form's columns each column of a head is, by index; each once. Equal heads without anything over them are
 * taken in the form's order.
 */
export function resolve(head: readonly HeadColumn[], wanted: readonly LabelledColumn[]): (number | undefined)[] {
  const groups = [...new Set(wanted.flatMap(({ parents }) => parents))];
  const free = new Set(wanted.keys());
  return head.map((column) => {
    const fits = [...free].map((index) => ({ index, score: fitness(column, wanted[index]!, groups) }));
    const [best, next] = fits.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.index - b.index);
    if (!best) return undefined;
    const exact = wanted[best.index]!.key === column.key;
    if (next && next.score === best.score && !exact && wanted[next.index]!.key !== wanted[best.index]!.key)
      return undefined;
    free.delete(best.index);
    return best.index;
  });
}

/** Whether a head has most of the columns of a row of the form. */
export const isUnder = ({ columns }: Head, row: LabelledRow): boolean =>
  resolve(columns, row.columns).filter((index) => index !== undefined).length * 2 > row.columns.length;

/** The place of the first column that a row of the form has. */
export function firstColumn({ columns }: Head, row: LabelledRow): number | undefined {
  const first = resolve(columns, row.columns).findIndex((index) => index !== undefined);
  return columns[first]?.from;
}
