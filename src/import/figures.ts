/** Reads what real filings have in their cells (docs/FORM.md, “What real filings contain”). */
import type { CellType, MoneyUnit } from "../../schemas/form.ts";
import type { Doubt } from "./doubt.ts";
import type { SourceCell } from "./source.ts";

/** What was done to a text before it was a figure. */
export type Note =
  | "fullWidth"
  | "space"
  | "separator"
  | "sign"
  | "dash"
  | "counter"
  | "decimal"
  | "zeros"
  | "converted"
  | "unitTaken";

export interface Money {
  readonly amount: string;
  readonly unit: MoneyUnit;
}

/** What a text was read as. */
export type Reading =
  | { readonly kind: "blank" }
  | { readonly kind: "figure"; readonly value: number | Money; readonly notes: readonly Note[] }
  /** No figure: kept as it is, and the checks will say so. */
  | { readonly kind: "unread"; readonly text: string; readonly doubt?: Doubt };

/** What is to be read: the cell's type, and of money the units that it takes and the one for a bare amount. */
export interface FigureKind {
  readonly type: CellType;
  readonly units?: readonly MoneyUnit[];
  readonly unit?: MoneyUnit;
}

const FULL_WIDTH = /[０-９．，＋％]/g;
const MINUS = /[－−﹣‐‑‒–—―](?=[\d.])/g;
/** Cells that say that there is nothing: a slash, a dash, 无. */
const NOTHING = /^(?:[/／\\]+|[-－−﹣‐‑‒–—―ー一]{1,3}|无|没有|零|〇)$/u;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const COUNTER = /^([+-]?[\d.]+)(?:件次|人次|件|项|个|条|次|宗|份|起|例|部)$/;
const SPACES = /[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+/gu;
const AMOUNT = /^(0|[1-9]\d{0,14})(\.\d{1,6})?$/;

/** White space between digits that is no separator of thousands: two numbers, or one that was broken. */
const BROKEN = /\d\s*[\n\r]\s*\d|\d\s(?!\d{3}(?!\d))\s*\d/u;

/** No figure is as long, whatever is written with it. */
const LONGEST = 60;

/** A decimal number without zeros that say nothing; its sign is not its part. */
function plainDecimal(text: string): string | undefined {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || text === "" || text === ".") return undefined;
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "") || "0";
  return match[2] ? `${whole}.${match[2]}` : whole;
}

/** 元 as 万元 or the other way, exactly: the point moves four places. */
function moved(amount: string, places: 4 | -4): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  const digits = places > 0 ? whole + fraction.padEnd(4, "0") : whole.padStart(5, "0") + fraction;
  const point = places > 0 ? whole.length + 4 : Math.max(whole.length, 5) - 4;
  const text = `${digits.slice(0, point)}.${digits.slice(point)}`;
  return plainDecimal(text.replace(/0+$/, "").replace(/\.$/, "")) ?? amount;
}

function readMoney(text: string, kind: FigureKind, notes: Note[]): Money | undefined {
  const match = /^(?:人民币)?([¥￥])?\+?([\d.]+)(万元|万|元|圆)?$/.exec(text);
  const amount = match && plainDecimal(match[2]!);
  if (!match || !amount) return undefined;
  const units = kind.units ?? ["万元"];
  const bare = kind.unit ?? units[0]!;
  const said = match[3] ?? match[1];
  const unit: MoneyUnit = said === undefined ? bare : said.startsWith("万") ? "万元" : "元";
  if (amount !== match[2]) notes.push("zeros");
  if (said === undefined && units.length > 1 && kind.unit === undefined) notes.push("unitTaken");
  const money = units.includes(unit)
    ? { amount, unit }
    : { amount: moved(amount, unit === "元" ? -4 : 4), unit: units[0]! };
  if (money.unit !== unit) notes.push("converted");
  const trimmed = /\.\d{7,}$/.test(money.amount) ? { ...money, amount: money.amount.replace(/0+$/, "") } : money;
  return AMOUNT.test(trimmed.amount) ? trimmed : undefined;
}

function readNumber(text: string, type: CellType, notes: Note[]): number | undefined {
  const counted = COUNTER.exec(text);
  if (counted) notes.push("counter");
  const match = /^([+-]?)(\d+)(\.0*)?$/.exec(counted?.[1] ?? text);
  if (!match) return undefined;
  const [, sign, digits, decimals] = match;
  if (decimals !== undefined) notes.push("decimal");
  if (/^0\d/.test(digits!)) notes.push("zeros");
  if (sign === "+" && type === "count") notes.push("sign");
  const value = Number(`${sign === "-" ? "-" : ""}${digits}`);
  return Number.isSafeInteger(value) ? value + 0 || 0 : undefined;
}

/** Reads one cell's text. */
export function readFigure(source: string, kind: FigureKind): Reading {
  const notes: Note[] = [];
  const bare = source.replace(SPACES, "");
  if (bare === "") return { kind: "blank" };
  if (source.trim().length > LONGEST || BROKEN.test(source.trim())) return { kind: "unread", text: source.trim() };
  if (bare !== source) notes.push("space");
  if (NOTHING.test(bare)) {
    const zero = kind.type === "money" ? { amount: "0", unit: kind.unit ?? kind.units?.[0] ?? "万元" } : 0;
    return { kind: "figure", value: zero, notes: [...notes, "dash"] };
  }
  let text = bare.replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  if (text !== bare) notes.push("fullWidth");
  const signed = text.replace(MINUS, "-").replace(/^﹢/, "+");
  if (signed !== text) notes.push("sign");
  text = signed;
  const grouped = text.replace(/(?:件次|人次|[件项个条次宗份起例部]|万?元|万|圆)$/u, "").replace(/^[¥￥]/, "");
  if (grouped.includes(",")) {
    if (!GROUPED.test(grouped)) return { kind: "unread", text: source.trim() };
    text = text.replaceAll(",", "");
    notes.push("separator");
  }
  const value = kind.type === "money" ? readMoney(text, kind, notes) : readNumber(text, kind.type, notes);
  return value === undefined ? { kind: "unread", text: source.trim() } : { kind: "figure", value, notes };
}

/** Reads one cell: its text, unless something about the cell keeps it from being a figure. */
export const readCell = ({ text, doubt }: SourceCell, kind: FigureKind): Reading =>
  doubt ? { kind: "unread", text: text.trim(), doubt } : readFigure(text, kind);

/** What a reading puts into the report. */
export function reportValue(reading: Reading, kind: FigureKind): unknown {
  if (reading.kind === "blank") return undefined;
  if (reading.kind === "figure") return reading.value;
  return kind.type === "money" ? { amount: reading.text, unit: kind.unit ?? kind.units?.[0] ?? "万元" } : reading.text;
}
