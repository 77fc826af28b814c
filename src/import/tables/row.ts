/** One row of a file's table against one row of the form. */

import type { Message } from "../../basics/finding.ts";
import type { FormCell } from "../../form/form-cells.ts";
import { likeness } from "../../form/label.ts";
import type { LabelledRow } from "../../form/label-index.ts";
import type { RowCell, RowLine } from "../lines.ts";
import { figureLike } from "../locate.ts";
import { type StatedUnit, unitIn } from "../units.ts";
import { type Head, type HeadColumn, resolve } from "./heads.ts";

/** A text that stands at the place of a figure. */
export interface Entry {
  readonly cell: FormCell;
  readonly source: RowCell;
  readonly where: Message;
  /** How well the labels fit, up to 1. */
  readonly like: number;
  /** The unit that the head, the label or the table's caption gives the figure. */
  readonly unit?: StatedUnit;
}

/** A row with more or fewer texts than columns: which is which cannot be decided from it alone. */
export interface Doubt {
  readonly row: LabelledRow;
  /** The columns as the file has them; none where the form has no such. */
  readonly columns: readonly (FormCell | undefined)[];
  readonly texts: readonly RowCell[];
  readonly where: Message;
  readonly like: number;
  readonly unit?: StatedUnit;
}

interface RowReading {
  readonly entries: readonly Entry[];
  readonly doubt?: Doubt;
  /** Texts below heads that the form does not have, with those heads. */
  readonly beside: readonly { readonly head: string; readonly text: string }[];
}

interface Context {
  readonly head?: Head;
  /** Which cell is the label. */
  readonly label?: number;
  /** The first place of figures, where the head does not decide. */
  readonly begin?: number;
  readonly like: number;
}

/** A column of the file: where it stands, and which of the form's it is. */
interface Column {
  readonly cell?: FormCell;
  readonly head?: HeadColumn;
  readonly like: number;
}

const isFilled = ({ text }: RowCell): boolean => text.trim() !== "";

/** The file's columns, from the first that the form has; the form's own where there is no head that fits. */
function columnsOf(row: LabelledRow, head: Head | undefined): Column[] {
  const own = row.cells.map((cell): Column => ({ cell, like: 0.9 }));
  if (!head) return own;
  const indexes = resolve(head.columns, row.columns);
  const first = indexes.findIndex((index) => index !== undefined);
  if (first < 0) return own;
  return head.columns.slice(first).map((column, i): Column => {
    const index = indexes[first + i];
    if (index === undefined) return { head: column, like: 1 };
    return { cell: row.cells[index]!, head: column, like: likeness(column.key, row.columns[index]!.key) };
  });
}

/** The cell under each column, by place: only if each has one of its own and no text is left over. */
function byPlace(columns: readonly Column[], texts: readonly RowCell[]): RowCell[] | undefined {
  const found = columns.map(({ head }) => texts.find(({ from, to }) => head && from <= head.from && head.from <= to));
  const cells = found.filter((cell) => cell !== undefined);
  if (cells.length < columns.length || new Set(cells).size < columns.length) return undefined;
  return texts.every((cell) => !isFilled(cell) || cells.includes(cell)) ? cells : undefined;
}

/** Cells that are merged over several columns: every column has one, and the row reaches to the last. */
function merged(columns: readonly Column[], texts: readonly RowCell[]): RowCell[] | undefined {
  if (texts.length >= columns.length || !texts.some(({ from, to }) => to > from)) return undefined;
  const cells = columns.flatMap(
    ({ head }) => texts.find(({ from, to }) => head && from <= head.from && head.from <= to) ?? [],
  );
  return cells.length === columns.length && texts.every((cell) => cells.includes(cell)) ? cells : undefined;
}

/** The texts of a row that are for figures. */
function textsOf({ cells }: RowLine, columns: readonly Column[], { label, begin }: Context): RowCell[] {
  const place = begin ?? columns[0]?.head?.from ?? 0;
  let texts = cells.slice(label === undefined ? 0 : label + 1).filter((cell) => isFilled(cell) || cell.to >= place);
  // A word before a row of figures that has no label in the form.
  if (label === undefined && texts[0] && isFilled(texts[0]) && !figureLike(texts[0].text) && texts[0].to < place)
    texts = texts.slice(1);
  while (texts.length > columns.length && !isFilled(texts.at(-1)!)) texts.pop();
  return texts;
}

/** What a row of a file states for a row of the form. */
export function readRow(line: RowLine, row: LabelledRow, context: Context): RowReading {
  const columns = columnsOf(row, context.head);
  const texts = textsOf(line, columns, context);
  const label = context.label === undefined ? "" : line.cells[context.label]!.text;
  const unitOf = (head: HeadColumn | undefined, cell: FormCell | undefined) => {
    const of = cell?.type === "money" ? "money" : "count";
    return unitIn(head?.text ?? "", of) ?? unitIn(label, of) ?? unitIn(line.unit ?? "", of);
  };
  if (texts.length === 0) return { entries: [], beside: [] };
  const placed =
    byPlace(columns, texts) ?? (texts.length === columns.length ? texts : undefined) ?? merged(columns, texts);
  if (placed) {
    const entries = columns.flatMap(({ cell, head, like }, i): Entry[] => {
      const unit = unitOf(head, cell);
      return cell
        ? [
            {
              cell,
              source: placed[i]!,
              where: line.where,
              like: Math.min(like, context.like),
              ...(unit ? { unit } : {}),
            },
          ]
        : [];
    });
    const beside = columns.flatMap(({ cell, head }, i) =>
      !cell && isFilled(placed[i]!) ? [{ head: head?.text ?? "", text: placed[i]!.text.trim() }] : [],
    );
    return { entries, beside };
  }
  const unit = columns.map(({ head, cell }) => unitOf(head, cell)).find((found) => found !== undefined);
  return {
    entries: [],
    beside: [],
    doubt: {
      row,
      columns: columns.map(({ cell }) => cell),
      texts,
      where: line.where,
      like: context.like,
      ...(unit ? { unit } : {}),
    },
  };
}
