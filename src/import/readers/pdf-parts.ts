/** What a page of a PDF shows, in parts. */
import type { Doubt } from "../doubt.ts";
import type { Box } from "./pdf-area.ts";
import type { Placed } from "./pdf-body.ts";
import type { Rule } from "./pdf-path.ts";

/** One character at its place, `turn` 0 as the page's text is read. */
export interface Glyph extends Placed {
  /** Whether the file marks it as no part of the text: a page number, a running head. */
  readonly artifact: boolean;
  /** Why it may be another than the font maps it to, or not be seen so. */
  readonly doubt?: Doubt;
  /** The font, by the name that pdf.js gives it. */
  readonly font?: string;
}

/** What is no text, and where it lies. */
export interface Thing {
  readonly box: Box;
  readonly doubt: Doubt;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly rules: readonly Rule[];
  readonly things: readonly Thing[];
  /** Characters that are not painted, as over a picture that they were recognized in, or that a picture covers. */
  readonly hidden: number;
  /** Characters of fonts that do not say which they are. */
  readonly unknown: number;
  readonly images: number;
}
