/** Narrative as it is typed. */
import { getCell } from "../../../../src/form/cells.ts";
import type { Made, Quirk } from "../made.ts";
import { type PaperItem, type PaperText, textsOf } from "../paper.ts";

const headingsOf = ({ paper }: Made): PaperText[] => textsOf(paper).filter(({ role }) => role === "heading");
const typed = (name: string, write: (text: string, level: number) => string): Quirk => ({
  name,
  apply: (made) => {
    for (const heading of headingsOf(made)) heading.text = write(heading.text, heading.level!);
  },
});
const wide = (text: string): string => text.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));

export const halfWidthHeadings = typed("headings numbered (一) 1. (1)", (text) => text.replace(/^（(.+?)）/, "($1)"));
export const fullWidthHeadings = typed("headings numbered （一） １． （１）", (text) =>
  text.replace(/^（\d+）/, wide).replace(/^\d+\./, (number) => wide(number).replace(".", "．")),
);
export const spacedHeadings = typed("headings numbered with 、 and spaces", (text) =>
  text.replace(/^（(.+?)）/, "（$1） ").replace(/^(\d+)\./, "$1、 "),
);
export const indented: Quirk = {
  name: "paragraphs indented with ideographic spaces",
  apply: ({ paper }) => {
    for (const text of textsOf(paper))
      if (text.role === "paragraph" || text.role === "heading") text.text = `　　${text.text}`;
  },
};
export const emptyLines: Quirk = {
  name: "empty paragraphs between all others",
  apply: ({ paper }) => {
    paper.items = paper.items.flatMap((item, i): PaperItem[] =>
      item.kind === "text" ? [item, { kind: "text", role: "paragraph", text: ["", "　　", "\u00a0"][i % 3]! }] : [item],
    );
  },
};
export const numberedSentences: Quirk = {
  name: "sentences numbered as headings are",
  apply: (made) => {
    const sentences = [
      "一是压实责任，凡是没有按期公开的，由承办单位说明原因。",
      "（一）对群众反映集中的事项，逐件回访，听取意见后改进。",
      "1.对内部流程逐一梳理，能够合并的合并，能够取消的取消；",
      "（2）对外公布的电话逐个拨打，打不通的当天更换。",
    ];
    const at = made.paper.items.findLastIndex((i) => i.kind === "text" && i.key === "problems");
    made.paper.items.splice(
      at + 1,
      0,
      ...sentences.map((text): PaperText => ({ kind: "text", role: "paragraph", text, key: "problems" })),
    );
    const body = getCell(made.report, "/problems/body") as { type: string; text: string }[];
    body.push(...sentences.map((text) => ({ type: "paragraph", text })));
  },
};
/** Headings whose numbers the word processor makes: they are no text. */
export const automaticNumbers: Quirk = {
  name: "headings that the word processor numbers",
  apply: (made) => {
    made.paper.marked = true;
    for (const text of textsOf(made.paper))
      if (text.role === "heading" || text.role === "section") {
        text.numbered = true;
        text.text = text.text.replace(/^(?:（.+?）|\d+\.|.、)/, "");
      }
  },
};
/** Headings marked as such, without any number. */
export const unnumberedHeadings: Quirk = {
  name: "headings marked as such without numbers",
  apply: (made) => {
    made.paper.marked = true;
    for (const text of headingsOf(made)) text.text = text.text.replace(/^(?:（.+?）|\d+\.)/, "");
  },
};
