/** Reads WordprocessingML (ISO/IEC 29500-1) as Word, WPS and LibreOffice write it: what the pages show, in reading order. */

import { factsKept, isUntouched, PREFIX } from "../../formats/docx/own.ts";
import type { SourceDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { BodyReader } from "./docx-body.ts";
import { Numbering } from "./docx-numbering.ts";
import { Styles } from "./docx-styles.ts";
import { namedTree, type OfficePackage, openOffice, propertiesOf, relationsOf, treeOf } from "./office.ts";
import { elementAt, elementsOf, isOn, type XmlElement } from "./xml.ts";

/** Footnotes and endnotes by what refers to them. */
function notesOf(kind: "footnote" | "endnote", tree: XmlElement | undefined): [string, XmlElement][] {
  return elementsOf(tree, kind).map((note) => [`${kind} ${note.attributes["id"]}`, note]);
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
  const stale = isOn(await namedTree(zip, relations, "settings"), "updateFields");
  const { title, company, own: kept } = await propertiesOf(zip, PREFIX);
  const facts = factsKept(kept);
  const read = (own: boolean): BodyReader => {
    const reader = new BodyReader({
      styles: new Styles(styles),
      numbering: new Numbering(numbering),
      notes,
      stale,
      own,
      made: facts !== undefined,
    });
    if (body) reader.read(body);
    return reader;
  };
  const marked = facts ? read(true) : undefined;
  const untouched = facts !== undefined && marked && isUntouched(facts, marked.items, kept);
  const { items, hidden, things } = untouched ? marked : read(false);
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
    ...(company === undefined ? {} : { meta: { site: company } }),
    ...(untouched ? { own: facts } : same ? { uscc: facts.uscc } : {}),
    items,
    ...(hidden.length > 0 ? { hidden } : {}),
    ...(things.length > 0 ? { things } : {}),
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
