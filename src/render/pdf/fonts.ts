import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font } from "fontkit";

/** The faces that a report is set in. An organ that holds other licences supplies its own file of the same name. */
export const FACES = ["fangsong", "kaiti", "heiti", "biaosong", "songti"] as const;
export type FaceName = (typeof FACES)[number];

/** Where a character comes from that its own face lacks, in order. */
const FALLBACK: readonly FaceName[] = ["songti", "biaosong", "heiti", "kaiti", "fangsong"];

/** One opened face. */
export class Face {
  readonly name: FaceName;
  readonly bytes: Buffer;
  readonly #font: Font;

  constructor(name: FaceName, bytes: Buffer) {
    this.name = name;
    this.bytes = bytes;
    this.#font = create(bytes) as Font;
  }

  has(codePoint: number): boolean {
    return this.#font.hasGlyphForCodePoint(codePoint);
  }

  /** The advance of a text in em. */
  width(text: string): number {
    let units = 0;
    for (const character of text) units += this.#font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth;
    return units / this.#font.unitsPerEm;
  }

  /** The natural height of a line in em, as pdfkit reckons it: ascent, descent and gap. */
  get lineHeight(): number {
    return (this.#font.ascent - this.#font.descent + this.#font.lineGap) / this.#font.unitsPerEm;
  }
}

/** A stretch of text in one face. */
export interface Stretch {
  readonly face: FaceName;
  readonly text: string;
}

/** The opened faces of a process; opening costs, so keep them. */
export class Fonts {
  readonly #faces: ReadonlyMap<FaceName, Face>;

  constructor(faces: readonly Face[]) {
    this.#faces = new Map(faces.map((face) => [face.name, face]));
  }

  get(name: FaceName): Face {
    const face = this.#faces.get(name);
    if (!face) throw new Error(`no face ${name}`);
    return face;
  }

  /** The face that a character is set in where `wanted` is asked for; undefined when no face has it. */
  faceOf(codePoint: number, wanted: FaceName): FaceName | undefined {
    if (this.get(wanted).has(codePoint)) return wanted;
    return FALLBACK.find((name) => this.get(name).has(codePoint));
  }

  /** A text cut where the face changes. Characters that no face has stay in `wanted`; see `missing`. */
  stretches(text: string, wanted: FaceName): Stretch[] {
    const stretches: { face: FaceName; text: string }[] = [];
    for (const character of text) {
      const face = this.faceOf(character.codePointAt(0)!, wanted) ?? wanted;
      const last = stretches.at(-1);
      if (last?.face === face) last.text += character;
      else stretches.push({ face, text: character });
    }
    return stretches;
  }

  /** The characters of a text that no face has, each once. */
  missing(text: string): string[] {
    return [...new Set(text)].filter((character) => this.faceOf(character.codePointAt(0)!, "fangsong") === undefined);
  }
}

/**
 * Opens the five faces of a folder (`fangsong.ttf`, …).
 * @throws when a file is missing or is no font
 */
export const openFonts = (directory: string): Fonts =>
  new Fonts(FACES.map((name) => new Face(name, readFileSync(join(directory, `${name}.ttf`)))));
