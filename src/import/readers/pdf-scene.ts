/** What lies over what on a page: which characters are seen, and what makes others doubtful. */
import type { Doubt } from "../doubt.ts";
import { type Area, type Box, type Clip, cost, inside, isEmpty, meet, shows } from "./pdf-area.ts";
import { bodyOf, crosses, isDouble, isDrawn, isRaised, type Placed, pointOf, shared } from "./pdf-body.ts";
import { type Colour, covering, type Paint, seenOn, WHITE } from "./pdf-paint.ts";
import type { Point } from "./pdf-path.ts";

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

/** Where a character must be seen to be read: its middle and around it. */
const SAMPLES: readonly Point[] = [
  [0.5, 0.35],
  [0.22, 0.08],
  [0.78, 0.08],
  [0.22, 0.6],
  [0.78, 0.6],
];

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

/** Whether one of two is a faint mark much larger than the other, as lies under a whole page. */
function isMark<T extends Placed>(a: Laid<T>, b: Laid<T>): boolean {
  const large = a.glyph.size > 2 * b.glyph.size ? a : b.glyph.size > 2 * a.glyph.size ? b : undefined;
  return large?.contrastless === true;
}
