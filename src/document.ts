import type { Report } from "../generated/report.ts";
import { canonicalJson } from "./basics/canonical-json.ts";
import type { Block } from "./compose/blocks.ts";
import { compose } from "./compose/compose.ts";
import {
  type Correction,
  composeCorrection,
  composeRedaction,
  composeWithdrawal,
  correctionNotice,
  differencesTable,
  type Redaction,
  type Withdrawal,
} from "./compose/notices.ts";
import type { Fonts } from "./fonts/fonts.ts";
import { printedTitle } from "./form/title.ts";
import { csv, renderCsv } from "./formats/csv/csv.ts";
import { renderHtml } from "./formats/html/report.ts";
import type { DocumentMetadata } from "./formats/pdf/metadata.ts";
import { renderPdf } from "./formats/pdf/render.ts";
import { type TypesetOptions, typeset as typesetBlocks } from "./typeset/typeset.ts";

/** The files of a version that every kind has. */
export type Files = Record<"report.pdf" | "report.html" | "report.json" | "report.csv", Uint8Array> & {
  "correction.json"?: Uint8Array;
};

/** What is added to a report's document. */
export interface DocumentOptions extends TypesetOptions {
  readonly correction?: Correction | undefined;
}

/** What a report's document says of itself. */
export const metadataOf = (report: Report): DocumentMetadata => ({
  title: `${report.organ.name}${printedTitle(report.edition, report.year)}`,
  author: report.organ.name,
  subject: "政府信息公开工作年度报告",
  keywords: ["政府信息公开", "年度报告", String(report.year), report.organ.name, report.organ.uscc],
  identifier: `urn:nianbao:${report.organ.uscc}:${report.year}`,
  date: report.signed,
});

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** A report as the file that is published and that a PDF carries. */
export const reportFile = (report: Report): Uint8Array => bytesOf(report);

/** Blocks as a PDF with the data that they were made of attached. */
export const pdfOf = (
  blocks: readonly Block[],
  metadata: DocumentMetadata,
  source: Uint8Array,
  fonts: Fonts,
  options: TypesetOptions,
): Promise<Uint8Array> =>
  renderPdf(typesetBlocks(blocks, fonts.faces, options), fonts, metadata, {
    name: "report.json",
    type: "application/json",
    bytes: source,
  });

/** A report as an official document with its own data attached; a correction has its 更正说明 at the end. */
export async function typeset(report: Report, fonts: Fonts, options: DocumentOptions = {}): Promise<Uint8Array> {
  const { correction, ...rest } = options;
  const blocks = [...compose(report), ...(correction ? composeCorrection(correction) : [])];
  return pdfOf(blocks, metadataOf(report), reportFile(report), fonts, rest);
}

/** A report as an editable document of a word processor; it is not published. */
export async function docxOf(report: Report): Promise<Uint8Array> {
  const { renderDocx } = await import("./formats/docx/render.ts");
  const { edition, year, organ, signed } = report;
  return renderDocx(compose(report), metadataOf(report), {
    edition,
    year: String(year),
    organ: organ.name,
    uscc: organ.uscc,
    signed,
  });
}

const LINKS = [
  ["PDF", "report.pdf"],
  ["JSON", "report.json"],
  ["CSV", "report.csv"],
] as const;

/** A report as a page; without `links` it stands alone. */
export function reportPage(
  report: Report,
  links: typeof LINKS | readonly [] = [],
  correction?: Correction,
): Uint8Array {
  const notice = correction ? [...correctionNotice(correction), differencesTable(correction.differences)] : [];
  return renderHtml([...compose(report), ...notice], {
    title: metadataOf(report).title,
    organ: report.organ.name,
    uscc: report.organ.uscc,
    year: report.year,
    date: report.signed,
    links,
  });
}

/** Every file of a version. */
export async function renderFiles(report: Report, fonts: Fonts, options: DocumentOptions = {}): Promise<Files> {
  const { correction } = options;
  return {
    "report.pdf": await typeset(report, fonts, options),
    "report.html": reportPage(report, LINKS, correction),
    "report.json": reportFile(report),
    "report.csv": renderCsv(report),
    ...(correction ? { "correction.json": bytesOf(JSON.parse(canonicalJson(correction))) } : {}),
  };
}

/** What a notice in a report's place says, in every format. */
interface Notice {
  readonly blocks: readonly Block[];
  /** 撤回 or 撤下. */
  readonly word: string;
  /** What the title says after the organ and the year. */
  readonly called: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly of: Pick<Withdrawal, "organ" | "year" | "reason" | "date">;
}

async function renderNotice(uscc: string, { blocks, word, called, data, of }: Notice, fonts: Fonts): Promise<Files> {
  const { organ, year, reason, date } = of;
  const title = `${organ}${year}年${called}`;
  const source = bytesOf(data);
  const metadata = {
    title,
    author: organ,
    subject: `政府信息公开工作年度报告${word}说明`,
    keywords: ["政府信息公开", "年度报告", word, String(year), organ, uscc],
    identifier: `urn:nianbao:${uscc}:${year}`,
    date,
  };
  return {
    "report.pdf": await pdfOf(blocks, metadata, source, fonts, {}),
    "report.html": renderHtml(blocks, { title, organ, uscc, year, date, links: LINKS.slice(0, 2) }),
    "report.json": source,
    "report.csv": csv([
      ["统一社会信用代码", "行政机关", "年度", "状态", "理由"],
      [uscc, organ, String(year), `已${word}`, reason],
    ]),
  };
}

/** Every file of the version that a withdrawal leaves in a report's place. */
export function renderWithdrawal(uscc: string, withdrawal: Withdrawal, fonts: Fonts): Promise<Files> {
  const { organ, year, reason, supersedes, date } = withdrawal;
  const data = { withdrawn: true, uscc, organ, year, supersedes, reason, date };
  const blocks = composeWithdrawal(withdrawal);
  return renderNotice(
    uscc,
    { blocks, word: "撤回", called: "政府信息公开工作年度报告撤回说明", data, of: withdrawal },
    fonts,
  );
}

/**
 * What takes the place of every file of a version that is redacted.
 * @param withCorrection whether the version has a `correction.json`
 */
export async function renderRedaction(
  uscc: string,
  redaction: Redaction,
  withCorrection: boolean,
  fonts: Fonts,
): Promise<Files> {
  const { organ, year, version, reason, date } = redaction;
  const data = { redacted: true, uscc, organ, year, version, reason, date };
  const called = `政府信息公开工作年度报告（第${version}版）撤下说明`;
  const blocks = composeRedaction(redaction);
  const files = await renderNotice(uscc, { blocks, word: "撤下", called, data, of: redaction }, fonts);
  return { ...files, ...(withCorrection ? { "correction.json": files["report.json"] } : {}) };
}
