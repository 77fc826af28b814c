import { html } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import { FORM } from "./form.ts";
import { layout } from "./layout.ts";
import { METHOD } from "./method.ts";
import { placeChoice, withoutScript } from "./place-choice.ts";
import { LEAST_WHOLE, rateName } from "./rate.ts";
import { inBoth, type PortalOptions } from "./view.ts";

export const RANK = "rank.html";

/** `rank.html`: provinces, a province's divisions or a division's organs in order of a figure or a rate of a year. */
export const rankPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, RANK, (view) => {
    const { t } = view;
    const title = t("排名", "Rankings");
    const rates = FORM.rates.map((rate) => html`<option value="rate:${rate.key}">${rateName(view, rate)}</option>`);
    return layout(view, {
      title,
      description: t(
        "各省、各行政区划、各机关按某一年度的数字或比率排列，写明多少个里有多少个可比，基数小的不排。",
        "Provinces, divisions and organs by a figure or a rate of a year, with how many of how many, small numbers left unranked.",
      ),
      trail: [[title, RANK]],
      scripts: [options.assets.rank],
      main: html`<h1>${title}</h1>
<p class="lead">${t("选年度、范围和一项数字或比率；点列头可以换一种排法。", "Choose a year, a place and a figure or a rate; the heads of columns sort.")} <a href="${view.page(METHOD)}#rankings">${t("口径", "Method")}</a></p>
${withoutScript(view)}
<div class="choose soon" id="choice" role="group" aria-label="${t("排名的条件", "What to rank")}" hidden data-root="${view.file("")}" data-rows="${view.file(options.assets.rows)}">
${placeChoice(view, t("全国各省", "All provinces"))}
<div><label for="division">${t("行政区划", "Division")}</label><select id="division" name="division" disabled><option value="">${t("各行政区划", "All divisions")}</option></select></div>
<div><label for="by">${t("按", "By")}</label><select id="by" name="by"><optgroup label="${t("比率", "Rates")}">${rates}</optgroup></select></div>
<div><label for="least">${t("基数至少", "Whole at least")}</label><input id="least" name="least" type="number" min="1" max="100000" value="${LEAST_WHOLE}" inputmode="numeric"></div>
<div><button type="button" id="csv">${t("下载所示（CSV）", "Download as shown (CSV)")}</button></div>
</div>
<p id="status" class="status" role="status"></p>
<div id="ranking"></div>`,
    });
  });
