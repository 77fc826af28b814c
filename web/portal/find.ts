import type { SearchShard } from "../../src/index/shapes.ts";
import { indexOfReading, type Readings, typed } from "./pinyin.ts";

/** An organ as the search has it. */
export type Organ = SearchShard["organs"][number];

/** What narrows a search. */
export interface Filter {
  /** Six digits, or empty. */
  readonly division: string;
  /** Or empty. */
  readonly year: string;
}

/** How a query is compared: full-width as half-width, without case. */
export const folded = (query: string): string => query.normalize("NFKC").toLowerCase().trim();

/** Whether the characters of an abbreviation stand in the name in their order: 聊城市监局 for 聊城市市场监督管理局. */
function abbreviates(word: string, name: string): boolean {
  let at = -1;
  for (const character of word) {
    at = name.indexOf(character, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** The other readings of an organ's characters, by their place among its initials; parsed once. */
const parsed = new WeakMap<Organ, ReadonlyMap<number, string>>();
function otherReadings(organ: Organ): ReadonlyMap<number, string> {
  const known = parsed.get(organ);
  if (known) return known;
  const readings = new Map([...organ[5]!.matchAll(/(\d+)([a-z]+)/g)].map(([, at, letters]) => [Number(at), letters!]));
  parsed.set(organ, readings);
  return readings;
}

/** Where initials fit those of a name when its characters are read otherwise; -1 where they do not. */
function indexRead(word: string, organ: Organ): number {
  const [, , initials] = organ;
  const others = otherReadings(organ);
  for (let start = 0; start + word.length <= initials.length; start += 1) {
    let i = 0;
    while (i < word.length && (initials[start + i] === word[i] || others.get(start + i)?.includes(word[i]!))) i += 1;
    if (i === word.length) return start;
  }
  return -1;
}

/** Names that an organ had in earlier years. */
export const formerNames = ([, , , , , , ...former]: Organ): readonly string[] => former;

/** How much worse an organ fits that had the name once. */
const FORMER = 3;

/** How well a word fits a name itself, 0 best. */
function rankOfName(word: string, name: string): number | undefined {
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (name.includes(word)) return 3;
  return word.length >= 2 && abbreviates(word, name) ? 7 : undefined;
}

/** How well a word fits a name as it is read in full. */
function rankOfReading(word: string, name: string, readings: Readings): number | undefined {
  if (!/^[a-zü'’-]{3,}$/.test(word)) return undefined;
  const at = indexOfReading(typed(word), name, readings);
  return at < 0 ? undefined : at === 0 ? 2 : 4;
}

const best = (...ranks: readonly (number | undefined)[]): number | undefined => {
  const known = ranks.filter((each) => each !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** How well a word fits an organ, 0 best; undefined when it does not. */
function rank(word: string, organ: Organ, readings: Readings): number | undefined {
  const name = organ[1].toLowerCase();
  const own = best(rankOfCode(word, organ), rankOfName(word, name), rankOfReading(word, name, readings));
  if (own !== undefined && own < 7) return own;
  const former = formerNames(organ).flatMap(
    (each) => best(rankOfName(word, each.toLowerCase()), rankOfReading(word, each, readings)) ?? [],
  );
  return best(own, ...former.map((each) => each + FORMER));
}

/** How well a word fits an organ's code or initials. */
function rankOfCode(word: string, organ: Organ): number | undefined {
  const [uscc, , initials, , , others = ""] = organ;
  if (!/^[0-9a-z]+$/.test(word)) return undefined;
  const code = uscc.toLowerCase();
  if (code.startsWith(word)) return 1;
  if (initials.startsWith(word)) return 2;
  if (word.length >= 4 && code.includes(word)) return 4;
  if (word.length < 2) return undefined;
  if (initials.includes(word)) return 5;
  const at = others === "" ? -1 : indexRead(word, organ);
  return at < 0 ? undefined : at === 0 ? 3 : 6;
}

/** What a search found: the best first, then by length of the name and by code. */
export interface Found {
  readonly organs: readonly Organ[];
  readonly count: number;
}

/**
 * Finds organs by every word of a query (name, part of it, abbreviation, former name, code, initials, full pinyin). An empty query finds what the
 * filter leaves.
 */
export function find(
  organs: readonly Organ[],
  query: string,
  { division, year }: Filter,
  limit: number,
  readings: Readings = new Map(),
): Found {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const found: { readonly organ: Organ; readonly score: number }[] = [];
  for (const organ of organs) {
    if (division !== "" && organ[0].slice(2, 8) !== division) continue;
    if (year !== "" && (Number(year) < organ[3] || Number(year) > organ[4])) continue;
    let score = 0;
    for (const word of words) {
      const one = rank(word, organ, readings);
      if (one === undefined) {
        score = -1;
        break;
      }
      score += one;
    }
    if (score >= 0) found.push({ organ, score });
  }
  found.sort(
    (a, b) => a.score - b.score || a.organ[1].length - b.organ[1].length || (a.organ[0] < b.organ[0] ? -1 : 1),
  );
  return { organs: found.slice(0, limit).map(({ organ }) => organ), count: found.length };
}
