/** One sheet of a workbook, read in one pass: only cells that show something are kept. */
import type { SourceCell } from "../source.ts";
import { hasDigits, standIn } from "./cell-content.ts";
import { officeErrors } from "./office-errors.ts";
import { type RawCell, shownCell, type Workbook } from "./xlsx-cell.ts";
import { type Condition, hidingIn } from "./xlsx-condition.ts";
import type { Area } from "./xlsx-drawing.ts";
import { type FormulaCell, SheetValues } from "./xlsx-formula.ts";
import { fontOf } from "./xlsx-look.ts";
import { areaOf, LAST_COLUMN, LAST_ROW, place } from "./xlsx-place.ts";
import { unescaped } from "./xlsx-values.ts";
import { type Attributes, readXml, type XmlElement } from "./xml.ts";

/** The most cells that show something, the most merged cells and ranges of columns, and the most places of merged cells. */
const MAX_CELLS = 300_000;
const MAX_CHARACTERS = 2 << 20;
const MAX_MERGES = 5000;
const MAX_RANGES = 20_000;
const MAX_MERGED = 1_000_000;
/** The most columns that a merged cell is put into: more is a mistake, no form is so wide. */
const MAX_SPAN = 200;
/** Rows lower (points) and columns narrower (characters) than this show nothing. */
const FLAT = 2;
const NARROW = 0.3;

type Rows = Map<number, Map<number, SourceCell>>;

/** A sheet's cells by row and column, from 1; a merged cell stands at every place that it spans. */
export interface Sheet {
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>;
  /** The texts of rows and columns that are hidden and stand nowhere else. */
  readonly hidden: readonly { readonly text: string; readonly row: number }[];
}

/** What is counted over all sheets of a workbook. */
export interface SheetBudget {
  cells: number;
  characters: number;
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

/** Columns that are hidden, as ranges that may lie over one another. */
function hiddenColumns(ranges: readonly (readonly [number, number])[]): ReadonlySet<number> {
  const turns = new Int32Array(LAST_COLUMN + 2);
  for (const [first, last] of ranges) {
    const [from, to] = [Math.max(1, first), Math.min(last, LAST_COLUMN)];
    if (!(from <= to)) continue;
    turns[from]! += 1;
    turns[to + 1]! -= 1;
  }
  const hidden = new Set<number>();
  let open = 0;
  for (let column = 1; column <= LAST_COLUMN; column += 1) {
    open += turns[column]!;
    if (open > 0) hidden.add(column);
  }
  return hidden;
}

/** Reads a sheet's part; the values of its formulas are still to be judged. */
export class SheetReader {
  readonly values = new SheetValues();
  readonly formulas: FormulaCell[] = [];
  readonly #workbook: Workbook;
  readonly #budget: SheetBudget;
  readonly #rows: Rows = new Map();
  readonly #merges: string[] = [];
  readonly #hiddenRows = new Set<number>();
  readonly #columns: [number, number][] = [];
  readonly #conditions: Condition[] = [];
  readonly #sparklines: string[] = [];
  #row = 0;
  #column = 0;
  #cell: RawCell | undefined;
  #path: string[] = [];
  #condition: { ranges: string; type: string; operator: string; change: number; formula: string } | undefined;
  #ranges = "";
  #text = "";

  constructor(part: Uint8Array, workbook: Workbook, budget: SheetBudget) {
    this.#workbook = workbook;
    this.#budget = budget;
    readXml(part, {
      open: (name, attributes) => this.#open(name, attributes),
      text: (text) => this.#read(text),
      close: (name) => this.#close(name),
    });
  }

  #open(name: string, attributes: Attributes): void {
    this.#path.push(name);
    if (this.#cell) {
      this.#openInCell(this.#cell, name, attributes);
      return;
    }
    switch (name) {
      case "row":
        this.#openRow(attributes);
        break;
      case "c":
        this.#openCell(attributes);
        break;
      case "mergeCell":
        if (this.#merges.push(attributes["ref"] ?? "") > MAX_MERGES) throw officeErrors.tooLarge();
        break;
      case "col": {
        const { width, hidden, min, max } = attributes;
        if (!isTrue(hidden) && !(width !== undefined && Number(width) < NARROW)) break;
        if (this.#columns.push([Number(min), Number(max)]) > MAX_RANGES) throw officeErrors.tooLarge();
        break;
      }
      case "conditionalFormatting":
        this.#ranges = attributes["sqref"] ?? "";
        break;
      case "cfRule": {
        const { type = "", operator = "", dxfId } = attributes;
        this.#condition = { ranges: this.#ranges, type, operator, change: Number(dxfId ?? -1), formula: "" };
        break;
      }
      case "formula":
      case "sqref":
        this.#text = "";
    }
  }

  #openRow(attributes: Attributes): void {
    this.#row = Number(attributes["r"] ?? this.#row + 1) || this.#row + 1;
    this.#column = 0;
    const { hidden, ht } = attributes;
    if (isTrue(hidden) || (ht !== undefined && Number(ht) < FLAT)) this.#hiddenRows.add(this.#row);
  }

  #openCell(attributes: Attributes): void {
    const at = place(attributes["r"] ?? "");
    this.#column = at?.column ?? this.#column + 1;
    if (at) this.#row = at.row;
    this.#cell = {
      type: attributes["t"] ?? "n",
      style: Number(attributes["s"] ?? 0),
      rich: attributes["vm"] !== undefined,
      value: "",
      formula: undefined,
      shared: undefined,
      array: false,
      inline: [],
    };
  }

  #openInCell(cell: RawCell, name: string, attributes: Attributes): void {
    if (name === "f") {
      cell.formula = "";
      cell.array = attributes["t"] === "array" || attributes["t"] === "dataTable";
      if (attributes["t"] === "shared") cell.shared = attributes["si"];
    } else if (name === "t" && !this.#path.includes("rPh")) cell.inline.push({ text: "" });
    else if (name === "rPr") cell.font = { name, attributes, children: [] };
    else if (this.#path.at(-2) === "rPr" && cell.font && cell.font.children.length < 50)
      (cell.font.children as XmlElement[]).push({ name, attributes, children: [] });
    else if (name === "r") cell.font = undefined;
  }

  #read(text: string): void {
    const cell = this.#cell;
    const within = this.#path.at(-1);
    if (!cell) {
      if (within === "formula" || within === "sqref") this.#text += text;
      return;
    }
    if (within === "v") cell.value += text;
    else if (within === "f") cell.formula += text;
    else if (within === "t" && !this.#path.includes("rPh")) {
      const before = cell.inline.at(-1);
      if (before) cell.inline[cell.inline.length - 1] = { text: before.text + text };
    }
  }

  #close(name: string): void {
    this.#path.pop();
    const cell = this.#cell;
    if (cell) {
      if (name === "c") this.#finish(cell);
      else if (name === "t" && !this.#path.includes("rPh")) {
        const run = cell.inline.at(-1)!;
        const font = cell.font ? { font: fontOf(cell.font, this.#workbook.styles.theme) } : {};
        cell.inline[cell.inline.length - 1] = { text: unescaped(run.text), ...font };
      }
    } else if (name === "formula" && this.#condition) {
      if (this.#condition.formula === "") this.#condition.formula = this.#text.slice(0, 100);
    } else if (name === "cfRule" && this.#condition) {
      const { ranges, change, ...rest } = this.#condition;
      const changes = this.#workbook.styles.changes[change];
      if (changes && this.#conditions.length < MAX_RANGES) this.#conditions.push({ ranges, change: changes, ...rest });
      this.#condition = undefined;
    } else if (name === "sqref" && this.#path.includes("sparkline")) this.#sparklines.push(this.#text);
  }

  #finish(cell: RawCell): void {
    this.#cell = undefined;
    const [row, column] = [this.#row, this.#column];
    const { cell: shown, number } = shownCell(cell, this.#workbook);
    if (number !== undefined) this.values.set(row, column, number);
    else if (shown.text.trim() !== "") this.values.setText(row, column);
    if (cell.formula !== undefined)
      this.formulas.push({ row, column, formula: cell.formula, shared: cell.shared, array: cell.array, value: number });
    if (shown.text.trim() === "") return;
    this.#budget.cells += 1;
    this.#budget.characters += shown.text.length;
    if (this.#budget.cells > MAX_CELLS || this.#budget.characters > MAX_CHARACTERS) throw officeErrors.tooLarge();
    if (row > LAST_ROW || column > LAST_COLUMN) throw officeErrors.tooLarge();
    const cells = this.#rows.get(row) ?? new Map<number, SourceCell>();
    this.#rows.set(row, cells);
    const before = cells.get(column);
    cells.set(
      column,
      before && before.text !== shown.text
        ? { text: `${before.text} ${shown.text}`, doubt: { kind: "overlap" } }
        : shown,
    );
  }

  /** Says of a cell why it is not to be read. */
  doubt(row: number, column: number, doubt: NonNullable<SourceCell["doubt"]>): void {
    const cells = this.#rows.get(row);
    const cell = cells?.get(column);
    if (cells && cell && !cell.doubt) cells.set(column, { ...cell, doubt });
  }

  /** The sheet, with merged cells at their places and without what is hidden or lies under a drawing. */
  finish(areas: readonly Area[]): Sheet {
    for (const { row, column, doubt } of hidingIn(this.#conditions, this.#rows)) this.doubt(row, column, doubt);
    const covered = merge(this.#rows, this.#merges);
    const lines = this.#sparklines.flatMap((range): Area[] => {
      const area = areaOf(range);
      return area ? [{ thing: "chart", ...area }] : [];
    });
    cover(this.#rows, [...areas, ...lines]);
    return visible(this.#rows, this.#hiddenRows, hiddenColumns(this.#columns), covered);
  }
}

/** Puts merged cells at their places, down to the sheet's last row that is used; says which figures that covers. */
function merge(rows: Rows, merges: readonly string[]): { text: string; row: number }[] {
  const covered: { text: string; row: number }[] = [];
  let lastRow = 0;
  for (const row of rows.keys()) lastRow = Math.max(lastRow, row);
  let places = 0;
  for (const reference of merges) {
    const area = areaOf(reference);
    if (!area) continue;
    const { top, left, bottom: end, right: edge } = area;
    let cell = rows.get(top)?.get(left);
    const [bottom, right] = [Math.min(end, lastRow), Math.min(edge, left + MAX_SPAN - 1)];
    const height = Math.max(0, bottom - top + 1);
    const few = !cell && rows.size < height;
    places += few ? rows.size : cell ? height * (right - left + 1) : height;
    if (places > MAX_MERGED) throw officeErrors.tooLarge();
    const reached = few
      ? [...rows.keys()].filter((row) => row >= top && row <= bottom)
      : Array.from({ length: height }, (_, i) => top + i);
    // What the cells under a merged one still hold is not shown.
    const under = reached.flatMap((row) => {
      const own = rows.get(row);
      if (!own) return [];
      const taken = [...own].filter(([column]) => column >= left && column <= edge && (row !== top || column !== left));
      for (const [column] of taken) own.delete(column);
      return taken.filter(([, { text }]) => hasDigits(text)).map(([, { text }]) => ({ text, row }));
    });
    covered.push(...under.slice(0, 100));
    if (!cell && under.length > 0) cell = { text: standIn({ kind: "hidden" }), doubt: { kind: "hidden" } };
    if (!cell) continue;
    for (const row of reached) {
      const own = rows.get(row) ?? new Map<number, SourceCell>();
      for (let column = left; column <= right; column += 1) own.set(column, cell);
      rows.set(row, own);
    }
  }
  return covered;
}

/** The most places that are looked at below drawings. */
const MAX_COVERED = 200_000;

/** Says of figures and blanks that lie under a drawing that they do. */
function cover(rows: Rows, areas: readonly Area[]): void {
  const doubted = new Map<SourceCell, SourceCell>();
  let places = 0;
  const isTable = (row: number): boolean => (rows.get(row)?.size ?? 0) > 1;
  for (const { thing, top, left, bottom, right } of areas)
    for (let row = top; row <= bottom; row += 1) {
      const own = rows.get(row);
      for (let column = left; column <= right; column += 1) {
        places += 1;
        if (places > MAX_COVERED) return;
        const cell = own?.get(column);
        const doubt = { kind: "thing", thing } as const;
        if (!cell && (isTable(row) || isTable(row - 1))) {
          const cells = own ?? rows.get(row) ?? new Map<number, SourceCell>();
          rows.set(row, cells);
          cells.set(column, { text: standIn(doubt), doubt });
        } else if (own && cell && !cell.doubt && hasDigits(cell.text)) {
          const known = doubted.get(cell) ?? { ...cell, doubt };
          doubted.set(cell, known);
        }
      }
    }
  if (doubted.size === 0) return;
  for (const cells of rows.values())
    for (const [column, cell] of cells) {
      const known = doubted.get(cell);
      if (known) cells.set(column, known);
    }
}

function visible(
  rows: Rows,
  hiddenRows: ReadonlySet<number>,
  columns: ReadonlySet<number>,
  unseen: readonly { readonly text: string; readonly row: number }[],
): Sheet {
  const kept: Rows = new Map();
  const seen = new Set<SourceCell>();
  const gone = new Map<SourceCell, number>();
  for (const row of [...rows.keys()].sort((a, b) => a - b)) {
    const cells = new Map<number, SourceCell>();
    for (const [column, cell] of [...rows.get(row)!].sort(([a], [b]) => a - b)) {
      if (hiddenRows.has(row) || columns.has(column)) {
        if (!gone.has(cell)) gone.set(cell, row);
      } else {
        cells.set(column, cell);
        seen.add(cell);
      }
    }
    if (cells.size > 0) kept.set(row, cells);
  }
  const hidden = new Map<number, string[]>();
  const tell = (row: number, text: string): void => {
    const texts = hidden.get(row);
    if (!texts) hidden.set(row, [text]);
    else if (texts.length < 100) texts.push(text);
  };
  for (const [cell, row] of gone) if (!seen.has(cell)) tell(row, cell.text);
  for (const { row, text } of unseen) tell(row, text);
  return { rows: kept, hidden: [...hidden].map(([row, texts]) => ({ row, text: texts.join(" ") })) };
}
