/** Ruling lines as the grids that they draw. */
import type { Rule } from "./pdf-path.ts";

/** How near two lines are one line, and how far apart the pieces of one may be, pt. */
const NEAR = 2.5;
/** How near the lines of two cells are that have a frame each, or of a double line; a row is higher. */
const DOUBLE = 4;

/** A ruled grid: its lines from left to right and top down, and which places are one cell. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Of each place, row by row, the number of its cell: that of the cell's first place. */
  readonly cells: readonly (readonly number[])[];
  /** Cells that are none: their rows end before them, as the missing line at the table's edge shows. */
  readonly absent: ReadonlySet<number>;
  /** Cells of the last row without a line under them while others have one: they go on, on the next page. */
  readonly open: ReadonlySet<number>;
}

/** How far off each other the pieces of one line are, pt. */
const EXACT = 1;

/** Values that are near each other as one, ascending. */
function clustered(values: readonly number[], near: number): number[] {
  const groups: number[][] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && value - group[0]! <= near) group.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

/** Pieces of a line as one line. */
function merged(rules: readonly Rule[]): Rule[] {
  const lines = clustered(
    rules.map((rule) => rule.at),
    EXACT,
  );
  const byLine = lines.map((): Rule[] => []);
  let line = 0;
  for (const rule of rules.toSorted((a, b) => a.at - b.at)) {
    while (line + 1 < lines.length && Math.abs(lines[line + 1]! - rule.at) < Math.abs(lines[line]! - rule.at))
      line += 1;
    byLine[line]!.push(rule);
  }
  return byLine.flatMap((pieces, i) => {
    const whole: { axis: Rule["axis"]; at: number; from: number; to: number }[] = [];
    for (const { axis, from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
      const last = whole.at(-1);
      if (last && from - last.to <= NEAR) last.to = Math.max(last.to, to);
      else whole.push({ axis, at: lines[i]!, from, to });
    }
    return whole;
  });
}

/** Lines that are of one table. */
interface Group {
  readonly across: Rule[];
  readonly down: Rule[];
}

const within = (at: number, { from, to }: Rule): boolean => at >= from - DOUBLE && at <= to + DOUBLE;

/** Dots that stand in a row as the lines that they make. */
function dotted(dots: readonly Rule[], axis: Rule["axis"]): Rule[] {
  const point = (dot: Rule): readonly [number, number] => {
    const x = (dot.from + dot.to) / 2;
    return axis === "x" ? [dot.at, x] : [x, dot.at];
  };
  const rows = new Map<number, number[]>();
  for (const [across, along] of dots.map(point)) {
    const key = Math.round(across * 4);
    const row = rows.get(key) ?? [];
    rows.set(key, row);
    row.push(along);
  }
  return [...rows].flatMap(([key, places]) => {
    const lines: { axis: Rule["axis"]; at: number; from: number; to: number }[] = [];
    for (const place of places.toSorted((a, b) => a - b)) {
      const last = lines.at(-1);
      if (last && place - last.to <= 2 * NEAR) last.to = place;
      else lines.push({ axis, at: key / 4, from: place, to: place });
    }
    return lines.filter((line) => line.to - line.from > 2 * NEAR);
  });
}

/** Sets that are joined one by one. */
class Sets {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, i) => i);
  }

  of(item: number): number {
    let root = item;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    this.#parents[item] = root;
    return root;
  }

  /** The lower of the two names the set. */
  join(a: number, b: number): void {
    const [low, high] = [this.of(a), this.of(b)].sort((x, y) => x - y) as [number, number];
    this.#parents[high] = low;
  }
}

/** Lines that touch each other, together. */
function groups(across: readonly Rule[], down: readonly Rule[]): Group[] {
  const sets = new Sets(across.length + down.length);
  for (const [i, h] of across.entries())
    for (const [j, v] of down.entries()) if (within(v.at, h) && within(h.at, v)) sets.join(i, across.length + j);
  const found = new Map<number, Group>();
  for (const [i, rule] of [...across, ...down].entries()) {
    const group = found.get(sets.of(i)) ?? { across: [], down: [] };
    found.set(sets.of(i), group);
    (i < across.length ? group.across : group.down).push(rule);
  }
  const all = [...found.values()];
  // Where a page is nothing but rows of one merged cell, the line at its side touches none of the others.
  for (const lone of all.filter((group) => group.across.length === 0))
    for (const rule of lone.down)
      all
        .find((group) => {
          const ys = group.across.map((line) => line.at);
          return (
            ys.length > 1 &&
            Math.abs(Math.min(...ys, ...group.down.map((line) => line.from)) - rule.from) <= DOUBLE &&
            Math.abs(Math.max(...ys, ...group.down.map((line) => line.to)) - rule.to) <= DOUBLE
          );
        })
        ?.down.push(rule);
  return all;
}

/** Lines of a grid, and its ends where nothing was drawn there. */
function lines(drawn: readonly Rule[], crossing: readonly Rule[]): number[] {
  const ends = [Math.min(...crossing.map((rule) => rule.from)), Math.max(...crossing.map((rule) => rule.to))];
  const at = drawn.map((rule) => rule.at);
  const open = ends.filter((end) => at.every((line) => Math.abs(line - end) > 2 * NEAR));
  return clustered([...at, ...open], DOUBLE);
}

/** Whether most of a stretch is drawn on one of the lines. */
const covers = (rules: readonly Rule[], at: number, from: number, to: number): boolean =>
  rules.some(
    (rule) => Math.abs(rule.at - at) <= DOUBLE && Math.min(rule.to, to) - Math.max(rule.from, from) > 0.6 * (to - from),
  );

function gridOf({ across, down }: Group): Grid | undefined {
  if (across.length < 2 || down.length === 0) return undefined;
  const [xs, ys] = [lines(down, across), lines(across, down)];
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  // A frame around a text is no table.
  if (columns < 1 || rows < 1 || columns * rows < 2) return undefined;
  const sets = new Sets(columns * rows);
  for (let r = 0; r < rows; r += 1)
    for (let c = 0; c < columns; c += 1) {
      const place = r * columns + c;
      if (c + 1 < columns && !covers(down, xs[c + 1]!, ys[r]!, ys[r + 1]!)) sets.join(place, place + 1);
      if (r + 1 < rows && !covers(across, ys[r + 1]!, xs[c]!, xs[c + 1]!)) sets.join(place, place + columns);
    }
  const cells = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => sets.of(r * columns + c)),
  );
  const under = (r: number): boolean[] =>
    xs.slice(0, -1).map((left, c) => covers(across, ys[r + 1]!, left, xs[c + 1]!));
  const closed = (r: number, c: number): boolean => covers(down, xs[c + 1]!, ys[r]!, ys[r + 1]!);
  const ends = (row: readonly number[], r: number): boolean => {
    const lines = under(r);
    const most = lines.filter(Boolean).length > columns / 2;
    return most && !lines.at(-1) && !closed(r, columns - 1) && row.at(-1) !== row.at(-2);
  };
  const absent = new Set(cells.filter(ends).map((row) => row.at(-1)!));
  const last = under(rows - 1);
  const goesOn = (_: number, c: number): boolean => last.some(Boolean) && !last[c] && closed(rows - 1, c);
  const open = new Set(cells.at(-1)!.filter(goesOn));
  return { xs, ys, cells, absent, open };
}

/** How many lines a page may have: beyond them it is a drawing. */
const MOST = 200_000;
const MOST_MERGED = 2000;

const extent = ({ across }: Group): readonly [number, number] => [
  Math.min(...across.map((rule) => rule.from)),
  Math.max(...across.map((rule) => rule.to)),
];

/**
 * Groups of lines with those that they are one table with: where a table has no lines at its sides, nothing but their
 * ends under each other joins the lines over and under a row that is one cell.
 */
function stacked(
  all: readonly Group[],
  between: (left: number, right: number, top: number, bottom: number) => boolean,
): Group[] {
  const top = (group: Group): number => Math.min(...group.across.map((rule) => rule.at));
  const bottom = (group: Group): number => Math.max(...group.across.map((rule) => rule.at));
  const made: Group[] = [];
  for (const group of all.filter(({ across }) => across.length > 0).toSorted((a, b) => top(a) - top(b))) {
    const last = made.at(-1);
    const [left, right] = extent(group);
    const same = last && Math.abs(extent(last)[0] - left) <= NEAR && Math.abs(extent(last)[1] - right) <= NEAR;
    if (same && between(left, right, bottom(last), top(group))) {
      last.across.push(...group.across);
      last.down.push(...group.down);
    } else made.push({ across: [...group.across], down: [...group.down] });
  }
  return made;
}

/**
 * The grids of a page, top down.
 * @param between whether what stands in a rectangle is of the table whose lines are over and under it
 */
export function gridsOf(
  rules: readonly Rule[],
  between: (left: number, right: number, top: number, bottom: number) => boolean,
): Grid[] {
  if (rules.length > MOST) return [];
  const dots = rules.filter((rule) => rule.dot);
  const lines = rules.filter((rule) => !rule.dot);
  const [across, down] = (["x", "y"] as const).map((axis) =>
    merged([...lines.filter((rule) => rule.axis === axis), ...dotted(dots, axis)]),
  ) as [Rule[], Rule[]];
  if (across.length > MOST_MERGED || down.length > MOST_MERGED) return [];
  return stacked(groups(across, down), between)
    .flatMap((group) => gridOf(group) ?? [])
    .toSorted((a, b) => a.ys[0]! - b.ys[0]! || a.xs[0]! - b.xs[0]!);
}
