/** Finds where the figures of a copied table belong: by its labels, or from the active cell on. */
import { bestOf, keyOf } from "../form/label.ts";
import type { LabelledRow, LabelledTable } from "../form/label-index.ts";
import type { SourceCell, SourceGrid } from "./source.ts";

/** A copied text and the figure that it is for. */
export interface Placed {
  readonly pointer: string;
  readonly cell: SourceCell;
}

export interface Placement {
  readonly placed: readonly Placed[];
  /** Rows of the form that were not in what was copied, by label; empty when it had no labels. */
  readonly missing: readonly string[];
  /** Copied rows with figures that the form has no row for, by label. */
  readonly unknown: readonly string[];
  /** Rows that were short of a cell, by label. */
  readonly short: readonly string[];
  /** How many texts fell beyond the table's edge. */
  readonly outside: number;
}

/** How messages call a row; the table where it has no label. */
const nameOf = ({ bare, label, section }: LabelledRow): string => (bare ? `${section.table} ${section.label}` : label);

/** Texts that a cell for a figure may hold: few characters, a digit or a mark for nothing. */
export const figureLike = (text: string): boolean => {
  const bare = text.normalize("NFKC").replace(/\s/gu, "");
  return (
    bare === "" ||
    /^[+\-−–—¥￥]?[\d.,]+[件项个条次宗份起例部人万元圆]{0,2}$/u.test(bare) ||
    /^(?:[/\\\-−–—]+|无|没有)$/u.test(bare)
  );
};

/** Whether a text is a figure's that has digits, and no mark for nothing. */
export const isNumeric = (text: string): boolean => figureLike(text) && /\d/u.test(text.normalize("NFKC"));

/** Distinct cells from a place on; a merged one counts once. */
const cellsFrom = (places: readonly (SourceCell | undefined)[], from: number): SourceCell[] => [
  ...new Set(places.slice(from).filter((cell) => cell !== undefined)),
];

interface Match {
  readonly row: number;
  readonly form: number;
  /** The first place after the label. */
  readonly after: number;
}

/** Whether cells are figures alone, as many as a row has or one less. */
const isRowOf = (cells: readonly SourceCell[], row: LabelledRow): boolean =>
  cells.length >= row.cells.length - 1 && cells.every((cell) => figureLike(cell.text));

/** The row of the form that a copied row names; the innermost label counts. */
function named(
  places: SourceGrid[number],
  rows: readonly LabelledRow[],
): { readonly row: LabelledRow; readonly after: number } | undefined {
  let best: { row: LabelledRow; after: number; like: number } | undefined;
  for (const [place, cell] of places.entries()) {
    if (!cell || figureLike(cell.text) || places[place + 1] === cell) continue;
    const match = bestOf(keyOf(cell.text), rows, (row) => row.key);
    if (match && (!best || match.like >= best.like)) best = { row: match.of, after: place + 1, like: match.like };
  }
  // A head that only happens to be called like a row is followed by no figure.
  const rest = best ? cellsFrom(places, best.after) : [];
  return rest.length > 0 && rest.every((cell) => cell.doubt || figureLike(cell.text) || /\d/.test(cell.text))
    ? best
    : undefined;
}

/** The copied rows that the form has, top down; each row of the form once. */
function matchRows(grid: SourceGrid, rows: readonly LabelledRow[]): Match[] {
  const used = new Set<LabelledRow>();
  let last = -1;
  return grid.flatMap((places, row): Match[] => {
    // Of equal labels the next one down is meant.
    const open = [...rows.slice(last + 1), ...rows.slice(0, last + 1)].filter((r) => !used.has(r));
    const found = named(
      places,
      open.filter(({ bare }) => !bare),
    );
    const cells = cellsFrom(places, 0);
    const bare = found || last < 0 ? undefined : open.find((r) => r.bare && isRowOf(cells, r));
    const of = found?.row ?? bare;
    if (!of) return [];
    used.add(of);
    last = rows.indexOf(of);
    return [{ row, form: last, after: found?.after ?? 0 }];
  });
}

const withoutEnd = (cells: readonly SourceCell[], most: number): SourceCell[] => {
  const kept = [...cells];
  while (kept.length > most && kept.at(-1)!.text.trim() === "") kept.pop();
  return kept;
};

function byLabels(grid: SourceGrid, rows: readonly LabelledRow[], matches: readonly Match[]): Placement {
  const placed: Placed[] = [];
  const short: string[] = [];
  let outside = 0;
  // Plain text has blanks where labels were merged: figures begin after the innermost label of any row.
  const uniform = new Set(rows.map((row) => row.cells.length)).size === 1;
  const begin = uniform ? Math.max(...matches.map((match) => match.after)) : 0;
  for (const { row, form, after } of matches) {
    const { cells: wanted, bare } = rows[form]!;
    const cells = withoutEnd(cellsFrom(grid[row]!, bare ? 0 : Math.max(after, begin)), wanted.length);
    if (cells.length < wanted.length) short.push(nameOf(rows[form]!));
    outside += Math.max(0, cells.length - wanted.length);
    for (const [i, { pointer }] of wanted.entries()) if (cells[i]) placed.push({ pointer, cell: cells[i] });
  }
  const found = new Set(matches.map((match) => match.form));
  const taken = new Set(matches.map((match) => match.row));
  const unknown = grid.flatMap((places, row) => {
    const cells = cellsFrom(places, 0);
    const label = cells.findLast((cell) => !figureLike(cell.text));
    const figures = cells.filter((cell) => /\d/.test(cell.text) && figureLike(cell.text)).length;
    return taken.has(row) || !label || figures === 0 ? [] : [label.text.trim()];
  });
  return { placed, short, outside, unknown, missing: rows.filter((_, i) => !found.has(i)).map(nameOf) };
}

/** A table without row labels: its one row of figures below its heads. */
function underHeads(grid: SourceGrid, [row]: readonly LabelledRow[]): Placement | undefined {
  const at = grid.findIndex((places) => {
    const cells = cellsFrom(places, 0);
    return isRowOf(cells, row!);
  });
  if (
    at < 1 ||
    !grid
      .slice(0, at)
      .some((places) => places.some((cell) => cell && keyOf(cell.text) !== "" && !figureLike(cell.text)))
  )
    return undefined;
  const cells = withoutEnd(cellsFrom(grid[at]!, 0), row!.cells.length);
  return {
    placed: row!.cells.flatMap(({ pointer }, i) => (cells[i] ? [{ pointer, cell: cells[i] }] : [])),
    short: cells.length < row!.cells.length ? [nameOf(row!)] : [],
    outside: Math.max(0, cells.length - row!.cells.length),
    missing: [],
    unknown: [],
  };
}

/** Figures alone, from a cell on. */
function fromCell(grid: SourceGrid, rows: readonly LabelledRow[], start: string): Placement {
  const columnOf = ({ cells }: LabelledRow): number => cells.findIndex(({ pointer }) => pointer === start);
  const top = rows.findIndex((row) => columnOf(row) >= 0);
  const left = rows[top] ? columnOf(rows[top]) : 0;
  const placed: Placed[] = [];
  let outside = 0;
  for (const [down, places] of grid.entries()) {
    for (const [right, cell] of cellsFrom(places, 0).entries()) {
      const pointer = rows[top + down]?.cells[left + right]?.pointer;
      if (pointer !== undefined) placed.push({ pointer, cell });
      else if (cell.text.trim() !== "") outside += 1;
    }
  }
  return { placed, outside, missing: [], unknown: [], short: [] };
}

const isOneRow = (rows: readonly LabelledRow[]): boolean => rows.length === 1 && rows[0]!.bare;

/** How many of a table's rows a copied grid names. */
export const likenessTo = (grid: SourceGrid, { rows }: LabelledTable): number => {
  return isOneRow(rows) ? (underHeads(grid, rows)?.placed.length ?? 0) : matchRows(grid, rows).length;
};

/**
 * Where the texts of a copied grid belong in a table of the form.
 * @param start the active cell, where figures without labels begin
 */
export function locate(grid: SourceGrid, { rows }: LabelledTable, start: string): Placement {
  if (isOneRow(rows)) return underHeads(grid, rows) ?? fromCell(grid, rows, start);
  const matches = matchRows(grid, rows);
  return matches.length > 0 ? byLabels(grid, rows, matches) : fromCell(grid, rows, start);
}
