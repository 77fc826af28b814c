import { html } from "hono/html";
import { dataPaths } from "../dataset/files.ts";
import { paths } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { divisionOrgansPath } from "./division.ts";
import { layout } from "./layout.ts";
import { placeChoice, withoutScript } from "./place-choice.ts";
import { inBoth, type PortalOptions } from "./view.ts";

export const WHOLE_YEAR = "download.html";

/** The most rows of a table that is made into a workbook in the browser: some 3,000,000 cells. */
const MOST_ROWS = 20_000;

/**
 * `download.html`: every figure of a year in one file, an organ a row: of a division, a province, all. Divisions and
 * provinces have theirs as CSV; what is larger, and workbooks, are put together in the browser, so that no publication
 * writes a file of the nation.
 */
export const wholeYearPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, WHOLE_YEAR, (view) => {
    const { t } = view;
    const title = t("整年一个文件", "A year in one file");
    const pattern = (path: string): string => path.replace("1000000000", "{year}");
    return layout(view, {
      title,
      description: t(
        "一个年度的全部数字，一个机关一行：一个行政区划、一个省或全国，CSV 或 XLSX。",
        "Every figure of a year, an organ a row: of a division, a province or all, as CSV or XLSX.",
      ),
      trail: [[title, WHOLE_YEAR]],
      scripts: [options.assets.download],
      main: html`<h1>${title}</h1>
<p class="lead">${t("一个年度的全部数字，一个机关一行，一栏一格；“在合计中”一列说明这一行可不可以相加。", "Every figure of a year, an organ a row and a cell a column; the column 在合计中 says whether a row may be added up.")} <a href="${view.page("method.html")}#sums">${t("口径", "Method")}</a></p>
${withoutScript(view)}
<div class="choose soon" id="choice" role="group" aria-label="${t("要哪些", "What to download")}" hidden data-root="${view.file("")}" data-xlsx="${view.file(options.assets.xlsx)}" data-most="${MOST_ROWS}">
${placeChoice(view, t("全国", "All"))}
<div><label for="division">${t("行政区划", "Division")}</label><select id="division" name="division" disabled><option value="">${t("全部", "All")}</option></select></div>
<div><button type="button" id="csv">CSV</button></div><div><button type="button" id="xlsx">XLSX</button></div>
</div>
<p id="status" class="status" role="status"></p>
<section><h2 id="files">${t("固定的网址", "Addresses")}</h2>
<p>${t("一个行政区划和一个省的CSV可以直接下载、引用：", "The CSV of a division and of a province have addresses of their own:")}</p>
<ul class="plain"><li><code>${pattern(divisionOrgansPath("{division}", 1e9))}</code></li><li><code>${pattern(paths.provinceOrgans("{province}", 1e9))}</code></li></ul>
<p>${t(`全国的文件由各省的在浏览器里合成。XLSX至多${MOST_ROWS}行，再多请用CSV；要用程序计算的，见`, `The file of all is put together in the browser from the provinces' files. XLSX has at most ${MOST_ROWS} rows; beyond, take CSV. To compute with programs, see `)}<a href="${view.page("data.html")}">${t("开放数据", "open data")}</a>${t("（Parquet、JSON）和", " (Parquet, JSON) and ")}<a href="${view.page(dataPaths.query)}">${t("查数据", "ask the data")}</a>${t("。", ".")}</p></section>`,
    });
  });
