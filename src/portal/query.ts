import { html } from "hono/html";
import { allCells, cellPlaces } from "../dataset/cells.ts";
import { dataPaths } from "../dataset/files.ts";
import { PROVINCES, provinceName } from "../index/divisions.ts";
import type { PublicFile } from "../index/shared.ts";
import { KIND_NAMES, KINDS } from "../roster/schema.ts";
import type { Html } from "./comparison.ts";
import { layout } from "./layout.ts";
import { inBoth, type PortalOptions, type View } from "./view.ts";

type Choice = readonly [value: string, zh: string, en: string];

/** What answers may be grouped by. */
const GROUPS: readonly Choice[] = [
  ["year", "年度", "Year"],
  ["kind", "机关类别", "Kind of organ"],
  ["province", "省份", "Province"],
  ["division", "行政区划", "Division"],
  ["organ", "机关", "Organ"],
];

/** Which reports: only the first add up. */
const REPORTS: readonly Choice[] = [
  ["addable", "各机关的（可以相加）", "Of organs (add up)"],
  ["government", "人民政府的（含所属机关，不相加）", "Of governments (contain their organs', not added)"],
];

const KIND_CHOICES: readonly Choice[] = [
  ...KINDS.map((kind): Choice => [kind, ...KIND_NAMES[kind]]),
  ["unknown", "没有名录", "Not in a roster"],
];

const options = ({ t }: View, choices: readonly Choice[]): Html =>
  html`${choices.map(([value, zh, en]) => html`<option value="${value}">${t(zh, en)}</option>`)}`;

/** Every figure of the form, by table: of the latest edition that has it. */
function cells(view: View): Html {
  const places = cellPlaces();
  const tables = Map.groupBy(allCells(), ({ pointer }) => places.get(pointer)?.table ?? "");
  return html`${[...tables].map(
    ([table, own]) =>
      html`<optgroup label="${table}">${own.map(({ pointer, adds, type, editions, labelEn }) => {
        const { row = "", column = "" } = places.get(pointer) ?? {};
        const label =
          [row, column].filter((name) => name !== "").join("／") + (editions.length === 1 ? `（${editions[0]}）` : "");
        return html`<option value="${pointer}" data-type="${type}" data-adds="${String(adds)}">${view.t(label, labelEn.replace(/^Table \S+ “(.*)”$/, "$1"))}</option>`;
      })}</optgroup>`,
  )}`;
}

const field = (id: string, label: string, content: Html): Html =>
  html`<div><label for="${id}">${label}</label><select id="${id}" name="${id}">${content}</select></div>
`;

/**
 * `data/index.html`: the sum of a figure by year, kind, place or organ, in the browser: it reads the pages of the Parquet
 * files that have the figure, and nothing else.
 */
export const queryPage = (given: PortalOptions): PublicFile[] =>
  inBoth(given, dataPaths.query, (view) => {
    const { t } = view;
    const title = t("查数据", "Ask the data");
    const all = (zh: string, en: string): Html => html`<option value="">${t(zh, en)}</option>`;
    const provinces = PROVINCES.map((code): Choice => [code, provinceName(code), provinceName(code)]);
    return layout(view, {
      title,
      description: t(
        "任选一项数字，按年度、机关类别、省份、行政区划或机关求和、排序、作图，下载CSV。",
        "Any figure summed by year, kind of organ, province, division or organ; sorted, drawn, as CSV.",
      ),
      trail: [
        [t("开放数据", "Open data"), "data.html"],
        [title, dataPaths.query],
      ],
      scripts: [given.assets.query],
      main: html`<h1>${title}</h1>
<p class="lead">${t("选一项数字，看它按年度、类别、地方的合计。在您的浏览器里计算，只下载用到的部分。", "Choose a figure and see what it comes to by year, kind or place. It is computed in your browser, which fetches only what it needs.")}</p>
<noscript><p>${t("这一页要在浏览器里计算，需要脚本。没有脚本时，各行政区划和省份的年度页有合计，也可以用SQL查询：", "This page computes in the browser and needs script. Without it, the pages of divisions' and provinces' years have sums, and there is SQL:")} <a href="${view.page("data.html")}#dataset">${t("数据集", "the dataset")}</a></p></noscript>
<form id="ask" class="ask" hidden data-root="${view.file("")}">
${field("cell", t("数字", "Figure"), cells(view))}${field("year", t("年度", "Year"), all("全部年度", "All years"))}${field("province", t("省份", "Province"), html`${all("全部省份", "All provinces")}${options(view, provinces)}`)}${field("kind", t("机关类别", "Kind of organ"), html`${all("全部类别", "All kinds")}${options(view, KIND_CHOICES)}`)}${field("reports", t("哪些报告", "Reports"), options(view, REPORTS))}${field("by", t("分组", "Group by"), options(view, GROUPS))}<div><button type="submit" class="button">${t("查询", "Ask")}</button></div>
</form>
<p id="status" class="status" role="status"></p>
<section id="answer" hidden><h2 id="answer-head" tabindex="-1">${t("结果", "Answer")}</h2>
<p class="actions"><button type="button" id="csv">${t("下载CSV", "Download CSV")}</button> <a id="link" href="${view.page(dataPaths.query)}">${t("这个查询的网址", "Address of this question")}</a></p>
<figure class="chart" id="chart"></figure>
<div id="table"></div>
<p id="note"></p></section>
<p>${t("求和只用", "Sums take only reports that are ")}<code>addable</code>${t("的报告：现行的、按名录不含在别的报告里的；人民政府的报告包含所属机关的，所以不与它们相加。没有名录的地方按名称认出人民政府。", ": that stand, and that no other report contains by the roster. A government's report contains those of its organs and is not added to them. Where there is no roster, governments are known by their names.")} <a href="${view.page(dataPaths.schemaPage)}">${t("各列的含义", "What the columns mean")}</a></p>`,
    });
  });
