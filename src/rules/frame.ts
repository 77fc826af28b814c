import type { Message } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { type FramePart, framePart } from "../narrative/frame.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { organOf, proseOf } from "./prose.ts";

/** What is said of each part. */
const SAID: Readonly<Record<FramePart["part"], Message>> = {
  heading: { zh: "表格的大标题", en: "a heading of the form" },
  title: { zh: "报告的标题", en: "a report's title" },
  signature: { zh: "落款", en: "a signature" },
};

/** No heading of the form, title or signature stands inside a section's text; stands on the report. */
export const check = each((report: unknown, rule, form) => {
  const organ = organOf(report);
  return proseOf(report).flatMap((prose) => {
    const found = framePart(prose, form, organ);
    if (!found) return [];
    const part = SAID[found.part];
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
  mends: () => ({
    zh: "删去标题和落款（由系统印出）；整份报告粘贴在一处的，把文字分到各部分",
    en: "delete headings, title and signature, which the system prints; move a whole report that was pasted to its sections",
  }),
};
