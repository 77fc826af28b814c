import type { FaceName } from "../basics/faces.ts";
import type { SetLine } from "./line.ts";
import type { Measure } from "./measure.ts";
import type { Page, Run } from "./page.ts";

/** What runs of one line have in common. */
export interface RunStyle {
  readonly face: FaceName;
  /** Type size, pt. */
  readonly size: number;
  readonly leaf?: number;
  readonly watermark?: true;
  readonly condensed?: number;
}

/** Puts a line on a page, `x` being its left edge and `y` its baseline: one run a face. */
export function putLine(page: Page, line: SetLine, x: number, y: number, style: RunStyle, measure: Measure): void {
  const { text } = line;
  const at = x === 0 ? line.x : line.x.map((value) => value + x);
  let start = 0;
  while (start < text.length) {
    const face = measure.faceOf(text[start]!, style.face);
    let end = start + 1;
    while (end < text.length && measure.faceOf(text[end]!, style.face) === face) end += 1;
    const run: Run = { ...style, face, y, text: text.subarray(start, end), x: at.subarray(start, end + 1) };
    page.runs.push(run);
    start = end;
  }
}

/** A text on one line, each character as wide as it is, or as a part of that. */
export function plainLine(text: Uint32Array, face: FaceName, size: number, measure: Measure, condensed = 1): SetLine {
  const x = new Float64Array(text.length + 1);
  for (let i = 0; i < text.length; i += 1) x[i + 1] = x[i]! + measure.advance(text[i]!, face) * size * condensed;
  return { text, x };
}

/** How wide a line is, pt. */
export const lineWidth = (line: SetLine): number => line.x[line.x.length - 1]!;
