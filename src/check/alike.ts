import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import { commonShare } from "../rules/lcs.ts";
import { lettersOf, proseOf } from "../rules/prose.ts";

/** Two organs of one year whose narratives agree. */
export interface AlikePair {
  /** Where they stand in the list. */
  readonly a: number;
  readonly b: number;
  /** From 0 to 1: 2·LCS ÷ (a + b), digits, punctuation and names apart. */
  readonly share: number;
}

/** B-ALIKE: how much of two narratives agrees (FORM.md: four fifths). */
export const ALIKE = 0.8;
/** A narrative with fewer letters is alike to any other that says nothing. */
const LEAST = 200;
const MOST = 20_000;

/** What of a report is compared with others', and whose it is; a tenth of the report. */
export interface Narrative {
  readonly uscc: string;
  readonly name: string;
  readonly year: number;
  /** Without the organ's names, digits and punctuation. */
  readonly text: string;
}

/** A report's narrative as it is compared. */
export function narrativeOf(report: Report): Narrative {
  const { uscc, name } = report.organ;
  return { uscc, name, year: report.year, text: comparable(report) };
}

function comparable(report: Report): string {
  const { name } = report.organ;
  // The division that the name begins with, and what is left of the name after it.
  const [division = ""] = /^.{2,20}?[省市区县旗盟州]/u.exec(name) ?? [];
  const names = [name, name.slice(division.length), division].filter((part) => part.length > 1);
  const texts = proseOf(report).flatMap(({ section, text }) => (section === "preamble" ? [] : text.slice(0, MOST)));
  return lettersOf(names.reduce((text, part) => text.replaceAll(part, ""), texts.join("\n"))).slice(0, MOST);
}

/** Characters of a shingle. */
const SHINGLE = 4;
const BANDS = 40;
const ROWS = 3;
const HASHES = BANDS * ROWS;

/** The finalizer of MurmurHash3: every bit of a number in every bit of another. */
function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** MinHash: of two texts, as many numbers are the same as their shingles have in common (Broder, 1997). */
function signature(text: string): Uint32Array {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  const seen = new Set<number>();
  for (let i = 0; i + SHINGLE <= text.length; i += 1) {
    let hash = 0x811c9dc5;
    for (let j = i; j < i + SHINGLE; j += 1) hash = Math.imul(hash ^ text.charCodeAt(j), 0x01000193);
    if (seen.has(hash)) continue;
    seen.add(hash);
    for (let k = 0; k < HASHES; k += 1) {
      const own = mixed(hash ^ Math.imul(k + 1, 0x9e3779b1));
      if (own < least[k]!) least[k] = own;
    }
  }
  return least;
}

/** How many of a signature's numbers two texts share at least whose longest common subsequence is four fifths. */
const FEWEST_SHARED = Math.round(HASHES * 0.2);
/** In a bucket with more, each is compared with those next to it alone: a text that a whole county took would give a square of pairs. */
const NEIGHBOURS = 8;

/** The pairs that may be alike: the same numbers in one band at least, and enough in all. */
function candidates(signatures: readonly (Uint32Array | undefined)[]): [number, number][] {
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  for (let band = 0; band < BANDS; band += 1) {
    const buckets = new Map<string, number[]>();
    for (const [i, own] of signatures.entries()) {
      if (!own) continue;
      const key = own.subarray(band * ROWS, (band + 1) * ROWS).join();
      const bucket = buckets.get(key);
      if (bucket) bucket.push(i);
      else buckets.set(key, [i]);
    }
    for (const bucket of buckets.values())
      for (const [at, b] of bucket.entries())
        for (const a of bucket.slice(Math.max(0, at - NEIGHBOURS), at)) {
          const key = a * signatures.length + b;
          if (seen.has(key)) continue;
          seen.add(key);
          const [one, other] = [signatures[a]!, signatures[b]!];
          let shared = 0;
          for (let k = 0; k < HASHES; k += 1) if (one[k] === other[k]) shared += 1;
          if (shared >= FEWEST_SHARED) pairs.push([a, b]);
        }
  }
  return pairs;
}

/**
 * The pairs of organs whose narratives agree to four fifths, names apart (`B-ALIKE`), most alike first. Only what MinHash
 * finds near is compared letter by letter, so that the work grows with the reports and not with their square; a text that
 * was changed in every fifth character all along may be passed over.
 * @param narratives of several organs; versions and years of one organ are not compared with each other
 */
export function alikePairs(narratives: readonly Narrative[]): AlikePair[] {
  const texts = narratives.map(({ text }) => text);
  const signatures = texts.map((text) => (text.length < LEAST ? undefined : signature(text)));
  return candidates(signatures)
    .flatMap(([a, b]): AlikePair[] => {
      const [one, other] = [narratives[a]!, narratives[b]!];
      if (one.uscc === other.uscc || one.year !== other.year) return [];
      // Of texts so different in length, no subsequence is four fifths.
      const [short, long] = [texts[a]!.length, texts[b]!.length].toSorted((x, y) => x - y);
      if ((2 * short!) / (short! + long!) < ALIKE) return [];
      const share = texts[a] === texts[b] ? 1 : commonShare(texts[a]!, texts[b]!);
      return share < ALIKE ? [] : [{ a, b, share }];
    })
    .toSorted((x, y) => y.share - x.share || x.a - y.a || x.b - y.b);
}

/** `B-ALIKE` on one report of a pair. @param share from 0 to 1 */
export const alikeFinding = (other: Narrative, share: number): Finding => ({
  id: "B-ALIKE",
  level: "warning",
  message: `正文与“${other.name}”的有${Math.round(share * 100)}%相同（不计名称、数字和标点），请核对是否抄自同一份材料`,
  messageEn: `${Math.round(share * 100)}% of the narrative is that of “${other.name}”, names, digits and punctuation apart`,
  cells: [{ pointer: "/overview/body", label: "总体情况" }],
});
