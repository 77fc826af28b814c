import type { Report } from "../../generated/report.ts";
import { cellsByPointer, getCell } from "../form/cells.ts";
import { formOf } from "../form/forms.ts";
import { type Difference, differences } from "./differences.ts";

/** A difference, with by how much where both reports have a figure. */
export interface Change extends Difference {
  readonly kind: "figure" | "text";
  /** After less before, signed; of money an exact decimal with its unit. Absent where one is missing or units differ. */
  readonly change?: string;
  /** Of what was before, to one place, signed; absent where that was 0. */
  readonly percent?: string;
}

/** Decimal strings as whole numbers of the same small unit. */
function scaled(a: string, b: string): { readonly a: bigint; readonly b: bigint; readonly places: number } {
  const places = Math.max(...[a, b].map((text) => text.split(".")[1]?.length ?? 0));
  const [x, y] = [a, b].map((text) => {
    const [whole = "0", fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(places, "0"));
  });
  return { a: x!, b: y!, places };
}

const signed = (text: string): string => (text.startsWith("-") || /^0(\.0*)?$/.test(text) ? text : `+${text}`);

function decimal(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
  return value < 0n ? `-${text}` : text;
}

/** Tenths of a percent, rounded half away from zero. */
function percentOf(change: bigint, before: bigint): string | undefined {
  if (before <= 0n) return undefined;
  const doubled = change * 2000n;
  const tenths = (doubled + (change < 0n ? -before : before)) / (before * 2n);
  return `${signed(decimal(tenths, 1))}%`;
}

function changeOf(a: unknown, b: unknown): Pick<Change, "change" | "percent"> {
  type Money = { readonly amount: string; readonly unit: string };
  const [m, n] = [a, b] as [Money, Money];
  const money = typeof a === "object" && typeof b === "object" && a !== null && b !== null && m.unit === n.unit;
  if (!money && (typeof a !== "number" || typeof b !== "number")) return {};
  const { a: before, b: after, places } = money ? scaled(m.amount, n.amount) : scaled(String(a), String(b));
  const change = after - before;
  const percent = percentOf(change, before);
  return {
    change: `${signed(decimal(change, places))}${money ? m.unit : ""}`,
    ...(percent === undefined ? {} : { percent }),
  };
}

/** What a report has otherwise than another, figures with their change. */
export function changes(before: Report, after: Report): Change[] {
  const forms = [before, after].map(({ edition }) => formOf(edition)!);
  const isFigure = (pointer: string): boolean => forms.some((form) => cellsByPointer(form).has(pointer));
  const heads = [
    ["/year", "年度", String(before.year), String(after.year)],
    ["/organ/uscc", "统一社会信用代码", before.organ.uscc, after.organ.uscc],
  ] as const;
  const of = heads.flatMap(([pointer, label, a, b]): Change[] =>
    a === b ? [] : [{ kind: "text", pointer, label, before: a, after: b }],
  );
  const found = differences(before, after).map((difference): Change => {
    const { pointer } = difference;
    if (!isFigure(pointer)) return { kind: "text", ...difference };
    return { kind: "figure", ...difference, ...changeOf(getCell(before, pointer), getCell(after, pointer)) };
  });
  return [...of, ...found];
}
