/** What is in a cell of a PDF's table besides its characters, and what that means for its text. */
import { type Doubt, thingName } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { type Box, isEmpty, meet } from "./pdf-area.ts";
import { bodyOf } from "./pdf-body.ts";
import { cellText, middle } from "./pdf-lines.ts";
import type { Glyph, Thing } from "./pdf-parts.ts";
import type { Rule } from "./pdf-path.ts";

/** Whether a character is of a figure. */
const FIGURE = /^[\d０-９.,．，+\-＋－﹣−–—%／/]+$/u;

const TURNED: Doubt = { kind: "other", words: { zh: "数字是横着或倒着的", en: "the digits are turned" } };

const sizeOf = (box: Box): number => (isEmpty(box) ? 0 : (box.right - box.left) * (box.bottom - box.top));

/** Characters that follow each other without a gap though a border is between them: what they are of runs over its cell. */
export function runsOver(a: Glyph, b: Glyph): boolean {
  if (a.turn !== 0 || b.turn !== 0 || !FIGURE.test(a.text) || !FIGURE.test(b.text)) return false;
  const gap = b.x - a.x - a.width;
  return Math.abs(a.y - b.y) < 0.1 * a.size && gap < 0.12 * a.size && gap > -0.5 * a.size;
}

/** How much of a thing or a cell must be in the other to be of it. */
const SHARE = 0.3;

/** Whether something that is no text lies in a cell as if it were what the cell says. */
export function liesIn({ box, doubt }: Thing, cell: Box, page: number): boolean {
  const both = sizeOf(meet(box, cell));
  if (both === 0) return false;
  const whole = sizeOf(box);
  // What lies under a whole page, or is a cell's own ground, is a background.
  if (doubt.kind === "thing" && doubt.thing !== "field" && whole > 0.5 * page) return false;
  if (doubt.kind === "thing" && doubt.thing === "drawing" && both > 0.85 * sizeOf(cell)) return false;
  return both > SHARE * Math.min(whole, sizeOf(cell));
}

/** Whether a line is drawn in a cell by itself, as a sign or a digit is, and not under its text. */
export function standsAlone(rule: Rule, cell: Box, glyphs: readonly Glyph[]): boolean {
  const [left, right, top, bottom] =
    rule.axis === "x" ? [rule.from, rule.to, rule.at, rule.at] : [rule.at, rule.at, rule.from, rule.to];
  const inside = left > cell.left + 2 && right < cell.right - 2 && top > cell.top + 3 && bottom < cell.bottom - 3;
  if (!inside) return false;
  return !glyphs.some(
    (glyph) =>
      rule.axis === "x" && !rule.dot && rule.at > glyph.y - 0.05 * glyph.size && rule.at < glyph.y + 0.4 * glyph.size,
  );
}

/** A cell with all that is in it. */
export function cellOf(glyphs: readonly Glyph[], width: number, thing: Doubt | undefined): SourceCell {
  const { text, doubt: lines, wrapped } = cellText(glyphs, width);
  const own = glyphs.find((glyph) => glyph.doubt)?.doubt;
  const digits = glyphs.filter(({ text: t }) => /[\d０-９]/.test(t));
  const turned = digits.some((glyph) => glyph.turn !== 0) ? TURNED : undefined;
  const doubt = own ?? lines ?? turned ?? thing;
  if (!doubt) return wrapped ? { text, wrapped } : { text };
  if (text !== "") return { text, doubt };
  const words = doubt.kind === "thing" ? thingName(doubt.thing).zh : "看不清的内容";
  return { text: `［${words}］`, doubt };
}

/** Where a character stands, and whether more than a little of it is outside a cell at its sides. */
export function overhangs(glyph: Glyph, cell: Box): boolean {
  if (glyph.turn !== 0 || !FIGURE.test(glyph.text)) return false;
  const { left, right } = bodyOf(glyph);
  const [x] = middle(glyph);
  const inside = x > cell.left && x < cell.right;
  return inside && Math.max(cell.left - left, right - cell.right) > 0.25 * glyph.width;
}
