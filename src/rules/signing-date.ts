import type { Finding } from "../basics/finding.ts";
import { idOf, type Keyword } from "./keyword.ts";

/** The parameter of `x-signingDate`: deadlines in the year after the report's, MM-DD. */
export interface SigningDateParameter {
  readonly id: string;
  readonly deadline: string;
  readonly regionalDeadline: string;
}

/** A people's government of county level and above publishes a regional summary, which is due later (条例 第四十九条). A 苏木 is a township. */
export const isRegional = (organ: unknown): boolean =>
  typeof organ === "string" && /人民政府$/.test(organ) && !/(?:[乡镇]|苏木)人民政府$/.test(organ);

/** The 成文日期 lies after the year reported on and before the deadline; stands on the report. */
export function check(
  report: { readonly year?: unknown; readonly signed?: unknown; readonly organ?: unknown },
  parameter: SigningDateParameter,
): Finding[] {
  const { year, signed } = report;
  if (!Number.isSafeInteger(year) || typeof signed !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(signed)) return [];
  const name = typeof report.organ === "object" && report.organ ? (report.organ as { name?: unknown }).name : undefined;
  const end = `${year}-12-31`;
  const deadline = `${(year as number) + 1}-${isRegional(name) ? parameter.regionalDeadline : parameter.deadline}`;
  const cells = [
    { pointer: "/signed", label: "成文日期", value: signed },
    { pointer: "/year", label: "报告年度", value: year as number },
  ];
  // ISO dates of four-digit years compare as text.
  if (signed < end) {
    return [
      {
        id: parameter.id,
        level: "error",
        message: `成文日期${signed}早于报告年度${year}年的年末（${end}）`,
        messageEn: `Signing date ${signed} is before the end of report year ${year} (${end})`,
        cells,
      },
    ];
  }
  if (signed > deadline) {
    return [
      {
        id: parameter.id,
        level: "warning",
        message: `成文日期${signed}晚于公布期限${deadline}，请说明原因`,
        messageEn: `Signing date ${signed} is after the deadline ${deadline}; please explain`,
        cells,
      },
    ];
  }
  return [];
}

export const keyword: Keyword = {
  name: "signingDate",
  type: "object",
  file: "signing-date.ts",
  check,
  value(form, { on }) {
    const rule = on === "report" ? idOf(form, "signingDate") : undefined;
    return rule && { ...rule, deadline: form.deadline, regionalDeadline: form.regionalDeadline };
  },
  says: () => ({
    zh: "成文日期在年度结束之前（错误）或期限之后（警告）",
    en: "成文日期 before the year's end (E), after the deadline (W)",
  }),
  mends: () => ({ zh: "核对成文日期；逾期的，说明原因", en: "check the date of signing; explain a late one" }),
};
