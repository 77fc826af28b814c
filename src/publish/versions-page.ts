import { html } from "hono/html";
import { printedTitle } from "../form/title.ts";
import { byMeaning } from "../formats/html/blocks.ts";
import { type Html, page } from "../formats/html/page.ts";
import { type Artefact, artefactKind, isAliased, type PublicationRecord } from "./record.ts";

/** 现行, 已被取代, 已撤回, 已撤下. */
export type VersionStatus = "current" | "superseded" | "withdrawn" | "redacted";

/** A version and what became of it. */
export interface VersionEntry {
  readonly record: PublicationRecord;
  readonly status: VersionStatus;
  /** What lies at its addresses. */
  readonly artefacts: readonly Artefact[];
  /** By which it was taken out of the public. */
  readonly redaction?: PublicationRecord;
}

const KINDS = { original: "公布", correction: "更正", withdrawal: "撤回", redaction: "撤下" } as const;
const STATUSES = { current: "现行", withdrawn: "报告已撤回", redacted: "内容已撤下，不再公开" } as const;

/** What became of a version, and by which it was: the next one takes its place, and a withdrawal that of all. */
function standing({ record, status }: VersionEntry, entries: readonly VersionEntry[]): string {
  if (status !== "superseded") return STATUSES[status];
  const { record: latest } = entries.at(-1)!;
  const next = entries.find((entry) => entry.record.version > record.version)!.record;
  const by = `已被第${next.version}版取代`;
  return latest.kind === "withdrawal" ? `${next === latest ? "" : `${by}；`}报告已由第${latest.version}版撤回` : by;
}

/** The head of the site, as all reading pages have it. */
const SITE: Html = html`<header class="site"><nav aria-label="全站"><ul><li><a href="../../index.html">政府信息公开工作年度报告</a></li><li><a href="../../index.html">首页</a></li><li><a href="../../compare.html">比较</a></li><li><a href="../../rank.html">排名</a></li><li><a href="../../text.html">全文</a></li><li><a href="../../data.html">开放数据</a></li><li><a href="../index.en.html" lang="en" hreflang="en">English</a></li></ul></nav></header>
`;
/** Where a row does not fit a narrow page, each version is a block with its cells one under another. */
const STYLE = `
:root{--soft:#595959}@media (prefers-color-scheme:dark){:root{--soft:#b3aea6}}
td:nth-child(4){text-align:left;min-width:14em}tbody th,td:nth-child(2),td:nth-child(5) a{white-space:nowrap}
@media (max-width:44rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,th,td{display:block}tbody tr{border:1px solid var(--line);margin-bottom:.7rem;padding:.4rem .6rem}
tbody th,tbody td{border:0;padding:.15rem 0;text-align:left;min-width:0;white-space:normal}tbody th{font-weight:bold}
td[data-of]::before{content:attr(data-of) "：";color:var(--soft)}td:empty{display:none}
td:nth-child(5) a{display:inline-block;padding:.2rem 0}}`;

/** The page that leads to every version of (organ, year), the newest first, superseded ones marked. */
export function versionsPage(entries: readonly VersionEntry[]): Uint8Array {
  const { record: latest } = entries.at(-1)!;
  const title = `${latest.organ}${printedTitle(latest.edition, latest.year)}`;
  const rows = [...entries].reverse().map((entry) => {
    const { record: r, artefacts, redaction } = entry;
    return html`<tr role="row"><th scope="row" role="rowheader">第${r.version}版（${KINDS[r.kind]}）</th>
<td role="cell" data-of="状态">${standing(entry, entries)}</td>
<td role="cell" data-of="公布时间"><time datetime="${r.publishedAt}">${r.publishedAt.slice(0, 16).replace("T", " ")}</time></td>
<td role="cell" data-of="理由">${redaction ? `${redaction.publishedAt.slice(0, 10)}撤下：${redaction.reason}` : (r.reason ?? "")}</td>
<td role="cell" data-of="文件">${artefacts.map(({ name }, i) => html`${i > 0 ? " · " : ""}<a href="v${r.version}/${name}">${artefactKind(name)?.label.zh ?? name}</a>`)} · <a href="v${r.version}/SHA256SUMS">校验和</a> · <a href="../../verify.html#${r.uscc}/${r.year}/v${r.version}">核验</a></td></tr>
`;
  });
  return page(
    html`${title}：各版本`,
    {
      description: `${title}的各个版本：状态、公布时间、更正或撤回的理由、文件。`,
      data: {
        "@type": "Report",
        name: title,
        inLanguage: "zh-CN",
        isAccessibleForFree: true,
        temporalCoverage: String(latest.year),
        creator: { "@type": "GovernmentOrganization", name: latest.organ, identifier: latest.uscc },
        version: String(latest.version),
        datePublished: entries[0]!.record.publishedAt,
        dateModified: latest.publishedAt,
        url: "report.html",
        encoding: latest.artefacts
          .filter(({ name }) => isAliased(name))
          .map(({ name, contentType }) => ({
            "@type": "MediaObject",
            contentUrl: name,
            encodingFormat: contentType,
          })),
      },
      style: STYLE,
      script: { src: "../../report.js" },
    },
    html`<nav class="trail" aria-label="位置"><p class="plain"><a href="../../index.html">首页</a> › <a href="../index.html">${latest.organ}</a> › ${latest.year}年度</p></nav>
<h1>${byMeaning(title)}</h1>
<p class="plain"><a href="report.html">最新一版的网页</a> · <a href="../index.html">本机关各年度的报告</a></p>
<div class="scroll" role="region" tabindex="0" aria-label="各版本"><table role="table"><caption>各版本，新的在前</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">版本</th><th scope="col" role="columnheader">状态</th><th scope="col" role="columnheader">公布时间</th><th scope="col" role="columnheader">理由</th><th scope="col" role="columnheader">文件</th></tr></thead>
<tbody role="rowgroup">${rows}</tbody></table></div>`,
    SITE,
  );
}
