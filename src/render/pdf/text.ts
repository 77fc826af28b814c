import type { ContentText } from "pdfmake/interfaces.js";
import type { FaceName, Fonts } from "./fonts.ts";

/**
 * A text as pdfmake inlines, one a stretch of the same face.
 * @param size type size, pt
 * @param pitch distance of two baselines, pt, whichever face a character comes from
 */
export function inlines(
  text: string,
  face: FaceName,
  size: number,
  fonts: Fonts,
  pitch: number,
  rest: Partial<ContentText> = {},
): ContentText[] {
  return fonts.stretches(text, face).map((stretch) => ({
    ...rest,
    text: stretch.text,
    font: stretch.face,
    fontSize: size,
    lineHeight: pitch / (fonts.get(stretch.face).lineHeight * size),
  }));
}
