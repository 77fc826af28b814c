/** The text of a paragraph as the page shows it (ISO/IEC 29500-1, 17.3): insertions in, deletions and codes of fields out. */
import type { Doubt, Thing } from "../doubt.ts";
import type { Mark, Piece } from "./cell-content.ts";
import type { Rgb } from "./color.ts";
import { dropDownText, type Field, fieldThing, resultThing } from "./docx-field.ts";
import { type Look, lookDoubt, lookFrom, markOf, runLook } from "./docx-look.ts";
import type { Styles } from "./docx-styles.ts";
import { elementAt, elementsOf, isOn, textOf, valueAt, type XmlElement } from "./xml.ts";

/** Elements that stand around others and add nothing: content controls, links, insertions. */
const WRAPPERS = new Set([
  "sdt",
  "sdtContent",
  "ins",
  "moveTo",
  "customXml",
  "smartTag",
  "hyperlink",
  "fldSimple",
  "dir",
  "bdo",
]);
const DELETED = new Set(["del", "moveFrom"]);

const isContents = (element: XmlElement): boolean =>
  /table of contents/i.test(elementAt(element, "sdtPr", "docPartObj", "docPartGallery")?.attributes["val"] ?? "");

/** Of the same thing twice, for new programs and for old ones, the one that is shown. */
const chosen = (element: XmlElement): XmlElement | undefined =>
  elementAt(element, "Choice") ?? elementAt(element, "Fallback");

/** What is in an element, without what only stands around it and what was deleted. */
export function contentsOf(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (DELETED.has(child.name) || isContents(child)) return [];
    if (WRAPPERS.has(child.name)) return contentsOf(child);
    if (child.name !== "AlternateContent") return [child];
    const choice = chosen(child);
    return choice ? contentsOf(choice) : [];
  });
}

/** The boxes of text that a drawing holds, in order. */
export function textBoxes(element: XmlElement): XmlElement[] {
  if (element.name === "txbxContent") return [element];
  return contentsOf(element).flatMap(textBoxes);
}

/** What a drawing, a picture or an object is. */
function drawnThing(element: XmlElement): Thing {
  const names = new Set<string>();
  const collect = (at: XmlElement): void => {
    names.add(at.name);
    for (const child of elementsOf(at)) if (child.name !== "txbxContent") collect(child);
  };
  collect(element);
  if (names.has("OLEObject")) return "workbook";
  if (names.has("control")) return "control";
  if (names.has("chart") || names.has("relIds")) return "chart";
  return names.has("blip") || names.has("imagedata") ? "picture" : "drawing";
}

/** What a paragraph shows and refers to. */
export interface ParagraphText {
  /** Tabs as they are, breaks as line feeds. */
  readonly pieces: readonly Piece[];
  readonly boxes: readonly XmlElement[];
  readonly things: readonly Thing[];
  readonly doubts: readonly Doubt[];
  /** Ids of its footnotes and endnotes, e.g. `footnote 2`. */
  readonly notes: readonly string[];
}

/** What a paragraph stands in. */
export interface Surroundings {
  readonly styles: Styles;
  /** The style of the table around it. */
  readonly table: string | undefined;
  /** What is behind its text. */
  readonly ground: Rgb;
  /** Whether fields are to be worked out anew before anybody sees them. */
  readonly stale: boolean;
}

const DOUBTS: Readonly<Record<"symbols" | "overlap" | "combined" | "turned", Doubt>> = {
  symbols: {
    kind: "other",
    words: { zh: "用的是符号字体，显示的不是数字", en: "the font shows signs in place of digits" },
  },
  overlap: { kind: "overlap" },
  combined: { kind: "other", words: { zh: "是双行合一的文字", en: "the text is set as two lines in one" } },
  turned: { kind: "other", words: { zh: "文字从右向左显示", en: "the text is shown from right to left" } },
};

/** Reads the runs of a paragraph. */
class ParagraphReader {
  readonly pieces: Piece[] = [];
  readonly boxes: XmlElement[] = [];
  readonly things: Thing[] = [];
  readonly doubts: Doubt[] = [];
  readonly notes: string[] = [];
  readonly #around: Surroundings;
  readonly #base: readonly Look[];
  /** The fields that are open, the innermost last. */
  readonly #fields: Field[] = [];
  /** How many of them show nothing yet: what stands there is code. */
  #codes = 0;
  #mark: Mark = "plain";

  constructor(paragraph: XmlElement, around: Surroundings) {
    this.#around = around;
    const properties = elementAt(paragraph, "pPr");
    const style = valueAt(properties, "pStyle");
    this.#base = [
      around.styles.lookOf("table", around.table),
      around.styles.lookOf("paragraph", style),
      lookFrom(undefined, properties),
    ];
    if (elementAt(properties, "framePr")) this.things.push("drawing");
  }

  #add(text: string, mark = this.#mark): void {
    if (this.#codes > 0 || text === "") return;
    this.pieces.push({ text, mark });
    if (text.trim() !== "") for (const field of this.#fields) field.shown = true;
  }

  read(element: XmlElement): void {
    for (const child of elementsOf(element)) this.#inline(child);
  }

  #inline(child: XmlElement): void {
    switch (child.name) {
      case "r":
        this.#run(child);
        break;
      case "sdt":
        if (isContents(child)) break;
        if (isOn(child, "sdtPr", "showingPlcHdr") || elementAt(child, "sdtPr", "dataBinding"))
          this.things.push("control");
        this.read(child);
        break;
      case "bdo":
      case "dir":
        if (child.attributes["val"] === "rtl") this.doubts.push(DOUBTS.turned);
        this.read(child);
        break;
      case "fldSimple": {
        const field = this.#begin(child, child.attributes["instr"] ?? "");
        this.#separate(field);
        this.read(child);
        this.#end();
        break;
      }
      case "oMath":
      case "oMathPara":
        this.things.push("equation");
        this.#add(mathText(child), "plain");
        break;
      case "AlternateContent": {
        const choice = chosen(child);
        if (choice) this.read(choice);
        break;
      }
      case "del":
      case "moveFrom":
        this.#add(deletedText(child), "deleted");
        break;
      default:
        if (WRAPPERS.has(child.name)) this.read(child);
    }
  }

  #run(run: XmlElement): void {
    const { styles, ground } = this.#around;
    const properties = elementAt(run, "rPr");
    const styled = styles.lookOf("character", valueAt(properties, "rStyle"));
    const look = runLook(styles.defaults, [...this.#base, styled], lookFrom(properties));
    const before = this.#mark;
    this.#mark = markOf(look, ground);
    const doubt = lookDoubt(look);
    if (doubt && this.#mark !== "hidden" && /\p{N}/u.test(textOf(run))) this.doubts.push(DOUBTS[doubt]);
    for (const child of elementsOf(run)) this.#inRun(child);
    this.#mark = before;
  }

  #inRun(child: XmlElement): void {
    switch (child.name) {
      case "t":
        this.#add(textOf(child).replace(/[\r\n]+/g, " "));
        break;
      case "tab":
      case "ptab":
        this.#add("\t");
        break;
      case "br":
      case "cr":
        this.#add("\n");
        break;
      case "noBreakHyphen":
        this.#add("-");
        break;
      case "sym":
        this.doubts.push(DOUBTS.symbols);
        this.#add(symbol(child.attributes["char"]));
        break;
      case "fldChar": {
        const type = child.attributes["fldCharType"];
        const open = this.#fields.at(-1);
        if (type === "begin") this.#begin(child, "");
        else if (type === "separate" && open) this.#separate(open);
        else if (type === "end") this.#end();
        break;
      }
      case "instrText": {
        const open = this.#fields.at(-1);
        if (open && open.code.length < 256) open.code += textOf(child);
        break;
      }
      case "ruby": {
        const base = elementAt(child, "rubyBase");
        this.#add(textOf(elementAt(child, "rt")), "ruby");
        if (base) this.read(base);
        break;
      }
      case "footnoteReference":
      case "endnoteReference":
        this.notes.push(`${child.name.replace("Reference", "")} ${child.attributes["id"]}`);
        break;
      case "drawing":
      case "pict":
      case "object":
        if (this.#mark !== "hidden") {
          this.boxes.push(...textBoxes(child));
          this.things.push(drawnThing(child));
        }
        break;
      case "AlternateContent": {
        const choice = chosen(child);
        for (const inner of choice ? elementsOf(choice) : []) this.#inRun(inner);
        break;
      }
    }
  }

  #begin(element: XmlElement, code: string): Field {
    const dirty = /^(?:1|true|on)$/.test(element.attributes["dirty"] ?? "");
    const field: Field = { code, data: elementAt(element, "ffData"), dirty, parted: false, shown: false };
    this.#fields.push(field);
    this.#codes += 1;
    return field;
  }

  #separate(field: Field): void {
    if (!field.parted) this.#codes -= 1;
    field.parted = true;
  }

  #end(): void {
    const field = this.#fields.pop();
    if (!field) return;
    if (!field.parted) this.#codes -= 1;
    if (this.#codes > 0) return;
    const thing = field.shown ? resultThing(field, this.#around.stale) : fieldThing(field);
    if (thing) this.things.push(thing);
    const choice = field.shown ? undefined : dropDownText(field);
    if (choice !== undefined) this.#add(choice);
  }
}

/** Reads the runs of a paragraph. */
export function paragraphText(paragraph: XmlElement, around: Surroundings): ParagraphText {
  const reader = new ParagraphReader(paragraph, around);
  reader.read(paragraph);
  return reader;
}

/** What an equation has in its runs, one after the other. */
function mathText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => (child.name === "t" ? textOf(child) : mathText(child)))
    .join("");
}

/** The text that a change took away. */
function deletedText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => (child.name === "delText" || child.name === "t" ? textOf(child) : deletedText(child)))
    .join("");
}

/** A sign of a symbol font by its code; fonts of old keep theirs in the private use area. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? "", 16);
  return value > 0x1f && value < 0xfffe && !(value >= 0xd800 && value < 0xe000) ? String.fromCharCode(value) : "";
}

/** A paragraph that begins like a heading. */
const NUMBERED = /^(?:[一二三四五六七八九十]{1,5}、|[（(][一二三四五六七八九十\d]{1,5}[）)]|\d{1,2}[.．、])/u;
const beginsLikeHeading = (line: string): boolean => NUMBERED.test(line.slice(0, 200).trimStart());
const endsSentence = (line: string): boolean => /[。！？：；]$/u.test(line.trimEnd().slice(-1));

/**
 * A text with breaks as its paragraphs. Text that comes from web pages has breaks where paragraphs should be: one that
 * follows the end of a sentence or comes before a heading's number is taken for such, any other for a space.
 */
export function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  let open: string[] = [];
  let [filled, heading, ends] = [false, false, false];
  const close = (): void => {
    if (filled) paragraphs.push(open.join(" "));
    open = [];
  };
  for (const line of text.split("\n")) {
    const begins = beginsLikeHeading(line);
    if (open.length > 0 && (!filled || begins || heading || ends)) close();
    const first = open.length === 0;
    const blank = line.trim() === "";
    if (first) [filled, heading, ends] = [false, begins, false];
    if (!blank || first) open.push(line);
    if (!blank) [filled, ends] = [true, endsSentence(line)];
  }
  close();
  return paragraphs;
}
