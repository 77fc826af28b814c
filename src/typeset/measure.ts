import { FACES, type FaceName } from "../basics/faces.ts";
import { classOf, isWord, SPACE } from "./classes.ts";
import type { Faces } from "./face.ts";

/** Where a character comes from that its role's face lacks, in order. */
const FALLBACK: readonly FaceName[] = ["songti", "biaosong", "heiti", "kaiti", "fangsong", "rare"];
const UNKNOWN = 255;
const MISSING = 254;
const PLANES = 0x30000;

/** What the typesetter asks of the fonts, remembered by code point: which face sets a character, and how wide. */
export class Measure {
  readonly #faces: Faces;
  readonly #resolved: Readonly<Record<FaceName, Uint8Array>>;

  constructor(faces: Faces) {
    this.#faces = faces;
    this.#resolved = Object.fromEntries(FACES.map((name) => [name, new Uint8Array(PLANES).fill(UNKNOWN)])) as Record<
      FaceName,
      Uint8Array
    >;
  }

  #resolve(codePoint: number, role: FaceName): number {
    const resolved = this.#resolved[role];
    const known = codePoint < PLANES ? resolved[codePoint]! : UNKNOWN;
    if (known !== UNKNOWN) return known;
    const found = [role, ...FALLBACK].find((name) => this.#faces[name].has(codePoint));
    const index = found ? FACES.indexOf(found) : MISSING;
    if (codePoint < PLANES) resolved[codePoint] = index;
    return index;
  }

  /** Whether any face that stands in for the role has the character. */
  has(codePoint: number, role: FaceName): boolean {
    return this.#resolve(codePoint, role) !== MISSING;
  }

  /** The face that sets a character where `role` is asked for; the role's own when none has it. */
  faceOf(codePoint: number, role: FaceName): FaceName {
    return FACES[this.#resolve(codePoint, role)] ?? role;
  }

  /** The advance in em of a character asked for in `role`. */
  advance(codePoint: number, role: FaceName): number {
    return this.#faces[this.faceOf(codePoint, role)].advance(codePoint) / 1000;
  }

  /** The width in pt that a character takes: a cell where it fills one, its own advance where it does not. */
  width(codePoint: number, role: FaceName, size: number, cell: number): number {
    const advance = this.advance(codePoint, role);
    const value = classOf(codePoint);
    return advance >= 0.9 && !isWord(value) && value !== SPACE ? cell : advance * size;
  }

  /** The width in pt of a text that is set without a grid. */
  textWidth(text: string, role: FaceName, size: number): number {
    let width = 0;
    for (const character of text) width += this.advance(character.codePointAt(0)!, role) * size;
    return width;
  }
}

const measures = new WeakMap<Faces, Measure>();

/** The measure of opened faces, kept as long as they are. */
export function measureOf(faces: Faces): Measure {
  let measure = measures.get(faces);
  if (!measure) {
    measure = new Measure(faces);
    measures.set(faces, measure);
  }
  return measure;
}
