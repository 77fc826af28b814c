/** Text objects of OFD (GB/T 33190—2016, 11): where each character is, and which glyph stands for it. */
import { numberOf, numbersOf } from "./ofd-values.ts";
import { isCjk } from "./pdf-characters.ts";
import { elementsOf, textOf, type XmlElement } from "./xml.ts";

/** A character in the coordinates of its object, mm. */
export interface OfdCharacter {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** How wide it is: by its distance from the next one, or what characters of its kind are. */
  readonly width: number;
  /** Its place is not stated: several characters stand where the first does, or a reader's font spaces them. */
  readonly unplaced: boolean;
  /** The number of the glyph in the font, where the object says it. */
  readonly glyph?: number;
}

/**
 * The distances between characters: numbers, and `g n v` for n times v.
 * @param most how many are needed
 */
export function distancesOf(text: string | undefined, most: number): number[] {
  const out: number[] = [];
  const words = (text ?? "").split(/\s+/).filter(Boolean);
  for (let i = 0; i < words.length && out.length < most; i += 1) {
    if (words[i] !== "g") {
      out.push(numberOf(words[i], 0));
      continue;
    }
    const [count, value] = [numberOf(words[i + 1], 0), numberOf(words[i + 2], 0)];
    for (let n = 0; n < count && out.length < most; n += 1) out.push(value);
    i += 2;
  }
  return out;
}

/** How wide a character is by its kind, in its size. */
const kindWidth = (character: string): number => (isCjk(character) ? 1 : /[.,:;'`!|Iijl]/.test(character) ? 0.25 : 0.5);

/** How wide a character may be that is not Chinese, in its size, so that the distance to the next one is its width. */
const mostOf = (character: string): number => (/\d/.test(character) ? 0.75 : 1.1);

/** The glyphs of a text by the places of its characters: `CGTransform` (11.4), where one glyph stands for one. */
function glyphsOf(transforms: readonly XmlElement[]): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (const transform of transforms) {
    const { CodePosition, CodeCount, GlyphCount } = transform.attributes;
    const [start, codes, count] = [numberOf(CodePosition, 0), numberOf(CodeCount, 1), numberOf(GlyphCount, 1)];
    if (codes !== count) continue;
    const numbers = numbersOf(elementsOf(transform, "Glyphs").map(textOf).join(" "));
    for (const [i, glyph] of numbers.slice(0, count).entries()) glyphs.set(start + i, glyph);
  }
  return glyphs;
}

/** The characters of a code, each with where its distances begin: programs count code points, or units of UTF-16. */
function unitsOf(code: string, stated: number): { readonly text: string; readonly unit: number }[] {
  const characters = [...code].filter((character) => !/[\r\n\t]/.test(character));
  const byPoints = stated < code.length - 1 || characters.length === code.length;
  let unit = 0;
  return characters.map((text, i) => {
    const at = { text, unit: byPoints ? i : unit };
    unit += text.length;
    return at;
  });
}

/** The characters of a text object. */
export function charactersOf(object: XmlElement, size: number, scale: number): OfdCharacter[] {
  const out: OfdCharacter[] = [];
  let [x, y] = [0, 0];
  let transforms: XmlElement[] = [];
  for (const element of elementsOf(object)) {
    if (element.name === "CGTransform") transforms.push(element);
    if (element.name !== "TextCode") continue;
    const { X, Y, DeltaX, DeltaY } = element.attributes;
    [x, y] = [numberOf(X, x), numberOf(Y, y)];
    const code = textOf(element);
    const [dx, dy] = [distancesOf(DeltaX, code.length), distancesOf(DeltaY, code.length)];
    const glyphs = glyphsOf(transforms);
    transforms = [];
    const units = unitsOf(code, Math.max(dx.length, dy.length));
    let [atX, atY] = [x, y];
    for (const [i, { text, unit }] of units.entries()) {
      const kind = kindWidth(text) * size * scale;
      const next = units[i + 1]?.unit ?? unit + 1;
      const stated = unit < Math.max(dx.length, dy.length);
      const sum = (list: readonly number[]): number => list.slice(unit, next).reduce((a, b) => a + b, 0);
      const [stepX, stepY] = stated ? [sum(dx), sum(dy)] : [kind, 0];
      const last = i + 1 === units.length;
      const own = !last && stated && stepY === 0 && stepX > 0 && stepX < mostOf(text) * size * scale && !isCjk(text);
      const glyph = glyphs.get(i);
      out.push({
        text,
        x: atX,
        y: atY,
        width: own ? stepX : kind,
        unplaced: (!last && !stated) || (i > 0 && units[i - 1]!.unit >= Math.max(dx.length, dy.length)),
        ...(glyph === undefined ? {} : { glyph }),
      });
      [atX, atY] = [atX + stepX, atY + stepY];
    }
  }
  return out;
}
