/** What a row of a file's table is: labelled as a row of the form, figures alone, or words of the form's tables. */
import { bestOf, keyOf, withoutNote } from "../../form/label.ts";
import type { LabelledRow, LabelledTable } from "../../form/label-index.ts";
import type { RowCell, RowLine } from "../lines.ts";
import { figureLike } from "../locate.ts";

/** A row with a row label of the form. */
export interface RowLabel {
  readonly row: LabelledRow;
  /** Which of its cells is the label. */
  readonly cell: number;
  readonly like: number;
}

/** What stands on or between the pages of a table without being the form's: 续表, its number, the unit, the page. */
const AROUND_TABLE = /^(?:续表?|\(?续上?表\)?|附?表[一二三四五六\d]*|\(?(?:计量|数据|金额)?单位[::].{1,8}|第\d+页.*)$/u;

const unspaced = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");

export const isAroundTable = (text: string): boolean => AROUND_TABLE.test(unspaced(text));

/** Whether a text is a page's number, or marks that part one thing from another. */
export const isPageNumber = (text: string): boolean => /^[-—·\d/]+$/u.test(unspaced(text));

/** The row that has a key, as sure as a label is that a note follows. */
const exactly = (key: string, rows: readonly LabelledRow[]): { of: LabelledRow; like: number } | undefined => {
  const of = key === "" ? undefined : rows.find((row) => row.key === key);
  return of && { of, like: 0.95 };
};

/** Which row of the form a row is labelled as; the innermost label counts. */
export function labelOf({ cells }: RowLine, shapes: readonly LabelledTable[]): RowLabel | undefined {
  let best: RowLabel | undefined;
  const rows = shapes.flatMap((shape) => shape.rows.filter(({ bare }) => !bare));
  for (const [cell, { text }] of cells.entries()) {
    if (figureLike(text) || text.length > 80) continue;
    const match = bestOf(keyOf(text), rows, (row) => row.key) ?? exactly(keyOf(withoutNote(text)), rows);
    if (match && (!best || match.like >= best.like)) best = { row: match.of, cell, like: match.like };
  }
  return best;
}

/**
 * Whether a label ends its row and what stands before it is none of the form's words, as where a row strayed among the
 * heads and their merged 总计 reaches down to it: it labels nothing then.
 */
export const endsForeignRow = ({ cells }: RowLine, { cell }: RowLabel, shapes: readonly LabelledTable[]): boolean =>
  cell > 0 && cell === cells.length - 1 && !cells.slice(0, cell).every(({ text }) => isKnownText(text, shapes));

/** A row of nothing but figures, and perhaps a word before them. */
export function isFigures({ cells }: RowLine): boolean {
  const filled = cells.filter(({ text }) => text.trim() !== "");
  const figures = filled.filter(({ text }) => figureLike(text) || /\d/.test(text.normalize("NFKC")));
  return figures.length > 0 && figures.length >= filled.length - 1;
}

/** Whether every text of a row is one that stands in the form's tables beside figures. */
export const isKnown = ({ cells }: RowLine, shapes: readonly LabelledTable[]): boolean =>
  cells.every(({ text }) => isKnownText(text, shapes));

function isKnownText(text: string, shapes: readonly LabelledTable[]): boolean {
  const key = keyOf(text);
  if (key === "" || isAroundTable(text)) return true;
  return shapes.some(
    ({ section, heads, others }) => bestOf(key, [...heads, ...others, keyOf(section.label)], (k) => k) !== undefined,
  );
}

/** Other labels between a row's own and its figures. */
export function labelsAfter({ cells }: RowLine, label: number, place: number): RowCell[] {
  const last = cells.findLastIndex(({ text, to }) => to < place && text.trim() !== "" && !figureLike(text));
  return cells.slice(label + 1, last + 1);
}
