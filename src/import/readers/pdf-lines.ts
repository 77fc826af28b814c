/** Characters of a PDF as lines, and lines as text. */
import { isCjk, joined } from "./pdf-characters.ts";
import type { Glyph } from "./pdf-page.ts";

/** Characters on one baseline, left to right. */
export interface Line {
  readonly glyphs: readonly Glyph[];
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** The size of most of it, pt. */
  readonly size: number;
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

/** What stands at the same place twice, as bold type and shadows are made, is there once. */
const doubled = (glyph: Glyph, others: readonly Glyph[]): boolean =>
  others.some(
    (other) =>
      other.text === glyph.text && Math.hypot(other.x - glyph.x, other.y - glyph.y) < 0.2 * Math.max(1, glyph.size),
  );

export function lineOf(unordered: readonly Glyph[]): Line {
  const glyphs: Glyph[] = [];
  for (const glyph of unordered.toSorted((a, b) => a.x - b.x))
    if (!doubled(glyph, glyphs.slice(-3))) glyphs.push(glyph);
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
  return {
    glyphs,
    text: text.trim(),
    left: first.x,
    right: last.x + last.width,
    baseline: first.y,
    size: sizes[sizes.length >> 1]!,
  };
}

/** The lines of characters, top down; empty ones are none. */
export function linesOf(glyphs: readonly Glyph[]): Line[] {
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
export function stretches(line: Line, figures: number, texts = 1.1): Line[] {
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

/**
 * The text of a cell, its lines as one. Figures that only happen to be in one cell, because a rule between them was not
 * seen, are not made one figure: a slash is between them.
 * @param width the cell's, pt
 */
export function cellText(glyphs: readonly Glyph[], width: number): string {
  const lines = linesOf(glyphs).map((line) => ({
    ...line,
    text: stretches(line, 0.6)
      .map((part) => part.text)
      .reduce((a, b) => (DIGIT.test(a.at(-1)!) && DIGIT.test(b[0]!) ? `${a}／${b}` : joined(a, b))),
  }));
  let text = "";
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    // A figure was broken where no further digit had room.
    const broken = !before || before.right - before.left + before.size > width * 0.8;
    const digits = before && DIGIT.test(before.text.at(-1)!) && DIGIT.test(line.text[0]!);
    text = digits && !broken ? `${text}／${line.text}` : joined(text, line.text);
  }
  return text;
}
