/** Several organs over several years: one item of the form, or one rate, a year a row and an organ a column. */
import type { OrganIndex } from "../../src/index/shapes.ts";
import { rowName } from "../../src/portal/comparison.ts";
import { percent, printed, reportedIn } from "../../src/portal/figures.ts";
import { rateName, shareIn } from "../../src/portal/rate.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { chinese, element, lang, t } from "./page.ts";

/** The value of the field of years that stands for all of them. */
export const ALL_YEARS = "all";

type Entry = OrganIndex["years"][number];

/** An item that can be followed over years: what it is called, and what a report says of it. */
interface Item {
  readonly key: string;
  readonly name: string;
  /** As it is shown, and as a number for files. */
  value(entry: Entry): { readonly text: string; readonly figure: string } | undefined;
}

export const itemsOf = ({ rows, rates }: FormRows): Item[] => [
  ...rates.map(
    (rate): Item => ({
      key: `rate:${rate.key}`,
      name: rateName({ lang, t }, rate),
      value: ({ edition, figures }) => {
        const share = shareIn(rate, edition, figures);
        return (
          share && {
            text: `${percent(share.part, share.whole)} (${share.part}/${share.whole})`,
            figure: String(share.part / share.whole),
          }
        );
      },
    }),
  ),
  ...rows.flatMap((row): Item[] => {
    const { cells, en, label } = rowName(row, Object.keys(row.editions));
    if (cells.length === 0) return [];
    return [
      {
        key: `row:${row.key}`,
        name: `${"\u3000".repeat(row.depth)}${lang === "en" ? en : label}`,
        value: ({ edition, figures }) => {
          const value = reportedIn(row, edition, figures);
          return value === undefined ? undefined : { text: printed(row, value), figure: String(value) };
        },
      },
    ];
  }),
];

/** The table of a series, and the same as rows of CSV. */
export function seriesOf(
  organs: readonly OrganIndex[],
  item: Item,
): { readonly table: HTMLElement; readonly rows: string[][] } {
  const years = [...new Set(organs.flatMap((organ) => organ.years.map(({ year }) => year)))].sort((a, b) => a - b);
  const lines = years.map((year) => ({
    year,
    values: organs.map((organ) => {
      const entry = organ.years.find((each) => each.year === year);
      return entry?.status === "current" ? item.value(entry) : undefined;
    }),
  }));
  const caption = `${item.name.trim()}${t("：各年度", ": by year")}`;
  const scoped = (scope: string, ...content: (Node | string)[]): HTMLElement =>
    Object.assign(element("th", {}, ...content), { scope });
  const heads = organs.map(({ organ }) => Object.assign(scoped("col", chinese(organ)), { className: "figure" }));
  const table = element(
    "table",
    { className: "comparison" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, scoped("col", t("年度", "Year")), ...heads)),
    element(
      "tbody",
      {},
      ...lines.map(({ year, values }) =>
        element(
          "tr",
          {},
          scoped("row", String(year)),
          ...values.map((value) => element("td", { className: value ? "figure" : "figure none" }, value?.text ?? "—")),
        ),
      ),
    ),
  );
  const scroll = Object.assign(element("div", { className: "scroll", tabIndex: 0 }, table), {
    role: "region",
    ariaLabel: caption,
  });
  return {
    table: scroll,
    rows: [
      [item.name.trim(), ...organs.map(({ organ }) => organ)],
      ...lines.map(({ year, values }) => [String(year), ...values.map((value) => value?.figure ?? "")]),
    ],
  };
}
