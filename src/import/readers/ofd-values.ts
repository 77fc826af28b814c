/** Values as OFD writes them (GB/T 33190—2016, 7.2.2). */
import { BLACK, type Colour } from "./pdf-paint.ts";
import type { Affine } from "./pdf-path.ts";
import { elementsOf, type XmlElement } from "./xml.ts";

/** Points to a millimetre. */
export const POINTS = 72 / 25.4;

/** Numbers with white space between them; what is none is 0. */
export const numbersOf = (text: string | undefined): number[] =>
  (text ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const value = Number(word);
      return Number.isFinite(value) ? value : 0;
    });

/** A number, or another where there is none. */
export function numberOf(text: string | undefined, otherwise: number): number {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : otherwise;
}

/** Whether an attribute says yes. */
export const isTrue = (text: string | undefined, otherwise: boolean): boolean =>
  text === undefined ? otherwise : /^\s*(?:true|1)\s*$/i.test(text);

/** A rectangle: left and top, width and height, mm. */
export interface OfdBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxOf(text: string | undefined): OfdBox | undefined {
  const [x, y, width, height] = numbersOf(text);
  return height === undefined ? undefined : { x: x!, y: y!, width: width!, height };
}

/** An affine map: the same as PDF's, on axes of which y grows downwards. */
export function matrixOf(text: string | undefined): Affine | undefined {
  const values = numbersOf(text);
  return values.length < 6 ? undefined : (values.slice(0, 6) as unknown as Affine);
}

/** What a colour space is: how many components a colour has, and what colours are called by number. */
export interface ColorSpace {
  readonly type: string;
  readonly bits: number;
  readonly palette: readonly string[];
}

export const RGB: ColorSpace = { type: "RGB", bits: 8, palette: [] };

/** A colour with how opaque it is, 0 to 1. */
export interface Ink {
  readonly colour: Colour;
  readonly alpha: number;
}

/** The components of a colour: decimal, or hexadecimal with a `#` before each. */
const componentsOf = (value: string): number[] =>
  value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => (word.startsWith("#") ? Number.parseInt(word.slice(1), 16) : Number(word)));

/** A colour (8.3.2); none where it is a pattern or goes over into another. */
export function inkOf(element: XmlElement, spaceOf: (id: string | undefined) => ColorSpace): Ink {
  const { Value, Index, ColorSpace, Alpha } = element.attributes;
  const alpha = Math.min(1, Math.max(0, numberOf(Alpha, 255) / 255));
  if (elementsOf(element).length > 0) return { colour: undefined, alpha };
  const { type, bits, palette } = spaceOf(ColorSpace);
  const value = Value ?? (Index === undefined ? undefined : palette[numberOf(Index, -1)]);
  if (value === undefined) return { colour: BLACK, alpha };
  const most = 2 ** Math.min(16, Math.max(1, bits)) - 1;
  const shares = componentsOf(value).map((part) => Math.min(1, Math.max(0, part / most)));
  if (shares.length === 0 || shares.some(Number.isNaN)) return { colour: undefined, alpha };
  const [a = 0, b = 0, c = 0, k = 0] = shares;
  if (type === "GRAY" || shares.length === 1) return { colour: [a, a, a], alpha };
  if (type === "CMYK") return { colour: [(1 - a) * (1 - k), (1 - b) * (1 - k), (1 - c) * (1 - k)], alpha };
  return { colour: [a, b, c], alpha };
}
