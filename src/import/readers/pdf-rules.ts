/** Ruling lines as the grids that they draw. */
import type { Rule } from "./pdf-page.ts";

/** How near two lines are one line, and how far apart the pieces of one may be, pt. */
const NEAR = 2.5;

/** A ruled grid: its lines from left to right and top down, and which places are one cell. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Of each place, row by row, the number of its cell: that of the cell's first place. */
  readonly cells: readonly (readonly number[])[];
  /** Cells that are none: their rows end before them, as the missing line at the table's edge shows. */
  readonly absent: ReadonlySet<number>;
}

/** Values that are near each other as one, ascending. */
function clustered(values: readonly number[]): number[] {
  const groups: number[][] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && value - group[0]! <= NEAR) group.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

/** Pieces of a line as one line; lines that are near each other are one. */
function merged(rules: readonly Rule[]): Rule[] {
  const lines = clustered(rules.map((rule) => rule.at));
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

const within = (at: number, { from, to }: Rule): boolean => at >= from - NEAR && at <= to + NEAR;

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
function groups(across: readonly Rule[], down: readonly Rule[]): { across: Rule[]; down: Rule[] }[] {
  const sets = new Sets(across.length + down.length);
  for (const [i, h] of across.entries())
    for (const [j, v] of down.entries()) if (within(v.at, h) && within(h.at, v)) sets.join(i, across.length + j);
  const found = new Map<number, { across: Rule[]; down: Rule[] }>();
  for (const [i, rule] of [...across, ...down].entries()) {
    const group = found.get(sets.of(i)) ?? { across: [], down: [] };
    found.set(sets.of(i), group);
    (i < across.length ? group.across : group.down).push(rule);
  }
  return [...found.values()];
}

/** Lines of a grid, and its ends where nothing was drawn there. */
function lines(drawn: readonly Rule[], crossing: readonly Rule[]): number[] {
  const ends = [Math.min(...crossing.map((rule) => rule.from)), Math.max(...crossing.map((rule) => rule.to))];
  const at = drawn.map((rule) => rule.at);
  const open = ends.filter((end) => at.every((line) => Math.abs(line - end) > 2 * NEAR));
  return clustered([...at, ...open]);
}

/** Whether most of a stretch is drawn on one of the lines. */
const covers = (rules: readonly Rule[], at: number, from: number, to: number): boolean =>
  rules.some(
    (rule) => Math.abs(rule.at - at) <= NEAR && Math.min(rule.to, to) - Math.max(rule.from, from) > 0.6 * (to - from),
  );

function gridOf({ across, down }: { across: readonly Rule[]; down: readonly Rule[] }): Grid | undefined {
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
  const edge = (r: number): boolean => covers(down, xs[columns]!, ys[r]!, ys[r + 1]!);
  const closed = cells.filter((_, r) => edge(r)).length > rows / 2;
  const ends = (row: readonly number[], r: number): boolean =>
    closed &&
    columns > 1 &&
    !edge(r) &&
    !covers(across, ys[r + 1]!, xs[columns - 1]!, xs[columns]!) &&
    row.at(-1) !== row.at(-2);
  return { xs, ys, cells, absent: new Set(cells.filter(ends).map((row) => row.at(-1)!)) };
}

/** How many lines a page may have: beyond them it is a drawing. */
const MOST = 20_000;

/** The grids of a page, top down. */
export function gridsOf(rules: readonly Rule[]): Grid[] {
  if (rules.length > MOST) return [];
  const across = merged(rules.filter((rule) => rule.axis === "x"));
  const down = merged(rules.filter((rule) => rule.axis === "y"));
  return groups(across, down)
    .flatMap((group) => gridOf(group) ?? [])
    .toSorted((a, b) => a.ys[0]! - b.ys[0]! || a.xs[0]! - b.xs[0]!);
}
