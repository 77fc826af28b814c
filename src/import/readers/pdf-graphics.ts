/** What a page of a PDF is painted with besides text: lines, areas and pictures. */
import { type Area, areaOf, isEmpty, meet, pathArea, quad } from "./pdf-area.ts";
import type { Marks } from "./pdf-layers.ts";
import type { Paint } from "./pdf-paint.ts";
import { corners, grown, isSeen, thick } from "./pdf-painted.ts";
import type { Glyph, Thing } from "./pdf-parts.ts";
import { polygons, type Rule, rulesOfPath } from "./pdf-path.ts";
import type { Scene } from "./pdf-scene.ts";
import { paintOf, type State } from "./pdf-state.ts";

const FILLS = new Set(["fill", "eoFill", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"]);
const STROKES = new Set([
  "stroke",
  "closeStroke",
  "fillStroke",
  "eoFillStroke",
  "closeFillStroke",
  "closeEOFillStroke",
]);
/** A line is no thicker, pt. */
const THICK = 3;
/** What everything on a page is painted on. */
export interface Canvas {
  readonly scene: Scene<Glyph>;
  readonly things: Thing[];
  readonly marks: Marks;
}

/** Paints paths and pictures on a page. */
export class GraphicsPainter {
  readonly rules: Rule[] = [];
  readonly #canvas: Canvas;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** Fills and strokes a path, whichever of it the operator does. */
  path(operator: string, buffer: Float32Array, state: State): void {
    const [fill, stroke] = [paintOf(state, "fill"), paintOf(state, "stroke")];
    const painted = { fill: FILLS.has(operator) && isSeen(fill), stroke: STROKES.has(operator) && isSeen(stroke) };
    for (const rule of rulesOfPath(buffer, state.ctm, painted)) this.#rule(rule, state);
    if (FILLS.has(operator)) this.#fillPath(pathArea(buffer, state.ctm, /^(?:eo|closeEO)/.test(operator)), fill, state);
    if (STROKES.has(operator)) this.#strokePath(buffer, stroke, state);
  }

  /** Fills all that is not clipped away with colours that go over into each other. */
  shading(state: State): void {
    this.#fill(areaOf([corners(state.clip.box)]), { ...paintOf(state, "fill"), colour: undefined }, state, "drawing");
  }

  image(operator: string, args: readonly unknown[], state: State): void {
    const paint = paintOf(state, "fill");
    const masked = paint.masked || args[3] === true || operator !== "paintImageXObject";
    this.#fill(quad(state.ctm, 0, 0, 1, 1), { ...paint, colour: undefined, masked }, state, "picture");
  }

  /** A rule, as far as it is not clipped away. */
  #rule(rule: Rule, { clip }: State): void {
    const { left, top, right, bottom } = clip.box;
    const [low, high, from, to] = rule.axis === "x" ? [top, bottom, left, right] : [left, right, top, bottom];
    if (rule.at < low - 1.5 || rule.at > high + 1.5 || rule.to < from - 1.5 || rule.from > to + 1.5) return;
    this.rules.push({ ...rule, from: Math.max(rule.from, from - 1.5), to: Math.min(rule.to, to + 1.5) });
  }

  #fillPath(area: Area, paint: Paint, state: State): void {
    const { left, top, right, bottom } = area.box;
    const [w, h] = [right - left, bottom - top];
    if (h <= THICK && w >= h) this.#canvas.scene.line([left, (top + bottom) / 2], [right, (top + bottom) / 2], paint);
    else if (w <= THICK) this.#canvas.scene.line([(left + right) / 2, top], [(left + right) / 2, bottom], paint);
    else this.#fill(area, paint, state, area.outlines.length > 0 ? "drawing" : undefined);
  }

  #strokePath(buffer: Float32Array, paint: Paint, state: State): void {
    const { ctm, lineWidth, clip } = state;
    const wide = lineWidth * Math.sqrt(Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]));
    for (const { points, closed } of polygons(buffer, ctm, 4)) {
      const ends = closed && points.length > 2 ? [...points, points[0]!] : points;
      for (const [i, to] of ends.entries()) {
        if (i === 0) continue;
        const from = ends[i - 1]!;
        if (wide > THICK) this.#fill(thick(from, to, wide), paint, state);
        else this.#canvas.scene.line(from, to, paint);
      }
      const { box } = areaOf([points]);
      const upright = ends.every(([x, y], i) => i === 0 || x === ends[i - 1]![0] || y === ends[i - 1]![1]);
      if (!upright && isSeen(paint) && !isEmpty(meet(grown(box), clip.box)))
        this.#canvas.things.push({ box, doubt: { kind: "thing", thing: "drawing" } });
    }
  }

  #fill(area: Area, paint: Paint, { clip }: State, thing?: "drawing" | "picture"): void {
    const unsure = this.#canvas.marks.layer === "unsure" && paint.alpha > 0.04;
    this.#canvas.scene.fill(area, unsure ? { ...paint, masked: true } : paint, clip, thing === "picture");
    const box = meet(area.box, clip.box);
    if (thing && !isEmpty(box) && isSeen(paint)) this.#canvas.things.push({ box, doubt: { kind: "thing", thing } });
  }
}
