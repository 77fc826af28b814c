import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

/**
 * Where it finds the maps of Chinese character codes, and the metrics of fonts, that a PDF may name and not carry: in the
 * folder `pdfjs` beside the bundle, as the build leaves them, or else in its package.
 */
export function pdfjsResources(): { readonly cMapUrl: string; readonly standardFontDataUrl: string } {
  const beside = fileURLToPath(new URL("./pdfjs", import.meta.url));
  const root = existsSync(beside) ? beside : dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  return { cMapUrl: join(root, "cmaps/"), standardFontDataUrl: join(root, "standard_fonts/") };
}
