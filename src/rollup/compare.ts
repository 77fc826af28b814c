import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import { listed } from "../basics/finding.ts";
import { addDecimals, type Money, yuan } from "../form/amounts.ts";
import { cellsByPointer, getCell } from "../form/cells.ts";
import { formOf } from "../form/forms.ts";
import type { Sources } from "./rollup.ts";

const isMoney = (value: number | Money): value is Money => typeof value === "object";
const printed = (value: number | Money): string => (isMoney(value) ? `${value.amount}${value.unit}` : String(value));

/** By how much one figure is more than another, signed; undefined where they are the same. */
function apart(own: number | Money, sum: number | Money): string | undefined {
  const amount = (value: number | Money): string => (isMoney(value) ? yuan(value) : String(value));
  const by = isMoney(own) || isMoney(sum) ? addDecimals(amount(own), amount(sum), -1n) : String(own - sum);
  if (by === "0") return undefined;
  return `${by.startsWith("-") ? by : `+${by}`}${isMoney(own) ? "元" : ""}`;
}

/**
 * `R-SUM`: where a government's own report differs from the sum of its sources, cell by cell: a warning when all organs
 * are there, information while some are missing.
 */
export function sumFindings(own: Report, { cells, organs, edition }: Sources): readonly Finding[] {
  const form = formOf(edition);
  if (!form || own.edition !== edition) return [];
  const level = organs.missing === 0 ? "warning" : "information";
  const of = [
    `${organs.expected}个机关中的${organs.reported}个`,
    `${organs.reported} of ${organs.expected} organs`,
  ] as const;
  return listed(
    Object.entries(cells).flatMap(([pointer, { value, from }]): Finding[] => {
      const cell = cellsByPointer(form).get(pointer);
      const there = getCell(own, pointer) as number | Money | undefined;
      // What followed from last year's report is no sum.
      if (!cell?.adds || there === undefined) return [];
      const by = apart(there, value);
      if (by === undefined) return [];
      const kept = printed(there);
      return [
        {
          id: "R-SUM",
          level,
          message: `${cell.label}：本级报告为${kept}，所属机关之和为${printed(value)}（${of[0]}，其中不为0的${from.length}个），相差${by}`,
          messageEn: `${cell.labelEn}: the report has ${kept}, the organs' sum is ${printed(value)} (${of[1]}), a difference of ${by}`,
          cells: [{ pointer, label: cell.label, value: isMoney(there) ? kept : there }],
        },
      ];
    }),
  );
}
