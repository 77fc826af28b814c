import type { Message } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import type { EditionForm } from "../form/form.ts";
import { forms } from "../form/forms.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { organOf, type Prose, proseOf, tidy } from "./prose.ts";

const NUMBER = /^[一二三四五六七八九十]、/;
/** A label this short is a heading of the form only with its number. */
const SHORT = 6;
const TITLE = /^[^《]{0,60}\d{4}年度?政府信息公开(?:工作)?年度报告$/;
const DATE =
  /^(?:\d{4}|[〇零○一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$/;

const labelled = (text: string): string => text.replace(/[\p{P}\p{S}]/gu, "");

/** Where a heading of the form is followed by text of its own in one paragraph, that begins after a space or a stop. */
const beginsWith = (text: string, label: string): boolean =>
  text.startsWith(label) && /^(?:$|[\s。.:：,，])/u.test(text.slice(label.length));

/** The labels of the form's headings, in every edition. */
const labelsOf = (form: EditionForm): string[] =>
  [form, ...forms].flatMap(({ sections }) => sections.map(({ label }) => label));

const HEADING: Message = { zh: "表格的大标题", en: "a heading of the form" };

/** What of the report's frame a text is. */
function partOf({ text, heading }: Prose, labels: readonly string[], organ: string): Message | undefined {
  const line = tidy(text);
  const title = line.replace(NUMBER, "");
  const numbered = title !== line;
  const own = labelled(title);
  const among = labels.some((label) => own === labelled(label) && (numbered || label.length >= SHORT || !heading));
  if (among) return HEADING;
  const rest = text.trim().replace(/^[一二三四五六七八九十]、\s*/u, "");
  if (rest !== text.trim() && labels.some((label) => beginsWith(rest, label))) return HEADING;
  if (TITLE.test(line)) return { zh: "报告的标题", en: "a report's title" };
  const signed = organ !== "" && line.startsWith(organ) ? line.slice(organ.length) : line;
  if (!heading && (DATE.test(signed) || (signed === "" && line !== ""))) return { zh: "落款", en: "a signature" };
  return undefined;
}

/** No heading of the form, title or signature stands inside a section's text; stands on the report. */
export const check = each((report: unknown, rule, form) => {
  const [labels, organ] = [labelsOf(form), tidy(organOf(report))];
  return proseOf(report).flatMap((prose) => {
    const part = prose.text.length > 5000 ? undefined : partOf(prose, labels, organ);
    if (!part) return [];
    const shown = visible(shortened(prose.text, 40));
    return [
      finding(
        rule,
        `“${shown}”是${part.zh}，由系统印出；请删去，整份报告粘贴在一处的，请分到各部分`,
        `“${shown}” is ${part.en}, which the system prints; delete it, and move what follows to its own section`,
        [{ pointer: prose.pointer, label: "文字", value: shown }],
      ),
    ];
  });
});

export const keyword: Keyword = {
  name: "frame",
  type: "object",
  file: "frame.ts",
  check,
  value: /* @__PURE__ */ standing("report", "frame"),
  says: () => ({
    zh: "正文里有表格的大标题、报告标题或落款（整份报告粘贴在一处）",
    en: "a heading of the form, a report's title or a signature stands inside a section's text (a whole report pasted)",
  }),
};
