import { visible } from "../basics/visible.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, proseOf } from "./prose.ts";

/** No text is left over from a template; stands on the report. */
export const check = each((report: unknown, rule) =>
  proseOf(report).flatMap(({ pointer, text }) => {
    const [left] = anyOf(rule.phrases!).exec(text) ?? [];
    if (left === undefined) return [];
    const shown = visible(left);
    return [
      finding(
        rule,
        `文字里有模板留下的“${shown}”，请换成实际内容或删去`,
        `“${shown}” is left over from a template; write what is meant, or delete it`,
        [{ pointer, label: "文字", value: shown }],
      ),
    ];
  }),
);

export const keyword: Keyword = {
  name: "template",
  type: "object",
  file: "template.ts",
  check,
  value: /* @__PURE__ */ standing("report", "template"),
  says: () => ({
    zh: "正文里留有模板的文字（××、XX、〇〇、【】、“该部分以表格形式报告”等）",
    en: "text is left over from a template: ××, XX, 〇〇, 【】, 该部分以表格形式报告 and the like",
  }),
  mends: () => ({
    zh: "填上实际内容，或者删去模板的文字",
    en: "fill in what is so, or delete what is left of the template",
  }),
};
