import { classOf, isWord, SPACE } from "./classes.ts";
import type { Face, Faces } from "./face.ts";
import type { FaceName } from "./page.ts";

const NAMES: readonly FaceName[] = ["fangsong", "kaiti", "heiti", "biaosong", "songti"];
/** Where a character comes from that its role's face lacks, in order. */
const FALLBACK: readonly FaceName[] = ["biaosong", "songti", "heiti"];
const UNKNOWN = 255;
const MISSING = 254;

/** What the typesetter asks of the fonts, remembered by code point: which face sets a character, and how wide. */
export class Measure {
  readonly #faces: Faces;
  readonly #resolved: Readonly<Record<FaceName, Uint8Array>>;
  readonly #advances: Readonly<Record<FaceName, Float32Array>>;

  constructor(faces: Faces) {
    this.#faces = faces;
    const each = <T>(make: () => T): Record<FaceName, T> =>
      Object.fromEntries(NAMES.map((name) => [name, make()])) as Record<FaceName, T>;
    this.#resolved = each(() => new Uint8Array(0x30000).fill(UNKNOWN));
    this.#advances = each(() => new Float32Array(0x30000).fill(-1));
  }

  #resolve(codePoint: number, role: FaceName): number {
    if (this.#faces[role].has(codePoint)) return NAMES.indexOf(role);
    const found = FALLBACK.find((name) => this.#faces[name].has(codePoint));
    return found ? NAMES.indexOf(found) : MISSING;
  }

  #index(codePoint: number, role: FaceName): number {
    if (codePoint >= 0x30000) return this.#resolve(codePoint, role);
    const resolved = this.#resolved[role];
    const known = resolved[codePoint]!;
    if (known !== UNKNOWN) return known;
    const index = this.#resolve(codePoint, role);
    resolved[codePoint] = index;
    return index;
  }

  /** Whether any face that stands in for the role has the character. */
  has(codePoint: number, role: FaceName): boolean {
    return this.#index(codePoint, role) !== MISSING;
  }

  /** The face that sets a character where `role` is asked for; the role's own when none has it. */
  faceOf(codePoint: number, role: FaceName): FaceName {
    return NAMES[this.#index(codePoint, role)] ?? role;
  }

  /** The advance in em of a character asked for in `role`. */
  advance(codePoint: number, role: FaceName): number {
    const name = this.faceOf(codePoint, role);
    const face: Face = this.#faces[name];
    if (codePoint >= 0x30000) return face.advance(codePoint) / 1000;
    const advances = this.#advances[name];
    const known = advances[codePoint]!;
    if (known >= 0) return known;
    const advance = face.advance(codePoint) / 1000;
    advances[codePoint] = advance;
    return advance;
  }

  /** The width in pt that a character takes: a cell where it fills one, its own advance where it does not. */
  width(codePoint: number, role: FaceName, size: number, cell: number): number {
    const advance = this.advance(codePoint, role);
    const value = classOf(codePoint);
    return advance >= 0.9 && !isWord(value) && value !== SPACE ? cell : advance * size;
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
