/** The paragraphs and tables of a WordprocessingML part in reading order, and of a table's cells what a person sees in them. */
import { levelBelowTitle, SIGNATURE, TITLE } from "../../formats/docx/own.ts";
import type { SourceDocument, SourceItem, SourceText } from "../document.ts";
import type { Doubt, Thing } from "../doubt.ts";
import { ImportError } from "../import-error.ts";
import type { SourceCell } from "../source.ts";
import { hasDigits, type Piece, seenCell, seenText, tableCell } from "./cell-content.ts";
import { type Rgb, WHITE } from "./color.ts";
import { paragraphsOf } from "./docx-breaks.ts";
import { contentsOf } from "./docx-contents.ts";
import { groundOf } from "./docx-look.ts";
import type { Numbering } from "./docx-numbering.ts";
import { listPlace, outlineLevel, type Styles } from "./docx-styles.ts";
import { paragraphText } from "./docx-text.ts";
import { MAX_PLACES, type SpanningCell, spannedGrid } from "./grid.ts";
import { elementAt, isOn, valueAt, type XmlElement } from "./xml.ts";

/** What a document says outside of its body. */
export interface DocumentParts {
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly notes: ReadonlyMap<string, XmlElement>;
  /** Whether its fields are to be worked out anew when it is opened. */
  readonly stale: boolean;
  /** Whether the document may be one of this system, whose styles say what its paragraphs are. */
  readonly own: boolean;
  /** Whether this system made it, edited or not: it breaks the lines of names in titles and signatures. */
  readonly made: boolean;
}

/** What a paragraph or a table of a cell is, until it is known whether the cell is one of a table of figures. */
interface Part {
  readonly items: readonly SourceItem[];
  readonly pieces: readonly Piece[];
  readonly things: readonly Thing[];
  readonly doubts: readonly Doubt[];
  readonly unseen: readonly string[];
}

interface Cell {
  readonly properties: XmlElement | undefined;
  readonly parts: readonly Part[];
  readonly items: readonly SourceItem[];
}

/** A number of a property, or another where it says none. */
const numberAt = (fallback: number, element: XmlElement | undefined, ...path: readonly string[]): number => {
  const value = Number(valueAt(element, ...path));
  return Number.isSafeInteger(value) ? value : fallback;
};

/** Whether a merged cell goes on here (17.4.84): without a value it does. */
const goesOn = (cell: XmlElement | undefined, how: "vMerge" | "hMerge"): boolean => {
  const merged = elementAt(cell, how);
  return merged !== undefined && merged.attributes["val"] !== "restart";
};

/** Whether a line goes across a cell. */
const isCrossed = (cell: XmlElement | undefined): boolean =>
  ["tl2br", "tr2bl"].some((line) => {
    const border = elementAt(cell, "tcBorders", line);
    return border !== undefined && !/^(?:nil|none)$/.test(border.attributes["val"] ?? "none");
  });

/** Rows of an exact height below this (twips) cut off what stands in them. */
const LEAST_HEIGHT = 120;
const isCutOff = (row: XmlElement | undefined): boolean => {
  const { hRule, val } = elementAt(row, "trHeight")?.attributes ?? {};
  return hRule === "exact" && Number(val) < LEAST_HEIGHT;
};

/** How many hidden texts are listed. */
const MOST_HIDDEN = 200;
const OUTSIDE: ReadonlySet<Thing> = new Set(["picture", "workbook", "chart", "control"]);
const BREAK: Piece = { text: "\n", mark: "plain" };

/** Reads a document's parts once, from the beginning on: lists are counted on the way. */
export class BodyReader {
  readonly items: SourceItem[] = [];
  readonly hidden: NonNullable<SourceDocument["hidden"]>[number][] = [];
  /** How many there are of what stands outside of tables and is no text. */
  readonly #things = new Map<Thing, number>();
  readonly #document: DocumentParts;
  /** The notes that were referred to, in order. */
  readonly #cited = new Set<string>();
  /** The text of a paragraph whose end was deleted: the next one goes on with it. */
  #carried: Piece[] = [];
  #cells = 0;
  #places = 0;
  #ground: Rgb = WHITE;
  #table: string | undefined;

  constructor(document: DocumentParts) {
    this.#document = document;
  }

  /** What stands outside of tables and is no text. */
  get things(): NonNullable<SourceDocument["things"]> {
    return [...this.#things].map(([thing, count]) => ({ thing, count }));
  }

  /** Reads a body, and after it the notes that it refers to. */
  read(body: XmlElement): void {
    for (const item of this.#items(body)) this.items.push(item);
    for (const id of this.#cited) {
      const note = this.#document.notes.get(id);
      if (note) for (const item of this.#items(note)) this.items.push(item);
    }
  }

  #items(container: XmlElement): SourceItem[] {
    return this.#parts(container).flatMap(({ items }) => items);
  }

  #keepHidden(text: string, where: string): void {
    if (this.hidden.length < MOST_HIDDEN) this.hidden.push({ text: text.trim().slice(0, 200), where });
  }

  /** Everything in a body, a cell or a box. */
  #parts(container: XmlElement): Part[] {
    const parts: Part[] = [];
    for (const child of contentsOf(container)) {
      if (child.name === "p") parts.push(this.#paragraph(child));
      else if (child.name === "tbl") {
        const left = this.#left();
        const items = this.#tableItems(child);
        const things: Thing[] = items.some(({ kind }) => kind === "table") ? ["table"] : [];
        parts.push({ items: [...left, ...items], pieces: [], things, doubts: [], unseen: [] });
      } else if (child.name === "altChunk")
        throw new ImportError(
          "文件里嵌着另一个文件（多由网站导出），请用 Word 或 WPS 打开，另存为 .docx 后再导入",
          "The file only holds another one (web sites export such): open it in Word or WPS, save it as .docx and import that",
        );
    }
    const left = this.#left();
    if (left.length > 0) parts.push({ items: left, pieces: [], things: [], doubts: [], unseen: [] });
    return parts;
  }

  /** What was carried on and no paragraph has followed. */
  #left(): SourceItem[] {
    const { text } = seenText(this.#carried);
    this.#carried = [];
    return paragraphsOf(text).map((part) => ({ kind: "text", text: part }));
  }

  #number(properties: XmlElement | undefined, style: ReturnType<Styles["of"]>): string {
    const own = listPlace(properties);
    const place = own === undefined || own.list === "" ? style.place : own;
    if (!place || place.list === "0") return "";
    const { numbering } = this.#document;
    const styled = style.listStyle === undefined ? undefined : numbering.levelOf(place.list, style.listStyle);
    return numbering.next(place.list, own?.level ?? styled ?? place.level ?? 0);
  }

  #paragraph(paragraph: XmlElement): Part {
    const { styles, stale } = this.#document;
    const properties = elementAt(paragraph, "pPr");
    const id = valueAt(properties, "pStyle");
    const style = styles.of(id);
    const { pieces, boxes, things, notes, doubts } = paragraphText(paragraph, {
      styles,
      stale,
      table: this.#table,
      ground: this.#ground,
    });
    for (const note of notes) this.#cited.add(note);
    const inBoxes = boxes.flatMap((box) => this.#items(box));
    if (style.contents) return { items: inBoxes, pieces: [], things, doubts, unseen: [] };
    const inCell = this.#cells > 0;
    const blank = pieces.every(({ text }) => text.trim() === "");
    const number = blank && !inCell && this.#carried.length === 0 ? "" : this.#number(properties, style);
    const own: Piece[] = number === "" ? [...pieces] : [{ text: number, mark: "plain" }, ...pieces];
    const whole = [...this.#carried, ...own];
    this.#carried = [];
    if (isOn(properties, "rPr", "del") && !inCell) {
      this.#carried = whole;
      return { items: inBoxes, pieces: own, things, doubts, unseen: [] };
    }
    const { text, unseen } = seenText(whole);
    const shown = blank && number !== "" ? "" : text;
    if (!inCell) this.#outside(unseen, things);
    const outline = outlineLevel(properties) ?? style.level;
    const name = this.#document.made && (id === TITLE || id === SIGNATURE);
    const parts = name ? [shown.replaceAll("\n", "")] : paragraphsOf(shown);
    const marks = this.#marks(id, typeof outline === "number" ? outline : undefined);
    const numbered: Doubt[] =
      number !== "" && (blank || /^\P{L}*$/u.test(seenText(pieces).text)) ? [{ kind: "numbered" }] : [];
    const noted: Doubt[] = notes.length > 0 && blank ? [{ kind: "raised" }] : [];
    return {
      items: [...parts.map((part): SourceItem => ({ kind: "text", text: part, ...marks })), ...inBoxes],
      pieces: [
        ...own,
        ...boxPieces(inBoxes),
        ...(noted.length > 0 ? [{ text: "［注］", mark: "raised" } as const] : []),
      ],
      things,
      doubts: [...numbered, ...doubts],
      unseen,
    };
  }

  /** Tells what is beside a text outside of tables. */
  #outside(unseen: readonly string[], things: readonly Thing[]): void {
    for (const left of unseen) this.#keepHidden(left, "正文");
    for (const thing of things) if (OUTSIDE.has(thing)) this.#things.set(thing, (this.#things.get(thing) ?? 0) + 1);
  }

  /** What a paragraph is, besides its text. */
  #marks(style: string | undefined, level: number | undefined): Pick<SourceText, "level" | "role"> {
    const { own } = this.#document;
    if (own && style === TITLE) return { level: 1 };
    if (own && style === SIGNATURE) return { role: "signature" };
    return level === undefined ? {} : { level: own ? levelBelowTitle(level) : level };
  }

  #cell(cell: XmlElement): Cell {
    const properties = elementAt(cell, "tcPr");
    const before = this.#ground;
    const ground = groundOf(properties);
    if (ground && ground !== "auto") this.#ground = ground;
    this.#cells += 1;
    const parts = this.#parts(cell);
    this.#cells -= 1;
    this.#ground = before;
    return { properties, parts, items: parts.flatMap(({ items }) => items) };
  }

  #rows(table: XmlElement): { row: XmlElement | undefined; cells: Cell[] }[] {
    const before = this.#table;
    this.#table = valueAt(table, "tblPr", "tblStyle");
    const rows = contentsOf(table)
      .filter((row) => row.name === "tr" && !isOn(row, "trPr", "del"))
      .map((row) => ({
        row: elementAt(row, "trPr"),
        cells: contentsOf(row)
          .filter((cell) => cell.name === "tc" && !elementAt(cell, "tcPr", "cellDel"))
          .map((cell) => this.#cell(cell)),
      }));
    this.#table = before;
    return rows.filter(({ row, cells }) => {
      if (!isOn(row, "hidden")) return true;
      const text = cells.flatMap(({ items }) => items.map((item) => (item.kind === "text" ? item.text : "")));
      this.#keepHidden(text.join(" "), "隐藏的表格行");
      return false;
    });
  }

  /** A table; what stands in a table only to be laid out, as it would stand without. */
  #tableItems(table: XmlElement): SourceItem[] {
    const rows = this.#rows(table);
    const filled = rows.map(({ cells }) => cells.filter(({ items }) => items.length > 0).length);
    const nested = rows.some(({ cells }) => cells.some(({ items }) => items.some(({ kind }) => kind === "table")));
    const single = rows.every(({ cells }) => cells.length === 1);
    if (single || (nested && filled.every((count) => count < 2))) {
      for (const { cells } of rows)
        for (const { parts } of cells) for (const { unseen, things } of parts) this.#outside(unseen, things);
      return rows.flatMap(({ cells }) => cells.flatMap(({ items }) => items));
    }
    const grid = spannedGrid(
      rows.map(({ row, cells }) => ({
        skip: numberAt(0, row, "gridBefore"),
        cells: cells.map((cell): SpanningCell => {
          const { properties } = cell;
          const continues = goesOn(properties, "vMerge") ? "above" : goesOn(properties, "hMerge") ? "left" : undefined;
          const seen = this.#seen(cell, isCutOff(row), continues !== undefined);
          return { cell: seen, span: numberAt(1, properties, "gridSpan"), continues };
        }),
      })),
      MAX_PLACES - this.#places,
    );
    for (const row of grid) this.#places += row.length;
    const inside = rows.flatMap(({ cells }) =>
      cells.flatMap(({ items }) => items.filter(({ kind }) => kind === "table")),
    );
    return [{ kind: "table", grid }, ...inside];
  }

  /** What is seen of a cell of a table. */
  #seen({ properties, parts }: Cell, cutOff: boolean, covered: boolean): SourceCell {
    const pieces = parts
      .filter((part) => part.pieces.some(({ text }) => text.trim() !== ""))
      .flatMap((part, i) => (i === 0 ? part.pieces : [BREAK, ...part.pieces]));
    const doubts: Doubt[] = parts.flatMap((part) => part.doubts);
    if (isCrossed(properties)) doubts.push({ kind: "crossed" });
    if (cutOff) doubts.push({ kind: "clipped" });
    const cell = seenCell({ pieces, things: parts.flatMap(({ things }) => things), doubts });
    if (covered && hasDigits(cell.text) && cell.text.length < 40) this.#keepHidden(cell.text, "被合并的格");
    return tableCell(cell);
  }
}

/** What the boxes in a paragraph say, below it. */
const boxPieces = (items: readonly SourceItem[]): Piece[] =>
  items.flatMap((item): Piece[] => (item.kind === "text" ? [BREAK, { text: item.text, mark: "plain" }] : []));
