/** The graphics state, as much of it as places and shows text and lines (ISO 32000-1, 8.4.1, 9.3.1 and 11.6). */
import type { Clip } from "./pdf-area.ts";
import type { Font } from "./pdf-font.ts";
import { BLACK, type Colour, colourOf, type Paint } from "./pdf-paint.ts";
import type { Affine } from "./pdf-path.ts";

export interface State {
  ctm: Affine;
  clip: Clip;
  font: Font;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  lineWidth: number;
  fill: Colour;
  stroke: Colour;
  fillAlpha: number;
  strokeAlpha: number;
  blend: string;
  masked: boolean;
  /** What the groups around lay it on with. */
  around: Omit<Paint, "colour">;
}

export const firstState = (ctm: Affine, clip: Clip): State => ({
  ctm,
  clip,
  font: {},
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
  lineWidth: 1,
  fill: BLACK,
  stroke: BLACK,
  fillAlpha: 1,
  strokeAlpha: 1,
  blend: "source-over",
  masked: false,
  around: { alpha: 1, blends: [], masked: false },
});

/** How the state paints areas, or lines. */
export const paintOf = (state: State, what: "fill" | "stroke"): Paint => ({
  colour: state[what],
  alpha: state.around.alpha * (what === "fill" ? state.fillAlpha : state.strokeAlpha),
  blends: state.blend === "source-over" ? state.around.blends : [...state.around.blends, state.blend],
  masked: state.masked || state.around.masked,
});

/** A group is laid on as a whole (11.4): what is in it begins anew. */
export function enterGroup(state: State): void {
  const { colour: _, ...around } = paintOf(state, "fill");
  Object.assign(state, { around, fillAlpha: 1, strokeAlpha: 1, blend: "source-over", masked: false });
}

/** Entries of a graphics state dictionary (8.4.5), as pdf.js gives them. */
export function setParameters(state: State, entries: readonly (readonly [string, unknown])[]): void {
  for (const [key, value] of entries) {
    if (key === "ca") state.fillAlpha = Number(value);
    else if (key === "CA") state.strokeAlpha = Number(value);
    else if (key === "BM") state.blend = String(value);
    else if (key === "SMask") state.masked = value !== false;
    else if (key === "LW") state.lineWidth = Number(value);
  }
}

/** Operators that set a colour; whether this was one. */
export function setColour(state: State, name: string, value: unknown): boolean {
  if (name === "setFillRGBColor") state.fill = colourOf(value);
  else if (name === "setStrokeRGBColor") state.stroke = colourOf(value);
  else if (name === "setFillColorN" || name === "setFillTransparent") state.fill = undefined;
  else if (name === "setStrokeColorN" || name === "setStrokeTransparent") state.stroke = undefined;
  else return false;
  return true;
}
