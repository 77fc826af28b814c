/** The kinds of file that a paper is written as. */
import iconv from "iconv-lite";
import type { Paper } from "./paper.ts";
import { delimited } from "./write/delimited.ts";
import { document } from "./write/docx.ts";
import { excelClipboard, pageHtml, wpsClipboard } from "./write/html.ts";
import { type Printer, startPrinter } from "./write/pdf.ts";
import { oneSheet, sheetsOf } from "./write/sheet.ts";
import { workbook } from "./write/xlsx.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is sure to be in a file of the kind: quirks that it cannot have are not made in it. */
interface Format {
  readonly extension: string;
  readonly write: (paper: Paper) => Uint8Array | Promise<Uint8Array>;
}

let printer: Promise<Printer> | undefined;
const print = async (paper: Paper): Promise<Uint8Array> => {
  printer ??= startPrinter();
  return (await printer).print(paper);
};
/** To be called when no more is printed. */
export async function closePrinter(): Promise<void> {
  await (await printer)?.close();
  printer = undefined;
}

const sheetTable = (paper: Paper) => ({ kind: "table" as const, key: "sheet", grid: oneSheet(paper).grid });

export const FORMATS = {
  "HTML in UTF-8": { extension: "html", write: (paper) => utf8(pageHtml(paper, "utf-8")) },
  "HTML in GBK": { extension: "html", write: (paper) => iconv.encode(pageHtml(paper, "gbk"), "gbk") },
  "HTML in GB18030 that calls itself GB2312": {
    extension: "htm",
    write: (paper) => iconv.encode(pageHtml(paper, "gb2312"), "gb18030"),
  },
  "HTML in GBK that does not say so": {
    extension: "html",
    write: (paper) => iconv.encode(pageHtml(paper, "").replace(/<meta[^>]*>/, ""), "gbk"),
  },
  "Excel's clipboard": { extension: "html", write: (paper) => utf8(excelClipboard(sheetTable(paper))) },
  "WPS's clipboard": { extension: "html", write: (paper) => utf8(wpsClipboard(paper)) },
  "DOCX of Word": { extension: "docx", write: (paper) => document(paper, "word") },
  "DOCX of WPS": { extension: "docx", write: (paper) => document(paper, "wps") },
  "XLSX of one sheet": { extension: "xlsx", write: (paper) => workbook([oneSheet(paper)]) },
  "XLSX of a sheet for each section": { extension: "xlsx", write: (paper) => workbook(sheetsOf(paper)) },
  "CSV in UTF-8": { extension: "csv", write: (paper) => utf8(`\ufeff${delimited(oneSheet(paper).grid, ",")}`) },
  "CSV in GBK": { extension: "csv", write: (paper) => iconv.encode(delimited(oneSheet(paper).grid, ","), "gbk") },
  TSV: { extension: "tsv", write: (paper) => utf8(delimited(oneSheet(paper).grid, "\t")) },
  PDF: { extension: "pdf", write: print },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

/** A paper as a file, with a name that says nothing. */
export async function writeAs(format: FormatName, paper: Paper): Promise<{ bytes: Uint8Array; name: string }> {
  const { extension, write } = FORMATS[format];
  return { bytes: new Uint8Array(await write(paper)), name: `附件1.${extension}` };
}
