import { html } from "hono/html";
import type { PublicationRecord } from "../../publish/record.ts";
import { printedTitle } from "../../report/title.ts";
import { page } from "./page.ts";

/** 现行, 已被取代, 已撤回. */
export type VersionStatus = "current" | "superseded" | "withdrawn";

/** A version and what became of it. */
export interface VersionEntry {
  readonly record: PublicationRecord;
  readonly status: VersionStatus;
}

const KINDS = { original: "公布", correction: "更正", withdrawal: "撤回" } as const;
const STATUSES = { current: "现行", superseded: "已被后一版取代", withdrawn: "报告已撤回" } as const;
const FORMATS = {
  "report.pdf": "PDF",
  "report.html": "网页",
  "report.json": "JSON",
  "report.csv": "CSV",
  "correction.json": "更正对照（JSON）",
} as const;

/** The page that leads to every version of (organ, year), the newest first, superseded ones marked. */
export function versionsPage(entries: readonly VersionEntry[]): Uint8Array {
  const { record: latest } = entries.at(-1)!;
  const title = `${latest.organ}${printedTitle(latest.edition, latest.year)}`;
  const rows = [...entries].reverse().map(
    ({ record: r, status }) => html`<tr><th scope="row">第${r.version}版（${KINDS[r.kind]}）</th>
<td>${STATUSES[status]}</td>
<td><time datetime="${r.publishedAt}">${r.publishedAt.slice(0, 16).replace("T", " ")}</time></td>
<td>${r.reason ?? ""}</td>
<td>${r.artefacts.map(({ name }, i) => html`${i > 0 ? " · " : ""}<a href="v${r.version}/${name}">${FORMATS[name]}</a>`)} · <a href="v${r.version}/SHA256SUMS">校验和</a></td></tr>
`,
  );
  return page(
    html`${title}：各版本`,
    html`<nav class="trail" aria-label="位置"><p class="plain"><a href="../../index.html">首页</a> › <a href="../index.html">${latest.organ}</a> › ${latest.year}年度</p></nav>
<h1>${title}</h1>
<div class="scroll" role="region" tabindex="0" aria-label="各版本"><table><caption>各版本，新的在前</caption>
<thead><tr><th scope="col">版本</th><th scope="col">状态</th><th scope="col">公布时间</th><th scope="col">理由</th><th scope="col">文件</th></tr></thead>
<tbody>${rows}</tbody></table></div>`,
  );
}
