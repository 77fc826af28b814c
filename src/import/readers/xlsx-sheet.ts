/** One sheet of a workbook, read in one pass: only cells that show something are kept. */
import type { SourceCell } from "../source.ts";
import { type NumberFormat, numberText, unescaped } from "./xlsx-values.ts";
import { type Attributes, readXml } from "./xml.ts";
import { officeErrors } from "./zip.ts";

/** The most cells that show something, the most merged cells, and the most places of those. */
const MAX_CELLS = 300_000;
const MAX_MERGES = 5000;
const MAX_MERGED = 1_000_000;
/** The most columns that a merged cell is put into: more is a mistake, no form is so wide. */
const MAX_SPAN = 200;
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** What the cells of all sheets refer to. */
export interface Workbook {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

/** A sheet's cells by row and column, from 1; a merged cell stands at every place that it spans. */
export interface Sheet {
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>;
  /** The texts of rows and columns that are hidden and stand nowhere else. */
  readonly hidden: readonly { readonly text: string; readonly row: number }[];
}

/** A1 → column and row. */
function place(reference: string): { readonly column: number; readonly row: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return undefined;
  const column = [...match[1]!].reduce((sum, c) => sum * 26 + c.charCodeAt(0) - 64, 0);
  const row = Number(match[2]);
  return column <= LAST_COLUMN && row >= 1 && row <= LAST_ROW ? { column, row } : undefined;
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

interface Cell {
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string | undefined;
  inline: string;
}

/** What a cell shows. A formula that no program has calculated yet shows itself: it is no figure. */
function shown(cell: Cell, { strings, formats, from1904 }: Workbook): string {
  const { type, value } = cell;
  if (cell.formula !== undefined && value === "" && type !== "str") return `=${cell.formula}`;
  switch (type) {
    case "s":
      return strings[Number(value)] ?? "";
    case "inlineStr":
      return unescaped(cell.inline);
    case "str":
      return unescaped(value);
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    case "e":
      return value;
    case "d": {
      const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
      return date ? `${date[1]}年${Number(date[2])}月${Number(date[3])}日` : value;
    }
    default:
      return value === "" ? "" : numberText(value, formats[cell.style] ?? formats[0] ?? PLAIN, from1904);
  }
}

const PLAIN: NumberFormat = { date: false, percent: false, before: "", behind: "" };

/** Reads a sheet's part. */
export function readSheet(part: Uint8Array, workbook: Workbook): Sheet {
  const rows = new Map<number, Map<number, SourceCell>>();
  const merges: string[] = [];
  const hiddenRows = new Set<number>();
  const hiddenColumns = new Set<number>();
  let count = 0;
  let row = 0;
  let column = 0;
  let cell: Cell | undefined;
  let reads: "value" | "formula" | "inline" | undefined;
  /** Readings over the characters of an inline string. */
  let phonetic = false;

  const begin = (attributes: Attributes): void => {
    const at = place(attributes["r"] ?? "");
    column = at?.column ?? column + 1;
    if (at) row = at.row;
    cell = {
      type: attributes["t"] ?? "n",
      style: Number(attributes["s"] ?? 0),
      value: "",
      formula: undefined,
      inline: "",
    };
  };
  const finish = (): void => {
    const text = cell ? shown(cell, workbook) : "";
    cell = undefined;
    if (text.trim() === "") return;
    count += 1;
    if (count > MAX_CELLS || row > LAST_ROW || column > LAST_COLUMN) throw officeErrors.tooLarge();
    const cells = rows.get(row) ?? new Map<number, SourceCell>();
    rows.set(row, cells);
    cells.set(column, { text });
  };

  readXml(part, {
    open(name, attributes) {
      if (name === "row") {
        row = Number(attributes["r"] ?? row + 1) || row + 1;
        column = 0;
        if (isTrue(attributes["hidden"])) hiddenRows.add(row);
      } else if (name === "c") begin(attributes);
      else if (name === "v") reads = "value";
      else if (name === "f") {
        reads = "formula";
        if (cell) cell.formula = "";
      } else if (name === "t") reads = phonetic ? undefined : "inline";
      else if (name === "rPh") phonetic = true;
      else if (name === "mergeCell" && merges.push(attributes["ref"] ?? "") > MAX_MERGES) throw officeErrors.tooLarge();
      else if (name === "col" && isTrue(attributes["hidden"])) {
        const last = Math.min(Number(attributes["max"]), LAST_COLUMN);
        for (let at = Number(attributes["min"]); at <= last; at += 1) hiddenColumns.add(at);
      }
    },
    text(text) {
      if (!cell || !reads) return;
      if (reads === "formula") cell.formula += text;
      else cell[reads] += text;
    },
    close(name) {
      if (name === "c") finish();
      else if (name === "v" || name === "f" || name === "t") reads = undefined;
      else if (name === "rPh") phonetic = false;
    },
  });
  merge(rows, merges);
  return visible(rows, hiddenRows, hiddenColumns);
}

/** Puts merged cells at their places, down to the sheet's last row that is used. */
function merge(rows: Map<number, Map<number, SourceCell>>, merges: readonly string[]): void {
  let lastRow = 0;
  for (const row of rows.keys()) lastRow = Math.max(lastRow, row);
  let places = 0;
  for (const reference of merges) {
    const [first, last] = reference.split(":").map(place);
    if (!first || !last || last.row < first.row || last.column < first.column) continue;
    const cell = rows.get(first.row)?.get(first.column);
    const [bottom, right] = [Math.min(last.row, lastRow), Math.min(last.column, first.column + MAX_SPAN - 1)];
    const height = Math.max(0, bottom - first.row + 1);
    const few = !cell && rows.size < height;
    places += few ? rows.size : cell ? height * (right - first.column + 1) : height;
    if (places > MAX_MERGED) throw officeErrors.tooLarge();
    const reached = few
      ? [...rows.keys()].filter((row) => row >= first.row && row <= bottom)
      : Array.from({ length: height }, (_, i) => first.row + i);
    for (const row of reached) {
      const own = rows.get(row) ?? new Map<number, SourceCell>();
      // What the cells under a merged one still hold is not shown.
      for (const column of own.keys()) if (column >= first.column && column <= last.column) own.delete(column);
      if (!cell) continue;
      for (let column = first.column; column <= right; column += 1) own.set(column, cell);
      rows.set(row, own);
    }
  }
}

function visible(
  rows: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>,
  hiddenRows: ReadonlySet<number>,
  hiddenColumns: ReadonlySet<number>,
): Sheet {
  const kept = new Map<number, Map<number, SourceCell>>();
  const seen = new Set<SourceCell>();
  const gone = new Map<SourceCell, number>();
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const cells = new Map<number, SourceCell>();
    for (const [column, cell] of [...rows.get(row)!].sort(([a], [b]) => a - b)) {
      if (hiddenRows.has(row) || hiddenColumns.has(column)) {
        if (!gone.has(cell)) gone.set(cell, row);
      } else {
        cells.set(column, cell);
        seen.add(cell);
      }
    }
    if (cells.size > 0) kept.set(row, cells);
  }
  const hidden = new Map<number, string[]>();
  for (const [cell, row] of gone) if (!seen.has(cell)) hidden.set(row, [...(hidden.get(row) ?? []), cell.text]);
  return { rows: kept, hidden: [...hidden].map(([row, texts]) => ({ row, text: texts.join(" ") })) };
}
