/** What a clipboard holds, as a grid of texts. */
import type { Doubt } from "./doubt.ts";
import type { Unseen } from "./note.ts";

/** One cell of what was copied; a merged cell stands at every place that it spans. */
export interface SourceCell {
  /**
   * What is seen in the cell. Paragraphs and lines are parted by `\n`. Of a cell with a doubt it is what stands there,
   * and never empty: `［图片］` where there is no text.
   */
  readonly text: string;
  /** Why the text is not to be taken for a figure; a label is taken for what it is all the same. */
  readonly doubt?: Doubt;
  /** What stands beside the text and was left out, which the account says: hidden digits, a struck old figure, a note's mark. */
  readonly unseen?: readonly { readonly why: Unseen; readonly text: string }[];
  /** Its digits are on two lines, and the first had no room for one more: one figure, unless the form's sums say otherwise. */
  readonly wrapped?: true;
}

/** What was left out of a cell as the cell says it, of each kind some. */
export function leftOut(texts: Readonly<Record<Unseen, string>>): Pick<SourceCell, "unseen"> {
  const unseen = (["hidden", "struck", "mark"] as const)
    .map((why) => ({ why, text: texts[why].slice(0, 100) }))
    .filter(({ text }) => /[^\s\u200b-\u200f\u2060\ufeff]/u.test(text));
  return unseen.length > 0 ? { unseen } : {};
}

/** Rows of places; a row may be shorter than others. */
export type SourceGrid = readonly (readonly (SourceCell | undefined)[])[];

/** The most columns and rows that a span may reach over: a page may say anything. */
const MOST = 200;

/** A cell with how far it spans; a row span of 0 reaches down to the last row. */
export interface SpanningCell {
  readonly cell: SourceCell;
  readonly colSpan: number;
  readonly rowSpan: number;
}

/** The places of rows of cells, spans resolved (HTML, 4.9.12.1). */
export function spread(rows: readonly (readonly SpanningCell[])[]): SourceGrid {
  const grid: (SourceCell | undefined)[][] = rows.map(() => []);
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const { cell, colSpan, rowSpan } of row) {
      while (grid[r]![column] !== undefined) column += 1;
      const width = Math.min(Math.max(colSpan, 1), MOST);
      const height = rowSpan === 0 ? MOST : Math.min(Math.max(rowSpan, 1), MOST);
      for (let down = 0; down < height && r + down < grid.length; down += 1)
        for (let right = 0; right < width; right += 1) grid[r + down]![column + right] = cell;
      column += width;
    }
  }
  return grid;
}

/** What stands before a text so that a program does not take it for a formula, and is not shown. */
const GUARDED = /^'(?=[=+\-@＝＋－＠\d])/u;

/** A field of delimited text as the program shows it that wrote it: `="007"` is 007; a formula itself is not calculated. */
export function fieldCell(field: string): SourceCell {
  const text = /^="([^"]{0,1000})"$/.exec(field.trim())?.[1] ?? field.replace(GUARDED, "");
  return /^=\s*[A-Za-z(\d$@+-]/.test(text.trim()) ? { text, doubt: { kind: "uncalculated" } } : { text };
}

/** The places of tab-separated text as Excel, WPS and Numbers copy it: quotes around what holds a tab, break or quote. */
export function textGrid(text: string): SourceGrid {
  const rows: SourceCell[][] = [[]];
  const pattern = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/gy;
  for (const [, field = "", end = ""] of text.replace(/(?:\r\n|\r|\n)$/, "").matchAll(pattern)) {
    const quoted = field.length > 1 && field.startsWith('"') && field.endsWith('"');
    rows.at(-1)!.push(fieldCell(quoted ? field.slice(1, -1).replaceAll('""', '"') : field));
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}
