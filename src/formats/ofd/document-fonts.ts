import { createHash } from "node:crypto";
import { FACES, type FaceName } from "../../basics/faces.ts";
import type { Fonts } from "../../fonts/fonts.ts";
import { openTypeFont } from "./open-type.ts";

/** The font that a reader takes which does not open those in the file: what official documents are set in, or else 宋体. */
const FAMILIES: Readonly<Record<string, string>> = {
  fangsong: "仿宋",
  kaiti: "楷体",
  heiti: "黑体",
  biaosong: "小标宋体",
  songti: "宋体",
};

/** A font of a document, as its resources list it (GB/T 33190—2016, 11.1). */
export interface FontResource {
  readonly face: FaceName;
  /** The PostScript name. */
  readonly name: string;
  readonly family: string;
  /** An OpenType font of the characters that are used. */
  readonly file: Uint8Array;
}

/** The characters of one face are its subset, called by six letters that stand for them. */
function subsetName(name: string, codePoints: readonly number[]): string {
  const tag = createHash("md5").update(codePoints.join()).digest();
  return `${Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (tag[i]! % 26))).join("")}+${name}`;
}

/** The characters of each face that a document uses. */
export class DocumentFonts {
  readonly #used = new Map<FaceName, Set<number>>();

  use(face: FaceName, codePoints: Iterable<number>): void {
    const used = this.#used.get(face) ?? new Set();
    this.#used.set(face, used);
    for (const codePoint of codePoints) used.add(codePoint);
  }

  /** The fonts in the order of the faces, which does not depend on that of the pages. */
  resources(fonts: Fonts): FontResource[] {
    return FACES.flatMap((face) => {
      const codePoints = [...(this.#used.get(face) ?? [])].sort((a, b) => a - b);
      if (codePoints.length === 0) return [];
      const { header } = fonts.faces[face];
      const name = subsetName(header.name, codePoints);
      const characters = codePoints.map((codePoint) => ({ codePoint, glyph: fonts.faces[face].glyph(codePoint) }));
      return [{ face, name, family: FAMILIES[face] ?? "宋体", file: openTypeFont(name, header, characters) }];
    });
  }
}
