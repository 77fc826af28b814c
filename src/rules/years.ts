import { shortened, visible } from "../basics/visible.ts";
import { getCell } from "../form/cells.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { anyOf, type Prose, proseOf, tidy } from "./prose.ts";

/** 统计期限为2023年1月1日至12月31日, 自2023年1月1日起至2023年12月31日止 */
const PERIOD =
  /(?:期限|期间|起止|时间|范围|自|从|为|是)[^。;0-9]{0,12}(\d{4})年1月1日[起始]?(?:至|到|-|—|~)(?:(\d{4})年)?12月31日/gu;
/** 编制2023年政府信息公开工作年度报告; the report on an earlier year that was published within this one is in the narrative. */
const OWN_REPORT = /(?:编制|撰写|形成|制作|公布|发布)[^。;《》0-9]{0,30}(\d{4})年度?政府信息公开(?:工作)?年度报告/gu;
/** 2023年，我局共收到…: how a sentence on a year's work begins. */
const WORK = /^(?:在)?(\d{4})年度?,?(?:我|本|全|共)/u;

/** The years of the report's own period or work that a text states. */
function yearsIn({ text, section, heading }: Prose, otherwise: RegExp): [year: number, quoted: string][] {
  const found: [number, string][] = [];
  const line = tidy(text);
  for (const match of line.matchAll(PERIOD)) {
    // One year for both ends, unless the end has its own.
    const ends = [match[1]!, match[2] ?? match[1]!].map(Number);
    if (ends[0] === ends[1]) found.push([ends[0]!, match[0]]);
  }
  if (section === "preamble") for (const match of line.matchAll(OWN_REPORT)) found.push([Number(match[1]), match[0]]);
  const [first = ""] = line.split(/[。;!?]/, 1);
  const [, year] = (!heading && WORK.exec(first)) || [];
  if (year && !otherwise.test(first.slice(5))) found.push([Number(year), first]);
  return found;
}

/** The period and the organ's own work are those of the report's year, not of one beside it; stands on the report. */
export const check = each((report: unknown, rule) => {
  const own = getCell(report, "/year");
  if (!Number.isSafeInteger(own)) return [];
  const wrong = (year: number): boolean => Math.abs(year - (own as number)) === 1;
  const sections = new Set(["preamble", ...(rule.sections ?? [])]);
  return proseOf(report).flatMap((prose) => {
    const found = sections.has(prose.section) ? yearsIn(prose, anyOf(rule.otherwise!)) : [];
    const [year, quoted] = found.find(([stated]) => wrong(stated)) ?? [];
    if (year === undefined || quoted === undefined) return [];
    const shown = visible(shortened(quoted, 40));
    return [
      finding(
        rule,
        `“${shown}”写的是${year}年，报告年度是${own}年`,
        `“${shown}” is about ${year}, and the report year is ${own}`,
        [
          { pointer: prose.pointer, label: "文字", value: year },
          { pointer: "/year", label: "报告年度", value: own as number },
        ],
      ),
    ];
  });
});

export const keyword: Keyword = {
  name: "years",
  type: "object",
  file: "years.ts",
  check,
  value: /* @__PURE__ */ standing("report", "years"),
  says: () => ({
    zh: "统计期限或本机关的工作写成了上一年或下一年（比较、计划、上年结转不算）",
    en: "the period or the organ's own work is stated for the year before or after (not in comparisons, plans, 上年结转)",
  }),
  mends: () => ({
    zh: "把年份改成报告年度；确是其他年度的工作，写明与本年的关系，或者删去",
    en: "correct the year; say how another year's work belongs to the report, or delete it",
  }),
};
