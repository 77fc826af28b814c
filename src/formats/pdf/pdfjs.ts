import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as PdfJs from "pdfjs-dist/legacy/build/pdf.mjs";

/**
 * pdf.js, loaded when it is needed and run in this thread: with its worker's code at hand it looks for no file of it, so
 * that a bundle is whole. Its worker is the bounded one (scripts/pdfjs.ts).
 */
export async function pdfjs(): Promise<typeof PdfJs> {
  const library = await import("pdfjs-dist/legacy/build/pdf.mjs");
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = await import("../../../generated/pdf.worker.mjs");
  return library;
}

/** What a document may take: bytes that its streams unpack to, and steps of what it may make long. */
export interface PdfLimits {
  readonly bytes: number;
  readonly steps: number;
}

/** More was taken than the limits allow. */
export class PdfBudgetError extends Error {}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs what reads one document, within limits. pdf.js runs in one thread and has one budget, so that documents are read
 * one after another.
 * @throws PdfBudgetError when the limits were passed, whatever the reading came to
 */
export function withinLimits<T>(limits: PdfLimits, read: () => Promise<T>): Promise<T> {
  const run = last.then(async () => {
    const { budget } = await import("../../../generated/pdf.worker.mjs");
    Object.assign(budget, limits, { passed: false });
    try {
      const result = await read().catch((error: unknown) => {
        throw budget.passed ? new PdfBudgetError("The document takes more than it may", { cause: error }) : error;
      });
      if (budget.passed) throw new PdfBudgetError("The document takes more than it may");
      return result;
    } finally {
      Object.assign(budget, { bytes: Infinity, steps: Infinity, passed: false });
    }
  });
  last = run.catch(() => undefined);
  return run;
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
