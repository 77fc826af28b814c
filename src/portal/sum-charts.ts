/** How the results and remedies of a place's year are distributed, on its page and by themselves in the pages of others. */
import type { Totals } from "../index/totals.ts";
import { shareChart } from "./charts.ts";
import type { Html } from "./comparison.ts";
import { lawsuitsIn, resultsIn, reviewsIn, type SingledRows, shortName } from "./singled.ts";
import type { Words } from "./view.ts";

/** “9 of 9”, the organs whose reports are in a sum. */
export const shareOf = ({ t }: Words, { reported, expected }: Pick<Totals, "reported" | "expected">): string =>
  t(`${expected}个机关中的${reported}个`, `${reported} of ${expected} organs`);

/** What a chart is drawn of: the organs' sum, or the government's own report where there is no other. */
export type Summed = Pick<Totals, "edition" | "reported" | "expected" | "sum" | "own">;

type Chart = (words: Words, rows: SingledRows, of: Summed) => Html | "";

const whoseOf = (words: Words, of: Summed): string =>
  of.sum ? shareOf(words, of) : words.t("政府的报告", "the government's report");

const results: Chart = (words, rows, of) => {
  const figures = of.sum ?? of.own?.figures;
  if (!figures) return "";
  return shareChart(words, {
    id: "results",
    title: words.t(`办理结果（${whoseOf(words, of)}）`, `Results (${whoseOf(words, of)})`),
    of: "",
    kinds: rows.results.map((row) => shortName(words, row)),
    stacks: [{ label: "", values: resultsIn(rows, of.edition, figures) }],
  });
};

const remedies: Chart = (words, rows, of) => {
  const figures = of.sum ?? of.own?.figures;
  if (!figures) return "";
  const { t } = words;
  const whose = whoseOf(words, of);
  return shareChart(words, {
    id: "remedies",
    title: t(`行政复议、行政诉讼结果（${whose}）`, `Outcomes of review and litigation (${whose})`),
    of: t("途径", "Remedy"),
    kinds: rows.review.map((row) => shortName(words, row)),
    stacks: [
      { label: t("复议", "Review"), values: reviewsIn(rows, of.edition, figures) },
      { label: t("诉讼", "Suits"), values: lawsuitsIn(rows, of.edition, figures) },
    ],
  });
};

/** By the id that each has on the page, in their order. */
export const SUM_CHARTS: Readonly<Record<string, Chart>> = { results, remedies };
