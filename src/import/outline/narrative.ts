/** The paragraphs and headings of a section. Every character of the source stays, but for numbers that nianbao prints itself. */
import { check as unnumbered } from "../../rules/unnumbered.ts";
import type { TextLine } from "../lines.ts";
import { numeral, tidy } from "./text.ts";

export type Item =
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "heading"; readonly level: 2 | 3 | 4; readonly text: string };

export interface Narrative {
  readonly items: readonly Item[];
  /** Headings whose number is not the one that would be printed; they are paragraphs, with their numbers. */
  readonly misnumbered: readonly string[];
  /** Headings that had no number and are printed with one. */
  readonly numbered: readonly string[];
  /** Lines that were parted into a heading and a paragraph. */
  readonly parted: readonly string[];
}

interface Numbered {
  readonly level: 2 | 3 | 4;
  readonly number: number;
  readonly rest: string;
}

const NUMBERS: readonly (readonly [2 | 3 | 4, RegExp])[] = [
  [2, /^[（(]\s*([一二三四五六七八九十]{1,3})\s*[）)]\s*/u],
  [3, /^([0-9０-９]{1,2})\s*[.．、](?![0-9０-９])\s*/u],
  [4, /^[（(]\s*([0-9０-９]{1,2})\s*[）)]\s*/u],
];

function numberOf(text: string): Numbered | undefined {
  for (const [level, pattern] of NUMBERS) {
    const match = pattern.exec(text);
    const number = match ? numeral(match[1]!) : undefined;
    if (match && number !== undefined) return { level, number, rest: text.slice(match[0].length) };
  }
  return undefined;
}

const MOST_IN_HEADING = 40;
const MOST_IN_SCHEMA = 200;
/** A name at the beginning of a paragraph, as a heading in it; or two short ones with a comma. */
const RUN_IN =
  /^((?:[^，。；：！？,;:!?\d０-９]{2,20}|[^，。；：！？、,;:!?\d０-９]{4,8}，[^，。；：！？、,;:!?\d０-９]{4,8})。)(.+)$/u;
/** A heading that ends as a sentence does. */
const STOPPED = /^[^，。；：！？,;:!?\d０-９]{2,20}。$/u;

/** Whether a text may be a heading at all. */
const fits = (text: string): boolean =>
  text !== "" && [...text].length <= MOST_IN_SCHEMA && unnumbered(text).length === 0;

const looksLikeHeading = (text: string): boolean =>
  fits(text) && [...text].length <= MOST_IN_HEADING && !/[。；！？;!?]|[，：,:]$/u.test(text);

/** Whether a numbered line that ends in a full stop stands over something: not the last, and not one of a list. */
function standsOver(lines: readonly TextLine[], at: number, level: number): boolean {
  const next = lines.slice(at + 1).find(({ text }) => tidy(text) !== "");
  const number = next && numberOf(tidy(next.text));
  return next !== undefined && (number === undefined || number.level > level);
}

/** The level that a heading without a number has, by the file's own levels: the highest in the section is 2. */
function levelIn(lines: readonly TextLine[]): (level: number) => 2 | 3 | 4 {
  const levels = [...new Set(lines.flatMap(({ level }) => level ?? []))].sort((a, b) => a - b);
  return (level) => Math.min(2 + levels.indexOf(level), 4) as 2 | 3 | 4;
}

/** Reads the lines of one section. */
export function narrativeOf(lines: readonly TextLine[]): Narrative {
  const items: Item[] = [];
  const [misnumbered, numbered, parted]: [string[], string[], string[]] = [[], [], []];
  const counters = [0, 0, 0];
  /** The last number of each level that the file has, printed or not. */
  const filed = [0, 0, 0];
  const ownLevel = levelIn(lines);
  /** The number that a heading of a level would be printed with; it counts if the heading is taken. */
  const next = (level: number): number => counters[level - 2]! + 1;
  /** The level of the last heading that was taken; the section's own is 1. */
  let open = 1;
  const take = (level: 2 | 3 | 4, text: string): void => {
    open = level;
    counters[level - 2]! += 1;
    counters.fill(0, level - 1);
    items.push({ type: "heading", level, text });
  };
  for (const [at, line] of lines.entries()) {
    const text = tidy(line.text);
    if (text === "") continue;
    const found = numberOf(text);
    if (!found) {
      if (line.level !== undefined && fits(text) && !/。$/u.test(text)) {
        take(Math.min(ownLevel(line.level), open + 1) as 2 | 3 | 4, text);
        numbered.push(text);
      } else items.push({ type: "paragraph", text });
      continue;
    }
    const { level, number, rest } = found;
    const follows = number === filed[level - 2]! + 1;
    filed[level - 2] = number;
    filed.fill(0, level - 1);
    const runIn = RUN_IN.exec(rest);
    const stopped = STOPPED.test(rest) && fits(rest) && standsOver(lines, at, level);
    const heading = stopped || looksLikeHeading(rest) || (line.level !== undefined && fits(rest) && !/。$/u.test(rest));
    // One that skips a level is no heading of a report: it stays a paragraph, which is printed the same.
    if (level > open + 1 || (!heading && !(runIn && fits(runIn[1]!)))) items.push({ type: "paragraph", text });
    else if (number !== next(level)) {
      items.push({ type: "paragraph", text });
      // Where one before it is a paragraph, its number follows on that.
      if (!follows) misnumbered.push(text);
    } else if (heading) take(level, rest);
    else {
      take(level, runIn![1]!);
      items.push({ type: "paragraph", text: runIn![2]!.trimStart() });
      parted.push(text);
    }
  }
  return { items, misnumbered, numbered, parted };
}

/** The lines of a section of a document of this system: headings are those that are marked, numbers are those it printed. */
export function ownNarrativeOf(lines: readonly TextLine[]): Narrative {
  const items = lines.map(({ text, level }): Item => {
    if (level === undefined) return { type: "paragraph", text };
    const at = (level - 1) as 2 | 3 | 4;
    const [, pattern] = NUMBERS.find(([of]) => of === at) ?? [];
    const number = pattern && /^(?:（[一-龥]+）|\d+\.|（\d+）)/u.exec(text)?.[0];
    return { type: "heading", level: at, text: text.slice(number?.length ?? 0) };
  });
  return { items, misnumbered: [], numbered: [], parted: [] };
}
