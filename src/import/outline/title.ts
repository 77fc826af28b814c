/** The title of a report: of which organ, of which year. */

import type { Line } from "../lines.ts";
import { simplified } from "../simplified.ts";
import { bare, chineseDigits, isOrgan } from "./text.ts";

export interface Title {
  readonly year: number;
  /** Another year that it names beside; which is the report's cannot be decided. */
  readonly otherYear?: number;
  /** As the file has it; absent when the title names none. */
  readonly organ?: string;
}

export interface FoundTitle extends Title {
  /** The lines that it is: its first, and the one after its last. */
  readonly from: number;
  readonly to: number;
}

const KIND = "(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度|年)?报告";
const YEAR = "(?<year>(?:19|20)\\d{2})(?:年度?)?";
const FORMS = [
  new RegExp(`^(?<organ>.*?)(?:关于)?${YEAR}${KIND}(?:\\(.{1,8}\\))?$`, "u"),
  new RegExp(`^(?:关于)?${YEAR}(?<organ>.{2,50}?)${KIND}(?:\\(.{1,8}\\))?$`, "u"),
  new RegExp(`^(?<organ>.*?)(?:关于)?${KIND}[(\\[]?${YEAR}[)\\]]?$`, "u"),
];
/** Marks that a title has none of: a path to a page, a sentence. */
const NO_TITLE = /[>»›|/\\:。;!?]/u;
const MOST = 90;
/** No title is longer, whatever white space is in it. */
const LONGEST = 400;

/** Years in Chinese digits as Arabic ones, and nothing else. */
const withYear = (text: string): string => text.replace(/二[〇零○◯O0][\p{Script=Han}○◯O0]{2}(?=年)/gu, chineseDigits);

const TWO_YEARS = /((?:19|20)\d{2})年?[-—–―~至和、]+(?=(?:19|20)\d{2}年)/u;

/** Reads a line as a title. */
export function titleOf(text: string): Title | undefined {
  if (text.length > LONGEST) return undefined;
  const own = bare(text);
  const whole = withYear(simplified(own)).replace(/^《(.*)》$/u, "$1");
  const other = TWO_YEARS.exec(whole)?.[1];
  const line = whole.replace(TWO_YEARS, "");
  if (line.length > MOST || NO_TITLE.test(line)) return undefined;
  for (const form of FORMS) {
    const groups = form.exec(line)?.groups;
    if (!groups) continue;
    const name = groups["organ"]?.replace(/^关于|的$/gu, "") ?? "";
    // The organ as the file writes it: brackets and characters as they are.
    const at = simplified(own).indexOf(name);
    const written = text.replace(/\s/gu, "");
    const kept = written.normalize("NFKC") === own && written.length === own.length ? written : own;
    const organ = at >= 0 ? kept.slice(at, at + name.length) : name;
    return {
      year: Number(groups["year"]),
      ...(other === undefined ? {} : { otherYear: Number(other) }),
      ...(name.length >= 2 ? { organ } : {}),
    };
  }
  return undefined;
}

/** The titles in the lines of a document before one, first to last; a title may be on up to three lines. */
export function titlesIn(lines: readonly Line[], end: number): FoundTitle[] {
  const found: FoundTitle[] = [];
  for (let from = 0; from < end; from += 1) {
    let joined = "";
    for (let to = from + 1; to <= Math.min(from + 3, end); to += 1) {
      const line = lines[to - 1]!;
      if (line.kind !== "text" || line.aside || line.text.length > MOST) break;
      // The organ on a line of its own: kept apart, and never what comes before it.
      if (to > from + 1 && titleOf(line.text)) break;
      joined += line.text;
      const title = titleOf(joined);
      if (!title) continue;
      const before = lines[from - 1];
      const above =
        title.organ === undefined && before?.kind === "text" && !before.aside && isOrgan(before.text)
          ? before.text.replace(/\s/gu, "")
          : undefined;
      found.push({ ...title, ...(above ? { organ: above } : {}), from: above ? from - 1 : from, to });
      from = to - 1;
      break;
    }
  }
  return found;
}

/** A title inside what a file calls itself: `X局2020年政府信息公开工作年度报告 - 某市政府门户网站`. */
export function titleWithin(text: string): Title | undefined {
  const whole = text.slice(0, 2 * LONGEST).replace(/\.(?:html?|docx?|xlsx?|csv|tsv|txt|pdf|json|wps|et)$/iu, "");
  const parts = [whole, ...whole.split(/[-_|—–－]/u).map((part) => part.trim())];
  return parts.map(titleOf).find((title) => title !== undefined);
}
