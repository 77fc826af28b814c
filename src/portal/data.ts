import { html } from "hono/html";
import { reportSchemas } from "../../generated/schemas.ts";
import { dataPaths } from "../dataset/files.ts";
import { forms } from "../form/forms.ts";
import { fileName, PUBLISHED } from "../formats/registry.ts";
import { divisionName } from "../index/divisions.ts";
import type { Catalogue } from "../index/shapes.ts";
import { paths } from "../index/shapes.ts";
import type { PublicFile } from "../index/shared.ts";
import { textsPath } from "../texts/signatures.ts";
import { JSON_TYPE } from "./content-types.ts";
import { divisionCsvPath, divisionOrgansPath, divisionPath, divisionSumsPath, divisionYearPath } from "./division.ts";
import { absolute, FEED, layout, scrolling } from "./layout.ts";
import { organComparePath, organCsvPath, organPath } from "./organ.ts";
import { divisionNamesPath } from "./province.ts";
import { provincePath, provinceSumsPath, provinceYearPath } from "./province-year.ts";
import { inBoth, licenceData, type PortalOptions, twin, type View } from "./view.ts";

const schemaPath = (edition: string): string => `schemas/report-${edition}.schema.json`;

/** A pattern of addresses, what is there, and the page of an example or the file itself where it has no variable. */
type Pattern = readonly [pattern: string, zh: string, en: string];

/** Stands for a number in a pattern made by the functions that make the addresses. */
const YEAR = 1e9;
const pattern = (path: string): string => path.replaceAll(String(YEAR), "{year}");

const PATTERNS: readonly (readonly [zh: string, en: string, patterns: readonly Pattern[]])[] = [
  [
    "报告",
    "Reports",
    [
      ...PUBLISHED.map((format): Pattern => {
        const { zh, en } = format.description ?? format.title;
        return [`{uscc}/{year}/${fileName(format)}`, zh, en];
      }),
      ["{uscc}/{year}/SHA256SUMS", "上面各文件的校验和", "Checksums of these files"],
      [
        "{uscc}/{year}/v{N}/…",
        "第N版的同名文件；一经公布不再改动",
        "The same of version N; never changed once published",
      ],
      ["{uscc}/{year}/v{N}/correction.json", "更正逐格对照", "A correction, cell by cell"],
      [
        "{uscc}/{year}/v{N}/sources.json",
        "一个地区的报告汇总了哪些报告（随报告提交时）",
        "What a region's report sums up, where that came with it",
      ],
      ["{uscc}/{year}/versions.json", "各版、状态、理由、校验和", "All versions with state, reason and checksums"],
    ],
  ],
  [
    "机关",
    "Organs",
    [
      [organPath("{uscc}"), "各年度报告、更正、图表", "Every year, corrections, charts"],
      [paths.organ("{uscc}"), "同上的数据：各年各版及数字", "The same as data: years, versions, figures"],
      [
        organComparePath("{uscc}"),
        "两个年度并列；?a=2023&b=2024 指定年度",
        "Two years side by side; ?a=2023&b=2024 chooses them",
      ],
      [organCsvPath("{uscc}"), "各年数字并列", "The figures of all years side by side"],
      [
        "compare.html?year={year}&organ={uscc}&organ=…",
        "至多六个机关并列；year=all 为各年度",
        "Up to six organs side by side; year=all for all years",
      ],
      ["embed.html?organ={uscc}&chart=…", "可以嵌入别的网页的图表", "A chart that other pages may frame"],
    ],
  ],
  [
    "行政区划",
    "Divisions",
    [
      [divisionPath("{division}"), "公布情况、合计、机关名单", "Who has published, sums, organs"],
      [pattern(divisionYearPath("{division}", YEAR)), "一个年度的各机关", "The organs of one year"],
      [pattern(divisionCsvPath("{division}", YEAR)), "该年度各机关数字并列", "Their figures side by side"],
      [
        pattern(divisionOrgansPath("{division}", YEAR)),
        "该年度的全部数字，一个机关一行，附机关之和与政府的报告",
        "Every figure of the year, an organ a row, with their sum and the government's report",
      ],
      [pattern(paths.divisionYear("{division}", YEAR)), "该年度的数据", "The year as data"],
      [
        pattern(divisionSumsPath("{division}", YEAR)),
        "该年度的合计：机关之和、政府的报告、缺哪些机关",
        "The year's sums: of the organs, beside the government's report, and who is missing",
      ],
      [paths.division("{division}"), "机关名单的数据", "The list of organs as data"],
      ["divisions/{division}/feed.atom", "该区划的订阅", "The division's feed"],
      [provincePath("{province}"), "一个省的各行政区划", "The divisions of a province"],
      [paths.province("{province}"), "同上的数据", "The same as data"],
      [
        pattern(provinceYearPath("{province}", YEAR)),
        "一个省一个年度的合计，按行政区划",
        "A province's sums of a year, by division",
      ],
      [
        pattern(paths.provinceYear("{province}", YEAR)),
        "该年度各行政区划的合计：机关之和、政府的报告、缺哪些机关；数字按 cells 的顺序",
        "Each division's sums of the year, beside its government's report, and who is missing; figures in the order of cells",
      ],
      [
        pattern(provinceSumsPath("{province}", YEAR)),
        "全省的合计：机关之和、省级政府的报告、缺哪些机关",
        "The sums of the whole province, beside its government's report, and who is missing",
      ],
      [
        pattern(paths.provinceOrgans("{province}", YEAR)),
        "全省各机关该年度的全部数字，一个机关一行",
        "Every figure of the year of every organ of the province, an organ a row",
      ],
      [
        paths.search("{province}"),
        "一个省的全部机关：代码、名称、拼音首字母、起止年度、多音字的其他首字母（位置与字母）",
        "All organs of a province: code, name, initials, first and last year, letters of other readings by place",
      ],
      [divisionNamesPath("{province}"), "一个省的行政区划名称", "The names of a province's divisions"],
    ],
  ],
  [
    "全部",
    "Everything",
    [
      [
        paths.catalogue,
        "总目录：各省机关数，各年现行、其中逾期、已撤回的报告数",
        "The catalogue: organs by province; reports by year: current, late among them, withdrawn",
      ],
      [paths.recent, "最近一百次公布", "The last hundred publications"],
      [FEED, "同上，Atom", "The same as Atom"],
      [
        "download.html",
        "整年一个文件：一个行政区划、一个省或全国，CSV、XLSX",
        "A year in one file: a division, a province or all, CSV or XLSX",
      ],
      ["rank.html", "排名", "Rankings"],
      ["method.html", "合计、比率、排名的口径", "What sums, rates and rankings are made of"],
      ["text.html", "查找报告的文字", "Search in the texts"],
      [textsPath("{prefecture}", "{year}"), "文字的索引：一个地区一个年度", "The index of texts: a prefecture's year"],
      ["robots.txt", "指向各站点地图", "Leads to the sitemaps"],
    ],
  ],
];

function patterns(view: View): ReturnType<typeof html>[] {
  const { t } = view;
  return PATTERNS.map(
    ([zh, en, list]) =>
      html`${scrolling(
        t(zh, en),
        html`<table class="patterns"><caption>${t(zh, en)}</caption><thead><tr><th scope="col">${t("地址", "Address")}</th><th scope="col">${t("内容", "Content")}</th></tr></thead>
<tbody>${list.map(([path, zhText, enText]) => html`<tr><th scope="row"><code>${/[{…]/.test(path) ? path : html`<a href="${view.file(path)}">${path}</a>`}</code></th><td class="text">${t(zhText, enText)}</td></tr>`)}</tbody></table>`,
      )}
`,
  );
}

/** `schemas/report-{edition}.schema.json`. */
export const schemaFiles = (): PublicFile[] =>
  forms.map(({ edition }) => ({
    path: schemaPath(edition),
    body: `${JSON.stringify(reportSchemas[edition], null, 2)}\n`,
    contentType: JSON_TYPE,
  }));

/** How the log of publications is read by those who do not use the page that verifies. */
const logFormats = ({ t, page }: View) =>
  html`<p>${t("公布日志防的是整条链重写：", "Against a chain that is written anew as a whole there is the log of publications: ")}<a href="${page("verify.html")}">${t("核验公布的文件", "verify a published file")}</a>${t("。日志按 C2SP 的规格，都是静态文件：检查点", ". By C2SP's specifications, all static files: the checkpoint")} <code>log/checkpoint</code>${t("（tlog-checkpoint，Ed25519）、分块和条目", " (tlog-checkpoint, Ed25519), tiles and entries")} <code>log/tile/…</code>${t("（tlog-tiles）、公钥", " (tlog-tiles), the public key")} <code>log/key</code>${t("、见证人", ", witnesses")} <code>log/witnesses.json</code>${t("、每一版的收录证明", ", each version's proof")} <code>{uscc}/{year}/v{N}/record.tlog-proof</code>${t("（tlog-proof）。", " (tlog-proof).")}</p>`;

/** All figures as one dataset: a file, a page, SQL, each by example. */
const datasetSection = (view: View) => {
  const { t, page, file, options } = view;
  const root = `${options.publicUrl}/`;
  return html`<section><h2 id="dataset">${t("全部数字：数据集", "All figures: the dataset")}</h2>
<p>${t("全部报告的全部数字，两张表：figures 一个数字一行，reports 一版报告一行。求和只用 addable 的行，任何机关都不重复。", "Every figure of every report in two tables: figures has a row a figure, reports a row a version. Sums take only addable rows, so that no organ counts twice.")} <a href="${page(dataPaths.schemaPage)}">${t("各列的含义", "What the columns mean")}</a></p>
<ul><li>${t("网页：", "On a page: ")}<a href="${page(dataPaths.query)}">${t("查数据", "Ask the data")}</a>${t("，任选一项，按年度、类别、地方求和，作图，下载CSV。", ", any figure by year, kind or place, drawn, as CSV.")}</li>
<li>${t("文件：Parquet，按年度和省份分开，清单是 ", "As files: Parquet by year and province, listed by ")}<a href="${file(dataPaths.root)}"><code>${dataPaths.root}</code></a>${t("、", ", ")}<code>data/{year}.json</code>${t("，校验和是 ", ", with checksums in ")}<code>data/{year}.SHA256SUMS</code>${t("。", ".")}</li>
<li>${t("SQL：", "In SQL:")}</li></ul>
<pre tabindex="0" role="region" aria-label="${t("查询的命令", "Commands to ask")}"><code>nianbao query "select year, sum(requests_received_total) from reports where addable group by year" --from ${options.publicUrl}
curl -fsSL ${root}data/manifest.json
duckdb -c "select * from read_parquet('${root}data/reports/{year}/{province}/{prefix}.parquet')"</code></pre></section>`;
};

/** `data.html`: what can be downloaded, and how to be sure of it. */
export const dataPages = (options: PortalOptions, catalogue: Catalogue): PublicFile[] =>
  inBoth(options, "data.html", (view) => {
    const { t } = view;
    const title = t("开放数据", "Open data");
    const { licence, publicUrl, apiUrl } = options;
    const root = `${publicUrl}/`;
    return layout(view, {
      title,
      description: t(
        "可下载的报告和数据、地址规则、模式、接口、校验方法。",
        "Reports and data for download, address patterns, schemas, API, verification.",
      ),
      trail: [[title, "data.html"]],
      data: {
        "@type": "Dataset",
        name: "政府信息公开工作年度报告",
        description: "各行政机关各年度政府信息公开工作年度报告：原件、全部数字、公布记录的校验和。",
        url: absolute(view, twin("data.html", view.lang)),
        inLanguage: "zh-CN",
        isAccessibleForFree: true,
        ...licenceData(options),
        spatialCoverage: catalogue.provinces.map(({ province }) => divisionName(`${province}0000`)),
        distribution: [
          { "@type": "DataDownload", contentUrl: absolute(view, paths.catalogue), encodingFormat: "application/json" },
          { "@type": "DataDownload", contentUrl: absolute(view, FEED), encodingFormat: "application/atom+xml" },
        ],
      },
      main: html`<h1>${title}</h1>
<p class="lead">${t("这里的一切都是静态文件，可以直接下载、缓存、链接，不需要登录，也允许别的网站的脚本读取（CORS）。", "Everything here is a static file: to be downloaded, cached and linked without signing in, and open to scripts of other sites (CORS).")}</p>
<section><h2 id="addresses">${t("地址", "Addresses")}</h2>
<p>${t("都从这里起：", "All of them start at ")}<code>${root}</code>${t("", ".")}</p>
<dl class="terms"><div><dt><code>{uscc}</code></dt><dd>${t("统一社会信用代码，18位（GB 32100）", "Unified social credit code, 18 characters (GB 32100)")}</dd></div><div><dt><code>{year}</code></dt><dd>${t("报告年度，不是公布的年份", "The year reported on, not that of publication")}</dd></div><div><dt><code>{division}</code></dt><dd>${t("行政区划代码，6位（GB/T 2260），即统一社会信用代码的第3至8位", "Division code, 6 digits (GB/T 2260): characters 3–8 of the credit code")}</dd></div><div><dt><code>{province}</code></dt><dd>${t("其中前两位", "Its first two digits")}</dd></div></dl>
${patterns(view)}<p>${t("每个网页都有英文版：地址里的 .html 换成 .en.html。", "Every page has an English one: .en.html in place of .html.")}</p></section>
${datasetSection(view)}
<section><h2 id="schemas">${t("模式", "Schemas")}</h2>
<p>${t("report.json 的写法，JSON Schema 2020-12；勾稽关系也在里面：", "What report.json may say, as JSON Schema 2020-12 with the rules between tables:")}</p>
<ul>${forms.map(({ edition, source, firstYear, lastYear }) => html`<li><a href="${view.file(schemaPath(edition))}">report-${edition}.schema.json</a>${t("：", ": ")}${source}${t("，", ", ")}${lastYear === null ? t(`${firstYear}年度起`, `from ${firstYear}`) : `${firstYear}–${lastYear}${t("年度", "")}`}</li>`)}</ul>
<p>${t("索引文件里的 figures 以 JSON 指针（RFC 6901）为键，金额一律是以元为单位的十进制字符串；表三各类申请人的栏为0的不列，总计总是列出。已撤回的报告没有 figures。", "In the indexes, figures are keyed by JSON Pointer (RFC 6901); money is a decimal string in yuan; of section 3 the total is always there, a single kind of applicant where it is not 0. A withdrawn report has no figures.")}</p></section>
<section><h2 id="api">${t("接口", "API")}</h2>
<p>${apiUrl === undefined ? t("读取不需要接口：上面的文件就是全部。报送由各机关经接口进行。", "Reading needs no API: the files above are all there is. Organs file through one.") : html`${t("读取不需要接口：上面的文件就是全部。报送接口的说明：", "Reading needs no API: the files above are all there is. The filing API: ")}<a href="${apiUrl}/openapi.json">openapi.json</a>`}</p></section>
<section><h2 id="verify">${t("校验", "Verification")}</h2>
<p>${t("每一版旁边有 SHA256SUMS。下载一版的各文件后：", "Beside each version lies SHA256SUMS. With the files of a version downloaded:")}</p>
<pre tabindex="0" role="region" aria-label="${t("校验的命令", "Commands to verify")}"><code>curl -fsSLO ${root}{uscc}/{year}/v1/SHA256SUMS
curl -fsSLO ${root}{uscc}/{year}/v1/${fileName(PUBLISHED[0]!)}
sha256sum --check --ignore-missing SHA256SUMS</code></pre>
<p>${t("versions.json 里，每一版记有上一条公布记录的校验和（previous），首尾相连：改动任何一版都会断开。", "In versions.json each version has the checksum of the record before it (previous): a chain that breaks when any is changed.")}</p>
${logFormats(view)}</section>
<section><h2 id="licence">${t("许可", "Licence")}</h2>
<p>${licence ? (licence.url === undefined ? licence.label : html`<a href="${licence.url}">${licence.label}</a>`) : t("运行本站的机关还没有写明数据的使用许可。报告是依法公开的政府信息；转载、再利用请注明来源机关和版本。", "The operator of this site has not stated a licence for the data yet. The reports are government information made public by law; please name the organ and the version when using them.")}</p></section>`,
    });
  });
