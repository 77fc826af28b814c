import { html } from "hono/html";
import { canonicalJson } from "../basics/canonical-json.ts";
import { divisionName } from "../index/divisions.ts";
import { type ProvinceYear, paths } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { type Totals, totalsData, totalsOfDivision, totalsOfProvince } from "../index/totals.ts";
import type { Html } from "./comparison.ts";
import { CSV, JSON_TYPE } from "./content-types.ts";
import { divisionYearPath } from "./division.ts";
import { grouped, signed } from "./figures.ts";
import { ROWS } from "./form.ts";
import { absolute, chinese, layout, scrolling } from "./layout.ts";
import { columnName } from "./organ.ts";
import { count } from "./singled.ts";
import { columnsOf, distribution, sumsOf } from "./sums.ts";
import { inBoth, type PortalOptions, twin, type View } from "./view.ts";

export const provincePath = (province: string): string => `provinces/${province}.html`;
export const provinceYearPath = (province: string, year: number): string => `provinces/${province}/${year}.html`;
/** The year's sums of the whole province as data (`totalsData`). */
export const provinceSumsPath = (province: string, year: number): string => `provinces/${province}/${year}.sums.json`;

/** Each division: how many of its organs are in the sum, and a figure of theirs beside the government's. */
function divisionsTable(view: View, state: ProvinceYear): Html {
  const { t } = view;
  const { province, year, divisions } = state;
  const caption = t(
    `${year}年度各行政区划：机关之和与政府的报告`,
    `${year} by division: the organs' sum and the government's report`,
  );
  const received = columnName(view, ROWS.received);
  const figure = (value: string): Html => html`<td class="figure">${value}</td>`;
  const line = (name: Html, { edition, sum, own, expected, reported }: Totals): Html => {
    const [a, b] = [sum, own?.figures].map((figures) => figures && count(ROWS.received, edition, figures));
    const shown = (value: number | undefined): string => (value === undefined ? "—" : grouped(value));
    return html`<tr>${name}${figure(grouped(expected))}${figure(grouped(reported))}${figure(shown(a))}${figure(shown(b))}${figure(a === undefined || b === undefined ? "—" : a === b ? "0" : signed(b - a))}</tr>
`;
  };
  return scrolling(
    caption,
    html`<table class="counted"><caption>${caption}</caption>
<thead><tr><th scope="col">${t("行政区划", "Division")}</th><th scope="col" class="figure">${t("机关", "Organs")}</th><th scope="col" class="figure">${t("已计入", "In the sum")}</th><th scope="col" class="figure">${received} ${t("机关之和", "organs' sum")}</th><th scope="col" class="figure">${received} ${t("政府的报告", "the government's report")}</th><th scope="col" class="figure">${t("相差", "Difference")}</th></tr></thead>
<tbody>${divisions.map((of) =>
      line(
        html`<th scope="row" class="name"><a href="${view.page(divisionYearPath(of.division, year))}">${chinese(view, view.place(of.division, province))}</a></th>`,
        totalsOfDivision(state, of),
      ),
    )}</tbody></table>`,
  );
}

/** `provinces/{province}/{year}.html` and `.sums.json`: what a province's reports of a year come to. */
export function provinceYearPages(options: PortalOptions, state: ProvinceYear): PublicFile[] {
  const { province, year } = state;
  const totals = totalsOfProvince(state);
  const pages = inBoth(options, provinceYearPath(province, year), (view) => {
    const { t } = view;
    const place = view.place(`${province}0000`);
    const title = t(`${place}${year}年度`, `${place}, ${year}`);
    const [table, data, sums] = [
      paths.provinceOrgans(province, year),
      paths.provinceYear(province, year),
      provinceSumsPath(province, year),
    ];
    const download = (path: string, encodingFormat: string) => ({
      "@type": "DataDownload",
      contentUrl: absolute(view, path),
      encodingFormat,
    });
    return layout(view, {
      title,
      description: t(
        `${place}${year}年度政府信息公开工作年度报告：机关之和、省级政府的报告、各行政区划。`,
        `Annual reports of ${place} for ${year}: the organs' sum, the provincial government's report, every division.`,
      ),
      trail: [
        [place, provincePath(province)],
        [String(year), provinceYearPath(province, year)],
      ],
      scripts: [options.assets.charts],
      data: {
        "@type": "Dataset",
        name: `${divisionName(`${province}0000`)}${year}年度政府信息公开工作年度报告`,
        description: `${divisionName(`${province}0000`)}各行政区划、各行政机关${year}年度报告的各项数字。`,
        url: absolute(view, twin(view.path, view.lang)),
        inLanguage: "zh-CN",
        isAccessibleForFree: true,
        temporalCoverage: String(year),
        spatialCoverage: divisionName(`${province}0000`),
        distribution: [download(table, "text/csv"), download(data, "application/json")],
      },
      main: html`<h1>${chinese(view, place)} ${t(`${year}年度`, String(year))}</h1>
<p class="actions"><a href="${view.file(table)}" type="${CSV.split(";")[0]}">${t("一个机关一行、全部栏目（CSV）", "An organ a row, all columns (CSV)")}</a> <a href="${view.page("download.html")}?year=${year}&amp;province=${province}">XLSX</a> <a href="${view.page("rank.html")}?year=${year}&amp;province=${province}">${t("排名", "Rankings")}</a> <a href="${view.file(data)}" type="application/json">${t("各行政区划（JSON）", "By division (JSON)")}</a> <a href="${view.file(sums)}" type="application/json">${t("合计（JSON）", "Sums (JSON)")}</a> <a href="${view.page(provincePath(province))}">${t("全部年度", "All years")}</a></p>
<section><h2 id="sums">${t("合计", "Sums")}</h2>
${distribution(view, totals, `province=${province}&year=${year}`)}${sumsOf(view, totals)}${columnsOf(view, totals)}</section>
<section><h2 id="divisions">${t("各行政区划", "Divisions")}</h2>
${divisionsTable(view, state)}</section>`,
    });
  });
  return [
    ...pages,
    {
      path: provinceSumsPath(province, year),
      body: canonicalJson({ province, ...totalsData(totals) }),
      contentType: JSON_TYPE,
    },
  ];
}
