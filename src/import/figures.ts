/** Reads what real filings have in their cells (docs/FORM.md, “What real filings contain”). */
import type { CellType, MoneyUnit } from "../form/form.ts";
import type { Doubt } from "./doubt.ts";
import type { Note } from "./note.ts";
import type { SourceCell } from "./source.ts";
import { isForeign, type StatedUnit } from "./units.ts";

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
  readonly unit?: StatedUnit;
}

const FULL_WIDTH = /[０-９．，＋％]/g;
const MINUS = /[－−﹣‐‑‒–—―](?=[\d.])/g;
/** Cells that say that there is nothing: a slash, a dash, 无. */
const NOTHING = /^(?:[/／\\]+|[-－−﹣‐‑‒–—―ー]{1,3}|无|没有|零|〇)$/u;
/** A dash or the numeral one: nobody can decide which. */
const ONE = /^[一⼀]{1,3}$/u;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const COUNTERS = "件次|人次|[件项个条次宗份起例部笔]";
const COUNTER = new RegExp(`^([+-]?[\\d.]+)(?:${COUNTERS})$`, "u");
/** What follows a figure and is not of it: a bracket that says what is in the figure. */
const REMARK = /^([^()]{1,24})\((?:其中|含|包括|包含|均|全部|较|见|注)[^()]{0,80}\)$/u;
const BRACKETED_UNIT = new RegExp(`^([^()]{1,24})\\((${COUNTERS}|万元|亿元|元)\\)$`, "u");
const LESS = /^(?:减少?|负)(?=[\d.])/u;
const MORE = /^(?:增加?|正)(?=[\d.])/u;
const SPACES = /[\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+/gu;
const AMOUNT = /^(0|[1-9]\d{0,14})(\.\d{1,6})?$/;

/** White space between digits that is no separator of thousands, which is narrow or does not break: two numbers, or one that was broken. */
const BROKEN = /\d\s(?!\d{3}(?!\d))\s*\d|\d[^\S\u00a0\u2007\u2009\u202f]\s*\d/u;
/** Lines of which only the first has the figure: a counter, a unit or a bracket stands on the second. */
const LINES = new RegExp(`\\s*\\n\\s*(?=(?:${COUNTERS}|万?元|亿元)?\\s*$|[（(])`, "u");

/** Characters that change the order of those around them, or are drawn over them. */
const ORDER = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;
const OVER = /\p{M}/u;
/** Digits that are raised, lowered or in a circle, and fractions. */
const SMALL =
  /[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]/u;

/** No figure is as long, whatever is written with it. */
const LONGEST = 60;

/** A decimal number without zeros that say nothing; its sign is not its part. */
function plainDecimal(text: string): string | undefined {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || text === "" || text === ".") return undefined;
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "") || "0";
  return match[2] ? `${whole}.${match[2]}` : whole;
}

/** An amount with its point moved, exactly: 元 as 万元 is four places to the left. */
function moved(amount: string, places: number): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  const at = Math.max(-places, 0);
  const digits = whole.padStart(at + 1, "0") + fraction.padEnd(Math.max(places, 0), "0");
  const point = Math.max(whole.length, at + 1) + places;
  const text = `${digits.slice(0, point)}.${digits.slice(point)}`;
  return plainDecimal(text.replace(/0+$/, "").replace(/\.$/, "")) ?? amount;
}

/** How many zeros a unit has. */
const POWER = { 元: 0, 万元: 4, 亿元: 8 } as const;
type Unit = keyof typeof POWER;

const statedUnit = (text: string | undefined): Unit | undefined =>
  text === undefined ? undefined : text.startsWith("亿") ? "亿元" : text.startsWith("万") ? "万元" : "元";

function readMoney(text: string, kind: FigureKind, notes: Note[]): Money | undefined {
  const match = /^(?:人民币)?([¥￥])?\+?([\d.]+)(亿元?|万元?|元|圆)?$/.exec(text);
  const amount = match && plainDecimal(match[2]!);
  if (!match || !amount) return undefined;
  const units = kind.units ?? ["万元"];
  const head = kind.unit === undefined || isForeign(kind.unit) ? undefined : kind.unit;
  // A sign of the currency alone says 元; before a unit it says nothing.
  const stated = statedUnit(match[3] ?? match[1]);
  const unit: Unit = stated ?? head ?? units[0]!;
  if (amount !== match[2]) notes.push("zeros");
  if (stated === undefined && units.length > 1 && head === undefined && !/^[0.]+$/.test(amount))
    notes.push("unitTaken");
  const target = units.find((of) => of === unit) ?? units[0]!;
  const money = { amount: target === unit ? amount : moved(amount, POWER[unit] - POWER[target]), unit: target };
  if (target !== unit && !/^[0.]+$/.test(amount)) notes.push("converted");
  const trimmed = /\.\d{7,}$/.test(money.amount) ? { ...money, amount: money.amount.replace(/0+$/, "") } : money;
  return AMOUNT.test(trimmed.amount) ? trimmed : undefined;
}

function readNumber(text: string, type: CellType, notes: Note[]): number | undefined {
  const counted = COUNTER.exec(text);
  if (counted) notes.push("counter");
  const match = /^([+-]?)(\d+)(\.0*)?$/.exec(counted?.[1] ?? text);
  if (!match) return undefined;
  const [, sign, digits, decimals] = match;
  // A point before three zeros parts thousands elsewhere.
  if (decimals?.length === 4) return undefined;
  if (decimals !== undefined) notes.push("decimal");
  if (/^0\d/.test(digits!)) notes.push("zeros");
  if (sign === "+" && type === "count") notes.push("sign");
  const value = Number(`${sign === "-" ? "-" : ""}${digits}`);
  return Number.isSafeInteger(value) ? value + 0 || 0 : undefined;
}

const other = (zh: string, en: string): Doubt => ({ kind: "other", words: { zh, en } });

/** Why a text as a whole is no figure, where there is more to say than that it is none. */
function doubtOf(text: string): Doubt | undefined {
  if (ONE.test(text.replace(SPACES, "")))
    return other("“一”可能是横线，也可能是数字一", "“一” may be a dash or the numeral one");
  if (ORDER.test(text)) return other("有改变文字方向的控制符", "characters in it change the direction of the text");
  if (/^[\d\s]+$/.test(text) && BROKEN.test(text))
    return other("数字中间有空格，可能是两个数", "a space parts the digits, which may be two figures");
  if (/\d/.test(text) && OVER.test(text)) return other("有叠在数字上的符号", "marks are drawn over the digits");
  if (/\d/.test(text) && SMALL.test(text)) return { kind: "raised" };
  return undefined;
}

/** Reads what is left of a text when white space is out of it. */
function readBare(bare: string, kind: FigureKind, notes: Note[]): number | Money | undefined {
  let text = bare.replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  if (text !== bare) notes.push("fullWidth");
  const brackets = text.replace(/[（﹙]/gu, "(").replace(/[）﹚]/gu, ")");
  const [remark, unit] = [REMARK.exec(brackets), BRACKETED_UNIT.exec(brackets)];
  if (remark) {
    text = remark[1]!;
    notes.push("remark");
  } else if (unit) text = `${unit[1]}${unit[2]}`;
  let signed = text.replace(MINUS, "-").replace(/^﹢/, "+");
  if (kind.type === "signed") signed = signed.replace(LESS, "-").replace(MORE, "+");
  if (signed !== text) notes.push("sign");
  text = signed;
  const grouped = text
    .replace(new RegExp(`(?:${COUNTERS}|亿元?|万?元|万|圆)$`, "u"), "")
    .replace(/^(?:人民币)?[¥￥]?/, "");
  if (grouped.includes(",")) {
    if (!GROUPED.test(grouped)) return undefined;
    text = text.replaceAll(",", "");
    notes.push("separator");
  }
  return kind.type === "money" ? readMoney(text, kind, notes) : readNumber(text, kind.type, notes);
}

const isZero = (value: number | Money): boolean =>
  typeof value === "number" ? value === 0 : /^[0.]+$/.test(value.amount);

/** Reads one cell's text. */
export function readFigure(source: string, kind: FigureKind): Reading {
  const notes: Note[] = [];
  const trimmed = source.trim();
  const unread = (doubt?: Doubt): Reading => ({ kind: "unread", text: trimmed, ...(doubt ? { doubt } : {}) });
  if (source.replace(SPACES, "") === "") return { kind: "blank" };
  if (trimmed.length > 2 * LONGEST) return unread();
  const line = trimmed.replace(/\r\n?/g, "\n").replace(LINES, "");
  if (line.includes("\n")) return unread({ kind: "lines" });
  const doubt = doubtOf(trimmed);
  if (doubt) return unread(doubt);
  if (line.replace(/[（(].*$/u, "").length > LONGEST || BROKEN.test(line)) return unread();
  const bare = line.replace(SPACES, "");
  if (bare !== source) notes.push("space");
  if (NOTHING.test(bare)) {
    const unit = kind.units?.find((of) => of === kind.unit) ?? kind.units?.[0] ?? "万元";
    return { kind: "figure", value: kind.type === "money" ? { amount: "0", unit } : 0, notes: [...notes, "dash"] };
  }
  const value = readBare(bare, kind, notes);
  if (value === undefined) return unread();
  if (kind.unit !== undefined && isForeign(kind.unit) && !isZero(value))
    return unread(other(`单位写的是“${kind.unit.other}”`, `the unit is said to be “${kind.unit.other}”`));
  return { kind: "figure", value, notes };
}

/** Reads one cell: its text, unless something about the cell keeps it from being a figure. */
export function readCell({ text, doubt, unseen = [] }: SourceCell, kind: FigureKind): Reading {
  if (doubt) return { kind: "unread", text: text.trim(), doubt };
  const reading = readFigure(text, kind);
  return reading.kind === "figure" && unseen.length > 0
    ? { ...reading, notes: [...reading.notes, ...unseen.map(({ why }) => why)] }
    : reading;
}

/** What a reading puts into the report. */
export function reportValue(reading: Reading, kind: FigureKind): unknown {
  if (reading.kind === "blank") return undefined;
  if (reading.kind === "figure") return reading.value;
  return kind.type === "money"
    ? { amount: reading.text, unit: kind.units?.find((of) => of === kind.unit) ?? kind.units?.[0] ?? "万元" }
    : reading.text;
}
