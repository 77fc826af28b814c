import { figureAt, getCell } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";

/** Not all figures are last year's; totals follow their parts. Stands on `{ report, previous }`. */
export const check = each((pair: { readonly report: unknown; readonly previous: unknown }, rule, form) => {
  const above: { readonly pointer: string; readonly label: string; readonly value: number }[] = [];
  for (const { total, type, pointer, label } of formCells(form)) {
    if (total) continue;
    if (type === "money") {
      const [now, then] = [pair.report, pair.previous].map((report) => JSON.stringify(getCell(report, pointer)));
      if (now !== undefined && then !== undefined && now !== then) return [];
      continue;
    }
    const [now, then] = [figureAt(form, pair.report, pointer), figureAt(form, pair.previous, pointer)];
    if (!now || !then) continue;
    if (now.value !== then.value) return [];
    if (now.value > 0) above.push({ pointer, label, value: now.value });
  }
  if (above.length < rule.figures!) return [];
  const cells = above.slice(0, 10);
  return [
    finding(
      rule,
      `所有数字都与上年相同（其中${above.length}个大于0），请核对是否误报了上年的数字`,
      `Every figure is last year's (${above.length} of them above 0); please check that these are not last year's own`,
      [...cells, ...cells.map((cell) => ({ ...cell, of: "previous" as const }))],
    ),
  ];
});

export const keyword: Keyword = {
  name: "same",
  type: "object",
  file: "same.ts",
  check,
  value: /* @__PURE__ */ standing("comparison", "same"),
  says: ({ figures }) => ({
    zh: `${figures}个以上的数字大于0，而所有数字都与上年相同`,
    en: `${figures} or more figures are above 0, and all equal last year's`,
  }),
  mends: () => ({
    zh: "核对是否误填了上年的数；确实相同的，说明原因",
    en: "make sure that the figures are not last year's; explain if they are the same",
  }),
};
