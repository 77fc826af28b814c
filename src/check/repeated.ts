/** Which words of a text are another's, letter by letter as `Y-REPEAT` counts them. */
import { diffArrays } from "diff";
import { lettersOf } from "../rules/prose.ts";

/** A stretch of a text. */
export interface Stretch {
  readonly text: string;
  readonly repeated: boolean;
}

/** Texts that differ in more letters than this are not compared: the search for what they share costs their square. */
const MAX_EDITS = 4000;
/** A letter that two texts share by itself is chance. */
const LEAST = 2;

/** The characters of a text; those that the rule counts with their letters. */
const charactersOf = (text: string) => Array.from(text, (character) => ({ character, letters: lettersOf(character) }));

type Character = ReturnType<typeof charactersOf>[number];

/** Only the runs that are long enough to be a repetition. */
function longRuns(common: readonly boolean[]): boolean[] {
  const long = common.map(() => false);
  for (let from = 0; from < common.length; ) {
    let to = from;
    while (common[to]) to += 1;
    if (to - from >= LEAST) long.fill(true, from, to);
    from = to + 1;
  }
  return long;
}

/** The text in stretches: runs of common letters, with what stands between letters of one run. */
function stretchesOf(characters: readonly Character[], common: readonly boolean[]): Stretch[] {
  const long = longRuns(common);
  const stretches: { text: string; repeated: boolean }[] = [];
  let letter = 0;
  for (const { character, letters } of characters) {
    const repeated = letters === "" ? long[letter - 1] === true && long[letter] === true : long[letter]!;
    if (letters !== "") letter += 1;
    const last = stretches.at(-1);
    if (last?.repeated === repeated) last.text += character;
    else stretches.push({ text: character, repeated });
  }
  return stretches;
}

/** Two texts in stretches, what each repeats of the other marked: their longest common subsequence of letters. */
export function repeatedIn(one: string, other: string): readonly [Stretch[], Stretch[]] {
  const [a, b] = [charactersOf(one), charactersOf(other)];
  const [left, right] = [a, b].map((all) => all.map(({ letters }) => letters).filter((letters) => letters !== "")) as [
    string[],
    string[],
  ];
  const parts = diffArrays(left, right, { maxEditLength: MAX_EDITS });
  const [inLeft, inRight]: [boolean[], boolean[]] = [[], []];
  for (const { added, removed, count } of parts ?? []) {
    const common = Array.from({ length: count }, () => !added && !removed);
    if (!added) inLeft.push(...common);
    if (!removed) inRight.push(...common);
  }
  return [
    stretchesOf(a, parts ? inLeft : left.map(() => false)),
    stretchesOf(b, parts ? inRight : right.map(() => false)),
  ];
}
