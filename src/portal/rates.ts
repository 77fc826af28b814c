/** Rates as pages show them: each with what it is a share of, and the way to its definition. */
import { html } from "hono/html";
import type { Figures } from "../index/figure-row.ts";
import type { Html } from "./comparison.ts";
import { grouped, percent } from "./figures.ts";
import { FORM } from "./form.ts";
import { scrolling } from "./layout.ts";
import { METHOD } from "./method.ts";
import { rateName, shareIn } from "./rate.ts";
import type { View } from "./view.ts";

/** What rates are of: an organ's figures, or the sum of several organs'. */
export interface RateColumn {
  readonly title: string;
  readonly edition: string;
  readonly figures: Figures | undefined;
}

/** Rates by column, each leading to its definition; a dash where there is nothing to share. */
export function rateTable(view: View, caption: string, columns: readonly RateColumn[]): Html {
  const { t } = view;
  return scrolling(
    caption,
    html`<table class="comparison"><caption>${caption}</caption>
<thead><tr><th scope="col">${t("比率", "Rate")}</th>${columns.map(({ title }) => html`<th scope="col" class="figure">${title}</th>`)}</tr></thead>
<tbody>${FORM.rates.map(
      (
        rate,
      ) => html`<tr><th scope="row" class="d0"><a href="${view.page(METHOD)}#rate-${rate.key}">${rateName(view, rate)}</a></th>${columns.map(
        ({ edition, figures }) => {
          const share = figures && shareIn(rate, edition, figures);
          return share
            ? html`<td class="figure">${percent(share.part, share.whole)} <small>${grouped(share.part)}/${grouped(share.whole)}</small></td>`
            : html`<td class="figure none">—</td>`;
        },
      )}</tr>
`,
    )}</tbody></table>`,
  );
}
