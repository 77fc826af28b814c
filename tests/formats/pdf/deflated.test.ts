/** Font programs joined from outlines that were coded beforehand, unpacked by zlib. */
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeLengths } from "../../../scripts/code-lengths.ts";
import { ByteCode } from "../../../src/fonts/byte-code.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { cffFont, fontProgram } from "../../../src/formats/pdf/cff.ts";
import { deflated } from "../../../src/formats/pdf/deflated.ts";

const BOX = [-1000, -1000, 2000, 2000];
const hexadecimal = (lengths: readonly number[]): string => lengths.map((length) => length.toString(16)).join("");

const body = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 300, maxLength: 6000 }));
const glyph = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  advance: fc.integer({ min: 0, max: 3000 }),
  body,
});
/** How often each byte occurs and the end: even, uneven, and as lopsided as Fibonacci's numbers, which make the longest codes. */
const counts = fc.oneof(
  fc.array(fc.nat(1_000_000), { minLength: 257, maxLength: 257 }),
  fc.constant(new Array<number>(257).fill(0)),
  fc.constant(Array.from({ length: 257 }, (_, i) => Math.round(1.618 ** Math.min(i, 60)))),
);

describe("a font program as a zlib stream", () => {
  it("is the font program, in whichever code its outlines are, its checksum included", () => {
    fc.assert(
      fc.property(fc.array(glyph, { minLength: 1, maxLength: 8 }), counts, (drawn, often) => {
        const code = new ByteCode(hexadecimal(codeLengths(often)));
        const glyphs = drawn.map((each) => ({ ...each, coded: code.encode(each.body) }));
        const stream = deflated(fontProgram("Test", BOX, glyphs), glyphs, code);
        expect(inflateSync(stream).equals(cffFont("Test", BOX, glyphs))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("is seen to be damaged when a bit of an outline is", () => {
    const code = new ByteCode(`${"8".repeat(255)}99`);
    const glyphs = [{ x: 0, y: 0, advance: 1000, body: new Uint8Array(500).fill(77) }];
    const coded = glyphs.map((each) => ({ ...each, coded: code.encode(each.body) }));
    const stream = deflated(fontProgram("Test", BOX, coded), coded, code);
    stream[stream.length - 300]! ^= 1;
    expect(() => inflateSync(stream)).toThrow("incorrect data check");
  });

  it("takes hardly more room than with the shortest code for this very subset", () => {
    const { fangsong } = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url))).faces;
    const text = "根据中华人民共和国政府信息公开条例的规定编制本年度报告主动依申请监督保障存在问题改进情况其他需要事项";
    const glyphs = [...text].map((character) => fangsong.glyph(character.codePointAt(0)!));
    const stream = deflated(fontProgram("Test", BOX, glyphs), glyphs, fangsong.code);
    const raw = cffFont("Test", BOX, glyphs);
    const often = new Array<number>(257).fill(0);
    for (const value of raw) often[value]! += 1;
    const shortest = codeLengths(often).reduce((bits, length, value) => bits + length * often[value]!, 0) / 8;
    expect(inflateSync(stream).equals(raw)).toBe(true);
    expect(stream.length).toBeLessThan(shortest * 1.03);
  });
});

it("takes no lengths that make no code", () => {
  for (const lengths of ["", "8".repeat(257), "8".repeat(256), "7".repeat(257)])
    expect(() => new ByteCode(lengths)).toThrow(RangeError);
});
