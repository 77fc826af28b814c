/** What is searched for in texts, and where in a text it stands. */
import { fold, pairsOf, type ReportText, reportTexts } from "../../src/texts/fold.ts";

/** The words of a query as they are compared, those of one character left out. */
export const wordsOf = (query: string): string[] =>
  query
    .split(/\s+/)
    .map(fold)
    .filter((word) => [...word].length >= 2);

/** So many pairs are asked for: what is longer is told by the text itself. */
const MOST_PAIRS = 6;

/**
 * Some pairs of the words, spread over them. Neighbours share a character and tell less: every second comes first, of
 * each word in turn.
 */
export function pairsFor(words: readonly string[]): string[] {
  const spread = words.map((word) => {
    const pairs = [...pairsOf(word)];
    return [...pairs.filter((_, i) => i % 2 === 0), ...pairs.filter((_, i) => i % 2 === 1)];
  });
  const longest = Math.max(0, ...spread.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, i) => spread.flatMap((pairs) => pairs[i] ?? [])).flat();
  return [...new Set(inTurn)].slice(0, MOST_PAIRS);
}

/** A piece of a text, and whether it is what was searched for. */
export type Piece = readonly [text: string, found: boolean];

/** Characters that are shown before and after what was found. */
const AROUND = 28;

/** Where each character of the folded text is from in the text. */
function folding(text: string): { readonly folded: string; readonly from: readonly number[] } {
  let folded = "";
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const own = fold(character);
    folded += own;
    for (let i = 0; i < own.length; i += 1) from.push(at);
    at += character.length;
  }
  return { folded, from };
}

/** A word in a text with what stands around it; undefined where it is not. */
function snippet(text: string, word: string): Piece[] | undefined {
  const { folded, from } = folding(text);
  const at = folded.indexOf(word);
  if (at < 0) return undefined;
  const start = from[at]!;
  const last = from[at + word.length - 1]!;
  const end = last + ([...text.slice(last)][0]?.length ?? 1);
  const [before, after] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
  return [
    [`${before > 0 ? "…" : ""}${text.slice(before, start)}`, false],
    [text.slice(start, end), true],
    [`${text.slice(end, after)}${after < text.length ? "…" : ""}`, false],
  ];
}

/** What a report says of every word: a piece of text for each; undefined where it lacks one of them. */
export function foundIn(report: unknown, words: readonly string[]): { section: string; pieces: Piece[] }[] | undefined {
  const texts: readonly ReportText[] = reportTexts(report);
  const found = words.map((word) => {
    for (const { section, text } of texts) {
      const pieces = snippet(text, word);
      if (pieces) return { section, pieces };
    }
    return undefined;
  });
  return found.every((each) => each !== undefined) ? found : undefined;
}
