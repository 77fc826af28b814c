/**
 * Whether the shapes of a font's digits can be the digits that the font says they are. What is seen is looked at: the
 * outlines of one stroke may overlap, and cross themselves, as those of variable fonts do.
 */
import { IDENTITY, type Point, polygons } from "./pdf-path.ts";

/** How many holes a digit has: with a slash or a dot in 0, with 4 open or closed. */
const HOLES: Readonly<Record<string, readonly number[]>> = {
  "0": [1, 2, 3],
  "1": [0],
  "2": [0],
  "3": [0],
  "5": [0],
  "6": [1],
  "7": [0],
  "8": [2],
  "9": [1],
};

/** A glyph is looked at in so many rows of squares; a hair line has two of them or more. */
const ROWS = 96;
const MAX_COLUMNS = 2 * ROWS;
/** Fewer squares are no hole and no stroke: where two curves nearly meet. */
const SPECK = 6;

/** What of a glyph is ink, in squares, with an empty frame around it; row 0 is the lowest. */
interface Raster {
  readonly ink: Uint8Array;
  readonly columns: number;
}

/** Squares that hang together. */
interface Region {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** Fills outlines by the non-zero winding rule; nothing where they have no height. */
function rasterOf(outlines: readonly (readonly Point[])[]): Raster | undefined {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of outlines.flat()) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  const scale = ROWS / (high - low);
  if (!Number.isFinite(scale) || !Number.isFinite(right - left)) return undefined;
  const rows = ROWS + 2;
  const columns = Math.min(MAX_COLUMNS, Math.ceil((right - left) * scale)) + 2;
  const turns = new Int32Array(rows * columns);
  for (const points of outlines)
    for (const [i, [x1, y1]] of points.entries()) {
      const [x0, y0] = points.at(i - 1)!;
      const [from, to] = [(Math.min(y0, y1) - low) * scale, (Math.max(y0, y1) - low) * scale];
      for (let row = Math.ceil(from - 0.5); row + 0.5 < to; row += 1) {
        const x = x0 + ((low + (row + 0.5) / scale - y0) / (y1 - y0)) * (x1 - x0);
        const column = Math.min(columns - 1, Math.max(1, Math.ceil((x - left) * scale + 0.5)));
        turns[(row + 1) * columns + column]! += y1 > y0 ? 1 : -1;
      }
    }
  const ink = new Uint8Array(rows * columns);
  for (let row = 1; row < rows - 1; row += 1)
    for (let column = 1, winding = 0; column < columns - 1; column += 1) {
      winding += turns[row * columns + column]!;
      ink[row * columns + column] = winding === 0 ? 0 : 1;
    }
  return { ink, columns };
}

/** The regions of ink, or of what is none; ink hangs together over corners too. */
function regionsOf({ ink, columns }: Raster, of: 0 | 1): Region[] {
  const seen = new Uint8Array(ink.length);
  const straight = [1, -1, columns, -columns];
  const around = of === 0 ? straight : [...straight, columns + 1, columns - 1, 1 - columns, -1 - columns];
  const regions: Region[] = [];
  for (let start = 0; start < ink.length; start += 1) {
    if (ink[start] !== of || seen[start]) continue;
    seen[start] = 1;
    const squares = [start];
    for (let i = 0; i < squares.length; i += 1)
      for (const step of around) {
        const next = squares[i]! + step;
        if (next < 0 || next >= ink.length || seen[next] || ink[next] !== of) continue;
        seen[next] = 1;
        squares.push(next);
      }
    // It is come upon in its lowest row.
    const low = Math.floor(start / columns);
    const high = Math.floor(squares.reduce((most, at) => Math.max(most, at), start) / columns);
    // The outside, which the frame is of, is no hole.
    if (squares.length >= SPECK && !(of === 0 && low === 0)) regions.push({ size: squares.length, low, high });
  }
  return regions.toSorted((a, b) => b.high - b.low - (a.high - a.low) || b.size - a.size);
}

/**
 * Whether a glyph may be a digit: by the holes in it, and for 0, 6 and 9 by how high they are.
 * @param path its outline, `y` upwards, as pdf.js gives it
 */
export function mayBeDigit(digit: string, path: ArrayLike<number>): boolean {
  const outlines = polygons(path, IDENTITY, 4)
    .map(({ points }) => points)
    .filter((points) => points.length > 2);
  const raster = rasterOf(outlines);
  const pieces = raster ? regionsOf(raster, 1) : [];
  const wanted = HOLES[digit];
  if (!raster || !wanted || pieces.length === 0) return pieces.length > 0;
  // Shapes that are put together of more pieces decide nothing.
  if (pieces.length > 3) return true;
  const holes = regionsOf(raster, 0);
  if (!wanted.includes(holes.length) || (digit !== "0" && pieces.length > 1)) return false;
  if (digit !== "0" && digit !== "6" && digit !== "9") return true;
  const hole = holes[0]!;
  const middle = ((hole.low + hole.high + 1) / 2 - 1) / ROWS;
  const tall = (hole.high - hole.low + 1) / ROWS;
  if (digit === "0") return tall > 0.5 && (holes.length + pieces.length > 2 || Math.abs(middle - 0.5) < 0.06);
  return digit === "6" ? middle < 0.46 : middle > 0.54;
}
