import { FACES, type FaceName } from "../basics/faces.ts";
import type { Coverage } from "../check/glyphs.ts";

/** The face that sets a character of body text, 仿宋 or what stands in for it; undefined when none has it. */
export type FaceOf = (codePoint: number) => FaceName | undefined;

/** What the fonts cover, small enough to be sent to a browser. */
export interface CoverageFile {
  readonly faces: readonly FaceName[];
  /** Runs of code points set in one face, three numbers each: how far after the run before, how many, which face. */
  readonly runs: readonly number[];
}

const codePointOf = (character: string): number => character.codePointAt(0)!;

/** The coverage that a choice of faces amounts to. */
export const coverageOf = (faceOf: FaceOf): Coverage => ({
  missing: (text) => [...new Set(text)].filter((character) => faceOf(codePointOf(character)) === undefined),
  fallbacks: (text) =>
    [...new Set(text)].flatMap((character) => {
      const face = faceOf(codePointOf(character));
      return face === undefined || face === "fangsong" ? [] : [{ character, face }];
    }),
});

/**
 * The choice of faces as a file.
 * @param codePoints every code point that any face has, in order
 */
export function encodeCoverage(faceOf: FaceOf, codePoints: Iterable<number>): CoverageFile {
  const runs: number[] = [];
  let [start, end, face] = [0, 0, -1];
  let before = 0;
  const close = (): void => {
    if (face < 0) return;
    runs.push(start - before, end - start, face);
    before = end;
  };
  for (const codePoint of codePoints) {
    const name = faceOf(codePoint);
    if (!name) continue;
    const index = FACES.indexOf(name);
    if (codePoint === end && index === face) end += 1;
    else {
      close();
      [start, end, face] = [codePoint, codePoint + 1, index];
    }
  }
  close();
  return { faces: FACES, runs };
}

/** The coverage that a file tells of. */
export function decodeCoverage({ faces, runs }: CoverageFile): Coverage {
  const known = new Map<number, FaceName>();
  let at = 0;
  for (let i = 0; i < runs.length; i += 3) {
    at += runs[i]!;
    const face = faces[runs[i + 2]!]!;
    for (const end = at + runs[i + 1]!; at < end; at += 1) known.set(at, face);
  }
  return coverageOf((codePoint) => known.get(codePoint));
}
