import { html, raw } from "hono/html";
import type { Finding } from "../basics/finding.ts";
import { visible } from "../basics/visible.ts";
import { type Html, page } from "../formats/html/page.ts";
import { formatOfFile, IMPORTED, listed } from "../formats/registry.ts";
import { NOTICES } from "./settings.ts";
import {
  type FileSummary,
  type FindingsOf,
  isOfContent,
  type OrganSummary,
  type RuleSummary,
  type Summary,
  worstFirst,
} from "./summary.ts";
import { cellsOf, LEVEL_WORDS, nameOf, outcomeOf, titleOf, totalsOf } from "./words.ts";

/** A table of more organs than these is folded. */
const OPEN = 40;
/** Of one file; the others are in the other forms. */
const MAX_FINDINGS = 50;
const STYLE = `
:root{--soft:#595959}@media (prefers-color-scheme:dark){:root{--soft:#b3aea6}}
body{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;font-size:1rem;line-height:1.7}
main{max-width:72rem}p{text-indent:0}h1{text-align:left}h3{font-family:inherit;font-weight:bold;font-size:1.0625rem;text-indent:0;margin-top:1.5rem}
table.narrow{width:auto;min-width:min(22rem,100%)}td,tbody th{text-align:left;vertical-align:top}thead th,tbody th,td.level{text-align:left}thead th,td.level,th.id{white-space:nowrap}
td.code{white-space:nowrap;font-variant-numeric:tabular-nums}td.path,td.text{overflow-wrap:anywhere}
ul.plain{list-style:none;margin:.3rem 0;padding:0}ul.across{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem}
ol.findings{margin:.4rem 0;padding-left:1.6rem}ol.findings li{margin:.35rem 0}
.error{font-weight:bold;color:var(--accent)}.warning{font-weight:bold}.cells,.soft{color:var(--soft);font-size:.875rem}
nav ul{font-size:.9375rem}details{margin:.2rem 0}summary{cursor:pointer;padding:.15rem 0}summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media print{nav{display:none}li{break-inside:avoid}}`;

const hrefOf = (file: FileSummary, name: string): string =>
  [...file.id.split("/"), name].map(encodeURIComponent).join("/");

const links = (file: FileSummary): Html =>
  html`${file.outputs.map((name, i) => html`${i > 0 ? " · " : ""}<a href="${hrefOf(file, name)}">${formatOfFile(name)?.label.zh ?? name}</a>`)}${
    file.submission?.url ? html` · <a href="${file.submission.url}">公布的网页</a>` : ""
  }`;

const table = (label: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><caption>${label}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
`;

const anchor = ({ id, level }: RuleSummary): string => `rule-${id}-${level}`;
const worthTelling = ({ counts }: OrganSummary): boolean => counts.error + counts.warning + counts.information > 0;

const countsOf = ({ counts, ofContent }: OrganSummary): string =>
  [
    [ofContent.error, "处数字和文字的错误"],
    [counts.error - ofContent.error, "处其他错误"],
    [counts.warning, "处警告"],
    [counts.information, "处提示"],
  ]
    .flatMap(([count, what]) => (count === 0 ? [] : [`${count}${what}`]))
    .join("，");

const organLink = (organ: OrganSummary): Html => html`<a href="#${organ.key}">${visible(nameOf(organ))}</a>`;

function head(summary: Summary): Html {
  const { date, program, rules, organs, notFiled, duplicates, others, totals } = summary;
  const parts: readonly (readonly [string, string, number])[] = [
    ["rules", "按规则", rules.length],
    ["organs", "按机关", organs.length],
    ["findings", "各机关的问题", organs.filter(worthTelling).length],
    ...(totals.notices === undefined ? [] : [["notices", "整改通知", totals.notices] as const]),
    ...(totals.listed === undefined ? [] : [["not-filed", "未报送", notFiled.length] as const]),
    ["duplicates", "内容不同的报送", duplicates.length],
    ["others", "未读取的文件", others.length],
  ];
  return html`<h1>${titleOf(summary)}</h1>
<p><time datetime="${date}">${date}</time> · ${program}</p>
<nav aria-label="本页内容"><ul class="plain across">${parts.map(
    ([id, label, count]) => html`<li><a href="#${id}">${label}</a>（${count}）</li>`,
  )}</ul></nav>
<h2 id="totals">汇总</h2>
<table class="narrow"><caption>各项数量</caption><thead><tr><th scope="col">项目</th><th scope="col">数量</th></tr></thead><tbody>
${totalsOf(summary).map(
  ([label, count]) => html`<tr><th scope="row">${label}</th><td class="figure">${count}</td></tr>
`,
)}</tbody></table>
`;
}

function* rulesPart({ rules, organs }: Summary): Generator<Html> {
  yield html`<h2 id="rules">按规则</h2>
`;
  if (rules.length === 0) {
    yield html`<p>没有问题。</p>
`;
    return;
  }
  const ofRules = (label: string, some: readonly RuleSummary[]): Html =>
    table(
      label,
      ["规则", "级别", "机关", "处数", "例"],
      some.map(
        (
          rule,
        ) => html`<tr><th scope="row" class="id"><a href="#${anchor(rule)}">${rule.id}</a></th><td class="level ${rule.level}">${LEVEL_WORDS[rule.level]}</td><td class="figure">${rule.organs.length}</td><td class="figure">${rule.findings}</td><td class="text">${rule.example}</td></tr>
`,
      ),
    );
  const kinds = [
    ["数字、文字和往年对不上的（T、Y、N）", rules.filter(({ id }) => isOfContent(id))],
    ["没有读出、缺少或形式不合的（I、S、F、B）", rules.filter(({ id }) => !isOfContent(id))],
  ] as const;
  for (const [label, some] of kinds) if (some.length > 0) yield ofRules(label, some);
  const byKey = new Map(organs.map((organ) => [organ.key, organ]));
  for (const rule of rules)
    yield html`<details id="${anchor(rule)}"><summary>${rule.id}（${LEVEL_WORDS[rule.level]}，${rule.organs.length}个机关，${rule.findings}处）</summary>
<ul class="plain across">${rule.organs.map((key) => html`<li>${organLink(byKey.get(key)!)}</li>`)}</ul></details>
`;
}

function* organsPart({ organs }: Summary): Generator<Html> {
  yield html`<h2 id="organs">按机关</h2>
`;
  const divisions = organs.some(({ division }) => division !== undefined);
  const row = (organ: OrganSummary, file: FileSummary, first: boolean): Html => {
    const { files, uscc, division, listed } = organ;
    const name = visible(nameOf(organ));
    const span = files.length > 1 ? html` rowspan="${files.length}"` : "";
    const scope = files.length > 1 ? "rowgroup" : "row";
    const own = html`<th scope="${scope}"${span}>${worthTelling(organ) ? html`<a href="#${organ.key}">${name}</a>` : name}${
      listed === false ? html` <span class="soft">不在名单中</span>` : ""
    }</th><td class="code"${span}>${uscc ?? ""}</td>${divisions ? html`<td${span}>${division ?? ""}</td>` : ""}`;
    const { error, warning } = file.counts;
    return html`<tr>${first ? own : ""}<td>${file.year ?? ""}</td><td class="${error > 0 ? "error" : ""}">${outcomeOf(file)}</td><td class="figure">${file.ofContent.error}</td><td class="figure">${error - file.ofContent.error}</td><td class="figure">${warning}</td><td>${file.compared ? "是" : "否"}</td><td class="path">${visible(file.path)}</td><td>${links(file)}</td></tr>
`;
  };
  const few = organs.length <= OPEN;
  yield html`<details${few ? html` open` : ""}><summary>各机关的文件和结果（${organs.length}）</summary>
`;
  yield table(
    "各机关的文件和结果，数字和文字的错误多的在前",
    [
      "机关",
      "统一社会信用代码",
      ...(divisions ? ["行政区划"] : []),
      "年度",
      "结果",
      "数字和文字的错误",
      "其他错误",
      "警告",
      "与上年比对",
      "文件",
      "排成的文件",
    ],
    worstFirst(organs).flatMap((organ) => organ.files.map((file, i) => row(organ, file, i === 0))),
  );
  yield html`</details>
`;
}

function fileFindings(file: FileSummary, findings: readonly Finding[]): Html {
  if (findings.length === 0) return html``;
  const more = findings.length - MAX_FINDINGS;
  return html`<p class="soft">${visible(file.path)}${file.year === undefined ? "" : `（${file.year}年度）`}：${outcomeOf(file)} ${links(file)}</p>
<ol class="findings">${findings.slice(0, MAX_FINDINGS).map(
    (
      finding,
    ) => html`<li><span class="${finding.level}">${LEVEL_WORDS[finding.level]}</span> ${finding.id} ${finding.message}${
      finding.cells.length > 0 ? html`<br><span class="cells">${cellsOf(finding)}</span>` : ""
    }</li>
`,
  )}</ol>
${more > 0 ? html`<p>另有${more}处，见 summary.xlsx。</p>` : ""}`;
}

function* findingsPart({ organs }: Summary, findingsOf: FindingsOf): Generator<Html> {
  yield html`<h2 id="findings">各机关的问题</h2>
`;
  const some = worstFirst(organs).filter(worthTelling);
  if (some.length === 0) yield html`<p>没有问题。</p>`;
  for (const organ of some)
    yield html`<details class="organ" id="${organ.key}"><summary>${visible(nameOf(organ))}${organ.uscc ? html` <span class="soft">${organ.uscc}</span>` : ""} <span class="soft">${countsOf(organ)}</span></summary>
${organ.files.map((file) => fileFindings(file, findingsOf(file)))}</details>
`;
}

function* noticesPart({ organs, totals }: Summary): Generator<Html> {
  if (totals.notices === undefined) return;
  yield html`<h2 id="notices">整改通知</h2>
<p>印发单位、日期和期限留空，由印发的单位填写。</p>
`;
  yield html`<ol>${worstFirst(organs).flatMap((organ) => {
    const { notice } = organ;
    if (notice === undefined) return [];
    const to = (ending: string): string => `${NOTICES}/${encodeURIComponent(notice)}.${ending}`;
    return [
      html`<li>${organLink(organ)} <a href="${to("docx")}">DOCX</a> · <a href="${to("html")}">网页</a> <span class="soft">${countsOf(organ)}</span></li>
`,
    ];
  })}</ol>
`;
}

function* restPart({ organs, notFiled, duplicates, others, totals, year }: Summary): Generator<Html> {
  const none = html`<p>没有。</p>
`;
  if (totals.listed !== undefined) {
    yield html`<h2 id="not-filed">未报送</h2>
<p>名单有${totals.listed}个机关，其中${notFiled.length}个没有${year === undefined ? "" : `${year}年度`}报告。</p>
`;
    if (notFiled.length > 0)
      yield table(
        "未报送的机关",
        ["机关", "统一社会信用代码", "行政区划", "可能是它的文件"],
        notFiled.map(
          ({ name, uscc, division, candidates }) =>
            html`<tr><th scope="row">${visible(name)}</th><td class="code">${uscc}</td><td>${division ?? ""}</td><td class="path">${candidates.map(visible).join("、")}</td></tr>
`,
        ),
      );
  }
  yield html`<h2 id="duplicates">内容不同的报送</h2>
<p>同一机关同一年度的几份文件，内容不同，确定以哪一份为准之前都不排版、不提交。</p>
`;
  const byKey = new Map(organs.map((organ) => [organ.key, organ]));
  yield duplicates.length === 0
    ? none
    : html`<ul>${duplicates.map(
        ({ organ, year: of, paths }) =>
          html`<li>${organLink(byKey.get(organ)!)}，${of}年度：${paths.map(visible).join("、")}</li>
`,
      )}</ul>
`;
  yield html`<h2 id="others">未读取的文件</h2>
<p>种类不是${listed(IMPORTED).zh}等的文件，没有当作报告。</p>
`;
  yield others.length === 0
    ? none
    : html`<ul>${others.map(
        (path) => html`<li>${visible(path)}</li>
`,
      )}</ul>
`;
}

const MARK = "<!--parts-->";

/** The summary as one page without scripts, to be looked at, printed or sent; in parts, for it may be long. */
export function* summaryHtml(summary: Summary, findingsOf: FindingsOf): Generator<string> {
  const title = titleOf(summary);
  const whole = new TextDecoder().decode(
    page(
      html`${title}`,
      {
        description: `${title}，${summary.date}，${summary.totals.files}个文件。`,
        data: { "@type": "Report", name: title, inLanguage: "zh-CN", dateCreated: summary.date },
        style: STYLE,
      },
      html`${raw(MARK)}`,
    ),
  );
  const at = whole.indexOf(MARK);
  yield whole.slice(0, at);
  yield String(head(summary));
  for (const part of [
    rulesPart(summary),
    organsPart(summary),
    findingsPart(summary, findingsOf),
    noticesPart(summary),
    restPart(summary),
  ])
    for (const piece of part) yield String(piece);
  yield whole.slice(at + MARK.length);
}
