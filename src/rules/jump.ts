import type { Finding } from "../basics/finding.ts";
import { figureAt } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { Keyword } from "./keyword.ts";

/** The parameter of `x-jump`: flagged is a change by more than `factor` times and by more than `difference`. */
export interface JumpParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly factor: number;
  readonly difference: number;
  readonly edition: string;
}

/** Counts that changed out of proportion since last year; stands on `{ report, previous }`. Totals follow their parts. */
export function check(
  pair: { readonly report: unknown; readonly previous: unknown },
  parameter: JumpParameter,
): Finding[] {
  const form = formOf(parameter.edition);
  if (!form) throw new Error(`no edition ${parameter.edition}`);
  return formCells(form).flatMap((cell): Finding[] => {
    if (cell.total || cell.type !== "count") return [];
    const now = figureAt(form, pair.report, cell.pointer)?.value;
    const then = figureAt(form, pair.previous, cell.pointer)?.value;
    if (now === undefined || then === undefined) return [];
    const [small, large] = now < then ? [now, then] : [then, now];
    if (large - small <= parameter.difference || large <= small * parameter.factor) return [];
    return [
      {
        id: parameter.id,
        level: parameter.level,
        message: `${cell.label}：上年${then}，本年${now}，变化超过${parameter.factor}倍且超过${parameter.difference}，请核对`,
        messageEn: `${cell.labelEn}: ${then} last year, ${now} this year, a change of more than ${parameter.factor} times and ${parameter.difference}; please check`,
        cells: [
          { pointer: cell.pointer, label: cell.label, value: now },
          { pointer: cell.pointer, label: cell.label, value: then, of: "previous" },
        ],
      },
    ];
  });
}

export const keyword: Keyword = {
  name: "jump",
  type: "object",
  file: "jump.ts",
  check,
  value(form, { on }) {
    const rule = on === "comparison" ? form.rules.find((own) => own.keyword === "jump") : undefined;
    if (!rule) return undefined;
    const { id, level, factor, difference } = rule;
    return { id, level, factor, difference, edition: form.edition };
  },
  says: ({ factor, difference }) => ({
    zh: `与上年相差超过${factor}倍且超过${difference}的数字`,
    en: `a figure that changed more than ${factor} times and by more than ${difference}`,
  }),
  mends: () => ({
    zh: "核对是否多写、少写了位数，单位是否一致；确有变化的，说明原因",
    en: "look for a digit too many or too few and for another unit; explain a change that is real",
  }),
};
