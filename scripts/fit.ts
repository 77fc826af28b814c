/** Cubic curves fitted to points by least squares along their chords (Schneider, Graphics Gems I). */

export type Point = readonly [number, number];
/** A cubic curve's four points. */
export type Cubic = readonly [Point, Point, Point, Point];

/** The length of a vector, rounded as V8's `Math.hypot` rounds it and several times as fast. */
export function hypot(x: number, y: number): number {
  const most = Math.max(Math.abs(x), Math.abs(y));
  if (most === 0) return 0;
  const [a, b] = [x / most, y / most];
  return Math.sqrt(a * a + b * b) * most;
}

/** How far a fitted curve may lie from the outline, in thousandths of an em: at 16 pt, 0.03 pt. */
const TOLERANCE = 2;
/** The square of a distance that new places along the curve don't mend. */
const HOPELESS = TOLERANCE * TOLERANCE * 64;
/** How often points are given new places along the curve before it is given up. */
const ROUNDS = 3;

/** Points in a row that one curve is to go through; they are added one by one, and used again for the next row. */
export class Row {
  #x = new Float64Array(1024);
  #y = new Float64Array(1024);
  /** How far along the chords each point is. */
  #along = new Float64Array(1024);
  /** Where along the curve each point is taken to lie, 0 to 1. */
  #u = new Float64Array(1024);
  /** How far from each point the curve lies there, as `#worst` finds it. */
  #dx = new Float64Array(1024);
  #dy = new Float64Array(1024);
  #count = 0;
  /** The curve's control points, as `#solve` finds them. */
  #ax = 0;
  #ay = 0;
  #bx = 0;
  #by = 0;

  clear(): void {
    this.#count = 0;
  }

  add(x: number, y: number): void {
    const i = this.#count;
    if (i === this.#x.length) this.#grow();
    this.#x[i] = x;
    this.#y[i] = y;
    this.#along[i] = i === 0 ? 0 : this.#along[i - 1]! + hypot(x - this.#x[i - 1]!, y - this.#y[i - 1]!);
    this.#count = i + 1;
  }

  /**
   * One cubic through all points within the tolerance, or undefined.
   * @param start direction in which it leaves the first point, of length 1
   * @param end direction in which it leaves the last point, backwards, of length 1
   */
  fit(start: Point, end: Point): Cubic | undefined {
    const last = this.#count - 1;
    const total = this.#along[last]! || 1;
    for (let i = 0; i <= last; i += 1) this.#u[i] = this.#along[i]! / total;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0) this.#reparameterize();
      this.#solve(start, end);
      const worst = this.#worst();
      if (worst <= TOLERANCE * TOLERANCE)
        return [
          [this.#x[0]!, this.#y[0]!],
          [this.#ax, this.#ay],
          [this.#bx, this.#by],
          [this.#x[last]!, this.#y[last]!],
        ];
      if (worst > HOPELESS) return undefined;
    }
    return undefined;
  }

  #grow(): void {
    const twice = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    [this.#x, this.#y, this.#along, this.#u] = [twice(this.#x), twice(this.#y), twice(this.#along), twice(this.#u)];
    [this.#dx, this.#dy] = [twice(this.#dx), twice(this.#dy)];
  }

  #solve(t1: Point, t2: Point): void {
    const [xs, ys, us, count] = [this.#x, this.#y, this.#u, this.#count];
    const [fx, fy, lx, ly] = [xs[0]!, ys[0]!, xs[count - 1]!, ys[count - 1]!];
    const [t1x, t1y, t2x, t2y] = [t1[0], t1[1], t2[0], t2[1]];
    let c00 = 0;
    let c01 = 0;
    let c11 = 0;
    let x0 = 0;
    let x1 = 0;
    for (let i = 0; i < count; i += 1) {
      const t = us[i]!;
      const s = 1 - t;
      const b0 = s * s * s;
      const b1 = 3 * s * s * t;
      const b2 = 3 * s * t * t;
      const b3 = t * t * t;
      const a1x = t1x * b1;
      const a1y = t1y * b1;
      const a2x = t2x * b2;
      const a2y = t2y * b2;
      c00 += a1x * a1x + a1y * a1y;
      c01 += a1x * a2x + a1y * a2y;
      c11 += a2x * a2x + a2y * a2y;
      const dx = xs[i]! - (fx * (b0 + b1) + lx * (b2 + b3));
      const dy = ys[i]! - (fy * (b0 + b1) + ly * (b2 + b3));
      x0 += a1x * dx + a1y * dy;
      x1 += a2x * dx + a2y * dy;
    }
    const det = c00 * c11 - c01 * c01;
    const chord = hypot(lx - fx, ly - fy);
    let l = det === 0 ? 0 : (x0 * c11 - x1 * c01) / det;
    let r = det === 0 ? 0 : (c00 * x1 - c01 * x0) / det;
    if (l < chord * 1e-3 || r < chord * 1e-3 || l > chord * 3 || r > chord * 3) {
      l = chord / 3;
      r = chord / 3;
    }
    this.#ax = fx + t1x * l;
    this.#ay = fy + t1y * l;
    this.#bx = lx + t2x * r;
    this.#by = ly + t2y * r;
  }

  /** The square of the greatest distance of a point from where the curve has it, or of one that is hopeless. */
  #worst(): number {
    const [xs, ys, us, last] = [this.#x, this.#y, this.#u, this.#count - 1];
    const [dxs, dys] = [this.#dx, this.#dy];
    const [p0x, p0y, p3x, p3y] = [xs[0]!, ys[0]!, xs[last]!, ys[last]!];
    const [p1x, p1y, p2x, p2y] = [this.#ax, this.#ay, this.#bx, this.#by];
    let worst = 0;
    for (let i = 1; i < last; i += 1) {
      const t = us[i]!;
      const s = 1 - t;
      const a = s * s * s;
      const b = 3 * s * s * t;
      const c = 3 * s * t * t;
      const d = t * t * t;
      const dx = a * p0x + b * p1x + c * p2x + d * p3x - xs[i]!;
      const dy = a * p0y + b * p1y + c * p2y + d * p3y - ys[i]!;
      dxs[i] = dx;
      dys[i] = dy;
      const square = dx * dx + dy * dy;
      if (square > worst) {
        worst = square;
        if (worst > HOPELESS) return worst;
      }
    }
    return worst;
  }

  /** Each point nearer to its foot on the curve, by one step of Newton's. */
  #reparameterize(): void {
    const [xs, ys, us, last] = [this.#x, this.#y, this.#u, this.#count - 1];
    const [dxs, dys] = [this.#dx, this.#dy];
    const [p0x, p0y, p3x, p3y] = [xs[0]!, ys[0]!, xs[last]!, ys[last]!];
    const [p1x, p1y, p2x, p2y] = [this.#ax, this.#ay, this.#bx, this.#by];
    for (let i = 1; i < last; i += 1) {
      const t = us[i]!;
      const s = 1 - t;
      const dx = dxs[i]!;
      const dy = dys[i]!;
      const a = 3 * s * s;
      const b = 6 * s * t;
      const c = 3 * t * t;
      const fx = a * (p1x - p0x) + b * (p2x - p1x) + c * (p3x - p2x);
      const fy = a * (p1y - p0y) + b * (p2y - p1y) + c * (p3y - p2y);
      const sx = 6 * (s * (p2x - 2 * p1x + p0x) + t * (p3x - 2 * p2x + p1x));
      const sy = 6 * (s * (p2y - 2 * p1y + p0y) + t * (p3y - 2 * p2y + p1y));
      const bottom = fx * fx + fy * fy + dx * sx + dy * sy;
      if (bottom !== 0) us[i] = Math.min(1, Math.max(0, t - (dx * fx + dy * fy) / bottom));
    }
  }
}
