import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { hashSource } from "./loader.ts";

/** Escaped HTML, or what `html` makes of a template without promises. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * On paper an official document (GB/T 9704—2012): A4, its margins, 22 lines of 28 characters, the faces that it names before
 * those that stand in for them; a table stays whole where a page can hold it, and its head stands again where none can.
 * A figure too long for a column is broken rather than the page made smaller and the last columns cut off.
 */
const PRINT = `@page{size:A4;margin:37mm 26mm 35mm 28mm}
@media print{:root{color-scheme:light;--text:#000;--paper:#fff;--line:#000}html{border:0}
body{font:16pt/28.95pt "FangSong_GB2312","仿宋_GB2312","FangSong","仿宋","STFangsong","Noto Serif CJK SC",serif}
main{max-width:none;padding:0}.links,.trail,.site,.cite{display:none}
h1{font:22pt/28.95pt "FZXiaoBiaoSong-B05S","方正小标宋简体","FZXiaoBiaoSong-B05","小标宋","STZhongsong","SimSun",serif;margin:0 0 28.95pt}
h2{font:16pt/28.95pt "SimHei","黑体","Noto Sans CJK SC",sans-serif;margin:0;text-indent:2em}
h3,h4,h5{font-size:16pt;line-height:28.95pt;margin:0}h3{font-weight:normal;font-family:"KaiTi_GB2312","楷体_GB2312","KaiTi","楷体","STKaiti",serif}
p{margin:0;orphans:2;widows:2}h1,h2,h3,h4,h5{break-after:avoid}
table{font:9pt/1.3 "SimSun","宋体","Noto Serif CJK SC",serif;margin:3pt 0}caption{font-size:9pt}th,td{padding:2pt 2.5pt}
td.long{font-size:7pt;overflow-wrap:anywhere}.scroll{overflow:visible;break-inside:avoid}tr{break-inside:avoid}thead{display:table-header-group}
.signature{margin:28.95pt 2em 0 0;break-inside:avoid;break-before:avoid}}`;

/** The colours are those of the reading pages (web/portal/style.css); a published page keeps the look that it was published with. */
const STYLE = `:root{color-scheme:light dark;--accent:#a4161a;--line:#767676;--text:#1b1b1b;--paper:#fff}
@media (prefers-color-scheme:dark){:root{--accent:#ff8a80;--line:#8c8c8c;--text:#e9e6e1;--paper:#17181a}}
html{background:var(--paper);color:var(--text);border-top:4px solid var(--accent)}
body{margin:0;font:1.0625rem/1.8 "FangSong","STFangsong","Noto Serif CJK SC","Songti SC",serif}
main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.6rem;text-align:center;line-height:1.5;font-weight:bold}h1,.signature{text-wrap:balance;word-break:keep-all;overflow-wrap:anywhere}
h2{font:bold 1.2rem/1.6 "SimHei","Noto Sans CJK SC",sans-serif;margin:2rem 0 .5rem}
h3,h4,h5{font-size:1.0625rem;margin:1rem 0 0;text-indent:2em}
h3{font-family:"KaiTi","STKaiti",serif}h4,h5{font-weight:normal}
p{margin:.3rem 0;text-indent:2em;overflow-wrap:anywhere}
p.plain{text-indent:0}
.scroll{position:relative;overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.7rem 0;font-size:.9375rem;line-height:1.5}
@media screen{.wide>table{min-width:32rem}}
caption{text-align:left;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.25rem .4rem;font-weight:normal;text-align:center}
thead th{font-weight:bold}tbody th{text-align:left}
td.figure{text-align:right;font-variant-numeric:tabular-nums}
.signature{text-align:right;margin-top:2rem;text-indent:0}
a{color:var(--accent);text-underline-offset:.2em}a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.trail{font:.875rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
td time{white-space:nowrap}
.site ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;max-width:52rem;margin:0 auto;padding:.5rem 1rem;list-style:none;border-bottom:1px solid var(--line);font:.9375rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.site a,.cite button{display:inline-block;padding:.15rem 0}.site li:first-child a{color:inherit;font-weight:bold;text-decoration:none}
.state{border:1px solid var(--line);border-left:6px solid var(--accent);margin:1rem 0;padding:.5rem .75rem}.state p,.cite p{text-indent:0}
.cite{margin:1rem 0;font-size:.9375rem}.cite button{margin-right:1rem;padding:.15rem .6rem;border:1px solid var(--accent);background:none;color:var(--accent);font:inherit;cursor:pointer}
${PRINT}`;

/** What stands in the head of a page beside its title. */
export interface Head {
  readonly description: string;
  /** schema.org, as JSON-LD: a data block, which is not executed and not subject to the policy (CSP 3, 4.2.3). */
  readonly data: Readonly<Record<string, unknown>>;
  /** Rules that one kind of page needs. */
  readonly style?: string;
  /** What runs on it: a file of the site, or a text that the policy names by its hash. */
  readonly script?: { readonly src: string } | { readonly text: string };
}

/** JSON inside a script element: no `<` that could end it. */
const block = (data: unknown): string => JSON.stringify(data).replaceAll("<", "\\u003c");

function policy(style: string, script: Head["script"]): string {
  const own = script && "text" in script ? ` ${hashSource(script.text)}` : "";
  const runs = script ? `script-src 'self'${own}; connect-src 'self'; ` : "";
  return `default-src 'none'; ${runs}style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'`;
}

const scriptElement = (script: Head["script"]): string =>
  !script
    ? ""
    : "src" in script
      ? `<script type="module" src="${script.src}"></script>\n`
      : `<script>${script.text}</script>\n`;

/**
 * A whole page of what is published: one style sheet that its policy names by hash (CSP 3), no script but what it is given.
 * @param before what stands before the page's own content: the site's head
 */
export function page(
  title: Html,
  { description, data, style = "", script }: Head,
  body: Html,
  before: Html | "" = "",
): Uint8Array {
  const rules = STYLE + style;
  return new TextEncoder().encode(`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(rules, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${html`${description}`}">
<style>${raw(rules)}</style>
<script type="application/ld+json">${raw(block({ "@context": "https://schema.org", ...data }))}</script>
</head>
<body>
${before}<main>
${body}
</main>
${scriptElement(script)}</body>
</html>
`);
}
