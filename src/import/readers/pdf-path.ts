/** An affine map as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f (ISO 32000-1, 8.3.3). */
export type Affine = readonly [number, number, number, number, number, number];

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0];

/** `inner` first, then `outer`. */
export const multiply = (outer: Affine, inner: Affine): Affine => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
];

/** A filled shape that is thinner is a line, pt. */
const THIN = 3;
/** How far a line may be off its axis, pt. */
const STRAIGHT = 0.5;

/** A ruling line along an axis: at `at`, from `from` to `to`. */
export interface Rule {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** As high as it is wide: a dot of a dotted line, along whichever axis. */
  readonly dot?: true;
}

export type Point = readonly [number, number];

/**
 * The closed and open polygons of a path as pdfjs-dist gives it (its `DrawOPS`).
 * @param pieces how many lines a curve is made of; of one piece it is its ends
 */
export function polygons(buffer: ArrayLike<number>, m: Affine, pieces = 1): { points: Point[]; closed: boolean }[] {
  const list: { points: Point[]; closed: boolean }[] = [];
  const at = (i: number): Point => {
    const [x, y] = [buffer[i]!, buffer[i + 1]!];
    return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
  };
  for (let i = 0; i < buffer.length; ) {
    const op = buffer[i]!;
    if (op === 0) list.push({ points: [at(i + 1)], closed: false });
    else if (op === 4) {
      const last = list.at(-1);
      if (last) last.closed = true;
    } else {
      const points = list.at(-1)?.points;
      if (pieces > 1 && points && points.length > 0 && op > 1) {
        const hull = [points.at(-1)!, at(i + 1), at(i + 3), ...(op === 2 ? [at(i + 5)] : [])];
        for (let piece = 1; piece < pieces; piece += 1) points.push(onCurve(hull, piece / pieces));
      }
      points?.push(at(i + [3, 1, 5, 3][op]!));
    }
    i += [3, 3, 7, 5, 1][op] ?? buffer.length;
  }
  return list;
}

/** A point of a Bézier curve (de Casteljau). */
function onCurve(hull: readonly Point[], t: number): Point {
  if (hull.length === 1) return hull[0]!;
  const between = ([x0, y0]: Point, [x1, y1]: Point): Point => [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
  return onCurve(
    hull.slice(1).map((point, i) => between(hull[i]!, point)),
    t,
  );
}

/** A segment as a ruling line; nothing where it is aslant or a point. */
function ruleOf([x0, y0]: Point, [x1, y1]: Point): Rule | undefined {
  const [w, h] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  if (w <= STRAIGHT && h > STRAIGHT)
    return { axis: "y", at: (x0 + x1) / 2, from: Math.min(y0, y1), to: Math.max(y0, y1) };
  if (h <= STRAIGHT && w > STRAIGHT)
    return { axis: "x", at: (y0 + y1) / 2, from: Math.min(x0, x1), to: Math.max(x0, x1) };
  return undefined;
}

/** The ruling lines that painting a path draws: thin shapes that are filled, straight segments that are stroked. */
export function rulesOfPath(
  buffer: Float32Array,
  matrix: Affine,
  painted: { readonly fill: boolean; readonly stroke: boolean },
): Rule[] {
  if (!painted.fill && !painted.stroke) return [];
  return polygons(buffer, matrix).flatMap(({ points, closed }): Rule[] => {
    const rules: (Rule | undefined)[] = [];
    if (painted.fill) {
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const [w, h] = [right - left, bottom - top];
      if (h <= THIN && Math.abs(w - h) < 0.1)
        rules.push({ axis: "x", at: (top + bottom) / 2, from: left, to: right, dot: true });
      else if (h <= THIN && w > h) rules.push({ axis: "x", at: (top + bottom) / 2, from: left, to: right });
      else if (w <= THIN && h > w) rules.push({ axis: "y", at: (left + right) / 2, from: top, to: bottom });
    }
    if (painted.stroke) {
      for (let i = 1; i < points.length; i += 1) rules.push(ruleOf(points[i - 1]!, points[i]!));
      if (closed && points.length > 2) rules.push(ruleOf(points.at(-1)!, points[0]!));
    }
    return rules.filter((rule) => rule !== undefined);
  });
}
