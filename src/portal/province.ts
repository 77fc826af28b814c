import { html } from "hono/html";
import { divisionName } from "../index/divisions.ts";
import { countTogether } from "../index/merge.ts";
import { type ProvinceIndex, type ProvinceYear, paths, yearsOfProvince } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { totalsOfProvince } from "../index/totals.ts";
import { JSON_TYPE } from "./content-types.ts";
import { placesTables, standings } from "./counted.ts";
import { grouped } from "./figures.ts";
import { chinese, layout } from "./layout.ts";
import { provincePath, provinceYearPath } from "./province-year.ts";
import { columnsOf, sumsOf } from "./sums.ts";
import { inBoth, type PortalOptions } from "./view.ts";

/** The names of a province's divisions for the search in the browser: `[code, name][]`. */
export const divisionNamesPath = (province: string): string => `search/${province}.divisions.json`;

/**
 * `provinces/{province}.html`: the divisions of a province and what its latest year comes to; and their names for the search.
 */
export function provincePages(options: PortalOptions, index: ProvinceIndex, year?: ProvinceYear): PublicFile[] {
  const { province, divisions } = index;
  const path = provincePath(province);
  const pages = inBoth(options, path, (view) => {
    const { t } = view;
    const place = view.place(`${province}0000`);
    const years = yearsOfProvince(index);
    const [latest] = years;
    const totals = year && totalsOfProvince(year);
    const together = countTogether(divisions);
    return layout(view, {
      title: place,
      description: t(
        `${place}各行政区划的政府信息公开工作年度报告：公布情况、合计、历年报告数。`,
        `Annual reports on open government information in ${place} by division: who has published, sums, reports by year.`,
      ),
      trail: [[place, path]],
      scripts: [options.assets.deadlines, options.assets.charts],
      main: html`<h1>${chinese(view, place)}</h1>
<dl class="facts"><div><dt>${t("行政区划", "Divisions")}</dt><dd>${grouped(divisions.length)}${t("个", "")}</dd></div><div><dt>${t("公布过报告的机关", "Organs that ever published")}</dt><dd>${grouped(together.organs)}${t("个", "")}</dd></div>${latest === undefined ? "" : html`<div><dt>${t(`${latest}年度现行报告`, `Current reports for ${latest}`)}</dt><dd>${grouped(together.reports[latest]!.current)}${t("份", "")}</dd></div>`}</dl>
${
  latest === undefined
    ? html`<p>${t("还没有公布过报告。", "No report has been published yet.")}</p>`
    : html`<section><h2 id="years">${t("各年度", "Years")}</h2>
<ul class="years">${years.map((of) => html`<li><a href="${view.page(provinceYearPath(province, of))}">${of}</a> <small>${grouped(together.reports[of]!.current)}${t("份", "")}</small></li>`)}</ul></section>
<section><h2 id="state">${t(`${latest}年度公布情况`, `Who has published for ${latest}`)}</h2>
${standings(view, together, latest)}${placesTables(
  view,
  t("行政区划", "Division"),
  divisions.map(({ division, ...counted }) => ({
    ...counted,
    name: view.place(division, province),
    href: view.page(`divisions/${division}/index.html`),
  })),
)}</section>
${
  totals
    ? html`<section><h2 id="sums">${t(`${latest}年度合计`, `Sums of ${latest}`)}</h2>
${sumsOf(view, totals)}${columnsOf(view, totals)}</section>
`
    : ""
}`
}<p class="actions"><a href="${view.page("index.html")}">${t("查找机关", "Find an organ")}</a> <a href="${view.file(paths.province(province))}" type="application/json">JSON</a></p>`,
    });
  });
  const names = divisions.map(({ division }) => [division, divisionName(division)]);
  return [...pages, { path: divisionNamesPath(province), body: JSON.stringify(names), contentType: JSON_TYPE }];
}
