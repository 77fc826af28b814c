import { html } from "hono/html";
import { csv } from "../formats/csv/csv.ts";
import { FIRST_PUBLISHED, fileName, isPage, PUBLISHED } from "../formats/registry.ts";
import { type Entry, type OrganIndex, paths, provinceOf } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { standingOf } from "../index/standing.ts";
import { hatchings } from "./charts.ts";
import { citation } from "./cite.ts";
import { comparisonRows, comparisonTable, type Html, type ReportColumn } from "./comparison.ts";
import { CSV } from "./content-types.ts";
import { grouped } from "./figures.ts";
import { FORM, ROWS } from "./form.ts";
import { absolute, chinese, layout, scrolling } from "./layout.ts";
import { everyYear, ORGAN_CHARTS, stands } from "./organ-charts.ts";
import { count } from "./singled.ts";
import { inBoth, licenceData, type PortalOptions, twin, type View } from "./view.ts";
import { downloads, instant, kindName, reasonOf, reportTitle, standingMark } from "./words.ts";

export const organPath = (uscc: string): string => `${uscc}/index.html`;
export const organComparePath = (uscc: string): string => `${uscc}/compare.html`;
export const organCsvPath = (uscc: string): string => `${uscc}/compare.csv`;

function yearsTable(view: View, organ: OrganIndex): Html {
  const { t } = view;
  const columns = [ROWS.received, ROWS.handled, ROWS.granted, ROWS.carriedOut];
  const rows = everyYear(organ).map(([year, entry]) => {
    if (!entry)
      return html`<tr id="y${year}"><th scope="row">${year}</th><td>${standingMark(view, "missing")}</td><td>—</td>${columns.map(() => html`<td class="figure">—</td>`)}<td>—</td><td class="links">—</td></tr>
`;
    const withdrawn = !stands(entry);
    const kind = entry.versions.at(-1)?.kind ?? "original";
    return html`<tr id="y${year}"><th scope="row"><a href="${view.file(`${organ.uscc}/${year}/report.html`)}">${year}</a></th>
<td>${standingMark(view, standingOf(entry))}</td><td>${instant(entry.firstPublishedAt)}</td>${columns.map((row) => html`<td class="figure">${withdrawn ? "—" : grouped(count(row, entry.edition, entry.figures))}</td>`)}
<td><a href="${view.file(`${organ.uscc}/${year}/index.html`)}">${t(`第${entry.version}版`, `Version ${entry.version}`)}<span class="vh"> ${year}</span></a>${kind === "original" ? "" : html` <small>${kindName(view, kind)}</small>`}</td>
<td class="links">${downloads(view, entry)}</td></tr>
`;
  });
  return scrolling(
    t("各年度报告", "Reports by year"),
    html`<table><caption>${t("各年度报告，新的在前；件数取自表三总计列", "Reports by year, newest first; counts are the totals of section 3")}</caption>
<thead><tr><th scope="col">${t("年度", "Year")}</th><th scope="col">${t("状态", "State")}</th><th scope="col">${t("首次公布", "First published")}</th>${columns.map((row) => html`<th scope="col" class="figure">${columnName(view, row)}</th>`)}<th scope="col">${t("版本", "Versions")}</th><th scope="col" class="links">${t("下载", "Downloads")}</th></tr></thead>
<tbody>${rows}</tbody></table>`,
  );
}

/** Heads of the few columns that lists of reports have. */
export function columnName({ t }: View, row: (typeof ROWS)["received"]): string {
  if (row === ROWS.received) return t("新收", "Received");
  if (row === ROWS.handled) return t("办结", "Handled");
  if (row === ROWS.granted) return t("予以公开", "Granted");
  return t("结转下年", "Carried over");
}

/** Versions after the first, with their reasons. */
function amendments(view: View, { uscc, years }: OrganIndex): Html | "" {
  const { t } = view;
  const rows = [...years].reverse().flatMap(({ year, versions }) =>
    [...versions]
      .reverse()
      .filter(({ kind }) => kind !== "original")
      .map(
        ({
          version,
          kind,
          publishedAt,
          reason,
          redaction,
        }) => html`<tr><th scope="row">${year}</th><td><a href="${view.file(`${uscc}/${year}/index.html`)}">${t(`第${version}版`, `Version ${version}`)}<span class="vh"> ${year}</span></a>${t("，", ", ")}${kindName(view, kind)}</td><td>${instant(publishedAt)}</td><td class="text">${reasonOf(view, { reason, redaction })}</td></tr>
`,
      ),
  );
  if (rows.length === 0) return "";
  return html`<section><h2 id="amendments">${t("更正与撤回", "Corrections and withdrawals")}</h2>
${scrolling(
  t("更正与撤回", "Corrections and withdrawals"),
  html`<table><caption>${t("新的在前；被取代的各版仍在原网址", "Newest first; superseded versions stay at their addresses")}</caption>
<thead><tr><th scope="col">${t("年度", "Year")}</th><th scope="col">${t("版本", "Version")}</th><th scope="col">${t("时间", "Time")}</th><th scope="col">${t("理由", "Reason")}</th></tr></thead><tbody>${rows}</tbody></table>`,
)}</section>
`;
}

function charts(view: View, organ: OrganIndex): Html | "" {
  if (!organ.years.some(stands)) return "";
  return html`<section><h2 id="charts">${view.t("历年变化", "Over the years")}</h2>
${hatchings()}<div class="charts" data-embed="${view.page("embed.html")}?organ=${organ.uscc}">
${Object.values(ORGAN_CHARTS).map((chart) => chart(view, ROWS, organ))}</div></section>
`;
}

/** How the reports that stand are cited, each by the address of its version; a script adds the day and files for programs. */
function citations(view: View, { uscc, years }: OrganIndex): Html | "" {
  const all = years.filter(stands).toReversed();
  if (all.length === 0) return "";
  return html`<section><h2 id="cite">${view.t("引用", "Cite")}</h2>
<ul class="plain">${all.map(({ organ, year, edition, version, publishedAt }) => {
    const url = absolute(view, `${uscc}/${year}/v${version}/report.html`);
    const title = reportTitle(organ, edition, year);
    return html`<li lang="zh-CN" data-uscc="${uscc}" data-year="${year}" data-version="${version}" data-published="${publishedAt}" data-organ="${organ}" data-title="${title}" data-url="${url}">${citation({ organ, uscc, year, title, version, publishedAt, url })}</li>
`;
  })}</ul></section>
`;
}

/** The ways to an organ: province, division, organ. */
export const organTrail = (
  view: View,
  { uscc, organ, division }: OrganIndex,
): readonly (readonly [string, string])[] => [
  [view.place(`${provinceOf(uscc)}0000`), `provinces/${provinceOf(uscc)}.html`],
  ...(division.endsWith("0000")
    ? []
    : [[view.place(division, provinceOf(uscc)), `divisions/${division}/index.html`] as const]),
  [organ, organPath(uscc)],
];

function dataset(view: View, { uscc, organ, years }: OrganIndex): Record<string, unknown> {
  const creator = { "@type": "GovernmentOrganization", name: organ, identifier: uscc };
  const file = (path: string): string => absolute(view, path);
  const standing = years.filter(stands);
  const download = (path: string, encodingFormat: string) => ({
    "@type": "DataDownload",
    contentUrl: file(path),
    encodingFormat,
  });
  return {
    "@type": "Dataset",
    name: `${organ}政府信息公开工作年度报告`,
    description: `${organ}各年度政府信息公开工作年度报告及其各项数字。`,
    url: file(twin(view.path, view.lang)),
    inLanguage: "zh-CN",
    isAccessibleForFree: true,
    creator,
    ...licenceData(view.options),
    ...(years.length > 0 ? { temporalCoverage: `${years[0]!.year}/${years.at(-1)!.year}` } : {}),
    distribution: [download(organCsvPath(uscc), "text/csv"), download(paths.organ(uscc), "application/json")],
    hasPart: standing.map(({ organ: name, edition, year, signed, publishedAt, version, formats }) => ({
      "@type": "Report",
      name: reportTitle(name, edition, year),
      url: file(`${uscc}/${year}/report.html`),
      version: String(version),
      ...(signed ? { dateCreated: signed } : {}),
      datePublished: publishedAt,
      encoding: PUBLISHED.filter(
        (format) => !isPage(format) && format.kind !== "table" && (formats ?? FIRST_PUBLISHED).includes(format.name),
      ).map((format) => ({
        "@type": "MediaObject",
        contentUrl: file(`${uscc}/${year}/${fileName(format)}`),
        encodingFormat: format.mediaTypes[0],
      })),
    })),
  };
}

/** `{uscc}/index.html`: an organ and every year of it. */
export const organPage = (options: PortalOptions, organ: OrganIndex): PublicFile[] =>
  inBoth(options, organPath(organ.uscc), (view) => {
    const { t } = view;
    const { uscc, division, years } = organ;
    return layout(view, {
      title: organ.organ,
      description: t(
        `${organ.organ}各年度政府信息公开工作年度报告：版本、下载、历年数字。`,
        `Annual reports on open government information of ${organ.organ}: versions, downloads, figures over the years.`,
      ),
      trail: organTrail(view, organ),
      scripts: [options.assets.charts],
      data: dataset(view, organ),
      main: html`<h1>${chinese(view, organ.organ)}</h1>
<dl class="facts"><div><dt>${t("统一社会信用代码", "Unified social credit code")}</dt><dd class="code">${uscc}</dd></div><div><dt>${t("行政区划", "Division")}</dt><dd><a href="${view.page(`divisions/${division}/index.html`)}">${chinese(view, view.place(division))}</a>${t("（", " (")}${division}${t("）", ")")}</dd></div><div><dt>${t("报告", "Reports")}</dt><dd>${years.length === 0 ? t("尚无", "none yet") : html`${years.filter(stands).length}${t("份现行", " current")}${years.every(stands) ? "" : html`${t("，", ", ")}${years.filter((y) => !stands(y)).length}${t("份已撤回", " withdrawn")}`}`}</dd></div></dl>
<section><h2 id="years">${t("各年度报告", "Reports by year")}</h2>
${years.length === 0 ? html`<p>${t("还没有公布过报告。", "No report has been published yet.")}</p>` : yearsTable(view, organ)}
<p class="actions"><a class="button" href="${view.page(organComparePath(uscc))}">${t("比较两个年度", "Compare two years")}</a> <a href="${view.file(organCsvPath(uscc))}" type="text/csv">${t("各年数字（CSV）", "Figures of all years (CSV)")}</a> <a href="${view.file(paths.organ(uscc))}" type="application/json">${t("索引（JSON）", "Index (JSON)")}</a></p></section>
${amendments(view, organ)}${charts(view, organ)}${citations(view, organ)}`,
    });
  });

/** A year as a column of a comparison. */
export const yearColumn = ({ year, edition, figures, status }: Entry, href?: string): ReportColumn => ({
  title: String(year),
  edition,
  figures: status === "current" ? figures : undefined,
  ...(href === undefined ? {} : { href }),
});

/** `{uscc}/compare.html` and `{uscc}/compare.csv`: the two latest years beside each other, and all years as CSV. */
export function organCompare(options: PortalOptions, organ: OrganIndex): PublicFile[] {
  const { uscc } = organ;
  const standing = organ.years.filter(stands);
  const latest = standing.slice(-2);
  const table = csv(
    comparisonRows(
      FORM,
      standing.map((entry) => yearColumn(entry)),
      "zh-CN",
    ),
  );
  const pages = inBoth(options, organComparePath(uscc), (view) => {
    const { t } = view;
    const choices = (chosen: number | undefined): Html[] =>
      standing.map(
        ({ year }) => html`<option value="${year}"${year === chosen ? html` selected` : ""}>${year}</option>`,
      );
    return layout(view, {
      title: t(`${organ.organ}：比较两个年度`, `${organ.organ}: two years compared`),
      description: t(
        `${organ.organ}两个年度报告的数字并列，标出增减。`,
        `The figures of two annual reports of ${organ.organ} side by side.`,
      ),
      trail: [...organTrail(view, organ), [t("比较两个年度", "Compare two years"), organComparePath(uscc)]],
      scripts: [options.assets.compare],
      main: html`<h1>${chinese(view, organ.organ)}${t("：比较两个年度", ": two years compared")}</h1>
${standing.length < 2 ? html`<p>${standing.length === 0 ? t("没有现行的报告，无可比较。", "There is no current report to compare.") : t("只有一个年度的现行报告；有了两个年度就能比较。", "There is one current report only; two are needed to compare.")}</p>` : ""}
<div class="choose${standing.length < 2 ? "" : " soon"}" id="years" hidden data-index="${view.file(paths.organ(uscc))}" data-rows="${view.file(options.assets.rows)}"><div><label for="a">${t("年度", "Year")}</label><select id="a" name="a">${choices(latest[0]?.year)}</select></div><div><label for="b">${t("与年度", "and year")}</label><select id="b" name="b">${choices(latest[1]?.year)}</select></div><div class="check"><input type="checkbox" id="only"><label for="only">${t("只看不同的行", "Only rows that differ")}</label></div><div><button type="button" id="csv">${t("下载所示（CSV）", "Download as shown (CSV)")}</button></div></div>
<p id="status" class="status" role="status"></p>
<div id="table">${
        latest.length === 0
          ? ""
          : comparisonTable(
              FORM,
              latest.map((e) => yearColumn(e, view.file(`${uscc}/${e.year}/report.html`))),
              {
                lang: view.lang,
                change: true,
                caption: t(
                  `${latest.map(({ year }) => year).join("、")}年度各项数字`,
                  `Figures of ${latest.map(({ year }) => year).join(" and ")}`,
                ),
              },
            )
      }</div>
<p>${t("▲、▼ 为增、减；斜线表示那一年的格式没有此项（2019年版用于2019、2020年度，2021年版用于以后各年度）。", "▲ and ▼ mean more and fewer; a slash means that the form of that year has no such item (the 2019 edition is for 2019 and 2020, the 2021 edition for later years).")}</p>
<p class="actions"><a href="${view.file(organCsvPath(uscc))}" type="text/csv">${t("各年数字并列（CSV）", "All years side by side (CSV)")}</a> <a href="${view.page(organPath(uscc))}">${t("各年度报告", "All reports")}</a></p>`,
    });
  });
  return [...pages, { path: organCsvPath(uscc), body: table, contentType: CSV }];
}
