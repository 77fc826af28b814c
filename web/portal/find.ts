import type { SearchShard } from "../../src/index/shapes.ts";

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

/** How well a word fits an organ, 0 best; undefined when it does not. */
function rank(word: string, organ: Organ): number | undefined {
  const [uscc, own, initials, , , others] = organ;
  const name = own.toLowerCase();
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (/^[0-9a-z]+$/.test(word)) {
    const code = uscc.toLowerCase();
    if (code.startsWith(word)) return 1;
    if (initials.startsWith(word)) return 2;
    if (word.length >= 4 && code.includes(word)) return 4;
    if (word.length >= 2 && initials.includes(word)) return 5;
    if (word.length >= 2 && others !== undefined) {
      const at = indexRead(word, organ);
      if (at >= 0) return at === 0 ? 3 : 6;
    }
  }
  if (name.includes(word)) return 3;
  return word.length >= 2 && abbreviates(word, name) ? 7 : undefined;
}

/** What a search found: the best first, then by length of the name and by code. */
export interface Found {
  readonly organs: readonly Organ[];
  readonly count: number;
}

/**
 * Finds organs by every word of a query (name, part of it, abbreviation, code, initials). An empty query finds what the
 * filter leaves.
 */
export function find(organs: readonly Organ[], query: string, { division, year }: Filter, limit: number): Found {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const found: { readonly organ: Organ; readonly score: number }[] = [];
  for (const organ of organs) {
    if (division !== "" && organ[0].slice(2, 8) !== division) continue;
    if (year !== "" && (Number(year) < organ[3] || Number(year) > organ[4])) continue;
    let score = 0;
    for (const word of words) {
      const one = rank(word, organ);
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
