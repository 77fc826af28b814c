/** One sheet of a workbook, read in one pass: only cells that show something are kept. */
import type { SourceCell } from "../source.ts";
import { officeErrors } from "./office-errors.ts";
import { addressOf, areaOf, LAST_COLUMN, LAST_ROW } from "./xlsx-address.ts";
import { type RawCell, shownCell, type Workbook } from "./xlsx-cell.ts";
import { type Condition, hidingIn } from "./xlsx-condition.ts";
import type { Area } from "./xlsx-drawing.ts";
import { type FormulaCell, SheetValues } from "./xlsx-formula.ts";
import { cover, hiddenColumns, merge, type Rows, type Sheet, visible } from "./xlsx-grid.ts";
import { fontOf } from "./xlsx-look.ts";
import { unescaped } from "./xlsx-values.ts";
import { type Attributes, readXml, type XmlElement } from "./xml.ts";

/** The most cells that show something, their characters, merged cells and ranges of columns. */
const MAX_CELLS = 300_000;
const MAX_CHARACTERS = 2 << 20;
const MAX_MERGES = 5000;
const MAX_RANGES = 20_000;
/** Rows lower (points) and columns narrower (characters) than this show nothing. */
const FLAT = 2;
const NARROW = 0.3;

/** What is counted over all sheets of a workbook. */
export interface SheetBudget {
  cells: number;
  characters: number;
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

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
    const at = addressOf(attributes["r"] ?? "");
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
