import type { Finding } from "../basics/finding.ts";
import { forms } from "../form/forms.ts";
import { idOf, type Keyword } from "./keyword.ts";

interface EditionYears {
  readonly edition: string;
  readonly source: string;
  readonly firstYear: number;
  readonly lastYear: number | null;
}

/** The parameter of `x-editionYear`: which edition this is, and the years of all. */
export interface EditionYearParameter {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly edition: string;
  readonly editions: readonly EditionYears[];
}

/** The edition and the report year belong together; stands on the report. */
export function check(
  report: { readonly year?: unknown; readonly edition?: unknown },
  parameter: EditionYearParameter,
): Finding[] {
  const { year } = report;
  if (!Number.isSafeInteger(year)) return [];
  const right = parameter.editions.findLast(
    (e) => (year as number) >= e.firstYear && (e.lastYear === null || (year as number) <= e.lastYear),
  );
  if (right?.edition === parameter.edition) return [];
  const advice = right
    ? { zh: `应使用${right.edition}年版（${right.source}）`, en: `the right one is ${right.edition} (${right.source})` }
    : { zh: "没有适用的格式版本", en: "no edition is for that year" };
  return [
    {
      id: parameter.id,
      level: parameter.level,
      message: `报告年度${year}与格式版本${parameter.edition}不符：${advice.zh}`,
      messageEn: `Report year ${year} does not go with edition ${parameter.edition}: ${advice.en}`,
      cells: [
        { pointer: "/edition", label: "格式版本", value: parameter.edition },
        { pointer: "/year", label: "报告年度", value: year as number },
      ],
    },
  ];
}

export const keyword: Keyword = {
  name: "editionYear",
  type: "object",
  file: "edition-year.ts",
  check,
  value(form, { on }) {
    const rule = on === "report" ? idOf(form, "editionYear") : undefined;
    const editions = forms.map(({ edition, source, firstYear, lastYear }) => ({
      edition,
      source,
      firstYear,
      lastYear,
    }));
    return rule && { ...rule, edition: form.edition, editions };
  },
  says: () => ({ zh: "格式版本与报告年度不符", en: "edition and report year do not match" }),
  mends: () => ({
    zh: "按这个年度应当使用的格式重新填报",
    en: "file the report anew on the edition that is for its year",
  }),
};
