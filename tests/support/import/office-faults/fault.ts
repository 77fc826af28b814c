/** Office files with one fault of which users of other tools have complained: what stands in a cell is not what is seen there. */
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import hangzhou from "../../../../examples/hangzhou-2025.json" with { type: "json" };
import type { Report } from "../../../../generated/report.ts";
import { type PaperCell, paperOf, tablesOf } from "../paper.ts";
import { document } from "../write/docx.ts";
import { oneSheet } from "../write/sheet.ts";
import { workbook } from "../write/xlsx.ts";

export const REPORT = hangzhou as unknown as Report;

/** Changes the parts of a package by their names. */
export type Parts = Readonly<Record<string, (xml: string) => string>>;

export interface Fault {
  readonly name: string;
  /** The figure that it is in: 行政许可's 11398889 unless another is named. */
  readonly figure?: string;
  /** What the cell holds in the format's own words. */
  readonly raw?: string;
  readonly parts?: Parts;
  /** Whether the figure is read all the same, as the page shows it, or may not be. */
  readonly is: "read" | "unread";
}

/** The cell of a figure by the text that it has once in the report. */
function cellOf(paper: ReturnType<typeof paperOf>, figure: string): PaperCell {
  const cells = tablesOf(paper).flatMap(({ grid }) =>
    grid.flat().filter(({ pointer, text }) => pointer && text === figure),
  );
  if (!cells[0]) throw new Error(`no figure ${figure}`);
  return cells[0];
}

/** The parts of a package with some of them changed; a part that is not there yet is made of nothing. */
function changed(bytes: Uint8Array, parts: Parts): Uint8Array {
  const files = unzipSync(bytes);
  for (const [name, change] of Object.entries(parts))
    files[name] = strToU8(change(files[name] ? strFromU8(files[name]) : ""));
  return zipSync(files, { mtime: new Date("2021-01-26T00:00:00") });
}

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A file with a fault, and the pointer of the figure that it is in. */
export interface Faulty {
  readonly bytes: Uint8Array;
  readonly pointer: string;
}

export function faultyDocx({ figure = "11398889", raw, parts = {} }: Fault): Faulty {
  const paper = paperOf(REPORT);
  const cell = cellOf(paper, figure);
  if (raw !== undefined) cell.raw = `${raw}<!--here-->`;
  const named = (xml: string): string => xml.replace(/xmlns:w="[^"]*"/, NAMESPACES);
  const { "word/document.xml": own = (xml: string) => xml, ...rest } = parts;
  const bytes = changed(document(paper, "word"), { "word/document.xml": (xml) => own(named(xml)), ...rest });
  return { bytes, pointer: cell.pointer! };
}

export function faultyXlsx({ figure = "11398889", raw, parts = {} }: Fault): Faulty {
  const paper = paperOf(REPORT);
  const cell = cellOf(paper, figure);
  if (raw !== undefined) cell.raw = raw;
  return { bytes: changed(workbook([oneSheet(paper)]), parts), pointer: cell.pointer! };
}
