import { html } from "hono/html";
import { canonicalJson } from "../basics/canonical-json.ts";
import { csv } from "../formats/csv/csv.ts";
import { divisionName } from "../index/divisions.ts";
import { organTable } from "../index/organ-table.ts";
import {
  type DivisionIndex,
  type DivisionYear,
  type Entry,
  type OrganName,
  paths,
  provinceOf,
  yearsOf,
} from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { heldOrgans, type Listed, missingIn, standingOf } from "../index/standing.ts";
import { divisionTotalsData, totalsOf } from "../index/totals.ts";
import { comparisonRows, comparisonTable, type Html } from "./comparison.ts";
import { CSV, JSON_TYPE } from "./content-types.ts";
import { grouped } from "./figures.ts";
import { FORM, ROWS } from "./form.ts";
import { absolute, chinese, layout, scrolling } from "./layout.ts";
import { columnName, organPath } from "./organ.ts";
import { organGrid, standingChart, wantingTable } from "./published.ts";
import { count } from "./singled.ts";
import { shareOf } from "./sum-charts.ts";
import { columnsOf, distribution, sumColumn, sumsOf } from "./sums.ts";
import { inBoth, type PortalOptions, twin, type View } from "./view.ts";
import { day, downloads, standingMark } from "./words.ts";

export const divisionPath = (division: string): string => `divisions/${division}/index.html`;
export const divisionYearPath = (division: string, year: number): string => `divisions/${division}/${year}.html`;
/** The year's sums as data (`totalsData`). */
export const divisionSumsPath = (division: string, year: number): string => `divisions/${division}/${year}.sums.json`;
export const divisionCsvPath = (division: string, year: number): string => `divisions/${division}/${year}.csv`;

/** Every figure of the year, organs as rows. */
export const divisionOrgansPath = (division: string, year: number): string =>
  `divisions/${division}/${year}.organs.csv`;

const standing = (entries: readonly Entry[]): Entry[] => entries.filter(({ status }) => status === "current");

/** The way to a division. */
const trailOf = (view: View, division: string): readonly (readonly [string, string])[] => {
  const province = provinceOf(division);
  const own: readonly [string, string] = [view.place(division, province), divisionPath(division)];
  return [[view.place(`${province}0000`), `provinces/${province}.html`], own];
};

const LISTED = [ROWS.received, ROWS.handled, ROWS.granted, ROWS.carriedOut];

/** The organs of a year, with a form that leads to their comparison. */
function organsTable(view: View, state: DivisionYear, listed: Listed | undefined): Html {
  const { t } = view;
  const { year, entries } = state;
  const caption = t(
    `${year}年度已公布报告的机关，共${entries.length}个`,
    `Organs that published for ${year}: ${entries.length}`,
  );
  const rows = entries.map((entry) => {
    const current = entry.status === "current";
    return html`<tr><td class="pick">${current ? html`<input type="checkbox" name="organ" value="${entry.uscc}" aria-label="${t(`比较${entry.organ}`, `Compare ${entry.organ}`)}">` : ""}</td><th scope="row" class="name"><a href="${view.page(organPath(entry.uscc))}">${chinese(view, entry.organ)}</a></th><td>${standingMark(view, standingOf(entry, listed))} <small>${day(entry.firstPublishedAt)}</small></td>${LISTED.map((row) => html`<td class="figure">${current ? grouped(count(row, entry.edition, entry.figures)) : "—"}</td>`)}<td class="links">${downloads(view, entry)}</td></tr>
`;
  });
  return html`<form action="${view.page("compare.html")}" method="get"><input type="hidden" name="year" value="${year}">
${scrolling(
  caption,
  html`<table><caption>${caption}</caption>
<thead><tr><th scope="col" class="pick">${t("比较", "Compare")}</th><th scope="col">${t("行政机关", "Organ")}</th><th scope="col">${t("状态与首次公布", "State, first published")}</th>${LISTED.map((row) => html`<th scope="col" class="figure">${columnName(view, row)}</th>`)}<th scope="col" class="links">${t("下载", "Downloads")}</th></tr></thead>
<tbody>${rows}</tbody></table>`,
)}
<p class="actions"><button type="submit">${t("并列比较所选机关（至多六个）", "Compare the chosen organs (at most six)")}</button></p></form>
`;
}

/** What schema.org is told of a year. */
function datasetOf(view: View, division: string, year: number): Record<string, unknown> {
  const place = divisionName(division);
  return {
    "@type": "Dataset",
    name: `${place}${year}年度政府信息公开工作年度报告`,
    description: `${place}各行政机关${year}年度报告的各项数字。`,
    url: absolute(view, twin(view.path, view.lang)),
    inLanguage: "zh-CN",
    isAccessibleForFree: true,
    temporalCoverage: String(year),
    spatialCoverage: place,
    distribution: [
      {
        "@type": "DataDownload",
        contentUrl: absolute(view, divisionCsvPath(division, year)),
        encodingFormat: "text/csv",
      },
      {
        "@type": "DataDownload",
        contentUrl: absolute(view, paths.divisionYear(division, year)),
        encodingFormat: "application/json",
      },
    ],
  };
}

/**
 * `divisions/{division}/{year}.html`, `.csv` and `.sums.json`: the reports of a division's organs of one year.
 * @param missing organs that are held to the year and have nothing for it
 */
export function divisionYearPages(
  options: PortalOptions,
  state: DivisionYear,
  missing: readonly OrganName[],
  listed?: Listed,
): PublicFile[] {
  const { division, year, entries } = state;
  const current = standing(entries);
  const held = heldOrgans(state, missing, listed);
  const totals = totalsOf(state, missing, listed);
  const pages = inBoth(options, divisionYearPath(division, year), (view) => {
    const { t } = view;
    const place = view.place(division);
    const late = entries.filter((entry) => standingOf(entry, listed) === "late");
    const title = t(`${place}${year}年度`, `${place}, ${year}`);
    return layout(view, {
      title,
      description: t(
        `${place}各行政机关${year}年度政府信息公开工作年度报告：${current.length}份，合计与分布。`,
        `Annual reports of the organs of ${place} for ${year}: ${current.length}, with sums and distribution.`,
      ),
      trail: [...trailOf(view, division), [String(year), divisionYearPath(division, year)]],
      feeds: [`divisions/${division}/feed.atom`],
      scripts: [options.assets.deadlines, options.assets.charts],
      data: datasetOf(view, division, year),
      main: html`<h1>${chinese(view, place)} ${t(`${year}年度`, String(year))}</h1>
<dl class="facts"><div><dt>${t("现行报告", "Current reports")}</dt><dd>${current.length}${t("份", "")}</dd></div><div><dt>${t("逾期公布", "Published late")}</dt><dd>${late.length}${t("份", "")}</dd></div><div><dt>${t("已撤回", "Withdrawn")}</dt><dd>${entries.length - current.length}${t("份", "")}</dd></div><div><dt>${t("未见公布", "Not published")}</dt><dd>${held.length - entries.length}${t("个机关", " organs")}</dd></div></dl>
<p class="actions"><a href="${view.file(divisionCsvPath(division, year))}" type="text/csv">${t("各机关数字（CSV）", "Figures of every organ (CSV)")}</a> <a href="${view.file(divisionOrgansPath(division, year))}" type="text/csv">${t("一个机关一行、全部栏目（CSV）", "An organ a row, all columns (CSV)")}</a> <a href="${view.page("download.html")}?year=${year}&amp;province=${provinceOf(division)}&amp;division=${division}">XLSX</a> <a href="${view.page("rank.html")}?year=${year}&amp;province=${provinceOf(division)}&amp;division=${division}">${t("排名", "Rankings")}</a> <a href="${view.file(paths.divisionYear(division, year))}" type="application/json">JSON</a> <a href="${view.file(divisionSumsPath(division, year))}" type="application/json">${t("合计（JSON）", "Sums (JSON)")}</a> <a href="${view.page(divisionPath(division))}">${t("全部年度", "All years")}</a></p>
<section><h2 id="organs">${t("已公布的报告", "Published reports")}</h2>
${entries.length === 0 ? html`<p>${t("还没有机关公布这一年度的报告。", "No organ has published for this year yet.")}</p>` : organsTable(view, state, listed)}</section>
<section><h2 id="state">${t("公布情况", "Who has published")}</h2>
${standingChart(view, held, listed !== undefined)}${wantingTable(view, held, year)}
<h3 id="all">${listed ? t("名录中的机关", "Organs of the roster") : t("全部已知机关", "All organs known")}</h3>
${organGrid(view, held, division)}</section>
${
  current.length === 0 && totals.lacking.length === 0
    ? ""
    : html`<section><h2 id="sums">${t("合计", "Sums")}</h2>
${distribution(view, totals, `division=${division}&year=${year}`)}${sumsOf(view, totals)}${columnsOf(view, totals)}</section>`
}`,
    });
  });
  const table = csv(
    comparisonRows(
      FORM,
      current.map(({ organ, edition, figures }) => ({ title: organ, edition, figures })),
      "zh-CN",
    ),
  );
  return [
    ...pages,
    { path: divisionCsvPath(division, year), body: table, contentType: CSV },
    { path: divisionOrgansPath(division, year), body: csv(organTable(totals)), contentType: CSV },
    { path: divisionSumsPath(division, year), body: canonicalJson(divisionTotalsData(totals)), contentType: JSON_TYPE },
  ];
}

/**
 * `divisions/{division}/index.html`: a division, its years and organs.
 * @param years the latest two, the later first
 */
export const divisionPage = (
  options: PortalOptions,
  index: DivisionIndex,
  years: readonly DivisionYear[],
  listed?: Listed,
): PublicFile[] =>
  inBoth(options, divisionPath(index.division), (view) => {
    const { t } = view;
    const { division, organs } = index;
    const place = view.place(division);
    const [latest, before] = years;
    const missing = (year: number): OrganName[] => missingIn(index, year, listed);
    const held = latest ? heldOrgans(latest, missing(latest.year), listed) : [];
    const published = new Map(organs.map((organ) => [organ.uscc, organ.years]));
    const all = yearsOf(index).toReversed();
    const reportsOf = (year: number): number => organs.filter((organ) => organ.years.includes(year)).length;
    const totals = (before ? [before, latest!] : latest ? [latest] : []).map((state) =>
      totalsOf(state, missing(state.year), listed),
    );
    const added = totals.filter(({ reported }) => reported > 0);
    const columns = added.map((state) => ({
      ...sumColumn(state, String(state.year)),
      href: view.page(divisionYearPath(division, state.year)),
    }));
    return layout(view, {
      title: place,
      description: t(
        `${place}各行政机关的政府信息公开工作年度报告：各年合计、公布情况、机关名单。`,
        `Annual reports on open government information of the organs of ${place}: sums, who has published, organs.`,
      ),
      trail: trailOf(view, division),
      feeds: [`divisions/${division}/feed.atom`],
      scripts: [options.assets.deadlines, options.assets.charts],
      main: html`<h1>${chinese(view, place)}</h1>
<dl class="facts"><div><dt>${t("行政区划代码", "Division code")}</dt><dd class="code">${division}</dd></div><div><dt>${t("公布过报告的机关", "Organs that ever published")}</dt><dd>${organs.length}${t("个", "")}</dd></div><div><dt>${t("订阅", "Feed")}</dt><dd><a href="${view.file(`divisions/${division}/feed.atom`)}">Atom</a></dd></div></dl>
<section><h2 id="years">${t("各年度", "Years")}</h2>
${all.length === 0 ? html`<p>${t("还没有公布过报告。", "No report has been published yet.")}</p>` : html`<ul class="years">${all.map((year) => html`<li><a href="${view.page(divisionYearPath(division, year))}">${year}</a> <small>${reportsOf(year)}${t("份", "")}</small></li>`)}</ul>`}</section>
${
  latest
    ? html`<section><h2 id="state">${t(`${latest.year}年度公布情况`, `Who has published for ${latest.year}`)}</h2>
${standingChart(view, held, listed !== undefined)}${wantingTable(view, held, latest.year)}</section>
<section><h2 id="organs">${t("行政机关", "Organs")}</h2>
<p>${t(`公布过报告的机关、起止年度、${latest.year}年度的状态：`, `Organs that ever published, first and last year, state for ${latest.year}:`)}</p>
${organGrid(view, held, division, ({ uscc }) => html` <small>${span(published.get(uscc) ?? [])}</small>`)}</section>
<section><h2 id="sums">${t("合计", "Sums")}</h2>
${sumsOf(view, totals.at(-1)!)}${columnsOf(view, totals.at(-1)!)}${
  columns.length < 2
    ? ""
    : comparisonTable(FORM, columns, {
        lang: view.lang,
        change: true,
        caption: t(
          `机关之和（${added.map((of) => `${of.year}年度${shareOf(view, of)}`).join("，")}）`,
          `Organs' sums (${added.map((of) => `${of.year}: ${shareOf(view, of)}`).join("; ")})`,
        ),
      })
}</section>
`
    : ""
}`,
    });
  });

const span = (years: readonly number[]): string =>
  years.length === 0 ? "" : years[0] === years.at(-1) ? String(years[0]) : `${years[0]}–${years.at(-1)}`;
