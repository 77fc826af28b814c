/** The rows that pages single out, of the form as it is at hand: on the server all editions, in a browser the file of rows. */
import type { Figures } from "../index/figure-row.ts";
import { rowName } from "./comparison.ts";
import { reportedIn } from "./figures.ts";
import type { FormRows, Row } from "./rows.ts";
import type { Words } from "./view.ts";

/** What they are called is the form's. */
export interface SingledRows {
  readonly received: Row;
  readonly carriedIn: Row;
  readonly granted: Row;
  readonly handled: Row;
  readonly carriedOut: Row;
  /** （一）予以公开 … （六）其他处理. */
  readonly results: readonly Row[];
  /** 结果维持, 结果纠正, 其他结果, 尚未审结. */
  readonly review: readonly Row[];
  /** The same of each way to a court. */
  readonly litigation: readonly (readonly Row[])[];
}

/** @throws Error when the form lacks one of them */
export function singledRows({ rows }: FormRows): SingledRows {
  const row = (key: string): Row => {
    const found = rows.find((r) => r.key === key);
    if (!found) throw new Error(`no row ${key}`);
    return found;
  };
  const under = (key: string): Row[] => {
    const depth = row(key).depth + 1;
    return rows.filter((r) => r.key.startsWith(`${key}/`) && r.depth === depth && !r.key.endsWith("/total"));
  };
  return {
    received: row("requests/received"),
    carriedIn: row("requests/carriedIn"),
    granted: row("requests/results/granted"),
    handled: row("requests/results/total"),
    carriedOut: row("requests/carriedOut"),
    results: under("requests/results"),
    review: under("remedies/review"),
    litigation: [under("remedies/litigation/direct"), under("remedies/litigation/afterReview")],
  };
}

const newest = (of: Row) => rowName(of, Object.keys(of.editions));

/** How the newest edition calls a row, without its number. */
export function fullName(words: Words, of: Row): string {
  const { label, en } = newest(of);
  return words.lang === "en"
    ? en.replace(/^(\(\d\)|\d\.) /, "")
    : label.replace(/^(（[一二三四五六七]）|[一二三四]、)/, "");
}

/** How the newest edition calls a row, in a word where it has one. */
export function shortName(words: Words, of: Row): string {
  const { short } = newest(of);
  return words.lang === "en" || !short
    ? fullName(words, of)
    : short.replace(/^(（[一二三四五六七]）|[一二三四]、)/, "");
}

/** A count of a report; 0 where its edition has no such row. */
export const count = (of: Row, edition: string, figures: Figures): number =>
  Number(reportedIn(of, edition, figures) ?? 0);

/** Results by kind. */
export const resultsIn = ({ results }: SingledRows, edition: string, figures: Figures): number[] =>
  results.map((r) => count(r, edition, figures));
/** Administrative reviews by outcome. */
export const reviewsIn = ({ review }: SingledRows, edition: string, figures: Figures): number[] =>
  review.map((r) => count(r, edition, figures));
/** Lawsuits by outcome, filed directly and after review together. */
export const lawsuitsIn = ({ review, litigation }: SingledRows, edition: string, figures: Figures): number[] =>
  review.map((_, i) => litigation.reduce((sum, rows) => sum + count(rows[i]!, edition, figures), 0));
