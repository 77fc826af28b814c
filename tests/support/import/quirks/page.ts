/** What stands around a report, and where its title is. */
import type { Quirk } from "../made.ts";
import { type Paper, type PaperText, tablesOf, textOf, textsOf } from "../paper.ts";

const removed = (paper: Paper, ...gone: readonly PaperText[]): void => {
  paper.items = paper.items.filter((item) => item.kind === "table" || !gone.includes(item));
};

export const site: Quirk = {
  name: "a site's navigation, breadcrumb and footer around it",
  apply: ({ paper }) => void (paper.around = "site"),
};
export const layout: Quirk = {
  name: "laid out with tables in tables",
  apply: ({ paper }) => void (paper.around = "layout"),
};
export const tangled: Quirk = {
  name: "cells and texts in paragraphs and spans with white space between",
  apply: ({ paper }) => void (paper.tangled = true),
};
export const marked: Quirk = {
  name: "headings marked as headings",
  apply: ({ paper }) => void (paper.marked = true),
};

export const titleOnOneLine: Quirk = {
  name: "organ and title on one line",
  apply: ({ paper }) => {
    const [organ, title] = [textOf(paper, "organ"), textOf(paper, "title")];
    title.text = `${organ.text}${title.text}`;
    removed(paper, organ);
  },
};
export const titleOnThreeLines: Quirk = {
  name: "the title broken over lines",
  apply: ({ paper }) => {
    const title = textOf(paper, "title");
    const second: PaperText = { ...title, text: title.text.replace(/^.*?年/, "") };
    title.text = title.text.replace(/年.*/, "年");
    paper.items.splice(paper.items.indexOf(title) + 1, 0, second);
  },
};
export const titleInHeadAlone: Quirk = {
  name: "the title in <title> alone",
  apply: ({ paper, says }) => {
    removed(paper, textOf(paper, "organ"), textOf(paper, "title"));
    says.push({ ids: ["I-TITLE"] }, { ids: ["I-ORGAN"], optional: true });
  },
};
export const titleSpaced: Quirk = {
  name: "the title with spaces",
  apply: ({ paper }) => {
    const title = textOf(paper, "title");
    title.text = title.text.replace(/^(\d+)年/, " $1 年 ").replace("工作", "工作 ");
  },
};
export const titleFullWidth: Quirk = {
  name: "the title's year in full-width digits",
  apply: ({ paper }) => {
    const title = textOf(paper, "title");
    title.text = title.text.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
  },
};
export const titleOfSomeYears: Quirk = {
  name: "the title as 年报 is called by many: 政府信息公开年度报告",
  apply: ({ paper }) => {
    const title = textOf(paper, "title");
    title.text = title.text.replace("政府信息公开工作年度报告", "年政府信息公开年度报告").replace("年年", "年度");
    paper.title = paper.title.replace("政府信息公开工作年度报告", "政府信息公开年度报告");
  },
};

/** The date in the forms that people type. */
const dated = (name: string, write: (year: number, month: number, day: number) => string): Quirk => ({
  name: `signed ${name}`,
  apply: ({ paper, report }) => {
    const [year, month, day] = report.signed.split("-").map(Number) as [number, number, number];
    textOf(paper, "date").text = write(year, month, day);
  },
});

const HAN = "〇一二三四五六七八九";
const han = (value: number): string =>
  value < 10
    ? HAN[value]!
    : `${value < 20 ? "" : HAN[Math.floor(value / 10)]}十${value % 10 === 0 ? "" : HAN[value % 10]}`;
const full = (value: number): string =>
  String(value).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
const hanYear = (year: number): string => [...String(year)].map((d) => HAN[Number(d)]).join("");
const two = (value: number): string => String(value).padStart(2, "0");

export const signedInHan = dated("二〇二一年一月二十六日", (y, m, d) => `${hanYear(y)}年${han(m)}月${han(d)}日`);
export const signedInHanWithCircle = dated("二○二一年一月二十六日 with a circle for a zero", (y, m, d) =>
  `${hanYear(y)}年${han(m)}月${han(d)}日`.replaceAll("〇", "○"),
);
export const signedWithZeros = dated("2021年01月06日", (y, m, d) => `${y}年${two(m)}月${two(d)}日`);
export const signedFullWidth = dated("２０２１年１月２６日", (y, m, d) => `${full(y)}年${full(m)}月${full(d)}日`);
export const signedSpaced = dated("2021 年 1 月 26 日", (y, m, d) => `${y} 年 ${m} 月 ${d} 日　　`);
export const signedWithHyphens = dated("2021-01-26", (y, m, d) => `${y}-${two(m)}-${two(d)}`);

export const signedOnOneLine: Quirk = {
  name: "signer and date on one line",
  apply: ({ paper }) => {
    const [signer, date] = [textOf(paper, "signer"), textOf(paper, "date")];
    signer.text = `${signer.text}　　${date.text}`;
    removed(paper, date);
  },
};
export const dateAlone: Quirk = {
  name: "a date without the signer",
  apply: ({ paper }) => removed(paper, textOf(paper, "signer")),
};

export const unnumberedSections: Quirk = {
  name: "section headings without numbers",
  apply: ({ paper }) => {
    for (const text of textsOf(paper)) if (text.role === "section") text.text = text.text.replace(/^.、/, "");
  },
};
export const spacedSections: Quirk = {
  name: "section headings with an ideographic space before and others within",
  apply: ({ paper }) => {
    for (const text of textsOf(paper))
      if (text.role === "section") text.text = `　　${text.text.replace("、", "、 ")}　`;
  },
};
export const dottedSections: Quirk = {
  name: "section headings numbered 一. and ending in a colon",
  apply: ({ paper }) => {
    for (const text of textsOf(paper)) if (text.role === "section") text.text = `${text.text.replace("、", ".")}：`;
  },
};
const remedies = (name: string, words: string): Quirk => ({
  name,
  apply: ({ paper }) => void (textOf(paper, "section", "remedies").text = words),
});
export const phraseJoined = remedies("行政复议行政诉讼 joined", "四、政府信息公开行政复议行政诉讼情况");
export const phraseSplit = remedies(
  "行政复议 and 行政诉讼 in the words of the notice",
  "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
);

export const tableTitles: Quirk = {
  name: "captions and a unit above the tables",
  apply: ({ paper }) => {
    for (const [i, table] of tablesOf(paper).entries())
      paper.items.splice(paper.items.indexOf(table), 0, {
        kind: "text",
        role: "paragraph",
        text: i === 0 ? "（单位：件）" : `表${"一二三"[i]}`,
        key: table.key,
      });
  },
};
