/** Amounts of money, exactly: decimals as whole numbers of a small unit, never as binary fractions. */
import type { MoneyUnit } from "./form.ts";

/** An amount as a report has it. */
export interface Money {
  readonly amount: string;
  readonly unit: MoneyUnit;
}

/** A decimal as an integer of units of 10^-scale. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** 万元 in 元, as a power of ten. */
const PLACES: Readonly<Record<MoneyUnit, number>> = { 元: 0, 万元: 4 };

export function parseDecimal(text: string): Decimal {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

/** Without zeros at the end of the fraction. */
export function printDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${sign}${digits.slice(0, digits.length - scale)}${scale > 0 && fraction !== "" ? `.${fraction}` : ""}`;
}

/** Sums and differences of exact decimal strings. */
export function addDecimals(a: string, b: string, sign: 1n | -1n): string {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  const scale = Math.max(x.scale, y.scale);
  const at = ({ units, scale: own }: Decimal): bigint => units * 10n ** BigInt(scale - own);
  return printDecimal({ units: at(x) + sign * at(y), scale });
}

/** An amount in 元, exactly: no exponent, no zeros at the end of the fraction. */
export function yuan({ amount, unit }: Money): string {
  const { units, scale } = parseDecimal(amount);
  const places = PLACES[unit];
  return printDecimal(
    scale >= places ? { units, scale: scale - places } : { units: units * 10n ** BigInt(places - scale), scale: 0 },
  );
}

/** An amount of 元 in a unit, exactly. */
export function inUnit(amount: string, unit: MoneyUnit): string {
  const { units, scale } = parseDecimal(amount);
  return printDecimal({ units, scale: scale + PLACES[unit] });
}
