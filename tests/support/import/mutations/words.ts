/** Damage to headings, narrative, title and signature. */
import { type Paper, type PaperItem, type PaperText, textOf, textsOf } from "../paper.ts";
import type { Mutation } from "./mutation.ts";

const remove = (paper: Paper, ...gone: readonly PaperItem[]): void => {
  paper.items = paper.items.filter((item) => !gone.includes(item));
};
const titled = (kind: string, places: readonly string[], change: (paper: Paper) => void): Mutation => ({
  kind,
  formats: ["HTML in UTF-8", "HTML in GBK", "DOCX of Word", "XLSX of one sheet", "CSV in UTF-8", "PDF"],
  apply: ({ paper }) => {
    change(paper);
    return { what: kind, places };
  },
});
const DATE = ["/signed", "日期", "成文"];
const YEAR = ["/year", "/signed", "年度"];
const ORGAN = ["/organ/name", "机关", "落款"];

const sectionHeading = (key: string, places: readonly string[]): Mutation => ({
  kind: "a section's heading removed",
  formats: ["HTML in UTF-8", "DOCX of WPS", "TSV", "PDF"],
  apply: ({ paper }) => {
    const heading = textOf(paper, "section", key);
    remove(paper, heading);
    return { what: heading.text, places: [...places, heading.text.slice(2), `/${key}/body`, `/${key}`] };
  },
});

const moved = (kind: string, to: (items: PaperItem[], text: PaperText) => number): Mutation => ({
  kind,
  formats: ["HTML in UTF-8", "DOCX of Word", "XLSX of one sheet", "CSV in GBK", "PDF"],
  apply: ({ paper }, random) => {
    const text = random.pick(
      textsOf(paper).filter(
        ({ role, key, text: words }) =>
          role === "paragraph" && (key === "problems" || key === "overview") && words.length > 12,
      ),
    );
    remove(paper, text);
    paper.items.splice(to(paper.items, text), 0, text);
    return { what: text.text.slice(0, 12), places: [text.text.slice(0, 8)] };
  },
});

export const WORDS: readonly Mutation[] = [
  titled("the signature removed", DATE, (paper) => remove(paper, textOf(paper, "signer"), textOf(paper, "date"))),
  titled("the date removed", DATE, (paper) => remove(paper, textOf(paper, "date"))),
  titled("the date without its day", DATE, (paper) => {
    const date = textOf(paper, "date");
    date.text = date.text.replace(/\d+日/, "日");
  }),
  titled("a date that is none", DATE, (paper) => {
    const date = textOf(paper, "date");
    date.text = date.text.replace(/\d+月\d+日/, "2月31日");
  }),
  titled("the title removed", YEAR, (paper) => {
    remove(paper, textOf(paper, "organ"), textOf(paper, "title"));
    paper.title = "";
  }),
  titled("another year in the title than in the signature", YEAR, (paper) => {
    const title = textOf(paper, "title");
    title.text = title.text.replace(/\d+/, (year) => String(Number(year) - 3));
    paper.title = "";
  }),
  titled("another year in the signature than in the title", YEAR, (paper) => {
    const date = textOf(paper, "date");
    date.text = date.text.replace(/\d+/, (year) => String(Number(year) + 2));
  }),
  titled("another organ in the signature than in the title", ORGAN, (paper) => {
    textOf(paper, "signer").text = "另一示例县财政局";
  }),
  titled("two years in the title", YEAR, (paper) => {
    const title = textOf(paper, "title");
    title.text = title.text.replace(/^(\d+)年/, (_, year) => `${Number(year) - 1}—${year}年`);
    paper.title = "";
  }),
  sectionHeading("problems", []),
  sectionHeading("overview", []),
  sectionHeading("other", []),
  {
    kind: "a section's heading and words removed",
    formats: ["HTML in UTF-8", "DOCX of Word", "XLSX of one sheet", "CSV in GBK", "PDF"],
    apply: ({ paper }, random) => {
      const key = random.pick(["overview", "problems", "other"]);
      const heading = textOf(paper, "section", key);
      remove(paper, ...textsOf(paper).filter((t) => t.key === key && !["signer", "date"].includes(t.role)));
      return { what: heading.text, places: [`/${key}`, `/${key}/body`, heading.text.slice(2)] };
    },
  },
  moved("a paragraph moved behind the signature", (items) => items.length),
  moved("a paragraph moved behind a table", (items) => items.findIndex(({ kind }) => kind === "table") + 1),
  moved("a paragraph moved before a table", (items) => items.findLastIndex(({ kind }) => kind === "table")),
  {
    kind: "a hidden paragraph",
    formats: ["HTML in UTF-8", "DOCX of Word"],
    apply: ({ paper }) => {
      const at = paper.items.findIndex(
        (item) => item.kind === "text" && item.key === "problems" && item.role === "paragraph",
      );
      paper.items.splice(at, 0, {
        kind: "text",
        role: "paragraph",
        key: "problems",
        text: "这一段没有人看得见。",
        hidden: true,
      });
      return { what: "problems", places: [] };
    },
  },
];
