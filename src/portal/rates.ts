/** Rates, each shown with what it is: a share of sums, never a mean of organs' own rates. */
import { html } from "hono/html";
import type { Figures } from "../index/figures.ts";
import type { Html } from "./comparison.ts";
import { grouped, percent } from "./figures.ts";
import { ROWS } from "./form.ts";
import { scrolling } from "./layout.ts";
import type { Row } from "./rows.ts";
import { count, fullName, shortName } from "./singled.ts";
import type { View } from "./view.ts";

interface Rate {
  readonly name: readonly [zh: string, en: string];
  readonly part: Row;
  /** What it is a share of: these together. */
  readonly whole: readonly Row[];
}

const RATES: readonly Rate[] = [
  { name: ["办结率", "Handled"], part: ROWS.handled, whole: [ROWS.received, ROWS.carriedIn] },
  { name: ["予以公开率", "Granted"], part: ROWS.granted, whole: [ROWS.handled] },
];

/** What rates are of: an organ's figures, or the sum of several organs'. */
export interface RateColumn {
  readonly title: string;
  readonly edition: string;
  readonly figures: Figures | undefined;
}

/** Rates by column, with their definitions in the form's words; a dash where there is nothing to share. */
export function rateTable(view: View, caption: string, columns: readonly RateColumn[]): Html {
  const { t } = view;
  const cell = ({ part, whole }: Rate, { edition, figures }: RateColumn): Html => {
    const [of, all] = figures
      ? [count(part, edition, figures), whole.reduce((sum, row) => sum + count(row, edition, figures), 0)]
      : [0, 0];
    return all === 0
      ? html`<td class="figure none">—</td>`
      : html`<td class="figure">${percent(of, all)} <small>${grouped(of)}/${grouped(all)}</small></td>`;
  };
  const named = (row: Row): string =>
    row === ROWS.handled
      ? t("办理结果总计", "results")
      : row === ROWS.granted
        ? shortName(view, row)
        : fullName(view, row);
  return scrolling(
    caption,
    html`<table class="comparison"><caption>${caption}</caption>
<thead><tr><th scope="col">${t("比率", "Rate")}</th>${columns.map(({ title }) => html`<th scope="col" class="figure">${title}</th>`)}</tr></thead>
<tbody>${RATES.map(
      (
        rate,
      ) => html`<tr><th scope="row" class="d0">${t(...rate.name)} <small>${named(rate.part)} ÷ ${rate.whole.length > 1 ? t("（", "(") : ""}${rate.whole.map(named).join(" + ")}${rate.whole.length > 1 ? t("）", ")") : ""}</small></th>${columns.map((column) => cell(rate, column))}</tr>
`,
    )}</tbody></table>`,
  );
}
