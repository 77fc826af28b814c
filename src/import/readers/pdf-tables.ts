/** Grids of a PDF's pages filled with their texts, and joined where they go over pages. */
import type { FormLabels } from "../../form/label-index.ts";
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { isFigure } from "./figure-like.ts";
import type { Box } from "./pdf-area.ts";
import { cellOf, liesIn, overhangs, runsOver, standsAlone } from "./pdf-cells.ts";
import { middle } from "./pdf-lines.ts";
import type { Glyph, Page, Thing } from "./pdf-parts.ts";
import type { Grid } from "./pdf-rules.ts";

/** A table with the lines between its columns; a merged cell stands at every place that it spans. */
export interface Table {
  readonly xs: readonly number[];
  readonly rows: readonly (readonly SourceCell[])[];
  /** Where on its page it begins and ends, pt. */
  readonly top: number;
  readonly bottom: number;
}

/** Stands where a row has no cell. */
export const ABSENT: SourceCell = { text: "" };

/** The place that a coordinate is in; -1 outside. */
const placeOf = (lines: readonly number[], at: number): number =>
  at < lines[0]! || at > lines.at(-1)!
    ? -1
    : Math.min(
        lines.findLastIndex((line) => line <= at),
        lines.length - 2,
      );

const areaOf = ({ xs, ys }: Grid): number => (xs.at(-1)! - xs[0]!) * (ys.at(-1)! - ys[0]!);

/** How far under a table's last line a cell's text may reach that goes on, on the next page, pt. */
const OVERHANG = 60;

/** The rectangle of each cell of a grid. */
function boxesOf({ xs, ys, cells }: Grid): Map<number, Box> {
  const boxes = new Map<number, Box>();
  for (const [r, row] of cells.entries())
    for (const [c, cell] of row.entries()) {
      const [left, top, right, bottom] = [xs[c]!, ys[r]!, xs[c + 1]!, ys[r + 1]!];
      const before = boxes.get(cell) ?? { left, top, right, bottom };
      boxes.set(cell, {
        left: Math.min(before.left, left),
        top: Math.min(before.top, top),
        right: Math.max(before.right, right),
        bottom: Math.max(before.bottom, bottom),
      });
    }
  return boxes;
}

/** What is in a grid's cells, by the number of each. */
interface Contents {
  readonly glyphs: Map<number, Glyph[]>;
  readonly doubts: Map<number, Doubt>;
}

/** Doubts about cells: what lies in them and is no text, lines by themselves, text that runs over. */
function doubtsIn(grid: Grid, { glyphs, doubts }: Contents, { things, rules, width, height }: FilledPage): void {
  const boxes = boxesOf(grid);
  const [left, right, top, bottom] = [grid.xs[0]!, grid.xs.at(-1)!, grid.ys[0]!, grid.ys.at(-1)!];
  const near = things.filter(
    ({ box }: Thing) => box.left < right && box.right > left && box.top < bottom && box.bottom > top,
  );
  for (const [cell, box] of boxes) {
    const inCell = glyphs.get(cell) ?? [];
    const thing = near.find((one) => liesIn(one, box, width * height));
    if (thing) doubts.set(cell, thing.doubt);
    else if (inCell.some((glyph) => overhangs(glyph, box))) doubts.set(cell, { kind: "clipped" });
  }
  for (const rule of rules) {
    const [x, y] = rule.axis === "x" ? [(rule.from + rule.to) / 2, rule.at] : [rule.at, (rule.from + rule.to) / 2];
    const cell = grid.cells[placeOf(grid.ys, y)]?.[placeOf(grid.xs, x)];
    if (cell === undefined || !standsAlone(rule, boxes.get(cell)!, glyphs.get(cell) ?? [])) continue;
    doubts.set(cell, { kind: "thing", thing: "drawing" });
  }
}

type FilledPage = Pick<Page, "glyphs" | "things" | "rules" | "width" | "height">;

/** Puts a page's characters into its grids, each into the smallest that it is in. */
export function fill(grids: readonly Grid[], page: FilledPage): { readonly tables: Table[]; readonly rest: Glyph[] } {
  const rest: Glyph[] = [];
  const contents = grids.map((): Contents => ({ glyphs: new Map(), doubts: new Map() }));
  const order = grids.map((_, i) => i).sort((a, b) => areaOf(grids[a]!) - areaOf(grids[b]!));
  const find = (glyph: Glyph): readonly [number, number] | undefined => {
    const [x, y] = middle(glyph);
    const row = (i: number): number => {
      const { xs, ys, cells, open } = grids[i]!;
      const below = y > ys.at(-1)! && y < ys.at(-1)! + OVERHANG && open.has(cells.at(-1)![placeOf(xs, x)] ?? -1);
      return below ? cells.length - 1 : placeOf(ys, y);
    };
    const at = order.find((i) => placeOf(grids[i]!.xs, x) >= 0 && row(i) >= 0);
    return at === undefined ? undefined : [at, grids[at]!.cells[row(at)]![placeOf(grids[at]!.xs, x)]!];
  };
  let before: { readonly glyph: Glyph; readonly at: readonly [number, number] | undefined } | undefined;
  for (const glyph of page.glyphs) {
    const at = find(glyph);
    const crossed = before && (before.at?.[0] !== at?.[0] || before.at?.[1] !== at?.[1]);
    if (crossed && runsOver(before!.glyph, glyph))
      for (const place of [before!.at, at]) if (place) contents[place[0]]!.doubts.set(place[1], { kind: "clipped" });
    before = { glyph, at };
    if (!at) {
      rest.push(glyph);
      continue;
    }
    const { glyphs } = contents[at[0]]!;
    const content = glyphs.get(at[1]) ?? [];
    glyphs.set(at[1], content);
    content.push(glyph);
  }
  const tables = grids.flatMap((grid, i): Table[] => {
    const { glyphs, doubts } = contents[i]!;
    if (glyphs.size === 0) return [];
    doubtsIn(grid, contents[i]!, page);
    const { xs, ys, cells, absent } = grid;
    const made = new Map<number, SourceCell>();
    const rows = cells.map((row) =>
      row.map((cell, column) => {
        if (absent.has(cell) && !glyphs.has(cell)) return ABSENT;
        const right = row.lastIndexOf(cell) + 1;
        const known = made.get(cell) ?? cellOf(glyphs.get(cell) ?? [], xs[right]! - xs[column]!, doubts.get(cell));
        made.set(cell, known);
        return known;
      }),
    );
    return [{ xs, rows, top: ys[0]!, bottom: ys.at(-1)! }];
  });
  return { tables, rest };
}

/** How far apart the columns of two pages may be, pt. */
const NEAR = 4;

/** A table's rows on more columns than it has lines for. */
function spread({ xs, rows }: Table, lines: readonly number[], shift: number): SourceCell[][] {
  const places = lines.slice(0, -1).map((left, i) => {
    const middle = (left + lines[i + 1]!) / 2 + shift;
    if (middle > xs.at(-1)!) return -1;
    return Math.max(
      0,
      Math.min(
        xs.findLastIndex((x) => x <= middle),
        xs.length - 2,
      ),
    );
  });
  return rows.map((row) => places.map((place) => row[place] ?? ABSENT));
}

const same = (a: readonly SourceCell[], b: readonly SourceCell[]): boolean =>
  a.length === b.length && a.every((cell, i) => cell.text === b[i]!.text);

const isBlank = ({ text }: SourceCell): boolean => text.trim() === "";

/** How many rows at a table's beginning are the head of another, repeated. */
function repeated(first: readonly SourceCell[][], next: readonly SourceCell[][]): number {
  let count = 0;
  while (count < next.length && count < first.length) {
    const row = next[count]!;
    if (!same(first[count]!, row) || row.some((cell) => !isBlank(cell) && isFigure(cell.text))) break;
    count += 1;
  }
  return count;
}

/** A label of which the end stands on the next page. */
const wholeLabel = (above: SourceCell, below: SourceCell, labels: FormLabels): string | undefined => {
  const whole = above.text + below.text;
  return !labels.isLabel(above.text) && labels.isLabel(whole) ? whole : undefined;
};

const sameSpans = (a: readonly SourceCell[], b: readonly SourceCell[]): boolean =>
  a.every((cell, i) => i === 0 || (cell === a[i - 1]) === (b[i] === b[i - 1]));

/** Cells that become others, wherever they stand. */
type Changes = Map<SourceCell, SourceCell>;

/** Two halves of one row that a page ends in: what its cells become; nothing where they are two rows. */
function oneRow(above: readonly SourceCell[], below: readonly SourceCell[], labels: FormLabels): Changes | undefined {
  if (!sameSpans(above, below)) return undefined;
  const changes: Changes = new Map();
  let cut = below.every(isBlank);
  for (const [i, cell] of above.entries()) {
    const other = below[i]!;
    const label = isBlank(cell) || isBlank(other) ? undefined : wholeLabel(cell, other, labels);
    if (!isBlank(cell) && !isBlank(other) && label === undefined) return undefined;
    cut ||= label !== undefined || (isBlank(cell) && !isBlank(other));
    const whole = changes.get(cell) ?? {
      ...(isBlank(cell) ? other : cell),
      ...(label === undefined ? {} : { text: label }),
    };
    changes.set(cell, whole).set(other, whole);
  }
  return cut ? changes : undefined;
}

/** Merged cells that go on from the page before: what they become. */
function goOn(above: readonly SourceCell[], below: readonly SourceCell[], labels: FormLabels): Changes {
  const changes: Changes = new Map();
  const figure = (cell: SourceCell): boolean => !isBlank(cell) && isFigure(cell.text);
  // Under heads a figure that is blank is a figure; so is what stands behind one.
  const first = below.findIndex(figure);
  if (first >= 0 && !above.some(figure)) return changes;
  for (const [i, cell] of below.slice(0, first < 0 ? below.length : first).entries()) {
    const over = above[i]!;
    if (cell === ABSENT) continue;
    const fits = above.indexOf(over) === below.indexOf(cell) && above.lastIndexOf(over) === below.lastIndexOf(cell);
    if (!fits || isBlank(over) || isFigure(over.text) || changes.has(cell)) continue;
    const label = wholeLabel(over, cell, labels);
    if (isBlank(cell)) changes.set(cell, over);
    else if (label) {
      const whole = { text: label };
      changes.set(cell, whole).set(over, whole);
    }
  }
  return changes;
}

/** Whether a row is nothing but what a page break cut off another: blank, or merged with the row before it. */
const isStrip = (row: readonly SourceCell[], before: readonly SourceCell[]): boolean =>
  row.some(isBlank) && row.every((cell, i) => isBlank(cell) || cell === before[i]);

const withoutStrip = (rows: readonly SourceCell[][]): readonly SourceCell[][] =>
  rows.length > 1 && rows[0]!.every(isBlank) ? rows.slice(1) : rows;

/**
 * A table that goes over to the next page, as one: heads that are repeated are left out, merged cells go on, a row that
 * was cut is whole again. Nothing where the two are not as wide as each other.
 */
export function overPages(table: Table, next: Table, labels: FormLabels): Table | undefined {
  const width = ({ xs }: Table): number => xs.at(-1)! - xs[0]!;
  // Pages may have another margin on the other side.
  const shift = next.xs[0]! - table.xs[0]!;
  // Rows that lack their last cells are on the same lines as those before them, as far as they go.
  const short = next.xs.every((x) => table.xs.some((line) => Math.abs(line + shift - x) <= NEAR));
  if (Math.abs(width(table) - width(next)) > NEAR && !(short && next.xs.length > 2)) return undefined;
  const added = next.xs.map((x) => x - shift).filter((x) => table.xs.every((line) => Math.abs(line - x) > NEAR));
  const xs = [...table.xs, ...added].sort((a, b) => a - b);
  const [before, after] = [spread(table, xs, 0), spread(next, xs, shift)];
  const body = withoutStrip(after.slice(repeated(before, after)));
  while (before.length > 1 && isStrip(before.at(-1)!, before.at(-2)!)) before.pop();
  const [last, first] = [before.at(-1)!, body[0]];
  const cut = first && oneRow(last, first, labels);
  const changes = cut ?? (first ? goOn(last, first, labels) : new Map<SourceCell, SourceCell>());
  const all = [...before, ...body.slice(cut ? 1 : 0)].map((row) => row.map((cell) => changes.get(cell) ?? cell));
  const rows = all.filter((row, i) => i === 0 || !isStrip(row, all[i - 1]!));
  return { xs, rows, top: table.top, bottom: next.bottom };
}
