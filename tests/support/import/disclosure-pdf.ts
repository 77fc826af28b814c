/** A report's table of section two (edition 2021) as a PDF made by hand, with one of its cells written as a test likes. */
import { NAMED_FONT, pdfOfObjects, stream, ucs2 } from "./handmade-pdf.ts";

/** Where the cell is that a test writes: pt, origin at the page's lower left. */
export interface Place {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  /** Where its figure begins, and its baseline. */
  readonly x: number;
  readonly y: number;
}

export interface Fault {
  /** What is painted before the whole table, in its place of the cell, and after all else. */
  readonly before?: string;
  readonly cell: string;
  readonly after?: string;
  /** Entries of the page's resources, of the page and of the catalogue. */
  readonly resources?: string;
  readonly page?: string;
  readonly catalogue?: string;
  /** Further objects, from number 10. */
  readonly objects?: readonly (string | Uint8Array)[];
  /** Entries of the resources' fonts. */
  readonly fonts?: string;
}

const [LEFT, TOP, HEIGHT] = [70, 700, 24];
const EDGES = [70, 270, 350, 430, 510];

const label = (text: string, x: number, y: number, size = 12): string =>
  `BT /F ${size} Tf 1 0 0 1 ${x} ${y} Tm ${ucs2(text)} Tj ET\n`;

/** A figure as any program writes it. */
export const figure = (text: string, x: number, y: number, size = 12): string =>
  `BT /H ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET\n`;

/** Rows: a caption over the whole table, or a label with figures in its columns. */
const ROWS: readonly (readonly string[])[] = [
  ["第二十条第（一）项"],
  ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
  ["规章", "1", "2", "3"],
  ["行政规范性文件", "4", "5", "6"],
  ["第二十条第（五）项"],
  ["信息内容", "本年处理决定数量"],
  ["行政许可", "789"],
  ["第二十条第（六）项"],
  ["信息内容", "本年处理决定数量"],
  ["行政处罚", "*"],
  ["行政强制", "12"],
  ["第二十条第（八）项"],
  ["信息内容", "本年收费金额（单位：万元）"],
  ["行政事业性收费", "30"],
];

/** The pages' content with the cell of 行政处罚 written by `write`. */
export function disclosurePdf(write: (at: Place) => Fault): Uint8Array {
  let content = label("某市某局", 250, 780, 16) + label("2025年政府信息公开工作年度报告", 170, 755, 16);
  content += label("二、主动公开政府信息情况", LEFT, 725, 14);
  let fault: Fault | undefined;
  const line = (x0: number, y0: number, x1: number, y1: number): string => `${x0} ${y0} m ${x1} ${y1} l S\n`;
  content += "0.5 w\n";
  for (const [r, row] of ROWS.entries()) {
    const [top, bottom] = [TOP - r * HEIGHT, TOP - (r + 1) * HEIGHT];
    content += line(LEFT, top, EDGES.at(-1)!, top);
    const edges = row.length === 1 ? [70, 510] : row.length === 2 ? [70, 270, 510] : EDGES;
    for (const x of edges) content += line(x, top, x, bottom);
    for (const [c, text] of row.entries()) {
      const x = edges[c]! + 8;
      if (text === "*") {
        fault = write({ left: edges[c]!, right: edges[c + 1]!, top, bottom, x: x + 20, y: bottom + 8 });
        content += fault.cell;
      } else content += /\d/.test(text) ? figure(text, x, bottom + 8) : label(text, x, bottom + 8, 10);
    }
  }
  const end = TOP - ROWS.length * HEIGHT;
  content += line(LEFT, end, EDGES.at(-1)!, end) + label("三、收到和处理政府信息公开申请情况", LEFT, end - 30, 14);
  const { before = "", after = "", resources = "", page = "", catalogue = "", objects = [], fonts = "" } = fault!;
  const all = `${before}${content}${after}`;
  const named = NAMED_FONT("UniGB-UCS2-H");
  return pdfOfObjects([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} /Resources << /Font << /F 5 0 R /H 8 0 R ${fonts} >> ${resources} >> >>`,
    stream(all),
    ...named,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< >>",
    ...objects,
  ]);
}
