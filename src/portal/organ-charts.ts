/** An organ's charts over its years, on its page and by themselves in the pages of others. */
import type { Entry, OrganIndex } from "../index/shapes.ts";
import { columnChart, shareChart } from "./charts.ts";
import type { Html } from "./comparison.ts";
import { count, lawsuitsIn, resultsIn, reviewsIn, type SingledRows, shortName } from "./singled.ts";
import type { Words } from "./view.ts";

type OrganYear = OrganIndex["years"][number];

export const stands = (entry: Entry | undefined): entry is Entry => entry?.status === "current";

/** The years of an organ without a gap from the first to the last, newest first; none where nothing was published. */
export function everyYear({ years }: OrganIndex): readonly (readonly [year: number, entry: OrganYear | undefined])[] {
  const [first, last] = [years[0]?.year, years.at(-1)?.year];
  if (first === undefined || last === undefined) return [];
  return Array.from(
    { length: last - first + 1 },
    (_, i) => [last - i, years.find(({ year }) => year === last - i)] as const,
  );
}

type Chart = (words: Words, rows: SingledRows, organ: OrganIndex) => Html;

function received(words: Words, rows: SingledRows, organ: OrganIndex): Html {
  const { t } = words;
  return columnChart(words, {
    id: "received",
    title: t("本年新收政府信息公开申请", "Requests received"),
    unit: t("件", "requests"),
    points: everyYear(organ)
      .toReversed()
      .map(([year, entry]) => ({
        label: String(year),
        value: stands(entry) ? count(rows.received, entry.edition, entry.figures) : undefined,
      })),
  });
}

/** Shares by year. */
const shares =
  (
    id: string,
    title: readonly [zh: string, en: string],
    kinds: (rows: SingledRows) => SingledRows["results"],
    values: typeof resultsIn,
  ): Chart =>
  (words, rows, organ) =>
    shareChart(words, {
      id,
      title: words.t(...title),
      of: words.t("年度", "Year"),
      kinds: kinds(rows).map((row) => shortName(words, row)),
      stacks: everyYear(organ)
        .toReversed()
        .map(([year, entry]) => ({
          label: String(year),
          values: stands(entry) ? values(rows, entry.edition, entry.figures) : undefined,
        })),
    });

/** By the id that each has on the page, in their order. */
export const ORGAN_CHARTS: Readonly<Record<string, Chart>> = {
  received,
  results: shares(
    "results",
    ["办理结果（占比，右为总数）", "Results (shares; totals at the right)"],
    ({ results }) => results,
    resultsIn,
  ),
  reviews: shares("reviews", ["行政复议结果", "Outcomes of administrative review"], ({ review }) => review, reviewsIn),
  lawsuits: shares("lawsuits", ["行政诉讼结果", "Outcomes of litigation"], ({ review }) => review, lawsuitsIn),
};
