import { forms } from "../form/forms.ts";
import type { Figures } from "../index/figures.ts";
import { rowName } from "./comparison.ts";
import { reportedIn } from "./figures.ts";
import { formRows, type Row } from "./rows.ts";
import type { View } from "./view.ts";

/** The rows of every edition. */
export const FORM = formRows(forms);
const EDITIONS = forms.map(({ edition }) => edition);

const row = (key: string): Row => {
  const found = FORM.rows.find((r) => r.key === key);
  if (!found) throw new Error(`no row ${key}`);
  return found;
};
const under = (key: string): Row[] => {
  const depth = row(key).depth + 1;
  return FORM.rows.filter((r) => r.key.startsWith(`${key}/`) && r.depth === depth && !r.key.endsWith("/total"));
};

/** The rows that pages single out; what they are called is the form's. */
export const ROWS = {
  received: row("requests/received"),
  carriedIn: row("requests/carriedIn"),
  granted: row("requests/results/granted"),
  handled: row("requests/results/total"),
  carriedOut: row("requests/carriedOut"),
  /** （一）予以公开 … （六）其他处理. */
  results: under("requests/results"),
  /** 结果维持, 结果纠正, 其他结果, 尚未审结. */
  review: under("remedies/review"),
  litigation: [under("remedies/litigation/direct"), under("remedies/litigation/afterReview")],
} as const;

/** How the newest edition calls a row, without its number. */
export function fullName(view: View, of: Row): string {
  const { label, en } = rowName(of, EDITIONS);
  return view.lang === "en"
    ? en.replace(/^(\(\d\)|\d\.) /, "")
    : label.replace(/^(（[一二三四五六七]）|[一二三四]、)/, "");
}

/** How the newest edition calls a row, in a word where it has one. */
export function shortName(view: View, of: Row): string {
  const { label, en, short } = rowName(of, EDITIONS);
  return view.lang === "en"
    ? en.replace(/^(\(\d\)|\d\.) /, "")
    : (short ?? label).replace(/^(（[一二三四五六七]）|[一二三四]、)/, "");
}

/** A count of a report; 0 where its edition has no such row. */
export const count = (of: Row, edition: string, figures: Figures): number =>
  Number(reportedIn(of, edition, figures) ?? 0);

/** Results by kind. */
export const resultsOf = (edition: string, figures: Figures): number[] =>
  ROWS.results.map((r) => count(r, edition, figures));
/** Administrative reviews by outcome. */
export const reviewsOf = (edition: string, figures: Figures): number[] =>
  ROWS.review.map((r) => count(r, edition, figures));
/** Lawsuits by outcome, filed directly and after review together. */
export const lawsuitsOf = (edition: string, figures: Figures): number[] =>
  ROWS.review.map((_, i) => ROWS.litigation.reduce((sum, rows) => sum + count(rows[i]!, edition, figures), 0));
