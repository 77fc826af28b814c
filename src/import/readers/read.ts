import type { ImportOptions } from "../account.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";
import { sniff } from "./sniff.ts";

/**
 * Reads a file by what is in it; each reader is loaded when a file needs it.
 * @throws ImportError when it cannot be read at all, with what it is and what to do instead
 */
export async function readDocument(
  bytes: Uint8Array,
  options: ImportOptions = {},
): Promise<SourceDocument | ExactDocument> {
  switch (sniff(bytes, options.name)) {
    case "html":
      return (await import("./html.ts")).readHtml(bytes);
    case "docx":
      return (await import("./docx.ts")).readDocx(bytes);
    case "xlsx":
      return (await import("./xlsx.ts")).readXlsx(bytes);
    case "pdf":
      return (await import("./pdf.ts")).readPdf(bytes);
    case "json":
      return (await import("./json.ts")).readJson(bytes);
    case "text":
      return (await import("./csv.ts")).readCsv(bytes, options.name);
  }
}
