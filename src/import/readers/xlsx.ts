/** Reads SpreadsheetML (ISO/IEC 29500-1) as Excel, WPS and LibreOffice write it. */
import type { FormLabels } from "../../form/label-index.ts";
import type { SourceDocument, SourceItem } from "../document.ts";
import type { Thing } from "../doubt.ts";
import { ImportError } from "../import-error.ts";
import { namedTree, type OfficePackage, openOffice, propertiesOf, relationsOf, treeOf } from "./office.ts";
import { officeErrors } from "./office-errors.ts";
import type { ReadOptions } from "./reader.ts";
import type { Workbook } from "./xlsx-cell.ts";
import { type Drawings, drawingsOf } from "./xlsx-drawing.ts";
import { misjudged } from "./xlsx-formula.ts";
import { type LayoutBudget, sheetItems } from "./xlsx-layout.ts";
import { workbookStyles } from "./xlsx-look.ts";
import { type SheetBudget, SheetReader } from "./xlsx-sheet.ts";
import { richText } from "./xlsx-strings.ts";
import { chosenSheets, type ShownSheet } from "./xlsx-twice.ts";
import { elementAt, elementsOf, type XmlElement } from "./xml.ts";
import type { Zip } from "./zip.ts";

/** No report's workbook has as many. */
const MAX_SHEETS = 500;

const isOn = (value: string | undefined): boolean => /^(?:1|true)$/.test(value ?? "");
const isOff = (value: string | undefined): boolean => /^(?:0|false)$/.test(value ?? "");

/** A sheet of the workbook, read but not judged. */
interface OpenSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly reader: SheetReader;
  readonly drawings: Drawings;
}

/** Whether the workbook asks to be calculated when it is opened. */
function recalculates(tree: XmlElement | undefined): boolean {
  const { fullCalcOnLoad, forceFullCalc, calcCompleted } = elementAt(tree, "calcPr")?.attributes ?? {};
  return isOn(fullCalcOnLoad) || isOn(forceFullCalc) || isOff(calcCompleted);
}

async function openSheets(
  zip: Zip,
  tree: XmlElement | undefined,
  relations: Awaited<ReturnType<typeof relationsOf>>,
  workbook: Workbook,
): Promise<OpenSheet[]> {
  const named = new Map(relations.map((relation) => [relation.id, relation]));
  const budget: SheetBudget = { cells: 0, characters: 0 };
  const all = elementsOf(elementAt(tree, "sheets"), "sheet");
  if (all.length > MAX_SHEETS) throw officeErrors.tooLarge();
  const sheets: OpenSheet[] = [];
  for (const { attributes } of all) {
    const relation = named.get(attributes["id"] ?? "");
    if (relation?.type !== "worksheet") continue;
    const part = await zip.read(relation.target);
    if (!part) throw officeErrors.damaged();
    sheets.push({
      name: attributes["name"] ?? "",
      isHidden: /hidden/i.test(attributes["state"] ?? ""),
      reader: new SheetReader(part, workbook, budget),
      drawings: await drawingsOf(zip, relation.target),
    });
  }
  return sheets;
}

/** Says of formulas whose values are not what they come to that they are not to be read. */
function judge(sheets: readonly OpenSheet[], tree: XmlElement | undefined): void {
  const formulas = sheets.map(({ name, reader: { values, formulas: own } }) => ({ name, values, formulas: own }));
  const readers = new Map(formulas.map((sheet, i) => [sheet, sheets[i]!.reader]));
  // Values that were rounded as they are shown do not add up.
  if (isOff(elementAt(tree, "calcPr")?.attributes["fullPrecision"])) return;
  for (const { sheet, cell, doubt } of misjudged(formulas, recalculates(tree)))
    readers.get(sheet as (typeof formulas)[number])!.doubt(cell.row, cell.column, doubt);
}

/** Reads an opened package. */
export async function readXlsxPackage({ zip, main }: OfficePackage, labels: FormLabels): Promise<SourceDocument> {
  const relations = await relationsOf(zip, main);
  const tree = await treeOf(zip, main);
  const styles = workbookStyles(
    await namedTree(zip, relations, "styles"),
    await namedTree(zip, relations, "theme").catch(() => undefined),
  );
  const workbook: Workbook = {
    styles,
    strings: elementsOf(await namedTree(zip, relations, "sharedStrings"), "si").map((si) => richText(si, styles.theme)),
    from1904: isOn(elementAt(tree, "workbookPr")?.attributes["date1904"]),
  };
  const sheets = await openSheets(zip, tree, relations, workbook);
  judge(sheets, tree);
  const shown: ShownSheet[] = [];
  const hidden: { text: string; where: string }[] = [];
  const things = new Map<Thing, number>();
  const budget: LayoutBudget = { places: 0, rows: 0 };
  for (const { name, isHidden, reader, drawings } of sheets) {
    const sheet = reader.finish(isHidden ? [] : drawings.areas);
    const own: SourceItem[] = [...sheetItems(sheet, budget, labels), ...drawings.texts];
    if (isHidden) {
      if (own.length > 0) hidden.push({ text: name, where: `隐藏的工作表“${name}”` });
      continue;
    }
    for (const { row, text } of sheet.hidden) hidden.push({ text, where: `工作表“${name}”第${row}行（隐藏）` });
    for (const { thing } of drawings.areas) things.set(thing, (things.get(thing) ?? 0) + 1);
    // A sheet for a section has its heading on its tab.
    const headed = own.some((item) => item.kind === "text" && labels.isNearTitle(item.text));
    if (own.length > 0 && !headed && labels.isNearTitle(name)) own.unshift({ kind: "text", text: name, level: 1 });
    shown.push({ name, items: own });
  }
  const { kept, left } = chosenSheets(shown);
  hidden.push(...left);
  const items = kept.flatMap((sheet) => sheet.items);
  if (items.length === 0)
    throw new ImportError(
      "工作簿中没有可见的文字和数字，无法导入",
      "The workbook shows no text and no figures: there is nothing to import",
    );
  const { title, company } = await propertiesOf(zip);
  return {
    format: "xlsx",
    ...(title === undefined ? {} : { title }),
    ...(company === undefined ? {} : { meta: { site: company } }),
    items,
    ...(hidden.length > 0 ? { hidden } : {}),
    ...(things.size > 0 ? { things: [...things].map(([thing, count]) => ({ thing, count })) } : {}),
  };
}

/**
 * Reads an XLSX file, its sheets in order: rows of one text become text, rows of several cells below one another tables;
 * boxes of text on a sheet come after it. Numbers are given as they are kept, without the noise of binary fractions, and
 * with a doubt where they are shown otherwise; dates as 2021年1月26日; a formula that was never calculated as itself. Hidden
 * sheets, rows and columns are not read, and reported.
 * @throws ImportError when the file is damaged, encrypted, too large, or no XLSX
 */
export async function readXlsx(bytes: Uint8Array, { labels }: ReadOptions): Promise<SourceDocument> {
  const office = await openOffice(bytes);
  if (office.format !== "xlsx")
    throw new ImportError("不是电子表格，是Word文档", "Not a spreadsheet but a Word document");
  return readXlsxPackage(office, labels);
}
