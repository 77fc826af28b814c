/** Whether a label of a file names one of the form's: the one matcher, for files and for what is pasted. */
import { distance } from "fastest-levenshtein";

/** A text without marks: letters, digits and spaces alone. */
export const withoutMarks = (text: string): string => text.replace(/[\p{P}\p{S}]/gu, "");

/** A label without its number, marks and spaces. */
export const labelKey = (text: string): string =>
  withoutMarks(
    text
      .normalize("NFKC")
      .replace(/\s/gu, "")
      .replace(/^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[.、])/u, ""),
  );

/** Other words for what the form calls a sum. */
const SUMS = new Set(["合计", "总数", "小计", "共计", "总和"]);

/** A label as it is compared: without number, marks and spaces, 其它 as 其他. */
export function keyOf(text: string): string {
  const key = labelKey(text).replaceAll("其它", "其他");
  return SUMS.has(key) ? "总计" : key;
}

/** The most characters of a note beside a label; where any line may be a paragraph, of one on a line of its own. */
const MOST_IN_NOTE = 60;
export const NOTE_AMONG_LINES = 40;

const NOTE = /^[（(〔[【].+[)）〕\]】]$/u;
const NOTE_AT_END = new RegExp(`\\s*[（(〔[【][^（）()〔〕[\\]【】]{1,${MOST_IN_NOTE}}[）)〕\\]】]\\s*$`, "u");

/** Whether a text is a note on a label: all of it in brackets, `most` characters within them at the most. */
export const isNote = (text: string, most = MOST_IN_NOTE): boolean => NOTE.test(text) && [...text].length <= most + 2;

/** A label without the note in brackets behind it: 规章（市政府令）. */
export const withoutNote = (text: string): string => text.replace(NOTE_AT_END, "");

/** Whether all characters of one text come in another in the same order. */
function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at === short.length;
}

/** How much of two keys is the same, from 0 to 1. */
export const similarity = (a: string, b: string): number => 1 - distance(a, b) / Math.max(a.length, b.length, 1);

/** The share of characters that two keys have in common, in whatever order, from 0 to 1. */
export function shared(a: string, b: string): number {
  const rest = [...b];
  const common = [...a].filter((character) => {
    const at = rest.indexOf(character);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / (a.length + b.length || 1);
}

/** What a key was found to be like: for each label, the keys that were compared with it. */
const known = new Map<string, Map<string, number>>();
/** How many comparisons are kept. */
const MOST_KNOWN = 20_000;
let comparisons = 0;

function compare(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // A note that follows a label, or a label cut short.
  if (short.length >= 4 && long.startsWith(short)) return 0.95;
  const like = similarity(short, long);
  if (like >= 0.75) return like;
  // Words left out of a label, at its beginning or within it.
  const ends = short.at(-1) === long.at(-1) && (short[0] === long[0] || (short.length >= 5 && long.endsWith(short)));
  return ends && short.length >= 4 && short.length * 2 >= long.length && isSubsequence(short, long) ? 0.75 : 0;
}

/** How well a key names another, from 0 (not at all) to 1 (exactly). */
export function likeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  if (a === b) return 1;
  if (Math.min(a.length, b.length) * 2 < Math.max(a.length, b.length) && !a.startsWith(b) && !b.startsWith(a)) return 0;
  const before = known.get(b)?.get(a);
  if (before !== undefined) return before;
  const like = compare(a, b);
  comparisons += 1;
  if (comparisons > MOST_KNOWN) {
    known.clear();
    comparisons = 1;
  }
  const others = known.get(b) ?? new Map<string, number>();
  known.set(b, others.set(a, like));
  return like;
}

/** The one of several that a key names best; none if two are named as well and neither exactly. */
export function bestOf<T>(
  key: string,
  wanted: readonly T[],
  keyIn: (of: T) => string,
): { of: T; like: number } | undefined {
  let best: { of: T; like: number } | undefined;
  let tied = false;
  for (const of of wanted) {
    const like = likeness(key, keyIn(of));
    if (like === 0) continue;
    if (!best || like > best.like) [best, tied] = [{ of, like }, false];
    else if (like === best.like) tied = true;
  }
  return tied && best!.like < 1 ? undefined : best;
}
