import { html } from "hono/html";
import { divisionName } from "../index/divisions.ts";
import { countTogether } from "../index/merge.ts";
import { type Catalogue, paths, type RecentList } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import type { Html } from "./comparison.ts";
import { placesTables, reportYears, standings } from "./counted.ts";
import { grouped } from "./figures.ts";
import { absolute, chinese, FEED, layout, scrolling } from "./layout.ts";
import { organPath } from "./organ.ts";
import { ENGLISH_PROVINCES } from "./province-names.ts";
import { provincePath } from "./province-year.ts";
import { inBoth, type PortalOptions, twin, type View } from "./view.ts";
import { day, instant, kindName, reasonOf } from "./words.ts";

/** Above this many organs the whole country is searched only when the reader asks for it: a row takes some 100 bytes. */
const AT_ONCE = 20_000;

/** The fields of the search; without script they are not shown, and the lists lead to the same pages. */
export function searchForm(view: View, catalogue: Catalogue): Html {
  const { t } = view;
  const organs = catalogue.provinces.reduce((sum, province) => sum + province.organs, 0);
  const years = reportYears(catalogue.provinces);
  return html`<form class="search soon" id="search" role="search" hidden data-root="${view.file("")}" data-all="${organs <= AT_ONCE ? "yes" : "ask"}">
<div class="query"><label for="q">${t("机关名称（曾用名也可）、统一社会信用代码、拼音或其首字母", "Name of the organ (a former one too), credit code, pinyin or its initials")}</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="count"></div>
<div><label for="province">${t("省", "Province")}</label><select id="province" name="province"><option value="">${t("全国", "All")}</option>${catalogue.provinces.map(({ province }) => html`<option value="${province}" data-zh="${divisionName(`${province}0000`)}" data-en="${ENGLISH_PROVINCES[province] ?? ""}">${view.place(`${province}0000`)}</option>`)}</select></div>
<div><label for="division">${t("行政区划", "Division")}</label><select id="division" name="division" disabled><option value="">${t("全部", "All")}</option></select></div>
<div><label for="year">${t("年度", "Year")}</label><select id="year" name="year"><option value="">${t("全部", "All")}</option>${years.map((year) => html`<option>${year}</option>`)}</select></div>
<div><button type="submit">${t("查找", "Find")}</button></div>
</form>
<p id="count" class="status" role="status"></p>
<ul id="results" class="organs results" aria-label="${t("查找结果", "Results")}" hidden></ul>
`;
}

/** How many publications the home page shows. */
const LATEST = 8;

/** The latest publications in a line each. */
const latestList = (view: View, { entries }: RecentList): Html =>
  html`<ul class="latest">${entries.slice(0, LATEST).map(
    ({ uscc, organ, year, kind, publishedAt }) =>
      html`<li>${day(publishedAt)} <a href="${view.page(organPath(uscc))}">${chinese(view, organ)}</a> ${view.t(`${year}年度`, String(year))} <small>${kindName(view, kind)}</small></li>
`,
  )}</ul>
`;

/** `index.html`: search, the latest publications, the year's deadlines and who has published, all provinces. */
export const homePage = (options: PortalOptions, catalogue: Catalogue, recent: RecentList): PublicFile[] =>
  inBoth(options, "index.html", (view) => {
    const { t } = view;
    const { provinces } = catalogue;
    const [latest] = reportYears(provinces);
    const title = t("政府信息公开工作年度报告", "Annual reports on open government information");
    const together = countTogether(provinces);
    const reports = Object.values(together.reports).reduce((sum, { current }) => sum + current, 0);
    return layout(view, {
      title,
      description: t(
        "各行政机关依法公布的政府信息公开工作年度报告：查找、阅读、比较、下载。",
        "Annual reports on open government information as published by Chinese administrative organs: find, read, compare, download.",
      ),
      scripts: [options.assets.search, options.assets.deadlines, options.assets.charts],
      data: {
        "@type": "DataCatalog",
        name: "政府信息公开工作年度报告",
        url: absolute(view, twin("index.html", view.lang)),
        inLanguage: "zh-CN",
        dataset: {
          "@type": "Dataset",
          name: "政府信息公开工作年度报告",
          description: "各行政机关各年度政府信息公开工作年度报告的数字与原件。",
          url: absolute(view, "data.html"),
          isAccessibleForFree: true,
        },
      },
      main: html`<h1>${title}</h1>
<p class="lead">${reports === 0 ? t("还没有公布的报告。", "No report has been published yet.") : t(`${grouped(together.organs)}个行政机关，${grouped(reports)}份现行报告。`, `${grouped(reports)} current reports of ${grouped(together.organs)} organs.`)}</p>
<section><h2 id="find">${t("查找", "Find")}</h2>
${searchForm(view, catalogue)}<noscript><p>${t("没有脚本时，请从下面的省份逐级查找。", "Without script, follow the provinces below.")}</p></noscript></section>
<section><h2 id="latest-head">${t("最新公布", "Latest publications")}</h2>
${recent.entries.length === 0 ? html`<p>${t("还没有公布的报告。", "No report has been published yet.")}</p>` : latestList(view, recent)}
<p class="actions"><a href="${view.page("recent.html")}">${t("最近一百次公布、更正和撤回", "The last hundred publications")}</a> <a href="${view.file(FEED)}">${t("订阅（Atom）", "Feed (Atom)")}</a></p></section>
${
  latest === undefined
    ? ""
    : html`<section><h2 id="year-head">${t(`${latest}年度公布情况`, `Who has published for ${latest}`)}</h2>
${standings(view, together, latest)}${placesTables(
  view,
  t("省", "Province"),
  provinces.map(({ province, ...counted }) => ({
    ...counted,
    name: view.place(`${province}0000`),
    href: view.page(provincePath(province)),
  })),
)}</section>`
}`,
    });
  });

/** `recent.html`: the latest publications of all. */
export const recentPage = (options: PortalOptions, { entries }: RecentList): PublicFile[] =>
  inBoth(options, "recent.html", (view) => {
    const { t } = view;
    const title = t("最新公布", "Latest publications");
    const rows = entries.map(
      ({
        uscc,
        organ,
        year,
        version,
        kind,
        publishedAt,
        reason,
        redaction,
      }) => html`<tr><td>${instant(publishedAt)}</td><th scope="row" class="name"><a href="${view.page(organPath(uscc))}">${chinese(view, organ)}</a></th><td>${year}</td><td><a href="${view.file(`${uscc}/${year}/v${version}/report.html`)}">${t(`第${version}版`, `Version ${version}`)}<span class="vh">${t("，", ", ")}${organ} ${year}</span></a>${t("，", ", ")}${kindName(view, kind)}</td><td class="text">${reasonOf(view, { reason, redaction })}</td></tr>
`,
    );
    return layout(view, {
      title,
      description: t(
        "最近公布、更正和撤回的政府信息公开工作年度报告。",
        "The latest publications, corrections and withdrawals.",
      ),
      trail: [[title, "recent.html"]],
      main: html`<h1>${title}</h1>
${
  entries.length === 0
    ? html`<p>${t("还没有公布的报告。", "No report has been published yet.")}</p>`
    : scrolling(
        title,
        html`<table><caption>${t(`最近${entries.length}次公布、更正和撤回，新的在前`, `The last ${entries.length} publications, newest first`)}</caption>
<thead><tr><th scope="col">${t("时间", "Time")}</th><th scope="col">${t("行政机关", "Organ")}</th><th scope="col">${t("年度", "Year")}</th><th scope="col">${t("版本", "Version")}</th><th scope="col">${t("理由", "Reason")}</th></tr></thead><tbody>${rows}</tbody></table>`,
      )
}
<p class="actions"><a href="${view.file(FEED)}">${t("订阅（Atom）", "Feed (Atom)")}</a> <a href="${view.file(paths.recent)}" type="application/json">JSON</a></p>`,
    });
  });
