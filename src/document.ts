import type { Report } from "../generated/report.ts";
import { compose } from "./compose/compose.ts";
import type { Fonts } from "./render/pdf/fonts.ts";
import type { DocumentMetadata } from "./render/pdf/metadata.ts";
import { renderPdf } from "./render/pdf/render.ts";
import { type TypesetOptions, typeset as typesetBlocks } from "./typeset/typeset.ts";

/** What a report's document says of itself. */
export const metadataOf = (report: Report): DocumentMetadata => ({
  title: `${report.organ.name}${report.year}年政府信息公开工作年度报告`,
  author: report.organ.name,
  subject: "政府信息公开工作年度报告",
  keywords: ["政府信息公开", "年度报告", String(report.year), report.organ.name, report.organ.uscc],
  identifier: `urn:nianbao:${report.organ.uscc}:${report.year}`,
  date: report.signed,
});

/** A report as the file that is published and that a PDF carries. */
export const reportFile = (report: Report): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);

/** A report as an official document with its own data attached. */
export async function typeset(report: Report, fonts: Fonts, options: TypesetOptions = {}): Promise<Uint8Array> {
  return renderPdf(typesetBlocks(compose(report), fonts.faces, options), fonts, metadataOf(report), {
    name: "report.json",
    type: "application/json",
    bytes: reportFile(report),
  });
}
