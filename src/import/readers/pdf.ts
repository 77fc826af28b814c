import type { FormLabels } from "../../form/label-index.ts";
import { reportOfJson } from "../../formats/json/read.ts";
import { OwnFileError } from "../../formats/own-file-error.ts";
import { ExtractError, extractSource, NoDataError } from "../../formats/pdf/extract.ts";
import { PdfBudgetError, withinLimits } from "../../formats/pdf/pdfjs.ts";
import type { ExactDocument, SourceDocument, SourceTable, SourceText } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { columnsOf } from "./pdf-columns.ts";
import { headsAndFeet, type PagedLine, paragraphs } from "./pdf-flow.ts";
import { type GlyphLine, linesOf, middle } from "./pdf-lines.ts";
import { damaged, PDF_LIMITS, readPages, tooMuch } from "./pdf-pages.ts";
import type { Page } from "./pdf-parts.ts";
import { gridsOf } from "./pdf-rules.ts";
import { ABSENT, fill, overPages, type Table } from "./pdf-tables.ts";
import type { ReadOptions } from "./reader.ts";

/** A page with its tables apart from its lines. */
interface Parts {
  readonly page: Page;
  readonly tables: readonly Table[];
  readonly lines: readonly GlyphLine[];
}

function partsOf(page: Page, labels: FormLabels): Parts {
  const labelled = (left: number, right: number, top: number, bottom: number): boolean => {
    const lines = linesOf(
      page.glyphs.filter((glyph) => {
        const [x, y] = middle(glyph);
        return x > left && x < right && y > top && y < bottom;
      }),
    );
    return lines.length > 0 && lines.every(({ text }) => labels.isLabel(text) && !labels.isTitle(text));
  };
  const { tables, rest } = fill(gridsOf(page.rules, labelled), page);
  return { page, tables, lines: linesOf(rest) };
}

const isLine = (item: PagedLine | Table): item is PagedLine => "baseline" in item;
const CONTINUED = /^[（(]?续\s*(?:上?表|前)[一二三四五六七八九十\d]*[）)]?$/u;

/** Everything between the heads and feet of the pages, in reading order; tables that go over pages as one. */
function flowOf(pages: readonly Parts[], labels: FormLabels): (PagedLine | Table)[] {
  const frames = headsAndFeet(
    pages.map(({ page, lines, tables }) => ({
      height: page.height,
      lines,
      top: Math.min(...tables.map((table) => table.top), page.height),
      bottom: Math.max(...tables.map((table) => table.bottom), 0),
    })),
  );
  const flow: (PagedLine | Table)[] = [];
  for (const [number, { page, lines, tables }] of pages.entries()) {
    const paged = lines
      .filter((line) => !frames.has(line))
      .map((line): PagedLine => ({ ...line, page: number, pageWidth: page.width }));
    const items = [...paged, ...tables].sort(
      (a, b) => (isLine(a) ? a.baseline : a.top) - (isLine(b) ? b.baseline : b.top),
    );
    const [first, second] = items;
    const continued = first && isLine(first) && CONTINUED.test(first.text) && second && !isLine(second);
    if (continued) items.shift();
    const [last, next] = [flow.at(-1), items[0]];
    const whole = last && next && !isLine(last) && !isLine(next) ? overPages(last, next, labels) : undefined;
    if (whole) flow.splice(-1, 1, whole);
    flow.push(...items.slice(whole ? 1 : 0));
  }
  return columnsOf(flow, isLine, labels);
}

/** The data that a PDF of this system carries; nothing of others. */
async function ownData(bytes: Uint8Array): Promise<ExactDocument | undefined> {
  let source: Uint8Array;
  try {
    source = await extractSource(bytes);
  } catch (error) {
    if (error instanceof NoDataError) return undefined;
    if (!(error instanceof ExtractError)) throw error;
    throw new ImportError(
      `这是本系统生成的PDF，但${error.message}，不能导入；请使用公布的原文件`,
      `This PDF was made by this system but was altered: ${error.messageEn}. Use the file as it was published`,
    );
  }
  return { format: "pdf", report: reportOfJson(source) };
}

/**
 * Reads a PDF: of this system the report that it carries, exactly; of others the text by its positions, with tables by
 * their ruling lines or, where they have none, by their columns.
 * @throws ImportError when it is encrypted, altered, a scan, too large, or does not say which characters it shows
 */
export async function readPdf(bytes: Uint8Array, { labels }: ReadOptions): Promise<SourceDocument | ExactDocument> {
  const { own, pages, title } = await withinLimits(PDF_LIMITS, async () => {
    const read = await readPages(bytes);
    return { ...read, own: await ownData(bytes) };
  }).catch((error: unknown) => {
    if (error instanceof ImportError || error instanceof OwnFileError) throw error;
    throw error instanceof PdfBudgetError ? tooMuch() : damaged();
  });
  if (own) return own;
  const items = paragraphs(
    flowOf(
      pages.map((page) => partsOf(page, labels)),
      labels,
    ),
    isLine,
  ).map((item): SourceText | SourceTable =>
    "kind" in item
      ? item
      : { kind: "table", grid: item.rows.map((row) => row.map((cell) => (cell === ABSENT ? undefined : cell))) },
  );
  return { format: "pdf", ...(title ? { title } : {}), items };
}
