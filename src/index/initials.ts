import { pinyin, polyphonic } from "pinyin-pro";

/** How a name is typed by first letters. */
export interface Readings {
  /** First letters in pinyin, e.g. `lcsscjdglj`; letters and digits as they are. */
  readonly initials: string;
  /** First letters of other readings of single characters by their place among the initials, e.g. `0z3c`; often empty. */
  readonly others: string;
}

const OPTIONS = { pattern: "first", toneType: "none", type: "array" } as const;
const letter = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The first letters of a name as people say it, and of what its characters may be read as elsewhere. */
export function readings(name: string): Readings {
  let [initials, others] = ["", ""];
  // A division ends a word: 重庆市长寿区 has no 市长 in it.
  for (const part of name.split(/(?<=[省市区县])/)) {
    const syllables = pinyin(part, { ...OPTIONS, nonZh: "spaced" });
    const all = polyphonic(part, OPTIONS);
    for (const [i, first] of syllables.map(letter).entries()) {
      if (first === "") continue;
      const rest = new Set(
        (all.length === syllables.length ? all[i]! : []).map(letter).filter((other) => other !== first),
      );
      if (rest.size > 0) others += `${initials.length}${[...rest].sort().join("")}`;
      initials += first;
    }
  }
  return { initials, others };
}

/** First letters of a name in pinyin, as people type them to find it. */
export const initials = (name: string): string => readings(name).initials;

const known = new Map<string, string>();

/** How a character may be read: `chang zhang`, without tones, ü as v; empty of what is no Chinese character. */
function syllablesOf(character: string): string {
  const there = known.get(character);
  if (there !== undefined) return there;
  const [all = []] = /\p{Script=Han}/u.test(character)
    ? polyphonic(character, { toneType: "none", type: "array", v: true })
    : [];
  const read = [...new Set(all)].filter((syllable) => /^[a-z]+$/.test(syllable)).join(" ");
  known.set(character, read);
  return read;
}

/** How the characters of some names are read, by character. */
export function syllables(names: readonly string[]): Readonly<Record<string, string>> {
  const characters = [...new Set(names.flatMap((name) => [...name]))].sort();
  return Object.fromEntries(characters.map((c) => [c, syllablesOf(c)] as const).filter(([, read]) => read !== ""));
}
