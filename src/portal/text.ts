import { html } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import { layout } from "./layout.ts";
import { placeChoice } from "./place-choice.ts";
import { inBoth, type PortalOptions } from "./view.ts";

export const TEXT_SEARCH = "text.html";

/** `text.html`: words in all sections of a province's current reports, by static files (decision 23). */
export const textPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, TEXT_SEARCH, (view) => {
    const { t } = view;
    const title = t("查找报告的文字", "Search in the texts");
    return layout(view, {
      title,
      description: t("在一个省全部现行报告的文字里查找。", "Words in the texts of all current reports of a province."),
      trail: [[title, TEXT_SEARCH]],
      scripts: [options.assets.text],
      main: html`<h1>${title}</h1>
<p class="lead">${t("在一个省全部现行报告的各个部分里找字句，一个年度或者各个年度；几个词用空格隔开，同一份报告里都要有。标点不论。", "Finds words in all sections of a province's current reports, of a year or of all; several words, apart by a space, are all to be in a report. Punctuation does not matter.")}</p>
<noscript><p>${t("这一页要在浏览器里查找，需要脚本。没有脚本时，可以下载各份报告的网页或JSON来查找。", "This page searches in the browser and needs script. Without it, the pages or JSON of the reports can be downloaded and searched.")} <a href="${view.page("index.html")}">${t("首页", "Home page")}</a></p></noscript>
<form class="search soon" id="choice" role="search" hidden data-root="${view.file("")}">
<div class="query"><label for="q">${t("字句（至少两个字）", "Words (two characters at least)")}</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="status"></div>
${placeChoice(view, undefined)}
<div><button type="submit">${t("查找", "Find")}</button></div>
</form>
<p id="status" class="status" role="status"></p>
<ol id="hits" class="plain hits" aria-label="${t("查找结果", "Results")}"></ol>
<p class="actions"><button type="button" id="more" hidden>${t("再找", "Find more")}</button></p>`,
    });
  });
