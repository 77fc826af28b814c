/** What a paint looks like on what lies under it (ISO 32000-1, 11.3). */

/** Red, green and blue, 0 to 1; nothing where it is not one colour: a pattern, a picture. */
export type Colour = readonly [number, number, number] | undefined;

export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [1, 1, 1];

/** A colour as pdf.js writes it, `#rrggbb`. */
export function colourOf(text: unknown): Colour {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(String(text));
  return match ? ([1, 2, 3].map((i) => Number.parseInt(match[i]!, 16) / 255) as [number, number, number]) : undefined;
}

/** How a paint is laid on. */
export interface Paint {
  readonly colour: Colour;
  /** 0 to 1, with that of all groups around it. */
  readonly alpha: number;
  /** Blend modes as canvases name them, of the paint and of the groups around it, but for `source-over`. */
  readonly blends: readonly string[];
  /** Whether a soft mask lies between. */
  readonly masked: boolean;
}

/** Blend functions of backdrop and source (11.3.5.2). */
const BLENDS: Readonly<Record<string, (b: number, s: number) => number>> = {
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  overlay: (b, s) => (b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)),
  darken: Math.min,
  lighten: Math.max,
  "color-dodge": (b, s) => (b === 0 ? 0 : s >= 1 ? 1 : Math.min(1, b / (1 - s))),
  "color-burn": (b, s) => (b >= 1 ? 1 : s <= 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  "hard-light": (b, s) => (s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)),
  "soft-light": (b, s) => (s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (Math.sqrt(b) - b)),
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
};

/** Less contrast nobody sees, and less than the second not everybody. */
const UNSEEN = 0.1;
const FAINT = 0.25;

/** Whether what is painted is seen on its ground; `unsure` where that is not plain. */
export function seenOn(ground: Colour, paint: Paint): "seen" | "unseen" | "unsure" {
  const { colour, alpha, blends, masked } = paint;
  if (alpha < 0.04) return "unseen";
  if (masked || !colour) return "unsure";
  // On a picture dark letters are taken as seen.
  if (!ground) return Math.max(...colour) < 0.5 && alpha > 0.5 && blends.length === 0 ? "seen" : "unsure";
  if (blends.length > 1) return "unsure";
  const blend = blends[0] === undefined ? (_: number, s: number) => s : BLENDS[blends[0]];
  if (!blend) return "unsure";
  const contrast = Math.max(...colour.map((s, i) => Math.abs(alpha * (blend(ground[i]!, s) - ground[i]!))));
  return contrast < UNSEEN ? "unseen" : contrast < FAINT ? "unsure" : "seen";
}

/** Whether what was there before is not seen under a paint; `unsure` where that is not plain. */
export function covering(paint: Paint): "covers" | "shows" | "unsure" {
  if (paint.alpha < 0.5) return "shows";
  if (paint.masked) return "unsure";
  if (paint.blends.length > 0) return paint.blends.length === 1 && tints(paint) ? "shows" : "unsure";
  return paint.alpha >= 0.9 ? "covers" : "unsure";
}

/** A marker's colour, laid on as one lies on paper. */
const tints = ({ blends, colour }: Paint): boolean =>
  (blends[0] === "multiply" || blends[0] === "darken") && colour !== undefined && Math.max(...colour) > 0.6;
