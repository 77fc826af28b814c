import type * as PdfJs from "pdfjs-dist/legacy/build/pdf.mjs";

/**
 * pdf.js, loaded when it is needed and run in this thread: with its worker's code at hand it looks for no file of it, so
 * that a bundle is whole.
 */
export async function pdfjs(): Promise<typeof PdfJs> {
  const library = await import("pdfjs-dist/legacy/build/pdf.mjs");
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker ??= await import("pdfjs-dist/legacy/build/pdf.worker.mjs");
  return library;
}
