/** Finds where the figures of a copied table belong: by its labels, or from the active cell on. */
import { distance } from "fastest-levenshtein";
import type { TableBlock } from "../blocks.ts";
import type { SourceCell, SourceGrid } from "./source.ts";

/** The data cells of one row of the form, with the labels that stand before them. */
export interface FormRow {
  /** The row's own label, the innermost; the table's where it has none. */
  readonly label: string;
  readonly pointers: readonly string[];
}

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

/** The rows of figures of a table, top down. */
export const formRows = (table: TableBlock): FormRow[] =>
  table.parts.flatMap(({ body }) =>
    body.map(({ cells }) => ({
      label: cells.findLast((cell) => cell.role === "rowHeader")?.text ?? table.label,
      pointers: cells.flatMap((cell) => cell.pointer ?? []),
    })),
  );

/** A label without its number, marks and spaces, to be compared. */
export const labelKey = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\s/gu, "")
    .replace(/^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[.、])/u, "")
    .replace(/[\p{P}\p{S}]/gu, "");

/** Texts that a cell for a figure may hold: few characters, a digit or a mark for nothing. */
export const figureLike = (text: string): boolean => {
  const bare = text.normalize("NFKC").replace(/\s/gu, "");
  return (
    bare === "" ||
    /^[+\-−–—¥￥]?[\d.,]+[件项个条次宗份起例部人万元圆]{0,2}$/u.test(bare) ||
    /^(?:[/\\\-−–—]+|无|没有)$/u.test(bare)
  );
};

/** How well a copied label names a form's, from 0 (not at all) to 1. */
function likeness(copied: string, wanted: string): number {
  if (copied === "" || wanted === "") return 0;
  if (copied === wanted) return 1;
  const [short, long] = copied.length < wanted.length ? [copied, wanted] : [wanted, copied];
  if (short.length >= 4 && long.startsWith(short)) return 0.9;
  const like = 1 - distance(copied, wanted) / long.length;
  return like >= 0.75 ? like : 0;
}

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

/** The copied rows that the form has, top down; each row of the form once. */
function matchRows(grid: SourceGrid, rows: readonly FormRow[]): Match[] {
  const keys = rows.map((row) => labelKey(row.label));
  const used = new Set<number>();
  let last = -1;
  return grid.flatMap((places, row): Match[] => {
    let best: { form: number; after: number; score: number } | undefined;
    for (const [place, cell] of places.entries()) {
      if (!cell || figureLike(cell.text) || places[place + 1] === cell) continue;
      const copied = labelKey(cell.text);
      for (const [form, key] of keys.entries()) {
        if (used.has(form)) continue;
        // Of equal labels the next one down is meant; of nested ones the innermost.
        const score = likeness(copied, key) - (form > last ? 0 : 0.05);
        if (score > 0.5 && (!best || score > best.score || (score === best.score && place >= best.after)))
          best = { form, after: place + 1, score };
      }
    }
    // A head that only happens to be called like a row is followed by no figure.
    const rest = best ? cellsFrom(places, best.after) : [];
    if (!best || rest.length === 0 || rest.some((cell) => !figureLike(cell.text) && !/\d/.test(cell.text))) return [];
    used.add(best.form);
    last = best.form;
    return [{ row, form: best.form, after: best.after }];
  });
}

const withoutEnd = (cells: readonly SourceCell[], most: number): SourceCell[] => {
  const kept = [...cells];
  while (kept.length > most && kept.at(-1)!.text.trim() === "") kept.pop();
  return kept;
};

function byLabels(grid: SourceGrid, rows: readonly FormRow[], matches: readonly Match[]): Placement {
  const placed: Placed[] = [];
  const short: string[] = [];
  let outside = 0;
  // Plain text has blanks where labels were merged: figures begin after the innermost label of any row.
  const uniform = new Set(rows.map((row) => row.pointers.length)).size === 1;
  const begin = uniform ? Math.max(...matches.map((match) => match.after)) : 0;
  for (const { row, form, after } of matches) {
    const { pointers, label } = rows[form]!;
    const cells = withoutEnd(cellsFrom(grid[row]!, Math.max(after, begin)), pointers.length);
    if (cells.length < pointers.length) short.push(label);
    outside += Math.max(0, cells.length - pointers.length);
    for (const [i, pointer] of pointers.entries()) if (cells[i]) placed.push({ pointer, cell: cells[i] });
  }
  const found = new Set(matches.map((match) => match.form));
  const taken = new Set(matches.map((match) => match.row));
  const unknown = grid.flatMap((places, row) => {
    const cells = cellsFrom(places, 0);
    const label = cells.findLast((cell) => !figureLike(cell.text));
    const figures = cells.filter((cell) => /\d/.test(cell.text) && figureLike(cell.text)).length;
    return taken.has(row) || !label || figures === 0 ? [] : [label.text.trim()];
  });
  return { placed, short, outside, unknown, missing: rows.filter((_, i) => !found.has(i)).map((row) => row.label) };
}

/** A table without row labels: its one row of figures below its heads. */
function underHeads(grid: SourceGrid, [row]: readonly FormRow[]): Placement | undefined {
  const at = grid.findIndex((places) => {
    const cells = cellsFrom(places, 0);
    return cells.length >= row!.pointers.length - 1 && cells.every((cell) => figureLike(cell.text));
  });
  if (
    at < 1 ||
    !grid
      .slice(0, at)
      .some((places) => places.some((cell) => cell && labelKey(cell.text) !== "" && !figureLike(cell.text)))
  )
    return undefined;
  const cells = withoutEnd(cellsFrom(grid[at]!, 0), row!.pointers.length);
  return {
    placed: row!.pointers.flatMap((pointer, i) => (cells[i] ? [{ pointer, cell: cells[i] }] : [])),
    short: cells.length < row!.pointers.length ? [row!.label] : [],
    outside: Math.max(0, cells.length - row!.pointers.length),
    missing: [],
    unknown: [],
  };
}

/** Figures alone, from a cell on. */
function fromCell(grid: SourceGrid, rows: readonly FormRow[], start: string): Placement {
  const top = rows.findIndex((row) => row.pointers.includes(start));
  const left = rows[top]?.pointers.indexOf(start) ?? 0;
  const placed: Placed[] = [];
  let outside = 0;
  for (const [down, places] of grid.entries()) {
    for (const [right, cell] of cellsFrom(places, 0).entries()) {
      const pointer = rows[top + down]?.pointers[left + right];
      if (pointer !== undefined) placed.push({ pointer, cell });
      else if (cell.text.trim() !== "") outside += 1;
    }
  }
  return { placed, outside, missing: [], unknown: [], short: [] };
}

/** How many of a table's rows a copied grid names. */
export const likenessTo = (grid: SourceGrid, table: TableBlock): number => {
  const rows = formRows(table);
  return rows.length === 1 ? (underHeads(grid, rows)?.placed.length ?? 0) : matchRows(grid, rows).length;
};

/**
 * Where the texts of a copied grid belong in a table of the form.
 * @param start the active cell, where figures without labels begin
 */
export function locate(grid: SourceGrid, table: TableBlock, start: string): Placement {
  const rows = formRows(table);
  if (rows.length === 1) return underHeads(grid, rows) ?? fromCell(grid, rows, start);
  const matches = matchRows(grid, rows);
  return matches.length > 0 ? byLabels(grid, rows, matches) : fromCell(grid, rows, start);
}
