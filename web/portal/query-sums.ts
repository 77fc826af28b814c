/** Figures → what they come to by group: pure. */
import type { Found } from "./query-read.ts";

export type Group = "year" | "kind" | "province" | "division" | "organ";
export const GROUPS: readonly Group[] = ["year", "kind", "province", "division", "organ"];

/** A row of the answer. */
export interface Sum {
  /** What tells groups apart. */
  readonly key: string;
  readonly name: string;
  readonly reports: number;
  /** In units of 10^-6. */
  readonly value: bigint;
}

export interface Question {
  readonly by: Group;
  /** A kind of the roster, `unknown`, or empty for all. */
  readonly kind: string;
  readonly reports: "addable" | "government";
  /** Whether the figure is a sum at all; one that is not is listed by organ. */
  readonly adds: boolean;
}

/** Whether there is no sum to give: each report is shown by itself. */
export const isList = ({ reports, adds }: Question): boolean => reports === "government" || !adds;

const UNITS = 1_000_000n;

/** An exact decimal, thousands apart, no zeros at the end. */
export function decimal(value: bigint, grouped = true): string {
  const sign = value < 0n ? "-" : "";
  const units = value < 0n ? -value : value;
  const whole = (units / UNITS).toString();
  const fraction = (units % UNITS).toString().padStart(6, "0").replace(/0+$/, "");
  return `${sign}${grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole}${fraction === "" ? "" : `.${fraction}`}`;
}

const takes = ({ kind, reports, adds }: Question, found: Found): boolean => {
  const own = found.kind ?? "unknown";
  if (reports === "government") return found.current && own === "government";
  return (adds ? found.addable : found.current && own !== "government") && (kind === "" || own === kind);
};

function keyOf({ year, kind, province, division, uscc }: Found, question: Question): string {
  if (isList(question)) return `${uscc}/${year}`;
  switch (question.by) {
    case "year":
      return String(year);
    case "kind":
      return kind ?? "unknown";
    case "province":
      return province;
    case "division":
      return division;
    case "organ":
      return uscc;
  }
}

/** The sums by group, by what the groups are. */
export function sums(found: readonly Found[], question: Question, nameOf: (key: string, one: Found) => string): Sum[] {
  const groups = new Map<string, { name: string; reports: number; value: bigint }>();
  for (const one of found) {
    if (!takes(question, one)) continue;
    const key = keyOf(one, question);
    const before = groups.get(key) ?? { name: nameOf(key, one), reports: 0, value: 0n };
    groups.set(key, { name: before.name, reports: before.reports + 1, value: before.value + one.value });
  }
  return [...groups].map(([key, sum]) => ({ key, ...sum })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export type Order = "name" | "reports" | "value";
/** e.g. `value` or, from the greatest, `-value`. */
export type Sorting = Order | `-${Order}`;
export const isSorting = (text: string): text is Sorting => /^-?(name|reports|value)$/.test(text);

export function sortedBy(rows: readonly Sum[], sorting: Sorting): Sum[] {
  const down = sorting.startsWith("-");
  const order = (down ? sorting.slice(1) : sorting) as Order;
  const of = (sum: Sum): string | number | bigint => (order === "name" ? sum.key : sum[order]);
  const compare = (a: Sum, b: Sum): number => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : a.key < b.key ? -1 : 1);
  return [...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
}
