/** Lines of a PDF's pages as paragraphs. */
import { isCjk, joined } from "./pdf-characters.ts";
import type { GlyphLine } from "./pdf-lines.ts";

/** A line with its page, and what else of the page tells how it was set. */
export interface PagedLine extends GlyphLine {
  readonly page: number;
  readonly pageWidth: number;
}

const PAGE_NUMBER =
  /^[—–\-－―─·.\s]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?\s*页?(?:[,，/／\s]*共\s*\d+\s*页)?[—–\-－―─·.\s]*$/u;
/** How much of a page's height may be its head or its foot. */
const MARGIN = 0.13;

/** A page as far as its head and foot go: its lines, and where its tables begin and end. */
export interface Framed {
  readonly height: number;
  readonly lines: readonly GlyphLine[];
  readonly top: number;
  readonly bottom: number;
}

/** The lines over and under all else on a page, the outermost first. */
function outer({ height, lines, top, bottom }: Framed): GlyphLine[] {
  const [head, foot] = [
    lines.filter((line) => line.baseline < Math.min(top, height * MARGIN)),
    lines.filter((line) => line.baseline > Math.max(bottom, height * (1 - MARGIN))).reverse(),
  ];
  return [...head.slice(0, 3), ...foot.slice(0, 3)];
}

const frameKey = (line: GlyphLine): string => `${Math.round(line.baseline / 6)} ${line.text.replace(/\d+/g, "#")}`;

/** Page numbers, and what stands at the same place of most pages. */
export function headsAndFeet(pages: readonly Framed[]): Set<GlyphLine> {
  const times = new Map<string, number>();
  const all = pages.map(outer);
  for (const lines of all) for (const key of new Set(lines.map(frameKey))) times.set(key, (times.get(key) ?? 0) + 1);
  const often = Math.max(2, pages.length / 2);
  return new Set(
    all.flat().filter((line) => {
      const artifact = line.glyphs.every((glyph) => glyph.artifact || /^\s*$/u.test(glyph.text));
      return artifact || PAGE_NUMBER.test(line.text) || times.get(frameKey(line))! >= often;
    }),
  );
}

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Where lines of running text begin and end on pages of one width, and how far apart they are. */
interface Measure {
  readonly left: number;
  readonly right: number;
  readonly pitch: number;
}

function measureOf(lines: readonly PagedLine[]): Measure {
  const right = Math.max(...lines.map((line) => line.right));
  const following = lines.flatMap((line, i) => {
    const before = lines[i - 1];
    const full = before && before.right > right - 1.2 * before.size;
    return full && Math.abs(before.size - line.size) < 0.1 * line.size ? [{ before, line }] : [];
  });
  const gaps = following.flatMap(({ before, line }) =>
    before.page === line.page ? [(line.baseline - before.baseline) / line.size] : [],
  );
  return {
    right,
    left: median(following.map(({ line }) => line.left)) ?? Math.min(...lines.map((line) => line.left)),
    pitch: median(gaps) ?? 1.8,
  };
}

/** How wide the beginning of a line is that could not be broken. */
function firstWord(line: GlyphLine): number {
  const at = line.glyphs.findIndex((glyph, i) => i > 0 && (isCjk(glyph.text) || /^\s/u.test(glyph.text)));
  const first = line.glyphs.find((glyph) => !/^\s*$/u.test(glyph.text))!;
  if (isCjk(first.text)) return 1.2 * line.size;
  const last = line.glyphs[at < 0 ? line.glyphs.length - 1 : at - 1]!;
  return last.x + last.width - first.x;
}

/** Whether a line begins a paragraph. */
function begins(line: PagedLine, before: PagedLine, { left, right, pitch }: Measure): boolean {
  if (Math.abs(line.size - before.size) > 0.12 * line.size) return true;
  if (line.left > left + 0.9 * line.size) return true;
  // On another page, or up again: text beside text.
  const gap = line.baseline - before.baseline;
  if (line.page === before.page && (gap > 1.35 * pitch * line.size || gap < 0)) return true;
  return right - before.right > firstWord(line) + 1.2 * line.size;
}

/** Lines in reading order, with whatever stands between them, as paragraphs. */
export function paragraphs<T extends object>(
  items: readonly (PagedLine | T)[],
  isLine: (item: PagedLine | T) => item is PagedLine,
): ({ readonly kind: "text"; readonly text: string } | T)[] {
  const widths = new Map<number, PagedLine[]>();
  for (const line of items.filter(isLine)) {
    const key = Math.round(line.pageWidth / 10);
    const same = widths.get(key) ?? [];
    widths.set(key, same);
    same.push(line);
  }
  const measures = new Map([...widths].map(([key, lines]) => [key, measureOf(lines)]));
  const made: ({ kind: "text"; text: string } | T)[] = [];
  let before: PagedLine | undefined;
  for (const item of items) {
    if (!isLine(item)) {
      made.push(item);
      before = undefined;
      continue;
    }
    const measure = measures.get(Math.round(item.pageWidth / 10))!;
    const last = made.at(-1);
    if (before && last && "kind" in last && last.kind === "text" && !begins(item, before, measure))
      made[made.length - 1] = { kind: "text", text: joined((last as { text: string }).text, item.text) };
    else made.push({ kind: "text", text: item.text });
    before = item;
  }
  return made;
}
