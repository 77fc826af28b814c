/** Reports in the formats of this system, as tests ask for them. */
import type { Report } from "../../generated/report.ts";
import type { Correction } from "../../src/compose/notices.ts";
import type { Fonts } from "../../src/fonts/fonts.ts";
import { composedReport, dataFile } from "../../src/formats/content.ts";
import { write as writeDocx } from "../../src/formats/docx/write.ts";
import { type Files, versionFiles } from "../../src/formats/files.ts";
import { write as writeHtml } from "../../src/formats/html/write.ts";
import { writeAs } from "../../src/formats/write.ts";
import type { Seal } from "../../src/typeset/signature.ts";

/** What is added to a report's document. */
export interface Additions {
  readonly seal?: Seal;
  readonly correction?: Correction;
  readonly watermark?: string;
}

export const reportFile = (report: Report): Uint8Array => dataFile(report);

export const typeset = (report: Report, fonts: Fonts, { watermark, ...rest }: Additions = {}): Promise<Uint8Array> =>
  writeAs({ name: "pdf" }, composedReport({ of: "report", report, ...rest }), {
    fonts: () => fonts,
    ...(watermark === undefined ? {} : { watermark }),
  });

export const docxOf = (report: Report): Promise<Uint8Array> => writeDocx(composedReport({ of: "report", report }));

/** A document of the PDF's pages as OFD. */
export const ofdOf = (report: Report, fonts: Fonts, { watermark, ...rest }: Additions = {}): Promise<Uint8Array> =>
  writeAs({ name: "ofd" }, composedReport({ of: "report", report, ...rest }), {
    fonts: () => fonts,
    ...(watermark === undefined ? {} : { watermark }),
  });

/** A page that stands alone. */
export const reportPage = (report: Report): Uint8Array => writeHtml(composedReport({ of: "report", report }), {});

/** Every file of a version. */
export const renderFiles = (report: Report, fonts: Fonts, rest: Omit<Additions, "watermark"> = {}): Promise<Files> =>
  versionFiles({ of: "report", report, ...rest }, fonts);
