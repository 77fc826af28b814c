/** Characters of a PDF as lines, and lines as text. */
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { isCjk, joined } from "./pdf-characters.ts";
import type { Glyph } from "./pdf-parts.ts";

/** Characters on one baseline, left to right. */
export interface GlyphLine {
  readonly glyphs: readonly Glyph[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** The size of most of it, pt. */
  readonly size: number;
  readonly doubt?: Doubt;
}

const visible = (glyph: Glyph): boolean => !/^\s*$/u.test(glyph.text);

/** Characters as if all were read from left to right. */
const upright = (glyph: Glyph): Glyph => {
  const { x, y, turn } = glyph;
  const [u, v] = turn === 1 ? [y, -x] : turn === 2 ? [-x, -y] : turn === 3 ? [-y, x] : [x, y];
  return { ...glyph, x: u, y: v };
};

/** The middle of a character's body. */
export function middle({ x, y, width, size, turn }: Glyph): readonly [number, number] {
  const [along, up] = [width / 2, 0.35 * size];
  if (turn === 1) return [x + up, y + along];
  if (turn === 2) return [x - along, y + up];
  return turn === 3 ? [x - up, y - along] : [x + along, y - up];
}

export function lineOf(unordered: readonly Glyph[]): GlyphLine {
  const glyphs = unordered.toSorted((a, b) => a.x - b.x);
  let text = "";
  for (const [i, glyph] of glyphs.entries()) {
    const before = glyphs[i - 1];
    const gap = before ? glyph.x - before.x - before.width : 0;
    const apart = before && gap > 0.25 * glyph.size && !/\s$/u.test(text) && visible(glyph);
    text += apart && !isCjk(before.text) && !isCjk(glyph.text) ? ` ${glyph.text}` : glyph.text;
  }
  const seen = glyphs.filter(visible);
  const sizes = seen.map((glyph) => glyph.size).sort((a, b) => a - b);
  const [first, last] = [seen[0]!, seen.at(-1)!];
  const doubt = seen.find((glyph) => glyph.doubt)?.doubt;
  return {
    ...(doubt ? { doubt } : {}),
    glyphs,
    text: text.trim(),
    left: first.x,
    right: last.x + last.width,
    baseline: first.y,
    size: sizes[sizes.length >> 1]!,
  };
}

/** The lines of characters, top down; empty ones are none. */
export function linesOf(glyphs: readonly Glyph[]): GlyphLine[] {
  return [0, 1, 2, 3].flatMap((turn) => {
    const rows: Glyph[][] = [];
    for (const glyph of glyphs
      .filter((g) => g.turn === turn)
      .map(upright)
      .toSorted((a, b) => a.y - b.y)) {
      const row = rows.at(-1);
      const last = row?.at(-1);
      if (row && last && glyph.y - last.y < 0.3 * Math.min(glyph.size, last.size)) row.push(glyph);
      else rows.push([glyph]);
    }
    return rows.filter((row) => row.some(visible)).map(lineOf);
  });
}

const DIGIT = /[\d０-９]/;

/**
 * Stretches of a line that stand apart.
 * @param figures how far apart digits are two figures, in their size
 * @param texts how far apart other text is; by itself a little more than a character
 */
export function stretches(line: GlyphLine, figures: number, texts = 1.1): GlyphLine[] {
  const parts: Glyph[][] = [];
  let before: Glyph | undefined;
  for (const glyph of line.glyphs.filter(visible)) {
    const gap = before ? (glyph.x - before.x - before.width) / glyph.size : Number.POSITIVE_INFINITY;
    if (gap > (before && DIGIT.test(before.text) && DIGIT.test(glyph.text) ? figures : texts)) parts.push([]);
    parts.at(-1)!.push(glyph);
    before = glyph;
  }
  return parts.map(lineOf);
}

/** What may be a figure's end, or the beginning of the rest of it. */
const FIGURE_END = /[\d０-９.,．，+\-＋－﹣−–—]$/u;
const FIGURE_START = /^[\d０-９.,．，]/u;

/** How far apart digits of a cell are two figures, in their size. */
const APART = 0.4;

/**
 * The text of a cell, its lines as one. Figures that only happen to be in one cell, because a rule between them was not
 * seen, are not made one figure: a slash is between them; those in two lines stay in two.
 * @param width the cell's, pt
 */
export function cellText(glyphs: readonly Glyph[], width: number): Pick<SourceCell, "text" | "doubt" | "wrapped"> {
  const lines = linesOf(glyphs).map((line) => ({
    ...line,
    text: stretches(line, APART)
      .map((part) => part.text)
      .reduce((a, b) => (DIGIT.test(a.at(-1)!) && DIGIT.test(b[0]!) ? `${a}／${b}` : joined(a, b))),
  }));
  let text = "";
  let [parted, wrapped] = [false, false];
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    // A figure was broken where no further digit had room.
    const broken = !before || before.right - before.left + before.glyphs.at(-1)!.width > width - 6;
    const figures = before && FIGURE_END.test(before.text) && FIGURE_START.test(line.text);
    parted ||= figures === true && !broken;
    wrapped ||= figures === true && broken;
    text = figures && !broken ? `${text}\n${line.text}` : joined(text, line.text);
  }
  if (parted) return { text, doubt: { kind: "lines" } };
  return wrapped ? { text, wrapped } : { text };
}
