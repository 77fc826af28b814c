/** Readers with the labels of this system's forms at hand. */
import type { ExactDocument, SourceDocument } from "../../../src/import/document.ts";
import { labelsOfForms } from "../../../src/import/labels.ts";
import { readPdf as pdf } from "../../../src/import/readers/pdf.ts";
import { readXlsx as xlsx } from "../../../src/import/readers/xlsx.ts";

const labels = labelsOfForms();

export const readXlsx = (bytes: Uint8Array): Promise<SourceDocument> => xlsx(bytes, { labels });
export const readPdf = (bytes: Uint8Array): Promise<SourceDocument | ExactDocument> => pdf(bytes, { labels });
