/** Outlines made smaller: quadratic contours of thousands of points become few cubic curves, drawn as Type 2 charstrings. */
import { draw, operand, RMOVETO, type Step } from "./charstring.ts";

/** As fontkit gives a glyph's path; font units, y upwards. */
export interface PathCommand {
  readonly command: "moveTo" | "lineTo" | "quadraticCurveTo" | "bezierCurveTo" | "closePath";
  readonly args: readonly number[];
}

type Point = readonly [number, number];
/** A line (2 points) or a cubic curve (4 points). */
type Piece = readonly Point[];

/** How far a fitted curve may lie from the outline, in thousandths of an em: at 16 pt, 0.03 pt. */
const TOLERANCE = 2;
/** A change of direction of more than this, in radians, is a corner. */
const CORNER = 0.5;
/** A line that is longer than this between two bends stays a line. */
const LONG_LINE = 18;

const sub = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
const length = (a: Point): number => Math.hypot(a[0], a[1]);
const unit = (a: Point): Point => {
  const l = length(a) || 1;
  return [a[0] / l, a[1] / l];
};
const at = (p: Piece, t: number): Point => {
  if (p.length === 2) return [p[0]![0] + (p[1]![0] - p[0]![0]) * t, p[0]![1] + (p[1]![1] - p[0]![1]) * t];
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [
    a * p[0]![0] + b * p[1]![0] + c * p[2]![0] + d * p[3]![0],
    a * p[0]![1] + b * p[1]![1] + c * p[2]![1] + d * p[3]![1],
  ];
};
const startDirection = (p: Piece): Point => unit(sub(p.find((q) => length(sub(q, p[0]!)) > 0.01) ?? p[1]!, p[0]!));
const endDirection = (p: Piece): Point => {
  const last = p.at(-1)!;
  return unit(sub(last, [...p].reverse().find((q) => length(sub(q, last)) > 0.01) ?? p[0]!));
};

/** The contours of a glyph, closed, without pieces of no length. */
function contours(path: readonly PathCommand[]): Piece[][] {
  const out: Piece[][] = [];
  let pieces: Piece[] = [];
  let start: Point = [0, 0];
  let here: Point = [0, 0];
  const close = (): void => {
    if (length(sub(start, here)) > 0.01) pieces.push([here, start]);
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
      if (length(sub(end, here)) > 0.01) pieces.push([here, end]);
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

/** Fits one cubic to points by least squares along their chord (Schneider, Graphics Gems I). */
function fitOnce(points: readonly Point[], u: Float64Array, t1: Point, t2: Point): Piece {
  const [first, last] = [points[0]!, points.at(-1)!];
  let [c00, c01, c11, x0, x1] = [0, 0, 0, 0, 0];
  for (let i = 0; i < points.length; i += 1) {
    const t = u[i]!;
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    const [a1x, a1y, a2x, a2y] = [t1[0] * b1, t1[1] * b1, t2[0] * b2, t2[1] * b2];
    c00 += a1x * a1x + a1y * a1y;
    c01 += a1x * a2x + a1y * a2y;
    c11 += a2x * a2x + a2y * a2y;
    const dx = points[i]![0] - (first[0] * (b0 + b1) + last[0] * (b2 + b3));
    const dy = points[i]![1] - (first[1] * (b0 + b1) + last[1] * (b2 + b3));
    x0 += a1x * dx + a1y * dy;
    x1 += a2x * dx + a2y * dy;
  }
  const det = c00 * c11 - c01 * c01;
  const chord = length(sub(last, first));
  let l = det === 0 ? 0 : (x0 * c11 - x1 * c01) / det;
  let r = det === 0 ? 0 : (c00 * x1 - c01 * x0) / det;
  if (l < chord * 1e-3 || r < chord * 1e-3 || l > chord * 3 || r > chord * 3) {
    l = chord / 3;
    r = chord / 3;
  }
  return [first, [first[0] + t1[0] * l, first[1] + t1[1] * l], [last[0] + t2[0] * r, last[1] + t2[1] * r], last];
}

function reparameterize(curve: Piece, points: readonly Point[], u: Float64Array): void {
  const [p0, p1, p2, p3] = curve as readonly [Point, Point, Point, Point];
  for (let i = 1; i < points.length - 1; i += 1) {
    const t = u[i]!;
    const s = 1 - t;
    const d = sub(at(curve, t), points[i]!);
    const [a, b, c] = [3 * s * s, 6 * s * t, 3 * t * t];
    const fx = a * (p1[0] - p0[0]) + b * (p2[0] - p1[0]) + c * (p3[0] - p2[0]);
    const fy = a * (p1[1] - p0[1]) + b * (p2[1] - p1[1]) + c * (p3[1] - p2[1]);
    const sx = 6 * (s * (p2[0] - 2 * p1[0] + p0[0]) + t * (p3[0] - 2 * p2[0] + p1[0]));
    const sy = 6 * (s * (p2[1] - 2 * p1[1] + p0[1]) + t * (p3[1] - 2 * p2[1] + p1[1]));
    const bottom = fx * fx + fy * fy + d[0] * sx + d[1] * sy;
    if (bottom !== 0) u[i] = Math.min(1, Math.max(0, t - (d[0] * fx + d[1] * fy) / bottom));
  }
}

/** One cubic through all points within the tolerance, or undefined. */
function fitted(points: readonly Point[], t1: Point, t2: Point): Piece | undefined {
  const u = new Float64Array(points.length);
  for (let i = 1; i < points.length; i += 1) u[i] = u[i - 1]! + length(sub(points[i]!, points[i - 1]!));
  const total = u[points.length - 1]! || 1;
  for (let i = 1; i < points.length; i += 1) u[i]! /= total;
  for (let round = 0; round < 3; round += 1) {
    const curve = fitOnce(points, u, t1, t2);
    let worst = 0;
    for (let i = 1; i < points.length - 1; i += 1) worst = Math.max(worst, length(sub(at(curve, u[i]!), points[i]!)));
    if (worst <= TOLERANCE) return curve;
    if (worst > TOLERANCE * 8) return undefined;
    reparameterize(curve, points, u);
  }
  return undefined;
}

/** Points along pieces that are joined smoothly. */
function samples(pieces: readonly Piece[]): Point[] {
  const points: Point[] = [pieces[0]![0]!];
  for (const p of pieces) {
    const steps = Math.max(2, Math.min(6, Math.ceil(length(sub(p.at(-1)!, p[0]!)) / 10)));
    for (let k = 1; k <= steps; k += 1) points.push(at(p, k / steps));
  }
  return points;
}

/** Pieces that are joined smoothly, as few curves: each as long as it can be, from node to node of the outline. */
function merge(pieces: readonly Piece[], out: Piece[]): void {
  let i = 0;
  while (i < pieces.length) {
    let best: Piece = pieces[i]!;
    let next = i + 1;
    for (let end = i + 2; end <= pieces.length; end += 1) {
      const group = pieces.slice(i, end);
      const last = endDirection(group.at(-1)!);
      const curve = fitted(samples(group), startDirection(group[0]!), [-last[0], -last[1]]);
      if (!curve) break;
      best = curve;
      next = end;
    }
    out.push(best);
    i = next;
  }
}

/** A contour in as few lines and curves as keep within the tolerance. */
function simplify(pieces: readonly Piece[]): Piece[] {
  const n = pieces.length;
  const straight = pieces.map((p) => p.length === 2 && length(sub(p[1]!, p[0]!)) > LONG_LINE);
  const corner = pieces.map((p, i) => {
    const before = (i + n - 1) % n;
    return straight[i] || straight[before] || dot(endDirection(pieces[before]!), startDirection(p)) < Math.cos(CORNER);
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
    const group = Array.from({ length: count }, (_, k) => pieces[(from + k) % n]!);
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
  const step = p.slice(1).flatMap((q, i) => sub(q, i === 0 ? from : p[i]!));
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
