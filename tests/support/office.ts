/** Office files as small as programs read them, made of the XML that a test is about. */
import { strToU8, type Zippable, zipSync } from "fflate";

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** Parts by name; text is written as UTF-8. */
export type Parts = Readonly<Record<string, string | Uint8Array>>;

export const zipOf = (parts: Parts): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
    ) as Zippable,
  );

const relationships = (list: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

const contentTypes = (main: string, type: string): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

export interface DocxParts {
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
}

/** The parts of a DOCX by the content of its body. */
export const docxParts = (body: string, { styles = "", numbering = "", footnotes = "" }: DocxParts = {}): Parts => ({
  "[Content_Types].xml": contentTypes("word/document.xml", "wordprocessingml.document"),
  "_rels/.rels": relationships([["rId1", "officeDocument", "word/document.xml"]]),
  "word/_rels/document.xml.rels": relationships([
    ["rId1", "styles", "styles.xml"],
    ["rId2", "numbering", "numbering.xml"],
    ["rId3", "footnotes", "/word/footnotes.xml"],
  ]),
  "word/document.xml": `${XML}<w:document ${W}><w:body>${body}<w:sectPr/></w:body></w:document>`,
  "word/styles.xml": `${XML}<w:styles ${W}>${styles}</w:styles>`,
  "word/numbering.xml": `${XML}<w:numbering ${W}>${numbering}</w:numbering>`,
  "word/footnotes.xml": `${XML}<w:footnotes ${W}>${footnotes}</w:footnotes>`,
});

export const docxFile = (body: string, parts?: DocxParts): Uint8Array => zipOf(docxParts(body, parts));

/** A paragraph of one run. */
export const p = (text: string, properties = ""): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** A sheet: its `sheetData` rows and what follows them. */
export interface SheetParts {
  readonly name: string;
  readonly rows: string;
  readonly merges?: readonly string[];
  readonly before?: string;
  readonly state?: string;
}

export interface XlsxParts {
  readonly strings?: string;
  readonly styles?: string;
  readonly workbook?: string;
}

export const xlsxParts = (
  sheets: readonly SheetParts[],
  { strings = "", styles = "", workbook = "" }: XlsxParts = {},
): Parts => ({
  "[Content_Types].xml": contentTypes("xl/workbook.xml", "spreadsheetml.sheet"),
  "_rels/.rels": relationships([["rId1", "officeDocument", "xl/workbook.xml"]]),
  "xl/_rels/workbook.xml.rels": relationships([
    ...sheets.map((_, i) => [`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`] as const),
    ["rId901", "sharedStrings", "sharedStrings.xml"],
    ["rId902", "styles", "styles.xml"],
  ]),
  "xl/workbook.xml": `${XML}<workbook ${S} xmlns:r="${OFFICE}">${workbook}<sheets>${sheets
    .map(
      ({ name, state }, i) =>
        `<sheet name="${name}" sheetId="${i + 1}" ${state ? `state="${state}" ` : ""}r:id="rId${i + 1}"/>`,
    )
    .join("")}</sheets></workbook>`,
  "xl/sharedStrings.xml": `${XML}<sst ${S}>${strings}</sst>`,
  "xl/styles.xml": `${XML}<styleSheet ${S}>${styles}</styleSheet>`,
  ...Object.fromEntries(
    sheets.map(({ rows, merges = [], before = "" }, i) => [
      `xl/worksheets/sheet${i + 1}.xml`,
      `${XML}<worksheet ${S}>${before}<sheetData>${rows}</sheetData>${merges.length > 0 ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>` : ""}</worksheet>`,
    ]),
  ),
});

export const xlsxFile = (sheets: readonly SheetParts[], parts?: XlsxParts): Uint8Array =>
  zipOf(xlsxParts(sheets, parts));

const column = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : column(Math.floor(index / 26) - 1) + column(index % 26);

/** Rows of cells from a row on: numbers as numbers, texts as inline strings, `null` for no cell, other XML as it is. */
export const rowsOf = (
  rows: readonly (readonly (string | number | null | { readonly xml: string })[])[],
  first = 1,
): string =>
  rows
    .map((cells, r) => {
      const xml = cells.map((cell, c) => {
        const at = `${column(c)}${first + r}`;
        if (cell === null) return "";
        if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
        if (typeof cell === "object") return cell.xml.replace("<c", `<c r="${at}"`);
        return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
      });
      return `<row r="${first + r}">${xml.join("")}</row>`;
    })
    .join("");
