/** The notices as files, and what each is called. */
import { html } from "hono/html";
import { officialDocument } from "../formats/docx/document.ts";
import { blockHtml } from "../formats/html/blocks.ts";
import { page } from "../formats/html/page.ts";
import type { Notice } from "./notice.ts";
import type { OrganSummary } from "./summary.ts";
import { nameOf } from "./words.ts";

/** The notice as an editable official document. */
export const noticeDocx = ({ title, organ, blocks }: Notice): Promise<Uint8Array> =>
  officialDocument(blocks, {
    title,
    subject: `致${organ}`,
    author: "",
    keywords: ["政府信息公开", "年度报告", "整改通知"],
    identifier: "",
    date: "",
  });

/** The notice as a page without scripts, to be read, printed or sent. */
export const noticeHtml = ({ title, organ, blocks }: Notice): Uint8Array =>
  page(
    html`${title}`,
    { description: `致${organ}：${title}。`, data: { "@type": "Message", name: title, inLanguage: "zh-CN" } },
    html`<article>
${blocks.map(
  (b) => html`${blockHtml(b)}
`,
)}</article>`,
  );

/** File systems have room for 255 bytes in a name; a Chinese character takes three. */
const MAX_NAME = 60;

/** A name as every file system takes it. */
const fileNameOf = (name: string): string =>
  [...name.replace(/[/\\:*?"<>|\p{C}]/gu, "_").replace(/^[.\s]+|[.\s]+$/gu, "_")].slice(0, MAX_NAME).join("");

/** Gives each notice a name of its own, without its ending: the organ's, with its code where two are called alike. */
export function noticeNames(): (organ: OrganSummary) => string {
  // Some file systems take upper and lower case for the same.
  const taken = new Set<string>();
  return (organ) => {
    const name = fileNameOf(nameOf(organ));
    let free = taken.has(name.toLowerCase()) ? `${name}-${organ.uscc ?? organ.key}` : name;
    while (taken.has(free.toLowerCase())) free += "_";
    taken.add(free.toLowerCase());
    return free;
  };
}
