import { shortened, visible } from "../basics/visible.ts";
import { cellsByPointer, figureAt } from "../form/cells.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, proseOf, sentencesOf } from "./prose.ts";

/** The narrative does not claim that all requests are closed while some are carried over; stands on the report. */
export const check = each((report: unknown, rule, form) => {
  const pointer = rule.cell!;
  const carried = figureAt(form, report, pointer);
  if (!carried || carried.value === 0) return [];
  const { label, labelEn } = cellsByPointer(form).get(pointer)!;
  const [claimed, otherwise, taken] = [rule.phrases!, rule.otherwise!, rule.unless!].map(anyOf);
  return proseOf(report).flatMap(({ pointer: at, text }) => {
    const sentence = sentencesOf(text).find(
      (own) => claimed!.test(own) && !otherwise!.test(own) && (!/上年|去年|结转/.test(own) || taken!.test(own)),
    );
    if (sentence === undefined) return [];
    const shown = visible(shortened(sentence, 40));
    return [
      finding(
        rule,
        `正文“${shown}”说全部办结，${label}为${carried.value}`,
        `The narrative says that all are closed (“${shown}”), but ${labelEn} is ${carried.value}`,
        [
          { pointer: at, label: "文字" },
          { pointer, label, value: carried.value },
        ],
      ),
    ];
  });
});

export const keyword: Keyword = {
  name: "closed",
  type: "object",
  file: "closed.ts",
  check,
  value: /* @__PURE__ */ standing("report", "closed"),
  says: () => ({
    zh: "正文说申请已全部办结，而结转下年度继续办理的不是0（“均在法定期限内答复”不算）",
    en: "all applications are said to be answered within the year while some are carried over (均在法定期限内答复 is no such claim)",
  }),
  mends: () => ({
    zh: "核对结转下年度继续办理的件数，改正正文的说法或者表格",
    en: "check what was carried over, and correct the text or the table",
  }),
};
