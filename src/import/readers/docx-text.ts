/** The text of a paragraph as the page shows it (ISO/IEC 29500-1, 17.3): insertions in, deletions and codes of fields out. */
import type { Doubt, Thing } from "../doubt.ts";
import type { Mark, Piece } from "./cell-content.ts";
import type { Rgb } from "./color.ts";
import { chosen, deletedText, drawnThing, isContents, mathText, textBoxes, WRAPPERS } from "./docx-contents.ts";
import { dropDownText, type Field, fieldThing, resultThing } from "./docx-field.ts";
import { type Look, lookDoubt, lookFrom, markOf, runLook } from "./docx-look.ts";
import type { Styles } from "./docx-styles.ts";
import { elementAt, elementsOf, isOn, textOf, valueAt, type XmlElement } from "./xml.ts";

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

/** A sign of a symbol font by its code; fonts of old keep theirs in the private use area. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? "", 16);
  return value > 0x1f && value < 0xfffe && !(value >= 0xd800 && value < 0xe000) ? String.fromCharCode(value) : "";
}
