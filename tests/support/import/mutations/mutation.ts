/** Ways in which a file loses what was in it. */
import type { FormatName } from "../formats.ts";
import type { Made } from "../made.ts";
import type { PaperCell, PaperGrid, PaperTable } from "../paper.ts";
import { tablesOf } from "../paper.ts";
import type { Random } from "../random.ts";

/** A place that is named by the number of its row. */
export const ROW = "第……行";

/** What was done, and how one may speak of the place. */
export interface Damage {
  readonly what: string;
  /** JSON Pointers, words and `ROW`; a finding has to name one of them. None where any finding will do. */
  readonly places: readonly string[];
}

export interface Mutation {
  readonly kind: string;
  /** Formats that can show it; all that are tried where none are named. */
  readonly formats?: readonly FormatName[];
  /** How often, each at another place. */
  readonly times?: number;
  /** Mutates the paper; undefined where it has no such place. */
  readonly apply?: (made: Made, random: Random) => Damage | undefined;
  /** Mutates the file. */
  readonly spoil?: (bytes: Uint8Array, random: Random) => { readonly bytes: Uint8Array; readonly what: string };
}

/** A place of a grid. */
export interface Place {
  readonly table: PaperTable;
  readonly row: number;
  readonly column: number;
  readonly cell: PaperCell;
}

/** The places of figures, each once. */
export function placesOf({ paper }: Made, which: (place: Place) => boolean = () => true): Place[] {
  const seen = new Set<PaperCell>();
  return tablesOf(paper).flatMap((table) =>
    table.grid.flatMap((cells, row) =>
      cells.flatMap((cell, column) => {
        const place = { table, row, column, cell };
        if (cell.pointer === undefined || seen.has(cell) || !which(place)) return [];
        seen.add(cell);
        return [place];
      }),
    ),
  );
}

/** The pointers of a row's figures. */
export const pointersIn = (row: readonly PaperCell[]): string[] => [
  ...new Set(row.flatMap(({ pointer }) => (pointer === undefined ? [] : [pointer]))),
];
/** The words of a row's labels. */
export const wordsIn = (row: readonly PaperCell[]): string[] => [
  ...new Set(row.flatMap(({ role, text }) => (role === "data" || text === "" ? [] : [text]))),
];

/** Rows of figures, by place. */
export const dataRows = ({ paper }: Made): { readonly table: PaperTable; readonly row: number }[] =>
  tablesOf(paper).flatMap((table) =>
    table.grid.flatMap((cells, row) => (cells.some(({ role }) => role === "data") ? [{ table, row }] : [])),
  );

export const withoutRow = (grid: PaperGrid, row: number): PaperGrid => grid.filter((_, i) => i !== row);
export const withoutColumn = (grid: PaperGrid, column: number): PaperGrid =>
  grid.map((cells) => cells.filter((_, i) => i !== column));

/** Which figures a sum or a balance watches over. */
export const watched = (pointer: string): boolean => !pointer.startsWith("/disclosure/");
