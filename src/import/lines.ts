/** A document as one line after another: paragraphs and rows of tables, so that either may stand where the other is expected. */

import type { Message } from "../basics/finding.ts";
import { withIdeographs } from "../basics/ideographs.ts";
import type { SourceDocument } from "./document.ts";
import { ImportError } from "./import-error.ts";
import type { SourceCell, SourceGrid } from "./source.ts";
import { captionUnit } from "./units.ts";

export interface TextLine {
  readonly kind: "text";
  readonly text: string;
  readonly where: Message;
  readonly level?: number;
  readonly aside?: true;
  readonly role?: "signature" | "caption";
  /** It is a row of a table, which goes on after it. */
  readonly table?: number;
}

/** A cell of a row with the places that it spans there. */
export interface RowCell {
  readonly cell: SourceCell;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface RowLine {
  readonly kind: "row";
  /** Tables and their rows are counted from 1, for people. */
  readonly table: number;
  readonly row: number;
  readonly cells: readonly RowCell[];
  readonly where: Message;
  /** The unit that is stated over the row's table, or in it above the row, as `单位：百万元` does. */
  readonly unit?: string;
}

export type Line = TextLine | RowLine;

/** The distinct cells of a row of places. */
export function cellsOf(places: SourceGrid[number]): RowCell[] {
  const cells: RowCell[] = [];
  for (const [at, cell] of places.entries()) {
    if (!cell) continue;
    const before = cells.at(-1);
    if (before?.cell === cell && before.to === at - 1) cells[cells.length - 1] = { ...before, to: at };
    else cells.push({ cell, text: withIdeographs(cell.text), from: at, to: at });
  }
  return cells;
}

export const rowPlace = (table: number, row: number): Message => ({
  zh: `第${table}个表第${row}行`,
  en: `row ${row} of table ${table}`,
});

/** No report has a tenth of these. */
const MOST_LINES = 30_000;

/** How many lines of text may stand between the line that states a unit and the table. */
const CAPTION_REACH = 2;

/** Whether a row comes after one that is text: 无 is a section's then, and no row of zeros. */
const follows = (above: Line | undefined, table: number): boolean => above?.kind === "text" && above.table === table;

/**
 * The lines of a document. A row of a table with a single text in it is a line of text, unless it belongs to the table.
 * @throws ImportError when they are more than any report's
 * @param isOfTable whether a text belongs where figures are: a caption, a label
 */
export function linesOf(document: SourceDocument, isOfTable: (text: string) => boolean): Line[] {
  const lines: Line[] = [];
  let [tables, texts] = [0, 0];
  /** What the last lines of text before a table state of its unit. */
  let caption: string | undefined;
  let since = 0;
  const addText = (text: string, rest: Partial<TextLine> = {}): void => {
    for (const part of text.split("\n")) {
      if (part.trim() === "") continue;
      texts += 1;
      const where = { zh: `第${texts}段文字`, en: `text ${texts}` };
      lines.push({ kind: "text", text: withIdeographs(part), where, ...rest });
    }
  };
  const bound = (): void => {
    if (lines.length > MOST_LINES)
      throw new ImportError(
        `文件超过${MOST_LINES}段文字或表格行，不是一份年度报告`,
        `The file has more than ${MOST_LINES} paragraphs and rows and is not a report`,
      );
  };
  for (const item of document.items) {
    bound();
    if (item.kind === "text") {
      const { kind: _, text, ...rest } = item;
      const stated = captionUnit(text);
      since = stated === undefined ? since + 1 : 0;
      if (stated !== undefined) caption = stated;
      else if (since > CAPTION_REACH) caption = undefined;
      addText(text, rest);
      continue;
    }
    tables += 1;
    let unit = caption;
    caption = undefined;
    for (const [r, places] of item.grid.entries()) {
      bound();
      const cells = cellsOf(places);
      const filled = cells.filter(({ text }) => text.trim() !== "");
      const [only] = filled;
      // Blank rows between texts say nothing; after rows of a table one may be where its figures should be.
      if (!only && lines.at(-1)?.kind !== "row") continue;
      const where = rowPlace(tables, r + 1);
      if (filled.length < 3) for (const { text } of filled) unit = captionUnit(text) ?? unit;
      const alone = only && filled.length === 1 ? only.text.trim() : "";
      if (alone.length > 1 ? !isOfTable(alone) : alone === "无" && cells.length === 1 && follows(lines.at(-1), tables))
        addText(alone, { where, table: tables });
      else
        lines.push({ kind: "row", table: tables, row: r + 1, cells, where, ...(unit === undefined ? {} : { unit }) });
    }
  }
  return lines;
}
