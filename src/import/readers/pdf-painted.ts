/** What is painted besides text, and doubts that come with it. */
import type { Doubt } from "../doubt.ts";
import { type Area, areaOf, type Box } from "./pdf-area.ts";
import { type Paint, seenOn, WHITE } from "./pdf-paint.ts";
import type { Point } from "./pdf-path.ts";
import { paintOf, type State } from "./pdf-state.ts";

const other = (zh: string, en: string): Doubt => ({ kind: "other", words: { zh, en } });
export const MIRRORED = other("文字是反的", "the text is mirrored");
export const SLANTED = other("有斜着写的文字", "there is text that is aslant");
export const ANNOTATED = other("这里有批注", "an annotation lies here");
export const WIDTHLESS: Doubt = { kind: "overlap" };
export const HIDDEN: Doubt = { kind: "hidden" };

export interface Annotation {
  readonly id: string;
  readonly subtype: string;
  readonly rect: readonly number[];
  readonly annotationFlags?: number;
}

export interface Group {
  readonly matrix?: unknown;
  readonly bbox?: unknown;
  readonly smask?: unknown;
}

export const ANNOTATIONS: Readonly<Record<string, Doubt>> = {
  Widget: { kind: "thing", thing: "field" },
  StrikeOut: { kind: "crossed" },
  Redact: { kind: "crossed" },
  ...Object.fromEntries(
    ["FreeText", "Stamp", "Ink", "Line", "Square", "Circle", "Polygon", "PolyLine", "Caret"].map((kind) => [
      kind,
      ANNOTATED,
    ]),
  ),
};

/** Whether a paint is seen on white. */
export const isSeen = (paint: Paint): boolean => seenOn(WHITE, paint) !== "unseen";

/** What letters are painted with: their inside, their outline, or both. */
export function inkOf(state: State): Paint {
  const mode = state.mode % 4;
  if (mode === 0) return paintOf(state, "fill");
  const stroke = paintOf(state, "stroke");
  return mode === 2 && isSeen(paintOf(state, "fill")) ? paintOf(state, "fill") : stroke;
}

export const corners = ({ left, top, right, bottom }: Box): Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

export const grown = ({ left, top, right, bottom }: Box): Box => ({
  left: left - 0.5,
  top: top - 0.5,
  right: right + 0.5,
  bottom: bottom + 0.5,
});

export const union = (a: Box, b: Box): Box => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** A line of some thickness as the area that it covers. */
export function thick([x0, y0]: Point, [x1, y1]: Point, wide: number): Area {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [u, v] = [((y1 - y0) / length) * (wide / 2), ((x0 - x1) / length) * (wide / 2)];
  return areaOf([
    [
      [x0 + u, y0 + v],
      [x1 + u, y1 + v],
      [x1 - u, y1 - v],
      [x0 - u, y0 - v],
    ],
  ]);
}
