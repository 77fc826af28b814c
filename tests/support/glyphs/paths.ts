/** Outlines of glyphs, compared by where their lines run. */
import type { PathCommand } from "../../../scripts/outline.ts";

export type Point = readonly [number, number];

/** A curve is divided into straight pieces of about this length, thousandths of an em. */
const PIECE = 6;

/** The contours of a path as closed polygons. */
export function polygons(path: readonly PathCommand[]): Point[][] {
  const out: Point[][] = [];
  let contour: Point[] = [];
  for (const { command, args } of path) {
    if (command === "closePath") continue;
    const points = Array.from({ length: args.length / 2 }, (_, i): Point => [args[2 * i]!, args[2 * i + 1]!]);
    if (command === "moveTo") out.push((contour = [points[0]!]));
    else if (command === "lineTo") contour.push(points[0]!);
    else contour.push(...curve([contour.at(-1)!, ...points]));
  }
  return out.filter((points) => points.length > 1);
}

/** Points along a Bézier curve of any degree (de Casteljau), without its beginning. */
function curve(control: readonly Point[]): Point[] {
  const length = control
    .slice(1)
    .reduce((sum, [x, y], i) => sum + Math.hypot(x - control[i]![0], y - control[i]![1]), 0);
  const steps = Math.max(2, Math.ceil(length / PIECE));
  return Array.from({ length: steps }, (_, k) => {
    const t = (k + 1) / steps;
    let points = control;
    while (points.length > 1)
      points = points.slice(1).map((q, i): Point => {
        const p = points[i]!;
        return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];
      });
    return points[0]!;
  });
}

function toSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** How far a contour strays from another at most. */
export function strays(points: readonly Point[], from: readonly Point[]): number {
  let most = 0;
  for (const p of points) {
    let least = Number.POSITIVE_INFINITY;
    for (const [i, a] of from.entries()) least = Math.min(least, toSegment(p, a, from[(i + 1) % from.length]!));
    most = Math.max(most, least);
  }
  return most;
}
