/** Parts of lines that are set under each other. */
import type { GlyphLine } from "./pdf-lines.ts";

/** A column of figures, and where that by which they are set under each other is. */
export interface Column {
  from: number;
  to: number;
  readonly at: number;
  readonly of: (part: GlyphLine) => number;
}

/** How far from each other ends may be that are set under each other, pt. */
const ALIGNED = 3;

/**
 * The columns that parts of lines stand in, from left to right: by their left ends, middles or right ends, whichever
 * are the fewest; nothing where two parts of one line would be in one column.
 */
export function columnsUnder(lines: readonly (readonly GlyphLine[])[]): Column[] | undefined {
  const ways: ((part: GlyphLine) => number)[] = [
    (part) => (part.left + part.right) / 2,
    (part) => part.right,
    (part) => part.left,
  ];
  const found = ways.flatMap((of): Column[][] => {
    const columns: (Column & { readonly parts: GlyphLine[] })[] = [];
    for (const part of lines.flat().toSorted((a, b) => of(a) - of(b))) {
      const last = columns.at(-1);
      if (last && of(part) - last.at <= ALIGNED) {
        last.parts.push(part);
        last.from = Math.min(last.from, part.left);
        last.to = Math.max(last.to, part.right);
      } else columns.push({ at: of(part), of, from: part.left, to: part.right, parts: [part] });
    }
    const columnOf = new Map(columns.flatMap((column) => column.parts.map((part) => [part, column])));
    const apart = lines.every((line) => new Set(line.map((part) => columnOf.get(part))).size === line.length);
    return apart ? [columns] : [];
  });
  return found.length === 0 ? undefined : found.reduce((a, b) => (b.length < a.length ? b : a));
}

/** The column that a part of a line is nearest to. */
export function nearestTo(part: GlyphLine, columns: readonly Column[]): number {
  const distances = columns.map((column) => Math.abs(column.of(part) - column.at));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}
