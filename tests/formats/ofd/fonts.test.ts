/** The fonts of an OFD, opened by another reader of fonts (fontkit): each character leads to its own outline. */
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { FACES } from "../../../src/basics/faces.ts";
import { FaceFile, type FaceHeader } from "../../../src/fonts/face-file.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { openTypeFont } from "../../../src/formats/ofd/open-type.ts";
import { all, pagesOf, partsOf, placed, treesOf } from "../../support/ofd/parts.ts";
import { example } from "../../support/service.ts";
import { ofdOf } from "../../support/written.ts";

const directory = fileURLToPath(new URL("../../../dist/fonts", import.meta.url));
const fonts = openFonts(directory);
const ofd = await ofdOf((await example("liaocheng-2020")) as unknown as Report, fonts);
const trees = treesOf(ofd);
const resources = all(trees.get("Doc_0/PublicRes.xml")!, "Font");
const open = (bytes: Uint8Array): Font => create(Buffer.from(bytes)) as Font;

describe.each(resources.map((font) => [font.attributes["FamilyName"]!, font] as const))("%s", (_, resource) => {
  const file = all(resource, "FontFile")[0]!.text;
  const bytes = partsOf(ofd).get(`Doc_0/Res/${file}`)!;
  const font = open(bytes);
  const face = FACES.find((name) => file === `${name}.otf`)!;
  const used = new Set(
    pagesOf(trees).flatMap(({ root }) =>
      all(root, "TextObject")
        .filter(({ attributes }) => attributes["Font"] === resource.attributes["ID"])
        .flatMap((object) => placed(object).map(({ text }) => text.codePointAt(0)!)),
    ),
  );

  it("has the characters that the pages use and no other", () => {
    expect(used.size).toBeGreaterThan(3);
    expect(font.characterSet.toSorted((a, b) => a - b)).toEqual([...used].sort((a, b) => a - b));
    expect(font.numGlyphs).toBe(used.size + 1);
  });

  it("draws each as the face has it, as wide as the face has it", () => {
    for (const codePoint of used) {
      const glyph = font.glyphForCodePoint(codePoint);
      expect(glyph.id).toBeGreaterThan(0);
      expect(glyph.advanceWidth).toBe(fonts.faces[face].advance(codePoint));
      const drawn = glyph.path.commands.length > 0;
      expect(drawn).toBe(fonts.faces[face].glyph(codePoint).body.length > 0);
      if (drawn) {
        const { x, y } = fonts.faces[face].glyph(codePoint);
        expect(glyph.path.commands[0]).toMatchObject({ command: "moveTo", args: [x, y] });
      }
    }
  });

  it("says what it is: its name, an em of 1000, the face's ascent", () => {
    expect(font.postscriptName).toBe(resource.attributes["FontName"]);
    expect([font.unitsPerEm, font.ascent, font.descent]).toEqual([
      1000,
      fonts.faces[face].header.ascent,
      fonts.faces[face].header.descent,
    ]);
  });

  it("has the checksum of a font file in head, and each table its own (ISO/IEC 14496-22, 5.1.2)", () => {
    const data = Buffer.from(bytes);
    const sum = (from: number, length: number): number => {
      let total = 0;
      for (let at = from; at < from + length; at += 4) total = (total + data.readUInt32BE(at)) >>> 0;
      return total;
    };
    expect(data.length % 4).toBe(0);
    expect(sum(0, data.length)).toBe(0xb1b0afba);
    for (let i = 0; i < data.readUInt16BE(4); i += 1) {
      const entry = 12 + 16 * i;
      if (data.toString("latin1", entry, entry + 4) === "head") continue;
      const [checksum, offset, length] = [4, 8, 12].map((at) => data.readUInt32BE(entry + at)) as [
        number,
        number,
        number,
      ];
      expect(sum(offset, (length + 3) & ~3)).toBe(checksum);
    }
  });
});

describe("the map of characters", () => {
  const header: FaceHeader = new FaceFile("fangsong", `${directory}/fangsong.face`).header;
  const glyph = (advance: number) => ({ x: 0, y: 0, advance, body: new Uint8Array() });
  const fontOf = (codePoints: readonly number[]): Font =>
    open(
      openTypeFont(
        "Test",
        header,
        codePoints.map((codePoint, i) => ({ codePoint, glyph: glyph(i) })),
      ),
    );

  it("leads beyond the first plane, and tells neighbours across its end apart", () => {
    const points = [0x20, 0x4e00, 0x4e01, 0xfffd, 0x10000, 0x20bb7, 0x20bb8, 0x2fa1d];
    const font = fontOf(points);
    for (const [i, point] of points.entries()) expect(font.glyphForCodePoint(point).id).toBe(i + 1);
    expect(font.glyphForCodePoint(0x4e02).id).toBe(0);
  });

  it("holds thousands of characters that are none's neighbours, and none at all", () => {
    const points = Array.from({ length: 9000 }, (_, i) => 0x3400 + 3 * i);
    const font = fontOf(points);
    for (const i of [0, 1, 4500, 8999]) expect(font.glyphForCodePoint(points[i]!).id).toBe(i + 1);
    expect(fontOf([]).numGlyphs).toBe(1);
  });
});
