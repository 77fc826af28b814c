/** A report as an office has it on paper: texts and tables in order, before any format is chosen. */
import type { Report } from "../../../generated/report.ts";
import type { Block, TableBlock, TableCell } from "../../../src/compose/blocks.ts";
import { compose } from "../../../src/compose/compose.ts";

/** A cell of a table, which may span others. */
export interface PaperCell {
  text: string;
  role: TableCell["role"];
  /** Of a figure: its JSON Pointer in the report. */
  pointer?: string;
  /** Stands in the file, and nobody sees it. */
  hidden?: string;
  /** Spans that are not so, in place of what the grid says. */
  lies?: { colSpan?: number; rowSpan?: number };
  /** Of XLSX and DOCX: what the cell holds in the format's own words, e.g. a formula or a tracked change. */
  raw?: string;
}

/** Rows of places; a merged cell stands at every place that it spans. A place may be missing at a row's end. */
export type PaperGrid = PaperCell[][];

export interface PaperTable {
  readonly kind: "table";
  /** The section's key. */
  readonly key: string;
  grid: PaperGrid;
}

export interface PaperText {
  readonly kind: "text";
  text: string;
  role: "organ" | "title" | "section" | "heading" | "paragraph" | "signer" | "date";
  /** Of headings: 1 for sections, 2 to 4. */
  level?: number;
  /** The key of the section that it stands in or heads. */
  key?: string;
  /** Of a heading that the word processor numbers: the number is no text. */
  numbered?: boolean;
  /** Stands in the file, and nobody sees it. */
  hidden?: boolean;
}

export type PaperItem = PaperText | PaperTable;

export interface Paper {
  /** What the file calls itself: HTML's `<title>`, a document property. */
  title: string;
  items: PaperItem[];
  /** Of web pages: what stands around the report. */
  around?: "site" | "layout";
  /** Of web pages and office files: whether headings are marked as such. */
  marked?: boolean;
  /** Of web pages: white space between tags, cells in paragraphs and spans, as editors leave them. */
  tangled?: boolean;
}

/** A row as HTML has it: each cell at its first place, with how far it spans. */
export interface SpannedCell {
  readonly cell: PaperCell;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly column: number;
}

/** The places that an HTML-like table has. */
export function gridOf({ parts }: TableBlock): PaperGrid {
  const rows = parts.flatMap(({ head, body }) => [...head, ...body]);
  const grid: PaperGrid = rows.map(() => []);
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const { text, role, pointer, colSpan = 1, rowSpan = 1 } of row.cells) {
      while (grid[r]![column]) column += 1;
      const cell: PaperCell = { text, role, ...(pointer === undefined ? {} : { pointer }) };
      for (let down = 0; down < rowSpan; down += 1)
        for (let right = 0; right < colSpan; right += 1) grid[r + down]![column + right] = cell;
      column += colSpan;
    }
  }
  return grid;
}

/** The rows of a grid with spans worked out from the places. */
export function spannedRows(grid: PaperGrid): SpannedCell[][] {
  const done = new Set<PaperCell>();
  return grid.map((places, row) =>
    places.flatMap((cell, column): SpannedCell[] => {
      if (done.has(cell)) return [];
      done.add(cell);
      let [colSpan, rowSpan] = [1, 1];
      while (places[column + colSpan] === cell) colSpan += 1;
      while (grid[row + rowSpan]?.[column] === cell) rowSpan += 1;
      return [{ cell, colSpan, rowSpan, column, ...cell.lies }];
    }),
  );
}

/** A copy of a grid in which merged cells are still one. */
export function copyGrid(grid: PaperGrid): PaperGrid {
  const copies = new Map<PaperCell, PaperCell>();
  const copy = (cell: PaperCell): PaperCell => {
    const known = copies.get(cell) ?? structuredClone(cell);
    copies.set(cell, known);
    return known;
  };
  return grid.map((row) => row.map(copy));
}

function itemsOf(block: Block, key: string): PaperItem[] {
  const text = (role: PaperText["role"], words: string, level?: number): PaperText => ({
    kind: "text",
    role,
    text: words,
    key,
    ...(level === undefined ? {} : { level }),
  });
  switch (block.kind) {
    case "title":
      return [text("organ", block.lines[0]!), text("title", block.lines[1]!)];
    case "heading":
      return [text(block.level === 1 ? "section" : "heading", `${block.number}${block.text}`, block.level)];
    case "paragraph":
      return [text("paragraph", block.text)];
    case "table":
      return [{ kind: "table", key: block.id, grid: gridOf(block) }];
    case "signature":
      return [text("signer", block.organ), text("date", block.date)];
  }
}

/** A report on paper, without any quirk. */
export function paperOf(report: Report): Paper {
  let key = "preamble";
  const items = compose(report).flatMap((block): PaperItem[] => {
    if (block.kind === "heading" && block.level === 1) key = block.id;
    return itemsOf(block, key);
  });
  return { title: `${report.organ.name}${report.year}年政府信息公开工作年度报告`, items };
}

export const tablesOf = (paper: Paper): PaperTable[] => paper.items.filter((item) => item.kind === "table");
export const textsOf = (paper: Paper): PaperText[] => paper.items.filter((item) => item.kind === "text");

/** The table of a section. */
export function tableOf(paper: Paper, key: string): PaperTable {
  const table = tablesOf(paper).find((t) => t.key === key);
  if (!table) throw new Error(`no table ${key}`);
  return table;
}

/** Every cell once. */
export const cellsOf = (paper: Paper): PaperCell[] => [...new Set(tablesOf(paper).flatMap((t) => t.grid.flat()))];

/** Every cell that holds a figure, once. */
export const figuresOf = (paper: Paper): PaperCell[] => cellsOf(paper).filter((cell) => cell.pointer !== undefined);

/** The cell of a figure. */
export function figureOf(paper: Paper, pointer: string): PaperCell {
  const cell = figuresOf(paper).find((c) => c.pointer === pointer);
  if (!cell) throw new Error(`no cell ${pointer}`);
  return cell;
}

/** The one text of a role. */
export function textOf(paper: Paper, role: PaperText["role"], key?: string): PaperText {
  const text = textsOf(paper).find((t) => t.role === role && (key === undefined || t.key === key));
  if (!text) throw new Error(`no ${role} ${key ?? ""}`);
  return text;
}
