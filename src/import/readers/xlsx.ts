/** Reads SpreadsheetML (ISO/IEC 29500-1) as Excel, WPS and LibreOffice write it. */
import type { SourceDocument, SourceText } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { namedTree, type OfficePackage, openOffice, propertiesOf, relationsOf, treeOf } from "./office.ts";
import { isSectionHeading, sheetItems } from "./xlsx-layout.ts";
import { readSheet, type Workbook } from "./xlsx-sheet.ts";
import { cellFormats, richText } from "./xlsx-values.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";
import { officeErrors, type Zip } from "./zip.ts";

/** The paragraphs of the text boxes that lie on a sheet. */
async function drawnTexts(zip: Zip, sheet: string): Promise<SourceText[]> {
  const paragraphs = (element: XmlElement | undefined): string[] =>
    elementsOf(element).flatMap((child) => (child.name === "p" ? [textOf(child)] : paragraphs(child)));
  const texts = paragraphs(await namedTree(zip, await relationsOf(zip, sheet), "drawing"));
  return texts.filter((text) => text.trim() !== "").map((text) => ({ kind: "text", text: text.trim() }));
}

/** Reads an opened package. */
export async function readXlsxPackage({ zip, main }: OfficePackage): Promise<SourceDocument> {
  const relations = await relationsOf(zip, main);
  const tree = await treeOf(zip, main);
  const workbook: Workbook = {
    strings: elementsOf(await namedTree(zip, relations, "sharedStrings"), "si").map(richText),
    formats: cellFormats(await namedTree(zip, relations, "styles")),
    from1904: /^(?:1|true)$/.test(elementAt(tree, "workbookPr")?.attributes["date1904"] ?? ""),
  };
  const items: SourceDocument["items"][number][] = [];
  const hidden: { text: string; where: string }[] = [];
  for (const { attributes } of elementsOf(elementAt(tree, "sheets"), "sheet")) {
    const name = attributes["name"] ?? "";
    const relation = relations.find(({ id }) => id === attributes["id"]);
    if (relation?.type !== "worksheet") continue;
    const part = await zip.read(relation.target);
    if (!part) throw officeErrors.damaged();
    const sheet = readSheet(part, workbook);
    const own = [...sheetItems(sheet), ...(await drawnTexts(zip, relation.target))];
    if (/hidden/i.test(attributes["state"] ?? "")) {
      if (own.length > 0) hidden.push({ text: name, where: `隐藏的工作表“${name}”` });
      continue;
    }
    for (const { row, text } of sheet.hidden) hidden.push({ text, where: `工作表“${name}”第${row}行（隐藏）` });
    // A sheet for a section has its heading on its tab.
    const headed = own.some((item) => item.kind === "text" && isSectionHeading(item.text));
    if (own.length > 0 && !headed && isSectionHeading(name)) items.push({ kind: "text", text: name, level: 1 });
    items.push(...own);
  }
  if (items.length === 0)
    throw new ImportError(
      "工作簿中没有可见的文字和数字，无法导入",
      "The workbook shows no text and no figures: there is nothing to import",
    );
  const { title } = await propertiesOf(zip);
  return {
    format: "xlsx",
    ...(title === undefined ? {} : { title }),
    items,
    ...(hidden.length > 0 ? { hidden } : {}),
  };
}

/**
 * Reads an XLSX file, its sheets in order: rows of one text become text, rows of several cells below one another tables;
 * boxes of text on a sheet come after it. Numbers are given as they are kept, without the noise of binary fractions; dates
 * as 2021年1月26日; a formula that was never calculated as itself. Hidden sheets, rows and columns are not read, and said to be there.
 * @throws ImportError when the file is damaged, encrypted, too large, or no XLSX
 */
export async function readXlsx(bytes: Uint8Array): Promise<SourceDocument> {
  const office = await openOffice(bytes);
  if (office.format !== "xlsx")
    throw new ImportError("不是电子表格，是Word文档", "Not a spreadsheet but a Word document");
  return readXlsxPackage(office);
}
