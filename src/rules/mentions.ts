import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, tidy } from "./prose.ts";
import { textOf } from "./topics.ts";

/** The narrative mentions what the notice asks for, the 信息处理费, in any of its wordings; stands on the body. */
export const check = each((body: readonly unknown[], rule, form) => {
  if (anyOf(rule.phrases!).test(textOf(body).split("\n").map(tidy).join("\n"))) return [];
  const { label, en } = form.sections.find(({ key }) => key === rule.section)!;
  return [
    finding(
      rule,
      `“${label}”没有提到信息处理费：应写明发出收费通知的件数、总金额和实际收取的总金额，没有的写没有收取`,
      `“${en}” does not mention the information-processing fee: notices issued, amount charged and amount collected, or that there were none`,
      [{ pointer: "", label }],
    ),
  ];
});

export const keyword: Keyword = {
  name: "mentions",
  type: "array",
  file: "mentions.ts",
  check,
  value: /* @__PURE__ */ standing("body", "mentions"),
  says({ section }, form) {
    const { label, en } = form.sections.find(({ key }) => key === section)!;
    return {
      zh: `“${label}”没有写到信息处理费（“未收取信息公开处理费”“未发生收费”等都算写到）`,
      en: `“${en}” does not mention the fee in any of its names and wordings (未收取信息公开处理费 and 未发生收费 are answers)`,
    };
  },
  mends: ({ section }, form) => {
    const { label, en } = form.sections.find(({ key }) => key === section)!;
    return {
      zh: `在“${label}”里写明收取信息处理费的情况；没有收取的，写明没有`,
      en: `say in “${en}” what was charged, or that nothing was`,
    };
  },
};
