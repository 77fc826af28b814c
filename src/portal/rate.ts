/** Rates by the editions' own definitions: exact shares of figures that are there, never a mean of others' rates. */
import type { RateData } from "../form/form.ts";
import type { Figures } from "../index/figure-row.ts";
import type { FormRate } from "./rows.ts";
import type { Words } from "./view.ts";

/** A share of a whole below this says little: it is shown, and not ranked. */
export const LEAST_WHOLE = 10;

/** What a rate is in figures. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

const sumOf = (cells: readonly string[], figures: Figures): number =>
  cells.reduce((sum, pointer) => sum + Number(figures[pointer] ?? 0), 0);

/** A rate of some figures; undefined where their edition has none or there is nothing to share. */
export function shareIn({ editions }: FormRate, edition: string, figures: Figures): Share | undefined {
  const rate = editions[edition];
  if (!rate) return undefined;
  const whole = sumOf(rate.whole, figures);
  return whole === 0 ? undefined : { part: sumOf(rate.part, figures), whole };
}

/** How the newest edition that has a rate defines it. */
export const newestRate = ({ editions }: FormRate): RateData => editions[Object.keys(editions).sort().at(-1)!]!;

/** What a rate is called. */
export function rateName({ lang }: Words, rate: FormRate): string {
  const { label, en } = newestRate(rate);
  return lang === "en" ? en : label;
}
