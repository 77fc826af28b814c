/** The home page of a service whose indexer has not made one yet: what is published, from the records themselves. */
import { html } from "hono/html";
import { forms } from "../src/form/forms.ts";
import type { PublicationRecord } from "../src/publish/record.ts";
import { readJson } from "../src/store/json.ts";
import type { Store } from "../src/store/store.ts";

export const FIRST_PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

export const FIRST_PAGE_STYLE = `:root { color-scheme: light dark; --accent: #a4161a; }
@media (prefers-color-scheme: dark) { :root { --accent: #ff8a80; } }
body { margin: 0; font: 1rem/1.7 "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.6rem; border-bottom: 2px solid var(--accent); padding-bottom: .5rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; padding: .5rem 0; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); padding: .4rem .6rem; text-align: left; font-weight: normal; }
thead th { font-weight: bold; }
a { color: var(--accent); }
`;

/** The latest record of each (organ, year), the last published first. */
async function latestRecords(store: Store): Promise<readonly PublicationRecord[]> {
  // Versions are listed oldest first: the latest of each (organ, year) stays.
  const latest = new Map<string, PublicationRecord>();
  for await (const { key } of store.list("records/")) {
    const record = await readJson<PublicationRecord>(store, key);
    if (record) latest.set(`${record.uscc}/${record.year}`, record);
  }
  return [...latest.values()].sort((a, b) => b.publishedAt.localeCompare(a.publishedAt));
}

const row = ({ organ, uscc, year, publishedAt }: PublicationRecord) =>
  html`<tr><th scope="row">${organ}</th><td>${year}</td><td>${publishedAt.slice(0, 16).replace("T", " ")}</td>
<td><a href="/${uscc}/${year}/report.pdf">PDF</a> · <a href="/${uscc}/${year}/report.json">JSON</a> · <a href="/${uscc}/${year}/index.html">各版本</a></td></tr>`;

/** The published schemas, the newest first. */
const schemas = forms
  .toReversed()
  .map(({ edition }) => html` · <a href="/schemas/report-${edition}.schema.json">${edition}年版模式</a>`);

export async function firstPage(store: Store) {
  const rows = (await latestRecords(store)).map(row);
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>年报：已公布的政府信息公开工作年度报告</title>
<link rel="stylesheet" href="/site.css">
</head>
<body>
<main>
<h1>政府信息公开工作年度报告</h1>
${
  rows.length === 0
    ? html`<p>还没有公布的报告。按终端里的 curl 命令提交一份，再刷新本页。</p>`
    : html`<table><caption>已公布${rows.length}份</caption>
<thead><tr><th scope="col">行政机关</th><th scope="col">年度</th><th scope="col">公布时间</th><th scope="col">下载</th></tr></thead>
<tbody>${rows}</tbody></table>`
}
<p><a href="/openapi.json">接口说明（OpenAPI）</a>${schemas}</p>
</main>
</body>
</html>`;
}
