/** The font programs of a PDF, read back by another reader of fonts (fontkit). */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outline, type PathCommand } from "../../../scripts/outline.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { cffFont, type SubsetGlyph } from "../../../src/formats/pdf/cff.ts";
import { openCff, pathOf } from "../../support/glyphs/font.ts";
import { type Point, polygons } from "../../support/glyphs/paths.ts";

const NOTDEF: SubsetGlyph = { x: 0, y: 0, advance: 1000, body: new Uint8Array() };
const BOX = [-1000, -1000, 2000, 2000];

const lines = (contour: readonly Point[]): PathCommand[] => [
  ...contour.map(([x, y], i): PathCommand => ({ command: i === 0 ? "moveTo" : "lineTo", args: [x, y] })),
  { command: "closePath", args: [] },
];
/** A contour without the point that closes it, from its lowest point on, so that two can be compared. */
function fromLowest(contour: readonly Point[]): readonly Point[] {
  const [first, last] = [contour[0]!, contour.at(-1)!];
  const open = first[0] === last[0] && first[1] === last[1] ? contour.slice(0, -1) : contour;
  const lowest = open.reduce((low, [x, y], i) => {
    const [a, b] = open[low]!;
    return y < b || (y === b && x < a) ? i : low;
  }, 0);
  return [...open.slice(lowest), ...open.slice(0, lowest)];
}

/** Polygons of long sides about a middle, which no simplification touches; coordinates need one, two and three bytes. */
const polygon = fc
  .tuple(
    fc.integer({ min: -900, max: 1500 }),
    fc.integer({ min: -900, max: 1500 }),
    fc.array(fc.integer({ min: 60, max: 1400 }), { minLength: 3, maxLength: 9 }),
  )
  .map(([x, y, radii]) =>
    radii.map((radius, i): Point => {
      const angle = (2 * Math.PI * i) / radii.length;
      // No negative zero, which no font has.
      return [Math.round(x + radius * Math.cos(angle)) + 0, Math.round(y + radius * Math.sin(angle)) + 0];
    }),
  );
const glyph = fc.record({ contours: fc.array(polygon, { maxLength: 4 }), advance: fc.integer({ min: 0, max: 3000 }) });

describe("a subset of a face", () => {
  it("has the outlines that were put into it, whatever advances and coordinates they have", () => {
    fc.assert(
      fc.property(fc.array(glyph, { minLength: 1, maxLength: 12 }), (drawn) => {
        const glyphs = drawn.map(({ contours, advance }) => ({ ...outline(contours.flatMap(lines)), advance }));
        const font = openCff(cffFont("Test", BOX, [NOTDEF, ...glyphs]), glyphs.length + 1);
        expect(pathOf(font, 0)).toEqual([]);
        for (const [i, { contours }] of drawn.entries())
          expect(polygons(pathOf(font, i + 1)).map(fromLowest)).toEqual(contours.map(fromLowest));
      }),
      { numRuns: 200 },
    );
  });

  it("may have thousands of glyphs", () => {
    const contours = Array.from({ length: 5000 }, (_, i): Point[] => [
      [0, 0],
      [500 + (i % 700), 0],
      [500, 400 + Math.floor(i / 7)],
    ]);
    const glyphs = contours.map((contour) => ({ ...outline(lines(contour)), advance: 600 }));
    const font = openCff(cffFont("Test", BOX, [NOTDEF, ...glyphs]), glyphs.length + 1);
    for (const i of [0, 1, 254, 255, 256, 4095, 4999])
      expect(polygons(pathOf(font, i + 1)).map(fromLowest)).toEqual([fromLowest(contours[i]!)]);
  });

  it("has a glyph moved to where the page needs it, and else the same", () => {
    const { fangsong } = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url))).faces;
    const glyphs = [..."政府信息公开，（发）1A"].map((character) => fangsong.glyph(character.codePointAt(0)!));
    const moved = glyphs.map((each) => ({ ...each, x: each.x - 333, y: each.y + 21, advance: each.advance + 25 }));
    const font = openCff(cffFont("Test", BOX, [NOTDEF, ...glyphs, ...moved]), 2 * glyphs.length + 1);
    for (const [i] of glyphs.entries()) {
      const own = polygons(pathOf(font, i + 1));
      expect(own).not.toEqual([]);
      const other = polygons(pathOf(font, i + 1 + glyphs.length));
      for (const [c, contour] of own.entries())
        for (const [p, [x, y]] of contour.entries()) {
          expect(other[c]![p]![0]).toBeCloseTo(x - 333, 6);
          expect(other[c]![p]![1]).toBeCloseTo(y + 21, 6);
        }
    }
  });
});
