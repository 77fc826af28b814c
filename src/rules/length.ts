import { each, finding, type Keyword, standing } from "./keyword.ts";
import { textOf } from "./topics.ts";

/** A narrative is neither shorter nor longer than asked for (N-PROBLEMS, N-LENGTH); stands on the body. */
export const check = each((body: readonly unknown[], rule, form) => {
  const { least = 0, most = Number.POSITIVE_INFINITY } = rule;
  const length = [...textOf(body).replaceAll("\n", "")].length;
  if ((length >= least && length <= most) || body.length === 0) return [];
  const { label, en } = form.sections.find(({ key }) => key === rule.section)!;
  const [zh, bound] =
    length < least ? [`不足${least}字，请写明具体情况`, `least ${least}`] : [`超过${most}字`, `most ${most}`];
  return [
    finding(rule, `“${label}”有${length}字，${zh}`, `“${en}” has ${length} characters; at ${bound} are asked for`, [
      { pointer: "", label, value: length },
    ]),
  ];
});

export const keyword: Keyword = {
  name: "length",
  type: "array",
  file: "length.ts",
  check,
  value: /* @__PURE__ */ standing("body", "length"),
  says({ section, least, most }, form) {
    const { label, en } = form.sections.find(({ key }) => key === section)!;
    return least === undefined
      ? { zh: `“${label}”超过${most}字`, en: `“${en}” is over ${most} characters` }
      : { zh: `“${label}”是空的、“无”或不足${least}字`, en: `“${en}” is empty, 无, or under ${least} characters` };
  },
  mends: ({ section, least, most }, form) => {
    const { label, en } = form.sections.find(({ key }) => key === section)!;
    return least === undefined
      ? { zh: `把“${label}”压缩到${most}字以内`, en: `shorten “${en}” to ${most} characters` }
      : { zh: `具体写明“${label}”，不少于${least}字`, en: `write on “${en}” in ${least} characters at least` };
  },
};
