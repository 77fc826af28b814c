/** Of which year a report is. */

import type { Finding } from "../../basics/finding.ts";
import { remark } from "../findings.ts";
import type { FoundTitle, Title } from "../outline/title.ts";
import type { Claim } from "./claims.ts";

export interface YearClaims {
  /** What the import was asked to take. */
  readonly given?: number | undefined;
  /** What a document of this system states. */
  readonly own?: number | undefined;
  readonly title?: FoundTitle | undefined;
  readonly elsewhere?: Claim<Title> | undefined;
  readonly period?: Claim<number> | undefined;
  readonly name?: Claim<number> | undefined;
}

const remarked = (level: Finding["level"], zh: string, en: string): Finding =>
  remark("I-YEAR", level, zh, en, "/year", "报告年度");

interface Found {
  readonly year?: number;
  readonly findings: readonly Finding[];
}

/** The year of the title, then of the period, then of what is around. */
function inFile({ own, title, elsewhere, period, name }: YearClaims): { year?: number; from?: Claim<unknown> } {
  if (own !== undefined) return { year: own };
  if (title) return { year: title.year };
  if (period && period.value !== elsewhere?.value.year) return { year: period.value, from: period };
  if (elsewhere) return { year: elsewhere.value.year, from: elsewhere };
  return name ? { year: name.value, from: name } : {};
}

/** @returns the year, if it can be determined, and findings on it */
export function yearOf(claims: YearClaims): Found {
  const { given, title, elsewhere } = claims;
  const { year: filed, from } = inFile(claims);
  const titled = title ?? (from === elsewhere ? elsewhere?.value : undefined);
  const two = claims.own === undefined ? titled?.otherYear : undefined;
  if (given === undefined && two !== undefined)
    return {
      findings: [
        remarked(
          "error",
          `标题里有两个年度（${two}年和${filed}年），不能断定是哪一年度`,
          `The title names two years, ${two} and ${filed}; which is the report's cannot be told`,
        ),
      ],
    };
  const year = given ?? filed;
  if (year === undefined) return { findings: [remarked("error", "没有找到报告年度", "The year was not found")] };
  if (filed !== undefined && filed !== year)
    return {
      year,
      findings: [
        remarked(
          "warning",
          `文件写的是${filed}年度，按指定取${year}年度`,
          `The file says ${filed}; ${year} was taken as told`,
        ),
      ],
    };
  if (given !== undefined) return { year, findings: [] };
  // A title of the file itself counts as the title.
  if (from && from !== elsewhere)
    return {
      year,
      findings: [
        remarked("warning", `标题里没有年度，按${from.zh}取${year}年度`, `The year was taken from ${from.en}`),
      ],
    };
  const other = title && elsewhere && elsewhere.value.year !== year ? elsewhere : undefined;
  const findings = other
    ? [
        remarked(
          "warning",
          `标题是${year}年度，${other.zh}是${other.value.year}年度，取${year}年度`,
          `The title says ${year}, ${other.en} says ${other.value.year}; ${year} was taken`,
        ),
      ]
    : [];
  return { year, findings };
}
