/** How a version of a report is cited: by its own address, whose content never changes. Runs in browsers too. */

/** What a citation names. */
export interface Cited {
  readonly organ: string;
  readonly uscc: string;
  readonly year: number;
  /** As printed, e.g. 聊城市水利局2024年政府信息公开工作年度报告. */
  readonly title: string;
  readonly version: number;
  /** ISO 8601; the day is cited. */
  readonly publishedAt: string;
  /** Of the version. */
  readonly url: string;
  /** The day on which it was read, ISO; for the reader's clock to say. */
  readonly accessed?: string;
}

const dayOf = ({ publishedAt }: Cited): string => publishedAt.slice(0, 10);
const titleOf = ({ title, version }: Cited): string => `${title}（第${version}版）`;

/** A line as GB/T 7714—2015 has it (8.10): 主要责任者. 题名[R/OL]. (公布日期)[引用日期]. 获取和访问路径. */
export const citation = (cited: Cited): string =>
  `${cited.organ}. ${titleOf(cited)}[R/OL]. (${dayOf(cited)})${cited.accessed ? `[${cited.accessed}]` : ""}. ${cited.url}.`;

const keyOf = ({ uscc, year, version }: Cited): string => `${uscc}-${year}-v${version}`;

/** BibTeX; names are in braces, so that none is taken apart. */
export function bibtex(cited: Cited): string {
  const plain = (text: string): string => text.replace(/[\\{}%&#$_^~]/g, (c) => (c === "\\" ? "" : `\\${c}`));
  const fields: readonly (readonly [string, string])[] = [
    ["author", `{${plain(cited.organ)}}`],
    ["title", `{${plain(titleOf(cited))}}`],
    ["institution", `{${plain(cited.organ)}}`],
    ["year", dayOf(cited).slice(0, 4)],
    ["date", dayOf(cited)],
    ["url", cited.url],
    ...(cited.accessed ? [["urldate", cited.accessed] as const] : []),
    ["langid", "chinese"],
  ];
  return `@techreport{${keyOf(cited)},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join("")}}\n`;
}

const parts = (iso: string): readonly number[] => iso.split("-").map(Number);

/** CSL-JSON (citeproc), which Zotero and others read: one report. */
export const cslJson = (cited: Cited): string =>
  `${JSON.stringify(
    [
      {
        id: keyOf(cited),
        type: "report",
        title: titleOf(cited),
        author: [{ literal: cited.organ }],
        publisher: cited.organ,
        issued: { "date-parts": [parts(dayOf(cited))] },
        ...(cited.accessed ? { accessed: { "date-parts": [parts(cited.accessed)] } } : {}),
        version: String(cited.version),
        URL: cited.url,
        language: "zh-CN",
      },
    ],
    null,
    2,
  )}\n`;
