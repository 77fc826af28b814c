/** Colours of office files, as far as it matters whether text can be seen. */

/** Red, green and blue, 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export const WHITE: Rgb = [255, 255, 255];
export const BLACK: Rgb = [0, 0, 0];

/** `RRGGBB` or `AARRGGBB`; undefined for `auto` and anything else. */
export function rgbOf(text: string | undefined): Rgb | undefined {
  const match = /^(?:#|[0-9a-f]{2})?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text ?? "");
  return match ? ([1, 2, 3].map((i) => Number.parseInt(match[i]!, 16)) as unknown as Rgb) : undefined;
}

const channel = (value: number): number => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);

/** Lower contrast than this is not seen (WCAG 2.1 asks for 4.5). */
const LEAST = 1.25;

/** Whether text of a colour can be seen on another. */
export function isSeen(text: Rgb, ground: Rgb): boolean {
  const [low, high] = [luminance(text), luminance(ground)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05) >= LEAST;
}

/** Fonts whose digits are pictures. */
const SYMBOLS = /^(?:wingdings\b.*|webdings|symbol|zapf ?dingbats|marlett|mt extra)$/i;
export const isSymbolFont = (name: string | undefined): boolean => name !== undefined && SYMBOLS.test(name.trim());
