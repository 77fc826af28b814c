import { addDecimals, inUnit } from "../form/amounts.ts";
import type { Figures } from "../index/figure-row.ts";
import type { Row } from "./rows.ts";

/** The value of a row: a count, or money as an exact decimal in the row's unit. */
export type Value = number | string;

/** What a report says in a row; undefined where its edition has no such row, or the row is a heading. */
export function reportedIn(row: Row, edition: string, figures: Figures): Value | undefined {
  const values = (row.editions[edition]?.cells ?? []).flatMap((pointer) => figures[pointer] ?? []);
  if (values.length === 0) return undefined;
  if (row.type !== "money") return values.reduce<number>((sum, value) => sum + Number(value), 0);
  const yuan = values.reduce<string>((sum, value) => addDecimals(sum, String(value), 1n), "0");
  return inUnit(yuan, row.unit ?? "元");
}

/** b − a in kind. */
export const difference = (a: Value, b: Value): Value =>
  typeof a === "number" && typeof b === "number" ? b - a : addDecimals(String(b), String(a), -1n);

/** Digits in groups of three. */
export const grouped = (value: Value): string => {
  const [whole = "", fraction] = String(value).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
};

/** With its sign; a true minus. */
export const signed = (value: Value): string => {
  const text = grouped(value);
  return text.startsWith("-") ? `−${text.slice(1)}` : text === "0" ? "0" : `+${text}`;
};

/** As a row prints it. */
export const printed = (row: Row, value: Value): string =>
  row.type === "signed" ? signed(value) : grouped(value).replace("-", "−");

/** A share in percent with one digit; empty where there is nothing to share. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)}%`;
