import { html } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import { layout } from "./layout.ts";
import { inBoth, type PortalOptions } from "./view.ts";

/**
 * `404.html`: what a CDN may answer with where there is nothing. It is shown at any address, so that its links are
 * absolute, and it says what it says in both languages. What is searched for is searched for on the home page.
 */
export const absentPage = (options: PortalOptions): PublicFile[] =>
  inBoth(
    options,
    "404.html",
    (view) => {
      const title = view.t("没有这一页", "There is no such page");
      return layout(view, {
        title,
        description: view.t("这个网址下没有文件。", "There is nothing at this address."),
        absent: true,
        main: html`<h1>${title}</h1>
<p>${view.t("这个网址下没有文件。请核对网址：统一社会信用代码是18位，年度是报告年度，不是公布的年份。已公布的报告不会被删去；机关还没有公布的，这里也没有。", "There is nothing at this address. Please check it: the credit code has 18 characters, and the year is the one reported on, not that of publication. Published reports are never removed; what an organ has not published is not here either.")}</p>
<p lang="${view.lang === "en" ? "zh-CN" : "en"}">${view.lang === "en" ? "这个网址下没有文件。" : "There is nothing at this address."}</p>
<form class="search" role="search" action="${view.page("index.html")}" method="get"><div class="query"><label for="q">${view.t("查找机关：名称、统一社会信用代码或拼音", "Find an organ: name, credit code or pinyin")}</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false"></div>
<div><button type="submit">${view.t("查找", "Find")}</button></div></form>
<p class="actions"><a href="${view.page("index.html")}">${view.t("首页", "Home page")}</a> <a href="${view.page("data.html")}">${view.t("地址的规则", "How addresses are made")}</a></p>`,
      });
    },
    (to) => `${options.publicUrl}/${to}`,
  );
