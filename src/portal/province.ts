import { html } from "hono/html";
import { divisionName } from "../index/divisions.ts";
import { type ProvinceIndex, paths } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { progress } from "./charts.ts";
import type { Html } from "./comparison.ts";
import { JSON_TYPE } from "./content-types.ts";
import { grouped } from "./figures.ts";
import { chinese, layout, scrolling } from "./layout.ts";
import { inBoth, type PortalOptions, type View } from "./view.ts";

export const provincePath = (province: string): string => `provinces/${province}.html`;
/** The names of a province's divisions for the search in the browser: `[code, name][]`. */
export const divisionNamesPath = (province: string): string => `search/${province}.divisions.json`;

/** Places with how many of their organs have a report that stands, by year. */
export interface Counted {
  readonly organs: number;
  readonly reports: Readonly<Record<string, number>>;
}

/** The years that any of the places has a report of, the latest first. */
export const reportYears = (places: readonly Counted[]): number[] =>
  [...new Set(places.flatMap(({ reports }) => Object.keys(reports).filter((year) => reports[year]! > 0)))]
    .map(Number)
    .sort((a, b) => b - a);

/** Lists places by how far they are with the latest year, and the years before it. */
export function countedTable(
  view: View,
  caption: string,
  head: string,
  places: readonly (Counted & { readonly name: string; readonly href: string })[],
): Html {
  const { t } = view;
  const years = reportYears(places).slice(0, 5);
  const [latest, ...before] = years;
  const total = (of: (place: Counted) => number): number => places.reduce((sum, place) => sum + of(place), 0);
  const line = (
    name: Html,
    { organs, reports }: Counted,
  ): Html => html`<tr>${name}<td class="figure">${grouped(organs)}</td>${latest === undefined ? "" : html`<td class="figure">${grouped(reports[latest] ?? 0)} <small>${organs === 0 ? "" : `${Math.floor((100 * (reports[latest] ?? 0)) / organs)}%`}</small> ${progress(reports[latest] ?? 0, organs)}</td>`}${before.map((year) => html`<td class="figure">${grouped(reports[year] ?? 0)}</td>`)}</tr>
`;
  return scrolling(
    caption,
    html`<table class="counted"><caption>${caption}</caption>
<thead><tr><th scope="col">${head}</th><th scope="col" class="figure">${t("已知机关", "Organs known")}</th>${years.map((year) => html`<th scope="col" class="figure">${t(`${year}年度`, String(year))}</th>`)}</tr></thead>
<tbody>${places.map((place) => line(html`<th scope="row" class="name"><a href="${place.href}">${chinese(view, place.name)}</a></th>`, place))}</tbody>
${places.length > 1 ? html`<tfoot>${line(html`<th scope="row">${t("合计", "Total")}</th>`, { organs: total(({ organs }) => organs), reports: Object.fromEntries(years.map((year) => [year, total(({ reports }) => reports[year] ?? 0)])) })}</tfoot>` : ""}</table>`,
  );
}

/** `provinces/{province}.html`: the divisions of a province; and their names for the search. */
export function provincePages(options: PortalOptions, index: ProvinceIndex): PublicFile[] {
  const { province, divisions } = index;
  const path = provincePath(province);
  const pages = inBoth(options, path, (view) => {
    const { t } = view;
    const place = view.place(`${province}0000`);
    const [latest] = reportYears(divisions);
    const organs = divisions.reduce((sum, division) => sum + division.organs, 0);
    return layout(view, {
      title: place,
      description: t(
        `${place}各行政区划的政府信息公开工作年度报告。`,
        `Annual reports on open government information in ${place}, by division.`,
      ),
      trail: [[place, path]],
      main: html`<h1>${chinese(view, place)}</h1>
<dl class="facts"><div><dt>${t("行政区划", "Divisions")}</dt><dd>${grouped(divisions.length)}${t("个", "")}</dd></div><div><dt>${t("公布过报告的机关", "Organs that ever published")}</dt><dd>${grouped(organs)}${t("个", "")}</dd></div>${latest === undefined ? "" : html`<div><dt>${t(`${latest}年度现行报告`, `Current reports for ${latest}`)}</dt><dd>${grouped(divisions.reduce((sum, { reports }) => sum + (reports[latest] ?? 0), 0))}${t("份", "")}</dd></div>`}</dl>
${
  divisions.length === 0
    ? html`<p>${t("还没有公布过报告。", "No report has been published yet.")}</p>`
    : countedTable(
        view,
        t("各行政区划的现行报告", "Current reports by division"),
        t("行政区划", "Division"),
        divisions.map(({ division, ...counted }) => ({
          ...counted,
          name: view.place(division, province),
          href: view.page(`divisions/${division}/index.html`),
        })),
      )
}
<p class="actions"><a href="${view.page("index.html")}">${t("查找机关", "Find an organ")}</a> <a href="${view.file(paths.province(province))}" type="application/json">JSON</a></p>`,
    });
  });
  const names = divisions.map(({ division }) => [division, divisionName(division)]);
  return [...pages, { path: divisionNamesPath(province), body: JSON.stringify(names), contentType: JSON_TYPE }];
}
