/** What stands at its places on pages as paragraphs and tables: of a PDF, or of another format whose pages are fixed. */
import type { FormLabels } from "../../form/label-index.ts";
import type { SourceTable, SourceText } from "../document.ts";
import { columnsOf } from "./pdf-columns.ts";
import { headsAndFeet, type PagedLine, paragraphs } from "./pdf-flow.ts";
import { type GlyphLine, linesOf, middle } from "./pdf-lines.ts";
import type { Page } from "./pdf-parts.ts";
import { gridsOf } from "./pdf-rules.ts";
import { ABSENT, fill, overPages, type Table } from "./pdf-tables.ts";

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

/** The text of pages by its positions, with tables by their ruling lines or, where they have none, by their columns. */
export const itemsOf = (pages: readonly Page[], labels: FormLabels): (SourceText | SourceTable)[] =>
  paragraphs(
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
