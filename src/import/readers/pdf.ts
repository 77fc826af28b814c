import { OwnFileError } from "../../formats/own-file-error.ts";
import { extractSource } from "../../formats/pdf/extract.ts";
import { PdfBudgetError, withinLimits } from "../../formats/pdf/pdfjs.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { ownData } from "./own-data.ts";
import { itemsOf } from "./pdf-items.ts";
import { damaged, PDF_LIMITS, readPages, tooMuch } from "./pdf-pages.ts";
import type { ReadOptions } from "./reader.ts";

/**
 * Reads a PDF: of this system the report that it carries, exactly; of others the text by its positions, with tables by
 * their ruling lines or, where they have none, by their columns.
 * @throws ImportError when it is encrypted, altered, a scan, too large, or does not say which characters it shows
 */
export async function readPdf(bytes: Uint8Array, { labels }: ReadOptions): Promise<SourceDocument | ExactDocument> {
  const { own, pages, title } = await withinLimits(PDF_LIMITS, async () => {
    const read = await readPages(bytes);
    return { ...read, own: await ownData("pdf", () => extractSource(bytes)) };
  }).catch((error: unknown) => {
    if (error instanceof ImportError || error instanceof OwnFileError) throw error;
    throw error instanceof PdfBudgetError ? tooMuch() : damaged();
  });
  if (own) return own;
  return { format: "pdf", ...(title ? { title } : {}), items: itemsOf(pages, labels) };
}
