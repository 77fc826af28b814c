/** What a file says of its report somewhere else than in its title and its signature. */

import type { Message } from "../../basics/finding.ts";
import type { ImportOptions } from "../account.ts";
import type { SourceDocument } from "../document.ts";
import { quoted } from "../findings.ts";
import type { Line } from "../lines.ts";
import type { Outline } from "../outline/outline.ts";
import { bare, isOrgan } from "../outline/text.ts";
import { type Title, titleWithin } from "../outline/title.ts";

/** A fact and where it was found, for people. */
export interface Claim<T> extends Message {
  readonly value: T;
}

/** The year that a text gives its period, from its first day to its last. */
const PERIOD = /(?<!\d)((?:19|20)\d{2})年1月1日起?(?:至|到|[-—–―~])(?:同年|当年|本年|((?:19|20)\d{2})年)?12月31日/u;
/** No report says its period later than in its first paragraphs, and never in a longer one. */
const LONGEST = 5000;

/** The year of the period that is stated in a text of the report; none where two are. */
export function periodYear(lines: readonly Line[]): Claim<number> | undefined {
  const found = new Map<number, string>();
  for (const line of lines) {
    if (line.kind !== "text" || line.aside || line.text.length > LONGEST) continue;
    const [whole, year, until] = PERIOD.exec(bare(line.text)) ?? [];
    if (whole !== undefined && (until === undefined || until === year)) found.set(Number(year), whole);
  }
  const [first, second] = [...found];
  if (!first || second) return undefined;
  return { value: first[0], zh: `统计期限“${first[1]}”`, en: `the period that is stated, “${first[1]}”` };
}

/** A year beside no month, day or other year. */
const YEAR_IN_NAME = /(?<!\d)(20\d{2})(?!\d)(?!年?[-._]?(?:\d{1,2}(?:[-._月]|\d*日)|\d{4}))/gu;

/** The year that a file's name has, where it has one alone. */
export function nameYear(name: string | undefined): Claim<number> | undefined {
  const years = new Set([...(name ?? "").normalize("NFKC").matchAll(YEAR_IN_NAME)].map(([, year]) => Number(year)));
  const [only, other] = years;
  return only === undefined || other !== undefined
    ? undefined
    : { value: only, zh: `文件名“${quoted(name!)}”`, en: `the file's name, “${quoted(name!)}”` };
}

/** A title somewhere else than over the report. */
export function otherTitle(document: SourceDocument, { name }: ImportOptions): Claim<Title> | undefined {
  for (const [text, zh, en] of [
    [document.title, "网页或文件的标题属性", "the title that the file gives itself"],
    [document.meta?.title, "网页的文章标题", "the title of the page's article"],
    [name, "文件名", "the file's name"],
  ] as const) {
    const title = text === undefined ? undefined : titleWithin(text);
    if (title) return { value: title, zh: `${zh}“${quoted(text!)}”`, en: `${en}, “${quoted(text!)}”` };
  }
  return undefined;
}

/** The organ that the first line of the file names, or the site or file of itself. */
export function otherOrgan(
  { meta = {} }: SourceDocument,
  lines: readonly Line[],
  { from }: Outline,
): Claim<string> | undefined {
  const first = lines.slice(0, from + 1).find((line) => line.kind === "text" && !line.aside);
  if (first?.kind === "text" && isOrgan(first.text))
    return { value: first.text, zh: "文件的第一行", en: "the file's first line" };
  for (const value of [meta.source, meta.site])
    if (value !== undefined && isOrgan(value))
      return { value, zh: "网页或文件自己的信息", en: "what the page or the file says of itself" };
  return undefined;
}

const PUBLISHED =
  /(?:发布|发文|公开|公布|成文|生成)(?:日期|时间)[::]?(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})/u;

/** A day as ISO has it, if there is such a day. */
export function isoDay(year: string, month: string, day: string): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? date.toISOString().slice(0, 10)
    : undefined;
}

/** The day on which the page says that it was published. */
export function publicationDay({ meta }: SourceDocument, { outside }: Outline): Claim<string> | undefined {
  const [, ...parts] = /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/u.exec(meta?.published ?? "") ?? [];
  const day = parts.length > 0 ? isoDay(parts[0]!, parts[1]!, parts[2]!) : undefined;
  if (day !== undefined) return { value: day, zh: "网页的发布时间", en: "the page's own date of publication" };
  for (const line of outside) {
    if (line.kind !== "text" || line.text.length > 200) continue;
    const [whole, year, month, date] = PUBLISHED.exec(bare(line.text)) ?? [];
    const found = whole === undefined ? undefined : isoDay(year!, month!, date!);
    if (found !== undefined) return { value: found, zh: `页面上的“${whole}”`, en: `“${whole}” on the page` };
  }
  return undefined;
}
