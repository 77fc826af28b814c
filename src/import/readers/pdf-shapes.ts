/** Whether the shapes of a font's digits can be the digits that the font says they are. */
import { IDENTITY, type Point, polygons } from "./pdf-path.ts";

/** How many outlines a digit has: with a slash or a dot in 0, with 4 open or closed. */
const OUTLINES: Readonly<Record<string, readonly number[]>> = {
  "0": [2, 3, 4],
  "1": [1],
  "2": [1],
  "3": [1],
  "5": [1],
  "6": [2],
  "7": [1],
  "8": [3],
  "9": [2],
};

const heights = (points: readonly Point[]): { readonly low: number; readonly high: number } => ({
  low: Math.min(...points.map(([, y]) => y)),
  high: Math.max(...points.map(([, y]) => y)),
});

/**
 * Whether a glyph may be a digit: by its outlines, and for 0, 6 and 9 by how high the hole in it is.
 * @param path its outline, `y` upwards, as pdf.js gives it
 */
export function mayBeDigit(digit: string, path: ArrayLike<number>): boolean {
  const outlines = polygons(path, IDENTITY, 4)
    .map(({ points }) => points)
    .filter((points) => points.length > 2);
  const wanted = OUTLINES[digit];
  if (!wanted || outlines.length === 0) return outlines.length > 0;
  // Shapes that are put together of more pieces tell nothing.
  if (outlines.length > 4) return true;
  if (!wanted.includes(outlines.length)) return false;
  if (digit !== "0" && digit !== "6" && digit !== "9") return true;
  const all = heights(outlines.flat());
  const holes = outlines.map(heights).toSorted((a, b) => b.high - b.low - (a.high - a.low));
  const hole = holes[1]!;
  const middle = ((hole.low + hole.high) / 2 - all.low) / (all.high - all.low);
  const tall = (hole.high - hole.low) / (all.high - all.low);
  if (digit === "0") return tall > 0.5 && (outlines.length > 2 || Math.abs(middle - 0.5) < 0.06);
  return digit === "6" ? middle < 0.46 : middle > 0.54;
}
