/** Whether the values that a workbook keeps for its formulas are what they come to: sums and sums of cells are worked out. */
import type { Doubt } from "../doubt.ts";
import { addressOf, LAST_COLUMN, type Range } from "./xlsx-address.ts";

/** A formula with the value that is kept for it. */
export interface FormulaCell {
  readonly row: number;
  readonly column: number;
  readonly formula: string;
  /** The number of a formula that is written once for many cells. */
  readonly shared: string | undefined;
  readonly array: boolean;
  readonly value: number | undefined;
}

/** The numbers on a sheet. */
export class SheetValues {
  readonly #rows = new Map<number, Map<number, number | "text">>();

  #set(row: number, column: number, value: number | "text"): void {
    const cells = this.#rows.get(row);
    if (cells) cells.set(column, value);
    else this.#rows.set(row, new Map([[column, value]]));
  }

  set(row: number, column: number, value: number): void {
    this.#set(row, column, value);
  }

  setText(row: number, column: number): void {
    this.#set(row, column, "text");
  }

  get(row: number, column: number): number | "text" | undefined {
    return this.#rows.get(row)?.get(column);
  }

  /** The places in a range that hold something. */
  *within({ top, left, bottom, right }: Range): Generator<readonly [row: number, column: number]> {
    if (bottom - top < this.#rows.size) {
      for (let row = top; row <= bottom; row += 1) yield* this.#inRow(row, left, right);
    } else for (const row of this.#rows.keys()) if (row >= top && row <= bottom) yield* this.#inRow(row, left, right);
  }

  *#inRow(row: number, left: number, right: number): Generator<readonly [row: number, column: number]> {
    for (const column of this.#rows.get(row)?.keys() ?? [])
      if (column >= left && column <= right) yield [row, column] as const;
  }
}

/** A sheet by its name, with its formulas. */
export interface FormulaSheet {
  readonly name: string;
  readonly values: SheetValues;
  readonly formulas: readonly FormulaCell[];
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|((?:'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3}\$?\d{1,7})(?![\p{L}\p{N}_(])|([A-Z]+)\(|([-+*/(),:]))/uy;
const MOST_TOKENS = 500;
const MOST_DEPTH = 40;
/** Cells that are looked at in one workbook: beyond, nothing is worked out. */
const MOST_STEPS = 200_000;

type Token =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "cell"; readonly sheet: string | undefined; readonly text: string }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "sign"; readonly sign: string };

function tokensOf(formula: string): Token[] | undefined {
  if (formula.length > 2000) return undefined;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < formula.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(formula);
    if (!match || tokens.length > MOST_TOKENS) return undefined;
    const [, number, sheet, cell, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (cell !== undefined)
      tokens.push({ kind: "cell", sheet: sheet?.slice(0, -1).replace(/^'|'$/g, "").replaceAll("''", "'"), text: cell });
    else if (name !== undefined) tokens.push({ kind: "function", name });
    else tokens.push({ kind: "sign", sign: sign! });
  }
  return tokens;
}

/** What cannot be worked out here. */
class Unknown extends Error {}

interface At {
  readonly sheet: FormulaSheet;
  /** How far the cell is from the one that the formula was written for. */
  readonly down: number;
  readonly right: number;
  readonly depth: number;
}

class Calculator {
  readonly #sheets: ReadonlyMap<string, FormulaSheet>;
  readonly #formulas = new Map<FormulaSheet, Map<number, FormulaCell>>();
  readonly #shared = new Map<FormulaSheet, Map<string, FormulaCell>>();
  readonly #known = new Map<FormulaCell, number | undefined | "open">();
  #steps = 0;
  #tokens: readonly Token[] = [];
  #next = 0;

  constructor(sheets: readonly FormulaSheet[]) {
    this.#sheets = new Map(sheets.map((sheet) => [sheet.name.toLowerCase(), sheet]));
    for (const sheet of sheets) {
      this.#formulas.set(
        sheet,
        new Map(sheet.formulas.map((cell) => [cell.row * (LAST_COLUMN + 1) + cell.column, cell])),
      );
      const written = sheet.formulas.filter(({ shared, formula }) => shared !== undefined && formula !== "");
      this.#shared.set(sheet, new Map(written.map((cell) => [cell.shared!, cell])));
    }
  }

  /** What a formula comes to; undefined where that cannot be computed. */
  value(sheet: FormulaSheet, cell: FormulaCell, depth = 0): number | undefined {
    const known = this.#known.get(cell);
    if (known === "open" || depth > MOST_DEPTH) return undefined;
    if (this.#known.has(cell)) return known;
    this.#known.set(cell, "open");
    const [tokens, next] = [this.#tokens, this.#next];
    let value: number | undefined;
    try {
      const master = cell.formula === "" && cell.shared ? this.#shared.get(sheet)?.get(cell.shared) : cell;
      const own = master && !cell.array ? tokensOf(master.formula) : undefined;
      if (own && master) {
        [this.#tokens, this.#next] = [own, 0];
        value = this.#sum({ sheet, down: cell.row - master.row, right: cell.column - master.column, depth });
        if (this.#next < own.length) value = undefined;
      }
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
    } finally {
      [this.#tokens, this.#next] = [tokens, next];
    }
    this.#known.set(cell, value);
    return value;
  }

  #take(sign: string): boolean {
    const token = this.#tokens[this.#next];
    const is = token?.kind === "sign" && token.sign === sign;
    if (is) this.#next += 1;
    return is;
  }

  #sum(at: At): number {
    let value = this.#product(at);
    for (;;)
      if (this.#take("+")) value += this.#product(at);
      else if (this.#take("-")) value -= this.#product(at);
      else return value;
  }

  #product(at: At): number {
    let value = this.#one(at);
    for (;;)
      if (this.#take("*")) value *= this.#one(at);
      else if (this.#take("/")) value /= this.#one(at);
      else return value;
  }

  #one(at: At): number {
    if (at.depth > MOST_DEPTH) throw new Unknown();
    if (this.#take("-")) return -this.#one({ ...at, depth: at.depth + 1 });
    if (this.#take("+")) return this.#one({ ...at, depth: at.depth + 1 });
    if (this.#take("(")) {
      const value = this.#sum({ ...at, depth: at.depth + 1 });
      if (!this.#take(")")) throw new Unknown();
      return value;
    }
    const token = this.#tokens[this.#next];
    this.#next += 1;
    if (token?.kind === "number") return token.value;
    if (token?.kind === "function" && token.name === "SUM") return this.#sumOf({ ...at, depth: at.depth + 1 });
    if (token?.kind !== "cell") throw new Unknown();
    const [sheet, { row, column }] = this.#placeOf(token, at);
    const value = this.#valueAt(sheet, row, column, at.depth);
    if (value === "text") throw new Unknown();
    return value ?? 0;
  }

  /** The arguments of SUM: ranges, and anything else. */
  #sumOf(at: At): number {
    let sum = 0;
    do {
      const [first, colon, last] = this.#tokens.slice(this.#next, this.#next + 3);
      if (first?.kind === "cell" && colon?.kind === "sign" && colon.sign === ":" && last?.kind === "cell") {
        this.#next += 3;
        const [sheet, from] = this.#placeOf(first, at);
        const [, to] = this.#placeOf(last, at);
        const range = {
          top: Math.min(from.row, to.row),
          left: Math.min(from.column, to.column),
          bottom: Math.max(from.row, to.row),
          right: Math.max(from.column, to.column),
        };
        for (const [row, column] of sheet.values.within(range)) {
          const value = this.#valueAt(sheet, row, column, at.depth);
          if (typeof value === "number") sum += value;
        }
      } else sum += this.#sum(at);
    } while (this.#take(","));
    if (!this.#take(")")) throw new Unknown();
    return sum;
  }

  #placeOf(token: Extract<Token, { kind: "cell" }>, at: At): [FormulaSheet, { row: number; column: number }] {
    const sheet = token.sheet === undefined ? at.sheet : this.#sheets.get(token.sheet.toLowerCase());
    const found = addressOf(token.text);
    if (!sheet || !found) throw new Unknown();
    const fixedColumn = token.text.startsWith("$");
    const fixedRow = token.text.indexOf("$", 1) > 0;
    return [sheet, { row: found.row + (fixedRow ? 0 : at.down), column: found.column + (fixedColumn ? 0 : at.right) }];
  }

  #valueAt(sheet: FormulaSheet, row: number, column: number, depth: number): number | "text" | undefined {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new Unknown();
    const formula = this.#formulas.get(sheet)?.get(row * (LAST_COLUMN + 1) + column);
    if (!formula) return sheet.values.get(row, column);
    const value = this.value(sheet, formula, depth + 1) ?? formula.value;
    if (value === undefined) throw new Unknown();
    return value;
  }
}

const UNCALCULATED: Doubt = { kind: "uncalculated" };
const STALE: Doubt = {
  kind: "other",
  words: {
    zh: "公式保存的结果与它引用的数不符，这个工作簿改后没有算过；请用 Excel 或 WPS 打开、保存，再导入",
    en: "the value kept for the formula is not what its cells come to: open and save the workbook in Excel or WPS first",
  },
};

const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** A formula whose value is not to be read. */
export interface Misjudged {
  readonly sheet: FormulaSheet;
  readonly cell: FormulaCell;
  readonly doubt: Doubt;
}

/**
 * Finds the formulas whose values were never worked out, or not since their cells changed.
 * @param recalculates whether the workbook asks to be calculated when it is opened: its values are then nobody's
 */
export function misjudged(sheets: readonly FormulaSheet[], recalculates: boolean): Misjudged[] {
  const calculator = new Calculator(sheets);
  const all = sheets.flatMap((sheet) => sheet.formulas.map((cell) => ({ sheet, cell })));
  const zeros = all.length >= 3 && all.every(({ cell }) => cell.value === undefined || cell.value === 0);
  return all.flatMap(({ sheet, cell }): Misjudged[] => {
    const value = calculator.value(sheet, cell);
    if (value === undefined)
      return recalculates || (zeros && cell.value === 0) ? [{ sheet, cell, doubt: UNCALCULATED }] : [];
    if (cell.value !== undefined && Number.isFinite(value) && same(value, cell.value)) return [];
    return [{ sheet, cell, doubt: recalculates || !cell.value ? UNCALCULATED : STALE }];
  });
}
