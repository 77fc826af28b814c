import { html } from "hono/html";
import type { Catalogue } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { searchForm } from "./home.ts";
import { layout } from "./layout.ts";
import { inBoth, type PortalOptions } from "./view.ts";

/** `compare.html`: up to six organs of one year; the table is put together in the browser from their indexes. */
export const comparePage = (options: PortalOptions, catalogue: Catalogue): PublicFile[] =>
  inBoth(options, "compare.html", (view) => {
    const { t } = view;
    const title = t("比较几个机关", "Compare organs");
    return layout(view, {
      title,
      description: t(
        "至多六个行政机关的数字并列：同一年度逐项，或者一项数字、一个比率的各年度；可下载CSV。",
        "Figures of up to six organs side by side: every item of one year, or one figure or rate over all years, with CSV.",
      ),
      trail: [[t("比较", "Compare"), "compare.html"]],
      scripts: [options.assets.compare],
      main: html`<h1>${title}</h1>
<p class="lead">${t("选一个年度，再查找并加入至多六个机关；数字按报告的格式逐项并列，不同的行标“≠”。年度选“各年度（一项）”，就看一项数字或比率历年的变化。", "Choose a year, then find and add up to six organs; rows that differ are marked “≠”. With “All years, one item” a figure or a rate is followed over the years.")}</p>
<noscript><p>${t("这一页要在浏览器里把各机关的数字放到一起，需要脚本。没有脚本时，各行政区划的年度页列出该年各机关的主要数字，并有全部数字的CSV；每个机关自己的“比较两个年度”页也不需要脚本。", "This page puts figures together in the browser and needs script. Without it, each division's page of a year lists the main figures of its organs and has all of them as CSV, and each organ's page that compares two years needs none.")}</p><p><a href="${view.page("index.html")}">${t("从首页按省份查找", "Find by province on the home page")}</a></p></noscript>
<section id="organs" hidden data-root="${view.file("")}" data-rows="${view.file(options.assets.rows)}"><h2 id="chosen-head">${t("所选机关", "Chosen organs")}</h2>
<ol id="chosen" class="chosen"></ol>
</section>
${searchForm(view, catalogue)}
<section id="compared" hidden><h2 id="table-head">${t("并列", "Side by side")}</h2>
<div class="choose"><div id="item-field" hidden><label for="item">${t("项目或比率", "Item or rate")}</label><select id="item"></select></div><div class="check" id="only-field"><input type="checkbox" id="only"><label for="only">${t("只看不同的行", "Only rows that differ")}</label></div><div><button type="button" id="csv">${t("下载所示（CSV）", "Download as shown (CSV)")}</button></div></div>
<div id="table"></div></section>
<p id="status" class="status" role="status"></p>`,
    });
  });
