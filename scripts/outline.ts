/** Outlines made smaller: quadratic contours of thousands of points become few cubic curves, drawn as Type 2 charstrings. */
import { draw, operand, RMOVETO, type Step } from "./charstring.ts";
import { hypot, type Point, Row } from "./fit.ts";

/** As fontkit gives a glyph's path; font units, y upwards. */
export interface PathCommand {
  readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
  readonly args: readonly number[];
}

/** A line (2 points) or a cubic curve (4 points). */
type Piece = readonly Point[];

/** A change of direction whose cosine is less than this, of more than half a radian, is a corner. */
const CORNER = Math.cos(0.5);
/** A line that is longer than this between two bends stays a line. */
const LONG_LINE = 18;

const sub = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
const length = (a: Point): number => hypot(a[0], a[1]);
const unit = (a: Point): Point => {
  const l = length(a) || 1;
  return [a[0] / l, a[1] / l];
};
const apart = (a: Point, b: Point): number => hypot(a[0] - b[0], a[1] - b[1]);
/** The direction from one point of a piece to the next that is not the same, counted from either end. */
function startDirection(p: Piece): Point {
  let i = 1;
  while (i < p.length && apart(p[i]!, p[0]!) <= 0.01) i += 1;
  return unit(sub(p[i] ?? p[1]!, p[0]!));
}
function endDirection(p: Piece): Point {
  const last = p.at(-1)!;
  let i = p.length - 2;
  while (i >= 0 && apart(p[i]!, last) <= 0.01) i -= 1;
  return unit(sub(last, p[i] ?? p[0]!));
}
/** One row of points serves all curves, one after another. */
const row = new Row();

/** The contours of a glyph, closed, without pieces of no length. */
function contours(path: readonly PathCommand[]): Piece[][] {
  const out: Piece[][] = [];
  let pieces: Piece[] = [];
  let start: Point = [0, 0];
  let here: Point = [0, 0];
  const close = (): void => {
    if (apart(start, here) > 0.01) pieces.push([here, start]);
    if (pieces.length > 1) out.push(pieces);
    pieces = [];
  };
  for (const { command, args: a } of path) {
    if (command === "moveTo") {
      close();
      start = [a[0]!, a[1]!];
      here = start;
      continue;
    }
    if (command === "closePath") {
      close();
      here = start;
      continue;
    }
    const end: Point = [a.at(-2)!, a.at(-1)!];
    if (command === "lineTo") {
      if (apart(end, here) > 0.01) pieces.push([here, end]);
    } else if (command === "quadraticCurveTo") {
      const q: Point = [a[0]!, a[1]!];
      const mix = (p: Point): Point => [p[0] + ((q[0] - p[0]) * 2) / 3, p[1] + ((q[1] - p[1]) * 2) / 3];
      pieces.push([here, mix(here), mix(end), end]);
    } else pieces.push([here, [a[0]!, a[1]!], [a[2]!, a[3]!], end]);
    here = end;
  }
  close();
  return out;
}

/** Adds the points along a piece after its first, so near each other that a curve through them is the outline. */
function sample(p: Piece, row: Row): void {
  const [first, last] = [p[0]!, p.at(-1)!];
  const steps = Math.max(2, Math.min(6, Math.ceil(apart(last, first) / 10)));
  const [second, third] = p.length === 2 ? [first, last] : [p[1]!, p[2]!];
  const [x0, y0, x1, y1] = [first[0], first[1], second[0], second[1]];
  const [x2, y2, x3, y3] = [third[0], third[1], last[0], last[1]];
  for (let k = 1; k <= steps; k += 1) {
    const t = k / steps;
    if (p.length === 2) {
      row.add(x0 + (x3 - x0) * t, y0 + (y3 - y0) * t);
      continue;
    }
    const s = 1 - t;
    const a = s * s * s;
    const b = 3 * s * s * t;
    const c = 3 * s * t * t;
    const d = t * t * t;
    row.add(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
  }
}

/** Pieces that are joined smoothly, as few curves: each as long as it can be, from node to node of the outline. */
function merge(pieces: readonly Piece[], out: Piece[]): void {
  let i = 0;
  while (i < pieces.length) {
    const first = pieces[i]!;
    let best: Piece = first;
    let next = i + 1;
    const start = startDirection(first);
    row.clear();
    row.add(first[0]![0], first[0]![1]);
    sample(first, row);
    while (next < pieces.length) {
      const piece = pieces[next]!;
      sample(piece, row);
      const last = endDirection(piece);
      const curve = row.fit(start, [-last[0], -last[1]]);
      if (!curve) break;
      best = curve;
      next += 1;
    }
    out.push(best);
    i = next;
  }
}

/** A contour in as few lines and curves as keep within the tolerance. */
function simplify(pieces: readonly Piece[]): Piece[] {
  const n = pieces.length;
  const straight = pieces.map((p) => p.length === 2 && apart(p[1]!, p[0]!) > LONG_LINE);
  const corner = pieces.map((p, i) => {
    const before = (i + n - 1) % n;
    return straight[i] || straight[before] || dot(endDirection(pieces[before]!), startDirection(p)) < CORNER;
  });
  let begin = corner.indexOf(true);
  if (begin < 0) {
    begin = 0;
    corner[0] = true;
  }
  const out: Piece[] = [];
  for (let i = 0; i < n; ) {
    const from = (begin + i) % n;
    let count = 1;
    while (i + count < n && !corner[(begin + i + count) % n]) count += 1;
    const group: Piece[] = [];
    for (let k = 0; k < count; k += 1) group.push(pieces[(from + k) % n]!);
    merge(group, out);
    i += count;
  }
  return out;
}

/** A glyph as a charstring whose first move is kept apart, so that a subset can shift it and give it another width. */
export interface Outline {
  /** Where the first contour begins, font units; both 0 for a blank. */
  readonly x: number;
  readonly y: number;
  /** The charstring after its first `rmoveto`, without `endchar`; empty for a blank. */
  readonly body: Uint8Array;
}

/** A piece as the step that draws it from a point, or undefined where it goes nowhere. */
function stepOf(from: Point, p: Piece): Step | undefined {
  const step: number[] = [];
  let here = from;
  for (let i = 1; i < p.length; i += 1) {
    const next = p[i]!;
    step.push(next[0] - here[0], next[1] - here[1]);
    here = next;
  }
  return step.every((v) => v === 0) ? undefined : step;
}

/**
 * Draws a glyph's path as a charstring, simplified.
 * @param grid points are rounded to multiples of this, font units: each bit less of a coordinate is one less in the file
 */
export function outline(path: readonly PathCommand[], grid = 1): Outline {
  const out: number[] = [];
  // No negative zero, which would be an operand of its own.
  const rounded = (q: Point): Point => [Math.round(q[0] / grid) * grid + 0, Math.round(q[1] / grid) * grid + 0];
  let start: Point | undefined;
  let here: Point = [0, 0];
  for (const contour of contours(path)) {
    const pieces = simplify(contour).map((piece) => piece.map(rounded));
    const first = pieces[0]![0]!;
    if (start) {
      for (const v of sub(first, here)) operand(out, v);
      out.push(RMOVETO);
    } else start = first;
    here = first;
    const steps: Step[] = [];
    for (const [i, piece] of pieces.entries()) {
      const end = piece.at(-1)!;
      // The last line back to the start is drawn by closing.
      if (piece.length === 2 && i === pieces.length - 1 && end[0] === first[0] && end[1] === first[1]) continue;
      const step = stepOf(here, piece);
      if (step) steps.push(step);
      here = end;
    }
    draw(out, steps);
  }
  return start ? { x: start[0], y: start[1], body: Uint8Array.from(out) } : { x: 0, y: 0, body: new Uint8Array() };
}
