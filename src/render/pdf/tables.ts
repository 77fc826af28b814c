import type { ContentStack, ContentTable, TableCell as PdfCell } from "pdfmake/interfaces.js";
import type { TableBlock, TableCell, TablePart, TableRow } from "../../blocks.ts";
import type { Fonts } from "./fonts.ts";
import { LINE_PITCH, TYPE_HEIGHT, TYPE_WIDTH } from "./page.ts";
import { inlines } from "./text.ts";

/** Stroke widths, pt. */
const FRAME = 1;
const LINE = 0.5;
const PADDING = 2;
const FACE = "songti";

/** Type size and the shares of the line that the columns get, by how many there are. */
interface Measure {
  readonly size: number;
  /** pt, from outer edge to outer edge, their sum the line. */
  readonly widths: readonly number[];
}

/** Label columns by how many there are: the deepest level has the longest words. */
const LABEL_WIDTHS: Readonly<Record<number, readonly number[]>> = { 0: [], 1: [130], 3: [28, 50, 130] };

function measure(table: TableBlock): Measure {
  const labels = table.columns.filter((c) => c.role === "label").length;
  const numbers = table.columns.length - labels;
  const labelWidths = LABEL_WIDTHS[labels] ?? Array.from({ length: labels }, () => TYPE_WIDTH / (labels + numbers));
  const rest = TYPE_WIDTH - FRAME - labelWidths.reduce((a, b) => a + b, 0);
  return {
    size: table.columns.length > 4 ? 9 : 12,
    widths: [...labelWidths, ...Array.from({ length: numbers }, () => rest / numbers)],
  };
}

/** Marks that may not begin a line, and marks that may not end one (GB/T 15834). */
const NO_START = /^[，。、；：？！）》”’〕】·.,)%％]$/u;
const NO_END = /^[（《“‘〔【(]$/u;
const WORD = /^[0-9A-Za-z.,+-]$/;

/** A cell's text in lines that fit its room; numbers stay whole. */
export function cellLines(text: string, room: number, size: number, fonts: Fonts): string[] {
  const width = (character: string): number =>
    fonts.get(fonts.faceOf(character.codePointAt(0)!, FACE) ?? FACE).width(character) * size;
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  for (const character of text) {
    if (line.length > 0 && used + width(character) > room) {
      let cut = line.length;
      const next = (at: number): string => line[at] ?? character;
      while (
        cut > 1 &&
        (NO_START.test(next(cut)) || NO_END.test(line[cut - 1]!) || (WORD.test(next(cut)) && WORD.test(line[cut - 1]!)))
      )
        cut -= 1;
      lines.push(line.slice(0, cut).join(""));
      line = line.slice(cut);
      used = line.reduce((sum, c) => sum + width(c), 0);
    }
    line.push(character);
    used += width(character);
  }
  return [...lines, line.join("")];
}

/** The same number of lines, but about equally long: 商业／企业, not 商业企／业. */
function evenLines(text: string, room: number, size: number, fonts: Fonts): string[] {
  const lines = cellLines(text, room, size, fonts);
  if (lines.length !== 2) return lines;
  for (let narrower = room / 2; narrower < room; narrower += size / 4) {
    const even = cellLines(text, narrower, size, fonts);
    if (even.length === 2) return even;
  }
  return lines;
}

interface SetCell {
  readonly cell: TableCell;
  readonly row: number;
  readonly column: number;
  readonly size: number;
  readonly lines: readonly string[];
}

/** Baseline distance within a cell, in em. */
const LEADING = 1.3;
const textHeight = ({ lines, size }: SetCell): number => lines.length * size * LEADING;

/** Every cell with its place, its size and its lines. */
function setCells(table: TableBlock, rows: readonly TableRow[], fonts: Fonts): SetCell[] {
  const { size, widths } = measure(table);
  const taken = rows.map(() => new Set<number>());
  return rows.flatMap((row, r) => {
    let column = 0;
    return row.cells.map((cell): SetCell => {
      while (taken[r]!.has(column)) column += 1;
      const place = column;
      for (let dr = 0; dr < (cell.rowSpan ?? 1); dr += 1)
        for (let dc = 0; dc < (cell.colSpan ?? 1); dc += 1) taken[r + dr]!.add(column + dc);
      column += cell.colSpan ?? 1;
      const room = widths.slice(place, place + (cell.colSpan ?? 1)).reduce((a, b) => a + b, 0) - 2 * PADDING - LINE;
      // A figure is one word: where it is too long for its cell, it is set smaller, never broken.
      const fitted = cell.role === "data" ? Math.min(size, room / fonts.get(FACE).width(cell.text)) : size;
      const broken = cell.role === "columnHeader" ? evenLines : cellLines;
      const lines = cell.role === "data" ? [cell.text] : broken(cell.text, room, fitted, fonts);
      return { cell, row: r, column: place, size: fitted, lines };
    });
  });
}

function partTable(
  table: TableBlock,
  part: TablePart,
  place: "only" | "first" | "middle" | "last",
  fonts: Fonts,
): { readonly content: ContentTable; readonly height: number } {
  const { size, widths } = measure(table);
  const rows = [...part.head, ...part.body];
  const cells = setCells(table, rows, fonts);
  const padding = size > 10 ? 4 : 1.6;
  const heights = rows.map((_, r) =>
    Math.max(size * LEADING, ...cells.filter((c) => c.row === r && !c.cell.rowSpan).map(textHeight)),
  );
  const body: PdfCell[][] = rows.map(() => Array.from({ length: widths.length }, (): PdfCell => ({})));
  for (const set of cells) {
    const { cell, row, column } = set;
    const span = cell.rowSpan ?? 1;
    const room = heights.slice(row, row + span).reduce((a, b) => a + b, 0) + (span - 1) * (2 * padding + LINE);
    const centred = cell.role !== "rowHeader" || column === 0 || cell.rowSpan !== undefined;
    body[row]![column] = {
      // Own lines and own centring: pdfmake's loses cells that span rows.
      stack: set.lines.map((line) => ({
        text: inlines(line, FACE, set.size, fonts, set.size * LEADING),
        alignment: centred ? ("center" as const) : ("left" as const),
        noWrap: true,
      })),
      margin: [0, (room - textHeight(set)) / 2, 0, 0],
      ...(cell.colSpan ? { colSpan: cell.colSpan } : {}),
      ...(cell.rowSpan ? { rowSpan: cell.rowSpan } : {}),
    };
  }
  const opens = place === "only" || place === "first";
  const closes = place === "only" || place === "last";
  const content: ContentTable = {
    table: {
      headerRows: part.head.length,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: widths.map((width) => width - 2 * PADDING - LINE),
      heights,
      body,
    },
    layout: {
      hLineWidth: (i) => ((i === 0 && opens) || (i === rows.length && closes) ? FRAME : LINE),
      vLineWidth: (i) => (i === 0 || i === widths.length ? FRAME : LINE),
      paddingLeft: () => PADDING,
      paddingRight: () => PADDING,
      paddingTop: () => padding,
      paddingBottom: () => padding,
    },
  };
  const height = heights.reduce((sum, h) => sum + h + 2 * padding + LINE, 0);
  return { content, height };
}

/** A part of a table as content; `whole` where it fits on a page and may not be broken. */
export interface PartContent {
  readonly content: ContentStack;
  readonly whole: boolean;
}

/**
 * A table of the form, part by part. A part moves to the next page whole where it does not fit; where it is longer than
 * a page its head is repeated.
 */
export function tableContents(table: TableBlock, fonts: Fonts): PartContent[] {
  const last = table.parts.length - 1;
  const place = (i: number) => (last === 0 ? "only" : i === 0 ? "first" : i === last ? "last" : "middle");
  return table.parts.map((part, i): PartContent => {
    const { content, height } = partTable(table, part, place(i), fonts);
    // pdfmake loses what may not be broken and is longer than a page; two lines are for the heading above.
    const whole = height < TYPE_HEIGHT - 2 * LINE_PITCH;
    return {
      whole,
      content: {
        stack: [content],
        unbreakable: whole,
        // Parts share a line: the next one's first lies on this one's last.
        margin: [0, i === 0 ? 4 : -LINE, 0, i === last ? 8 : 0],
      },
    };
  });
}
