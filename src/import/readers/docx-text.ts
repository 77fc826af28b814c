/** The text of a paragraph as the page shows it (ISO/IEC 29500-1, 17.3): insertions in, deletions and codes of fields out. */
import { elementAt, elementsOf, isOn, textOf, type XmlElement } from "./xml.ts";

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
  "oMath",
  "oMathPara",
]);
const DELETED = new Set(["del", "moveFrom"]);

const isContents = (element: XmlElement): boolean =>
  /table of contents/i.test(elementAt(element, "sdtPr", "docPartObj", "docPartGallery")?.attributes["val"] ?? "");

/** What is in an element, without what only stands around it and what was deleted. */
export function contentsOf(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (DELETED.has(child.name) || isContents(child)) return [];
    if (WRAPPERS.has(child.name)) return contentsOf(child);
    if (child.name !== "AlternateContent") return [child];
    // The same thing twice, for new programs and for old ones.
    const chosen = elementAt(child, "Choice") ?? elementAt(child, "Fallback");
    return chosen ? contentsOf(chosen) : [];
  });
}

/** The boxes of text that a drawing holds, in order. */
export function textBoxes(element: XmlElement): XmlElement[] {
  if (element.name === "txbxContent") return [element];
  return contentsOf(element).flatMap(textBoxes);
}

/** What a paragraph shows and refers to. */
export interface ParagraphText {
  /** Tabs as they are, breaks as line feeds. */
  readonly text: string;
  readonly boxes: readonly XmlElement[];
  /** Ids of its footnotes and endnotes, e.g. `footnote 2`. */
  readonly notes: readonly string[];
}

/** Reads the runs of a paragraph. */
export function paragraphText(paragraph: XmlElement): ParagraphText {
  let text = "";
  const boxes: XmlElement[] = [];
  const notes: string[] = [];
  /** For each field that is open whether its result has begun: what stands before is its code. */
  const fields: boolean[] = [];
  const shown = (): boolean => fields.every(Boolean);
  const read = (element: XmlElement): void => {
    for (const child of contentsOf(element)) {
      switch (child.name) {
        case "r":
          if (!isOn(child, "rPr", "vanish")) read(child);
          break;
        case "t":
          if (shown()) text += textOf(child).replace(/[\r\n]+/g, " ");
          break;
        case "tab":
        case "ptab":
          if (shown()) text += "\t";
          break;
        case "br":
        case "cr":
          if (shown()) text += "\n";
          break;
        case "noBreakHyphen":
          if (shown()) text += "-";
          break;
        case "sym":
          if (shown()) text += symbol(child.attributes["char"]);
          break;
        case "fldChar":
          if (child.attributes["fldCharType"] === "begin") fields.push(false);
          else if (child.attributes["fldCharType"] === "separate") fields.splice(-1, 1, true);
          else fields.pop();
          break;
        case "ruby": {
          const base = elementAt(child, "rubyBase");
          if (base) read(base);
          break;
        }
        case "footnoteReference":
        case "endnoteReference":
          notes.push(`${child.name.replace("Reference", "")} ${child.attributes["id"]}`);
          break;
        case "drawing":
        case "pict":
        case "object":
          boxes.push(...textBoxes(child));
          break;
      }
    }
  };
  read(paragraph);
  return { text, boxes, notes };
}

/** A sign of a symbol font by its code; fonts of old keep theirs in the private use area. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? "", 16);
  return value > 0x1f && value < 0xfffe && !(value >= 0xd800 && value < 0xe000) ? String.fromCharCode(value) : "";
}

/** A paragraph that begins like a heading. */
const NUMBERED = /^[\s　]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])/u;

/**
 * A text with breaks as its paragraphs. Text that comes from web pages has breaks where paragraphs should be: one that
 * follows the end of a sentence or comes before a heading's number is taken for such, any other for a space.
 */
export function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  for (const line of text.split("\n")) {
    const last = paragraphs.at(-1);
    if (
      last === undefined ||
      last.trim() === "" ||
      NUMBERED.test(line) ||
      NUMBERED.test(last) ||
      /[。！？：；]\s*$/u.test(last)
    )
      paragraphs.push(line);
    else paragraphs[paragraphs.length - 1] = `${last} ${line}`;
  }
  return paragraphs.filter((paragraph) => paragraph.trim() !== "");
}
