import { html, raw } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import type { Html } from "./comparison.ts";
import { HTML } from "./content-types.ts";
import { splitEnglish } from "./province-names.ts";
import { LANGS, twin, type View } from "./view.ts";

/** Where the feed of the latest publications lies. */
export const FEED = "feed.atom";

/**
 * Styles and scripts are files of the same origin; data blocks (JSON-LD) are not executed and not subject to it (CSP 3,
 * 4.2.3; HTML, prepare the script element). `blob:` is a chart that a script draws anew to save it as a picture.
 * `frame-ancestors` cannot be said in a meta element.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'";

/** What a page is, around its content. */
export interface Layout {
  readonly title: string;
  readonly description: string;
  /** The way to the page from the home page, which is left out. */
  readonly trail?: readonly (readonly [label: string, path: string])[];
  /** schema.org, as JSON-LD. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Feeds beside that of everything. */
  readonly feeds?: readonly string[];
  /** Asset files of scripts. */
  readonly scripts?: readonly string[];
  /** Stands for what is not there: has no address of its own. */
  readonly absent?: boolean;
  readonly main: Html;
}

/** The absolute address of a page: with its index document, as every bucket serves it. */
export const absolute = (view: View, path: string): string => `${view.options.publicUrl}/${path}`;

/** JSON inside a script element: no `<` that could end it. */
const block = (data: unknown): Html => raw(JSON.stringify(data).replaceAll("<", "\\u003c"));

/** A name that is Chinese on every page, but for the province before it. */
export function chinese(view: View, text: string): Html | string {
  if (view.lang !== "en") return text;
  const [province, rest] = splitEnglish(text);
  if (rest === "") return province;
  return html`${province === "" ? "" : `${province} `}<span lang="zh-CN">${rest}</span>`;
}

/** A table that scrolls by itself where it is wider than the page. */
export const scrolling = (label: string, table: Html): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${table}</div>`;

const siteName = ({ t }: View): string =>
  t("政府信息公开工作年度报告", "Annual reports on open government information");

/** The absolute address of the page in the making. */
const address = (view: View): string => absolute(view, twin(view.path, view.lang));

/** Where the same page is in each language, and for whoever reads neither. */
const alternates = (view: View): Html => {
  const languages = [...LANGS.map((lang) => [lang, lang] as const), ["x-default", "zh-CN"] as const];
  return html`${languages.map(
    ([
      hreflang,
      lang,
    ]) => html`<link rel="alternate" hreflang="${hreflang}" href="${absolute(view, twin(view.path, lang))}">
`,
  )}`;
};

/** What the head says to browsers, search engines and sites that show a link. */
function head(view: View, { title, description, data, feeds = [], scripts = [], absent = false }: Layout): Html {
  const { t, lang, options } = view;
  const site = siteName(view);
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === site ? site : `${title} – ${site}`}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${
  absent
    ? html`<meta name="robots" content="noindex">
`
    : html`<link rel="canonical" href="${address(view)}">
${alternates(view)}`
}<link rel="alternate" type="application/atom+xml" title="${t("最新公布", "Latest publications")}" href="${view.file(FEED)}">
${feeds.map(
  (feed) => html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${view.file(feed)}">
`,
)}<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${
  absent
    ? ""
    : html`<meta property="og:url" content="${address(view)}">
`
}<meta property="og:site_name" content="${site}">
<meta property="og:locale" content="${lang === "en" ? "en_GB" : "zh_CN"}">
<meta property="og:image" content="${absolute(view, options.assets.card)}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${site}">
<meta name="twitter:card" content="summary_large_image">
<link rel="icon" type="image/svg+xml" href="${view.file(options.assets.icon)}">
<link rel="stylesheet" href="${view.file(options.assets.style)}">
${scripts.map(
  (script) => html`<script type="module" src="${view.file(script)}"></script>
`,
)}${
  data
    ? html`<script type="application/ld+json">${block({ "@context": "https://schema.org", ...data })}</script>
`
    : ""
}`;
}

/** The head of a page that nobody is to find by itself. */
export const bareHead = (view: View, title: string, scripts: readonly string[]): Html =>
  html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" type="image/svg+xml" href="${view.file(view.options.assets.icon)}">
<link rel="stylesheet" href="${view.file(view.options.assets.style)}">
${scripts.map(
  (script) => html`<script type="module" src="${view.file(script)}"></script>
`,
)}`;

/** The name of the site, its parts, and the page in the other language. */
function siteHeader(view: View): Html {
  const { t, lang, path } = view;
  const other = lang === "en" ? "zh-CN" : "en";
  const parts: readonly (readonly [label: string, path: string])[] = [
    [t("首页", "Home"), "index.html"],
    [t("比较", "Compare"), "compare.html"],
    [t("排名", "Rankings"), "rank.html"],
    [t("全文", "Texts"), "text.html"],
    [t("开放数据", "Open data"), "data.html"],
  ];
  return html`<header class="site"><div class="wide">
<a class="brand" href="${view.page("index.html")}">${siteName(view)}</a>
<nav aria-label="${t("全站", "Site")}"><ul>${parts.map(([label, to]) => html`<li><a href="${view.page(to)}"${to === path ? raw(' aria-current="page"') : ""}>${label}</a></li>`)}<li><a href="${view.file(twin(path, other))}" lang="${other}" hreflang="${other}">${lang === "en" ? "中文" : "English"}</a></li></ul></nav>
</div></header>`;
}

/** The way to the page from the home page. */
function breadcrumb(view: View, trail: NonNullable<Layout["trail"]>): Html | "" {
  const { t } = view;
  if (trail.length === 0) return "";
  return html`<nav class="trail" aria-label="${t("位置", "Breadcrumb")}"><ol><li><a href="${view.page("index.html")}">${t("首页", "Home")}</a></li>${trail.map(([label, to], i) => html`<li>${i === trail.length - 1 ? html`<span aria-current="page">${chinese(view, label)}</span>` : html`<a href="${view.page(to)}">${chinese(view, label)}</a>`}</li>`)}</ol></nav>
`;
}

/** What holds for every page, and its address for whoever has it on paper. */
const siteFooter = (view: View, absent: boolean): Html => {
  const { t } = view;
  return html`<footer class="site"><div class="wide">
<p>${t("报告由各行政机关公布，一经公布，各版不再改动。本页由公布记录生成，可以重新生成。", "Reports are published by the organs themselves; a published version is never changed. This page is derived from the publication records and can be derived again.")}</p>
<p><a href="${view.page("data.html")}">${t("开放数据与接口", "Open data and API")}</a> · <a href="${view.page("download.html")}">${t("整年一个文件", "A year in one file")}</a> · <a href="${view.page("method.html")}">${t("口径和算法", "What the figures mean")}</a> · <a href="${view.page("verify.html")}">${t("核验公布的文件", "Verify a published file")}</a> · <a href="${view.file(FEED)}">${t("订阅（Atom）", "Feed (Atom)")}</a></p>
${
  absent
    ? ""
    : html`<p class="address">${t("网址：", "Address: ")}${address(view)}</p>
`
}</div></footer>`;
};

/** A whole page of the portal. */
export function layout(view: View, page: Layout): PublicFile {
  const { t, lang, path } = view;
  const body = html`<!doctype html>
<html lang="${lang}">
<head>
${head(view, page)}</head>
<body>
<a class="skip" href="#main">${t("跳到正文", "Skip to content")}</a>
${siteHeader(view)}
<main id="main" class="wide" tabindex="-1">
${breadcrumb(view, page.trail ?? [])}${page.main}
</main>
${siteFooter(view, page.absent ?? false)}
</body>
</html>
`;
  return { path: twin(path, lang), body: String(body), contentType: HTML };
}
