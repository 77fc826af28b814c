/** Reads WordprocessingML (ISO/IEC 29500-1) as Word, WPS and LibreOffice write it: what the pages show, in reading order. */

import { signatureDate } from "../../compose/numerals.ts";
import { itemsDigest, levelBelowTitle, PREFIX, SIGNATURE, TITLE } from "../../render/docx/own.ts";
import { usccCheckCharacter } from "../../rules/check-character.ts";
import type { OwnFacts, SourceDocument, SourceItem, SourceText } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { Numbering } from "./docx-numbering.ts";
import { listPlace, outlineLevel, Styles } from "./docx-styles.ts";
import { contentsOf, paragraphsOf, paragraphText } from "./docx-text.ts";
import { type SpanningCell, spannedGrid } from "./grid.ts";
import { namedTree, type OfficePackage, openOffice, propertiesOf, relationsOf, treeOf } from "./office.ts";
import { elementAt, elementsOf, isOn, valueAt, type XmlElement } from "./xml.ts";

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

class Reader {
  readonly #own: boolean;
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #notes: ReadonlyMap<string, XmlElement>;
  /** The notes that were referred to, in order. */
  readonly #cited: string[] = [];
  /** The text of a paragraph whose end was deleted: the next one goes on with it. */
  #carried = "";

  constructor(
    styles: Styles,
    numbering: Numbering,
    notes: ReadonlyMap<string, XmlElement>,
    /** Whether the document may be one of this system, whose styles say what its paragraphs are. */
    own: boolean,
  ) {
    this.#own = own;
    this.#styles = styles;
    this.#numbering = numbering;
    this.#notes = notes;
  }

  /** Everything in a body, a cell or a box. */
  items(container: XmlElement): SourceItem[] {
    const items = contentsOf(container).flatMap((child) => {
      if (child.name === "p") return this.#paragraph(child);
      if (child.name === "tbl") return [...this.#left(), ...this.#table(child)];
      if (child.name === "altChunk")
        throw new ImportError(
          "文件里嵌着另一个文件（多由网站导出），请用 Word 或 WPS 打开，另存为 .docx 后再导入",
          "The file only holds another one (web sites export such): open it in Word or WPS, save it as .docx and import that",
        );
      return [];
    });
    return [...items, ...this.#left()];
  }

  /** What was carried on and no paragraph has followed. */
  #left(): SourceItem[] {
    const text = this.#carried;
    this.#carried = "";
    return paragraphsOf(text).map((part) => ({ kind: "text", text: part }));
  }

  /** The notes' texts, after everything else. */
  notes(): SourceItem[] {
    return this.#cited.flatMap((id) => {
      const note = this.#notes.get(id);
      return note ? this.items(note) : [];
    });
  }

  #number(properties: XmlElement | undefined, style: ReturnType<Styles["of"]>): string {
    const own = listPlace(properties);
    const place = own === undefined || own.list === "" ? style.place : own;
    if (!place || place.list === "0") return "";
    const styled = style.listStyle === undefined ? undefined : this.#numbering.levelOf(place.list, style.listStyle);
    return this.#numbering.next(place.list, own?.level ?? styled ?? place.level ?? 0);
  }

  #paragraph(paragraph: XmlElement): SourceItem[] {
    const properties = elementAt(paragraph, "pPr");
    const style = this.#styles.of(valueAt(properties, "pStyle"));
    const { text, boxes, notes } = paragraphText(paragraph);
    this.#cited.push(...notes);
    const inBoxes = boxes.flatMap((box) => this.items(box));
    if (style.contents) return inBoxes;
    const number = text.trim() === "" && this.#carried === "" ? "" : this.#number(properties, style);
    const whole = this.#carried + number + text;
    this.#carried = "";
    if (isOn(properties, "rPr", "del")) {
      this.#carried = whole;
      return inBoxes;
    }
    const outline = outlineLevel(properties) ?? style.level;
    const marks = this.#marks(valueAt(properties, "pStyle"), typeof outline === "number" ? outline : undefined);
    return [...paragraphsOf(whole).map((part): SourceItem => ({ kind: "text", text: part, ...marks })), ...inBoxes];
  }

  /** What a paragraph is, besides its text. */
  #marks(style: string | undefined, level: number | undefined): Pick<SourceText, "level" | "role"> {
    if (this.#own && style === TITLE) return { level: 1 };
    if (this.#own && style === SIGNATURE) return { role: "signature" };
    return level === undefined ? {} : { level: this.#own ? levelBelowTitle(level) : level };
  }

  /** A table; what stands in a table only to be laid out, as it would stand without. */
  #table(table: XmlElement): SourceItem[] {
    const rows = contentsOf(table)
      .filter((row) => row.name === "tr" && !isOn(row, "trPr", "del"))
      .map((row) => {
        const properties = elementAt(row, "trPr");
        const cells = contentsOf(row)
          .filter((cell) => cell.name === "tc" && !elementAt(cell, "tcPr", "cellDel"))
          .map((cell) => ({ cell: elementAt(cell, "tcPr"), items: this.items(cell) }));
        return { skip: numberAt(0, properties, "gridBefore"), cells };
      });
    const filled = rows.map(({ cells }) => cells.filter(({ items }) => items.length > 0).length);
    const nested = rows.some(({ cells }) => cells.some(({ items }) => items.some(({ kind }) => kind === "table")));
    const single = rows.every(({ cells }) => cells.length === 1);
    if (single || (nested && filled.every((count) => count < 2)))
      return rows.flatMap(({ cells }) => cells.flatMap(({ items }) => items));
    const grid = spannedGrid(
      rows.map(({ skip, cells }) => ({
        skip,
        cells: cells.map(({ cell, items }): SpanningCell => {
          const text = items
            .flatMap((item) => (item.kind === "text" ? [item.text] : []))
            .join(" ")
            .replace(/[\t\r\n ]+/g, " ");
          return {
            text,
            span: numberAt(1, cell, "gridSpan"),
            continues: goesOn(cell, "vMerge") ? "above" : goesOn(cell, "hMerge") ? "left" : undefined,
          };
        }),
      })),
    );
    const inside = rows.flatMap(({ cells }) =>
      cells.flatMap(({ items }) => items.filter(({ kind }) => kind === "table")),
    );
    return [{ kind: "table", grid }, ...inside];
  }
}

/** Footnotes and endnotes by what refers to them. */
function notesOf(kind: "footnote" | "endnote", tree: XmlElement | undefined): [string, XmlElement][] {
  return elementsOf(tree, kind).map((note) => [`${kind} ${note.attributes["id"]}`, note]);
}

/** The facts that a document of this system keeps, if they are all there. */
function factsOf({ organ, uscc, year, signed }: Readonly<Record<string, string>>): OwnFacts | undefined {
  if (!organ || !uscc || !signed || !/^\d{4}$/.test(year ?? "") || uscc.length !== 18) return undefined;
  if (usccCheckCharacter(uscc) !== uscc[17]) return undefined;
  return { organ, uscc, year: Number(year), signed };
}

/** Whether title and signature print the facts. */
function agrees({ organ, year, signed }: OwnFacts, items: readonly SourceItem[]): boolean {
  const texts = items.flatMap((item) => (item.kind === "text" ? [item] : []));
  const title = texts.filter(({ level }) => level === 1).map(({ text }) => text);
  const signature = texts.filter(({ role }) => role === "signature").map(({ text }) => text);
  return (
    title[0] === organ &&
    title[1]?.startsWith(`${year}年`) === true &&
    signature[0] === organ &&
    signature[1] === signatureDate(signed)
  );
}

/** Reads an opened package. */
export async function readDocxPackage({ zip, main }: OfficePackage): Promise<SourceDocument> {
  const relations = await relationsOf(zip, main);
  const [styles, numbering] = [await namedTree(zip, relations, "styles"), await namedTree(zip, relations, "numbering")];
  const notes = new Map([
    ...notesOf("footnote", await namedTree(zip, relations, "footnotes")),
    ...notesOf("endnote", await namedTree(zip, relations, "endnotes")),
  ]);
  const body = elementAt(await treeOf(zip, main), "body");
  const itemsOf = (own: boolean): SourceItem[] => {
    const reader = new Reader(new Styles(styles), new Numbering(numbering), notes, own);
    return body ? [...reader.items(body), ...reader.notes()] : [];
  };
  const { title, own: kept } = await propertiesOf(zip, PREFIX);
  const facts = factsOf(kept);
  const marked = facts ? itemsOf(true) : [];
  const untouched = facts !== undefined && agrees(facts, marked) && itemsDigest(marked) === kept["text"];
  const items = untouched ? marked : itemsOf(false);
  if (items.length === 0)
    throw new ImportError(
      "文件中没有文字（可能只有图片），无法导入",
      "The file has no text (perhaps only pictures): there is nothing to import",
    );
  // The code of a document that was edited still holds as long as it is the same organ's.
  const same = facts && items.some((item) => item.kind === "text" && item.text === facts.organ);
  return {
    format: "docx",
    ...(title === undefined ? {} : { title }),
    ...(untouched ? { own: facts } : same ? { uscc: facts.uscc } : {}),
    items,
  };
}

/**
 * Reads a DOCX file: paragraphs with the numbers that Word counted, heading levels, tables with their spans resolved,
 * boxes of text after the paragraph that they hang on, notes at the end. Headers, footers, comments, hidden and deleted
 * text and the table of contents are left out. A document of this system that was not edited says what it is.
 * @throws ImportError when the file is damaged, encrypted, too large, or no DOCX
 */
export async function readDocx(bytes: Uint8Array): Promise<SourceDocument> {
  const office = await openOffice(bytes);
  if (office.format !== "docx")
    throw new ImportError("不是Word文档，是电子表格", "Not a Word document but a spreadsheet");
  return readDocxPackage(office);
}
