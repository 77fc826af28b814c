/** The curves of the faces: few, and on the page nowhere else than the font's own. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { create, type Font } from "fontkit";
import { describe, expect, it } from "vitest";
import { hypot } from "../../scripts/fit.ts";
import { outline, type PathCommand } from "../../scripts/outline.ts";
import { cffFont } from "../../src/formats/pdf/cff.ts";
import { openCff, pathOf } from "../support/glyphs/font.ts";
import { polygons, strays } from "../support/glyphs/paths.ts";

const own = (name: string): string => fileURLToPath(new URL(`../../fonts/${name}.ttf`, import.meta.url));
const FILES = {
  fangsong: own("fangsong"),
  kaiti: own("kaiti"),
  songti: createRequire(import.meta.url).resolve(
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  ),
};
/** Round and straight strokes, many and few, marks, digits and letters. */
const SAMPLE = "政府信息公开龍0258&@gQ，（”％";
/** Thousandths of an em: what a curve may be off, and what the rounding of its points adds (half a unit each way). */
const [TOLERANCE, ROUNDING] = [2, Math.SQRT1_2];

describe.each(Object.entries(FILES).flatMap(([name, file]) => [1, 2, 3].map((grid) => [name, grid, file] as const)))(
  "%s, points at multiples of %i",
  (_, grid, file) => {
    const font = create(readFileSync(file)) as Font;
    const scale = 1000 / font.unitsPerEm;
    const paths = [...SAMPLE].map((character): readonly PathCommand[] =>
      (font.glyphForCodePoint(character.codePointAt(0)!).path.commands as unknown as readonly PathCommand[]).map(
        (c) => ({
          ...c,
          args: c.args.map((value) => value * scale),
        }),
      ),
    );
    const outlines = paths.map((path) => ({ ...outline(path, grid), advance: 1000 }));
    const fitted = openCff(cffFont("Fitted", [0, 0, 1000, 1000], outlines), outlines.length);

    it.each([...SAMPLE].map((character, i) => [character, i] as const))("%s", (_, i) => {
      const before = polygons(paths[i]!);
      const after = polygons(pathOf(fitted, i));
      expect(after).toHaveLength(before.length);
      for (const [c, contour] of before.entries()) {
        expect(strays(contour, after[c]!)).toBeLessThanOrEqual(TOLERANCE + grid * ROUNDING);
        expect(strays(after[c]!, contour)).toBeLessThanOrEqual(TOLERANCE + grid * ROUNDING);
      }
    });
  },
);

it("a contour of hundreds of points becomes few curves", () => {
  const circle = Array.from({ length: 400 }, (_, i): PathCommand => {
    const angle = (2 * Math.PI * i) / 400;
    return { command: i === 0 ? "moveTo" : "lineTo", args: [500 + 400 * Math.cos(angle), 400 + 400 * Math.sin(angle)] };
  });
  const drawn = { ...outline(circle), advance: 1000 };
  const path = pathOf(openCff(cffFont("Circle", [0, 0, 1000, 1000], [drawn]), 1), 0);
  expect(path.filter(({ command }) => command !== "closePath").length).toBeLessThan(20);
  for (const [x, y] of polygons(path)[0]!) expect(Math.abs(Math.hypot(x - 500, y - 400) - 400)).toBeLessThan(3);
});

it("lengths are those of Math.hypot, bit for bit, or faces would have other bytes", () => {
  const coordinate = fc.oneof(
    fc.integer({ min: -4000, max: 4000 }),
    fc.double({ min: -4000, max: 4000, noNaN: true }),
    fc.constantFrom(0, -0, 1e-9),
  );
  fc.assert(
    fc.property(coordinate, coordinate, (x, y) => Object.is(hypot(x, y), Math.hypot(x, y))),
    { numRuns: 5000 },
  );
});
