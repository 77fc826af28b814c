/** Where the body of a character lies, and how it lies to other characters and to lines. */
import { type Box, isEmpty, meet } from "./pdf-area.ts";
import type { Point } from "./pdf-path.ts";

/** A character's place: pt, origin at the page's top left, `x` where it begins and `y` its baseline. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** In which direction it is read, in quarters of a turn to the right. */
  readonly turn: number;
}

const ALONG: readonly Point[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
const UP: readonly Point[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
];

/** A point of a character: `along` it in its widths, `up` from its baseline in its size. */
export function pointOf({ x, y, width, size, turn }: Placed, along: number, up: number): Point {
  const [[ax, ay], [ux, uy]] = [ALONG[turn]!, UP[turn]!];
  return [x + along * width * ax + up * size * ux, y + along * width * ay + up * size * uy];
}

/** A character's body, by its width and the height of a digit. */
export function bodyOf(glyph: Placed): Box {
  const [[x0, y0], [x1, y1]] = [pointOf(glyph, 0, 0), pointOf(glyph, 1, 0.7)];
  return { left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) };
}

/** Whether a text leaves a mark on the page. */
export const isDrawn = (text: string): boolean => !/^[\s\p{Cf}]*$/u.test(text);

/** How much of the smaller of two bodies is in both. */
export function shared(a: Placed, b: Placed): number {
  const [p, q] = [bodyOf(a), bodyOf(b)];
  const both = meet(p, q);
  if (isEmpty(both)) return 0;
  const size = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
  return size(both) / Math.max(1e-6, Math.min(size(p), size(q)));
}

const DIGIT = /^[\d０-９]/;

/** Whether one of two digits beside each other is raised, lowered or smaller than the other. */
export function isRaised(a: Placed, b: Placed): boolean {
  if (a.turn !== 0 || b.turn !== 0 || !DIGIT.test(a.text) || !DIGIT.test(b.text)) return false;
  const [first, second] = a.x < b.x ? [a, b] : [b, a];
  const [large, small] = a.size > b.size ? [a, b] : [b, a];
  const gap = second.x - first.x - first.width;
  if (gap > 0.4 * large.size || gap < -0.3 * large.size) return false;
  const [p, q] = [bodyOf(a), bodyOf(b)];
  const beside = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 0.15 * small.size;
  return beside && (small.size < 0.88 * large.size || Math.abs(a.y - b.y) > 0.08 * large.size);
}

/** One character painted twice, a little apart as its own width goes. */
export const isDouble = (a: Placed, b: Placed): boolean =>
  a.text === b.text &&
  a.turn === b.turn &&
  Math.abs(a.size - b.size) < 0.1 * a.size &&
  Math.hypot(a.x - b.x, a.y - b.y) < 0.25 * Math.min(a.width, b.width);

/** Whether a line goes through what of a character tells it from others. */
export function crosses(glyph: Placed, from: Point, to: Point): boolean {
  const [[ax, ay], [ux, uy]] = [ALONG[glyph.turn]!, UP[glyph.turn]!];
  const own = ([x, y]: Point): Point => [
    (x - glyph.x) * ax + (y - glyph.y) * ay,
    (x - glyph.x) * ux + (y - glyph.y) * uy,
  ];
  const [p, q] = [own(from), own(to)];
  const [w, s] = [glyph.width, glyph.size];
  const length = within(p, q, [0.14 * w, 0.86 * w], [0.1 * s, 0.62 * s]);
  return length > 0 && length >= Math.min(0.2 * s, 0.5 * w);
}

/** How long a part of a line is inside a rectangle (Liang and Barsky). */
function within(p: Point, q: Point, [x0, x1]: Point, [y0, y1]: Point): number {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  let [t0, t1] = [0, 1];
  for (const [d, low, high] of [
    [dx, x0 - p[0], x1 - p[0]],
    [dy, y0 - p[1], y1 - p[1]],
  ] as const) {
    if (Math.abs(d) < 1e-9) {
      if (low > 0 || high < 0) return 0;
      continue;
    }
    t0 = Math.max(t0, Math.min(low / d, high / d));
    t1 = Math.min(t1, Math.max(low / d, high / d));
  }
  return t1 > t0 ? (t1 - t0) * Math.hypot(dx, dy) : 0;
}
