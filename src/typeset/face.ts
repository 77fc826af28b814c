import type { FaceName } from "../basics/faces.ts";

/** What the typesetter needs to know of a font; the renderer that embeds it knows the rest. */
export interface Face {
  readonly name: FaceName;
  /** Whether the font has a glyph for the code point. */
  has(codePoint: number): boolean;
  /** The glyph's advance in thousandths of the type size. */
  advance(codePoint: number): number;
}

/** The opened faces of a process. */
export type Faces = Readonly<Record<FaceName, Face>>;
