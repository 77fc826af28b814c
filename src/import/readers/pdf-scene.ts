/** What lies over what on a page: which characters are seen, and what makes others doubtful. */
import type { Doubt } from "../doubt.ts";
import { type Area, type Box, type Clip, cost, inside, isEmpty, meet, shows } from "./pdf-area.ts";
import { type Colour, covering, type Paint, seenOn, WHITE } from "./pdf-paint.ts";
import type { Point } from "./pdf-path.ts";

/** A character's place: pt, origin at the page's top left, read from `x`, `y` in quarters of a turn to the right. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly turn: number;
}

/** A character as it lies among others. */
interface Laid<T> {
  readonly glyph: T;
  readonly order: number;
  readonly contrastless: boolean;
  doubt?: Doubt;
  gone: boolean;
}

interface Ground {
  readonly area: Area;
  readonly colour: Colour;
}

interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly order: number;
  readonly seen: boolean;
}

/** How wide and high the places are by which what is near each other is found, pt. */
const BIN = 36;
const ROW = 2000;
/** How many comparisons a page may take. */
const MOST = 20_000_000;
/** How many grounds of one place are known. */
const MOST_GROUNDS = 4000;

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

/** Where a character must be seen to be read: its middle and around it. */
const SAMPLES: readonly Point[] = [
  [0.5, 0.35],
  [0.22, 0.08],
  [0.78, 0.08],
  [0.22, 0.6],
  [0.78, 0.6],
];

export const isDrawn = (text: string): boolean => !/^[\s\p{Cf}]*$/u.test(text);

const NONE: readonly never[] = [];

export class Scene<T extends Placed> {
  readonly #laid: Laid<T>[] = [];
  readonly #bins = new Map<number, Laid<T>[]>();
  readonly #grounds = new Map<number, Ground[]>();
  readonly #segments: Segment[] = [];
  #order = 0;
  #steps = 0;
  /** Characters that are not seen because a picture lies over them. */
  underPictures = 0;

  #take(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MOST) throw new RangeError("page");
  }

  /** The places that a box is in, by their numbers. */
  #binsOf({ left, top, right, bottom }: Box): number[] {
    const at = (value: number): number => Math.max(-200, Math.min(800, Math.floor(value / BIN)));
    const [first, last, from, to] = [at(top), at(bottom), at(left), at(right)];
    this.#take(8 * (last - first + 1) * (to - from + 1));
    const bins: number[] = [];
    for (let row = first; row <= last; row += 1)
      for (let column = from; column <= to; column += 1) bins.push(row * ROW + column);
    return bins;
  }

  #groundAt([x, y]: Point): Colour {
    const [key] = this.#binsOf({ left: x, top: y, right: x, bottom: y });
    const grounds = this.#grounds.get(key!) ?? NONE;
    for (let i = grounds.length - 1; i >= 0; i -= 1) {
      const { area, colour } = grounds[i]!;
      this.#take(cost(area));
      if (inside(area, x, y)) return colour;
    }
    return WHITE;
  }

  /** Lays a character on the page; what is not seen is left out. */
  character(glyph: T, paint: Paint, clip: Clip, doubt?: Doubt): void {
    const points = SAMPLES.map(([along, up]) => pointOf(glyph, along, up));
    this.#take(points.length * clip.areas.reduce((sum, area) => sum + cost(area), 1));
    const shown = isEmpty(clip.box) ? 0 : points.filter(([x, y]) => shows(clip, x, y)).length;
    if (shown === 0) return;
    const seen = seenOn(this.#groundAt(points[0]!), paint);
    if (seen === "unseen") return;
    const why: Doubt | undefined =
      doubt ?? (seen === "unsure" ? { kind: "hidden" } : shown < points.length ? { kind: "clipped" } : undefined);
    this.#order += 1;
    const laid: Laid<T> = {
      glyph,
      order: this.#order,
      contrastless: seen === "unsure",
      gone: false,
      ...(why ? { doubt: why } : {}),
    };
    this.#laid.push(laid);
    const { left, top, right, bottom } = bodyOf(glyph);
    // With its surroundings, so that what is beside it is found.
    const around = 0.4 * glyph.size;
    const near = { left: left - around, top: top - around, right: right + around, bottom: bottom + around };
    for (const key of this.#binsOf(near)) {
      const bin = this.#bins.get(key) ?? [];
      this.#bins.set(key, bin);
      bin.push(laid);
    }
  }

  /** Fills an area: what lies under it is not seen any more. */
  fill(whole: Area, paint: Paint, clip: Clip, picture = false): void {
    const box = meet(whole.box, clip.box);
    if (isEmpty(box) || paint.alpha < 0.04) return;
    const area: Area = { ...whole, box };
    const covers = covering(paint);
    if (covers === "shows") return;
    this.#order += 1;
    const steps = cost(area) + clip.areas.reduce((sum, inner) => sum + cost(inner), 0);
    const within = ([x, y]: Point): boolean => inside(area, x, y) && clip.areas.every((inner) => inside(inner, x, y));
    for (const key of this.#binsOf(box)) {
      const bin = this.#bins.get(key) ?? NONE;
      for (const laid of bin) {
        if (laid.gone) continue;
        this.#take(5 * steps);
        const under = SAMPLES.filter(([along, up]) => within(pointOf(laid.glyph, along, up))).length;
        if (under === 0) continue;
        if (under === SAMPLES.length && covers === "covers") {
          laid.gone = true;
          if (picture && isDrawn(laid.glyph.text)) this.underPictures += 1;
        } else laid.doubt ??= picture ? { kind: "thing", thing: "picture" } : { kind: "crossed" };
      }
      if (bin.some((laid) => laid.gone))
        this.#bins.set(
          key,
          bin.filter((laid) => !laid.gone),
        );
      if (covers === "covers") this.#ground(key, area, clip, picture ? undefined : paint.colour);
    }
  }

  #ground(key: number, area: Area, clip: Clip, colour: Colour): void {
    const { box } = area;
    const column = ((((key + ROW / 2) % ROW) + ROW) % ROW) - ROW / 2;
    const [x, y] = [column * BIN, ((key - column) / ROW) * BIN];
    const whole =
      area.outlines.length === 0 &&
      clip.areas.length === 0 &&
      box.left <= x &&
      box.top <= y &&
      box.right >= x + BIN &&
      box.bottom >= y + BIN;
    const grounds = whole ? [] : (this.#grounds.get(key) ?? []);
    grounds.push({ area, colour });
    this.#grounds.set(key, grounds.length > MOST_GROUNDS ? grounds.slice(MOST_GROUNDS / 2) : grounds);
  }

  /** Draws a line. */
  line(from: Point, to: Point, paint: Paint): void {
    if (paint.alpha < 0.04) return;
    const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    const seen = seenOn(this.#groundAt(middle), paint) !== "unseen";
    this.#order += 1;
    this.#segments.push({ from, to, order: this.#order, seen });
  }

  #cross(): void {
    for (const { from, to, order, seen } of this.#segments) {
      const box: Box = {
        left: Math.min(from[0], to[0]),
        right: Math.max(from[0], to[0]),
        top: Math.min(from[1], to[1]),
        bottom: Math.max(from[1], to[1]),
      };
      for (const key of this.#binsOf(box))
        for (const laid of this.#bins.get(key) ?? []) {
          this.#take(4);
          if (laid.doubt || (!seen && laid.order > order)) continue;
          if (crosses(laid.glyph, from, to)) laid.doubt = { kind: "crossed" };
        }
    }
  }

  /** What stands at the same place twice, as bold type and shadows are made, is there once; what lies over other is doubtful. */
  #overlap(): void {
    for (const bin of this.#bins.values())
      for (const [i, laid] of bin.entries())
        for (let j = i + 1; j < bin.length && !laid.gone; j += 1) {
          this.#take(4);
          const other = bin[j]!;
          if (other.gone || !isDrawn(laid.glyph.text) || !isDrawn(other.glyph.text)) continue;
          if (isRaised(laid.glyph, other.glyph)) {
            laid.doubt ??= { kind: "raised" };
            other.doubt ??= { kind: "raised" };
          }
          const share = shared(laid.glyph, other.glyph);
          if (share === 0) continue;
          if (isDouble(laid.glyph, other.glyph)) {
            if (!laid.doubt) other.gone = true;
            else if (!other.doubt) laid.gone = true;
            else other.gone = true;
          } else if (share > 0.3 && !isMark(laid, other)) {
            laid.doubt ??= { kind: "overlap" };
            other.doubt ??= { kind: "overlap" };
          }
        }
  }

  /** What is seen, in the order in which it was painted. */
  seen(): { readonly glyph: T; readonly doubt?: Doubt }[] {
    this.#overlap();
    this.#cross();
    return this.#laid.filter(({ gone }) => !gone).map(({ glyph, doubt }) => (doubt ? { glyph, doubt } : { glyph }));
  }
}

/** How much of the smaller of two bodies is in both. */
function shared(a: Placed, b: Placed): number {
  const [p, q] = [bodyOf(a), bodyOf(b)];
  const both = meet(p, q);
  if (isEmpty(both)) return 0;
  const size = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
  return size(both) / Math.max(1e-6, Math.min(size(p), size(q)));
}

const DIGIT = /^[\d０-９]/;

/** Whether one of two digits beside each other is raised, lowered or smaller than the other. */
function isRaised(a: Placed, b: Placed): boolean {
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
const isDouble = (a: Placed, b: Placed): boolean =>
  a.text === b.text &&
  a.turn === b.turn &&
  Math.abs(a.size - b.size) < 0.1 * a.size &&
  Math.hypot(a.x - b.x, a.y - b.y) < 0.25 * Math.min(a.width, b.width);

/** Whether one of two is a faint mark much larger than the other, as lies under a whole page. */
function isMark<T extends Placed>(a: Laid<T>, b: Laid<T>): boolean {
  const large = a.glyph.size > 2 * b.glyph.size ? a : b.glyph.size > 2 * a.glyph.size ? b : undefined;
  return large?.contrastless === true;
}

/** Whether a line goes through what of a character tells it from others. */
function crosses(glyph: Placed, from: Point, to: Point): boolean {
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
