import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, organOf, proseOf, tidy } from "./prose.ts";

/** A people's government, townships too, reports 考核, 评议 or 责任追究 (条例 第五十条第四项); stands on the report. */
export const check = each((report: unknown, rule) => {
  const texts = proseOf(report);
  if (!/人民政府$/.test(organOf(report)) || texts.length === 0) return [];
  if (texts.some(({ text }) => anyOf(rule.phrases!).test(tidy(text)))) return [];
  return [
    finding(
      rule,
      "人民政府的年度报告应写工作考核、社会评议和责任追究的情况，正文都没有写到",
      "A people's government reports on assessment, public appraisal and accountability; the narrative names none of them",
      [{ pointer: "/overview/body", label: "总体情况" }],
    ),
  ];
});

export const keyword: Keyword = {
  name: "government",
  type: "object",
  file: "government.ts",
  check,
  value: /* @__PURE__ */ standing("report", "government"),
  says: () => ({
    zh: "人民政府（含乡镇）的报告没有写到考核、评议、责任追究中的任何一项",
    en: "a people's government (townships too) names none of assessment, appraisal, accountability",
  }),
  mends: () => ({
    zh: "写明工作考核、社会评议、责任追究的情况；没有的，写明没有",
    en: "say what became of assessment, appraisal and accountability, or that there was none",
  }),
};
