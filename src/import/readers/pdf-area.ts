/** Areas of a page: what a path encloses, what is left of them by clipping. */
import { type Affine, type Point, polygons } from "./pdf-path.ts";

/** An upright rectangle, pt, origin at the top left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a path encloses. */
export interface Area {
  readonly box: Box;
  /** Its outlines; none where it is its box. */
  readonly outlines: readonly (readonly Point[])[];
  readonly evenOdd: boolean;
}

export const isEmpty = ({ left, top, right, bottom }: Box): boolean => !(right > left && bottom > top);

export const meet = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

const EMPTY: Box = { left: 0, top: 0, right: 0, bottom: 0 };

function boxOf(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return left <= right ? { left, top, right, bottom } : EMPTY;
}

/** Whether a polygon is its own box. */
function isBox(points: readonly Point[], box: Box): boolean {
  if (points.length < 4 || points.length > 5) return false;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.05;
  const upright = points.every(([x, y], i) => {
    const [u, v] = points[(i + 1) % points.length]!;
    return near(x, u) || near(y, v);
  });
  const corner = ([x, y]: Point): boolean =>
    (near(x, box.left) || near(x, box.right)) && (near(y, box.top) || near(y, box.bottom));
  return upright && points.every(corner);
}

export function areaOf(outlines: readonly (readonly Point[])[], evenOdd = false): Area {
  const solid = outlines.filter((points) => points.length > 1);
  const box = boxOf(solid.flat());
  return { box, outlines: solid.length === 1 && isBox(solid[0]!, box) ? [] : solid, evenOdd };
}

/** What a path of pdf.js encloses, its curves as lines. */
export const pathArea = (buffer: Float32Array, matrix: Affine, evenOdd: boolean): Area =>
  areaOf(
    polygons(buffer, matrix, 4).map(({ points }) => points),
    evenOdd,
  );

/** A rectangle under an affine map. */
export function quad([a, b, c, d, e, f]: Affine, left: number, top: number, right: number, bottom: number): Area {
  const at = (x: number, y: number): Point => [a * x + c * y + e, b * x + d * y + f];
  return areaOf([[at(left, top), at(right, top), at(right, bottom), at(left, bottom)]]);
}

/** Whether a point is inside: by the even-odd or the nonzero winding number rule (ISO 32000-1, 8.5.3.3). */
export function inside({ box, outlines, evenOdd }: Area, x: number, y: number): boolean {
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return false;
  if (outlines.length === 0) return true;
  let winding = 0;
  let crossings = 0;
  for (const points of outlines)
    for (const [i, [x1, y1]] of points.entries()) {
      const [x0, y0] = points[i === 0 ? points.length - 1 : i - 1]!;
      if (y0 > y === y1 > y || x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) <= x) continue;
      crossings += 1;
      winding += y1 > y0 ? 1 : -1;
    }
  return evenOdd ? crossings % 2 === 1 : winding !== 0;
}

/** How many steps `inside` takes. */
export const cost = ({ outlines }: Area): number => outlines.reduce((sum, points) => sum + points.length, 1);

/** What may be painted on: a rectangle, and areas that it is in besides. */
export interface Clip {
  readonly box: Box;
  readonly areas: readonly Area[];
}

/** How many areas a clip is made of; what is clipped further is taken as clipped by the box of those before. */
const MOST_AREAS = 32;

export function clipped(clip: Clip, area: Area): Clip {
  const box = meet(clip.box, area.box);
  if (isEmpty(box)) return { box: EMPTY, areas: [] };
  return { box, areas: area.outlines.length === 0 ? clip.areas : [...clip.areas.slice(1 - MOST_AREAS), area] };
}

export const shows = ({ box, areas }: Clip, x: number, y: number): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && areas.every((area) => inside(area, x, y));
