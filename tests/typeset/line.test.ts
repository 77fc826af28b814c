/** Lines of official text: 28 characters (GB/T 9704—2012, 5.2.3), 避头尾 and marks (GB/T 15834—2011, 5.1). */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFonts } from "../../src/fonts/fonts.ts";
import { BODY_SIZE, CELL, CELLS, WIDTH } from "../../src/typeset/grid.ts";
import { type SetLine, setLines } from "../../src/typeset/line.ts";

const { measure } = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const STYLE = { face: "fangsong", size: BODY_SIZE, cell: CELL, width: WIDTH, cells: CELLS, justify: true } as const;
const set = (text: string, indent = 0): readonly SetLine[] =>
  setLines(text, { ...STYLE, indent: indent * CELL }, measure);
const textOf = ({ text }: SetLine): string => String.fromCodePoint(...text);
const texts = (text: string, indent?: number): string[] => set(text, indent).map(textOf);
const han = (count: number): string => "政府信息公开工作依法推进".repeat(10).slice(0, count);

describe("a line", () => {
  it("holds 28 characters, the first one of a paragraph 26 after two blank ones", () => {
    expect(texts(han(28))).toEqual([han(28)]);
    expect(texts(han(60)).map(({ length }) => length)).toEqual([28, 28, 4]);
    expect(texts(han(60), 2).map(({ length }) => length)).toEqual([26, 28, 6]);
    const [first] = set(han(60), 2);
    expect([first!.x[0]! / CELL, first!.x[26]! / CELL]).toEqual([expect.closeTo(2, 9), expect.closeTo(28, 9)]);
  });

  it("has every character in its own cell where there are no others than Chinese ones", () => {
    const [first] = set(han(60));
    for (let i = 0; i <= 28; i += 1) expect(first!.x[i]! / CELL).toBeCloseTo(i, 9);
  });

  it.each(["，", "。", "、", "；", "）", "》", "”", "！", "？", "％"])("does not begin with %s", (mark) => {
    expect(texts(`${han(28)}${mark}${han(5)}`)[0]).toBe(han(27));
  });

  it.each(["（", "《", "“", "〔"])("does not end with %s", (mark) => {
    expect(texts(`${han(27)}${mark}${han(5)}`)[0]).toBe(han(27));
  });

  it.each(["——", "……"])("does not part %s", (twins) => {
    for (const before of [25, 26, 27, 28]) {
      const all = texts(`${han(before)}${twins}${han(20)}`);
      expect(all.filter((line) => line.includes(twins))).toHaveLength(1);
      expect(all.join("")).toBe(`${han(before)}${twins}${han(20)}`);
    }
  });

  it("takes from the blanks of marks where it is a little too full, and the mark at its end may lose its own", () => {
    // A quarter-em on each side of the figures would make it wider than the line.
    const text = `${han(8)}，${han(8)}12${han(8)}。`;
    const [line, ...others] = set(text);
    expect(others).toEqual([]);
    expect(line!.x.at(-1)!).toBeLessThanOrEqual(WIDTH + 0.01);
    expect(texts(`${han(8)}，${han(8)}12${han(7)}（${han(5)}`)[0]).not.toMatch(/（$/);
  });

  it("has no blank between marks that come together", () => {
    const advances = (text: string): number[] => {
      const [{ x }] = set(text) as [SetLine];
      return [...x.slice(1)].map((at, i) => Math.round(((at - x[i]!) / CELL) * 100) / 100);
    };
    expect(advances("法》，令")).toEqual([1, 0.5, 1, 1]);
    expect(advances("法。”令")).toEqual([1, 0.5, 1, 1]);
    expect(advances("法）（令")).toEqual([1, 0.5, 1, 1]);
    expect(advances("法（《令")).toEqual([1, 0.5, 1, 1]);
  });
});

describe("a paragraph", () => {
  it("does not end with a line of one character and its mark", () => {
    for (const mark of ["。", "！", ""])
      for (let count = 20; count <= 120; count += 1) {
        const all = texts(`${han(count)}${mark}`, 2);
        expect(all.join("")).toBe(`${han(count)}${mark}`);
        if (all.length > 1) expect(all.at(-1)!.replace(/[。！]/gu, "").length, all.at(-1)).toBeGreaterThan(1);
      }
  });

  it("takes the last character in where the blanks of marks have room for it", () => {
    const text = `${han(5)}，12${han(5)}，34${han(5)}，${han(5)}。`;
    for (const line of set(text)) expect(line.x.at(-1)!).toBeLessThanOrEqual(WIDTH + 0.01);
    expect(texts(text)).toHaveLength(1);
  });
});

describe("a number", () => {
  it.each(["12件", "99.5%", "3条", "800件", "25万"])("stays with its unit: %s", (quantity) => {
    for (let before = 20; before <= 28; before += 1) {
      const all = texts(`${han(before)}${quantity}${han(30)}`);
      expect(all.filter((line) => line.includes(quantity))).toHaveLength(1);
    }
  });

  it.each(["1.5亿元", "1007.25万元", "800余条", "12345678件"])(
    "of more characters is parted from it only where a hole of more than two and a half characters would stay: %s",
    (quantity) => {
      for (let before = 18; before <= 28; before += 1) {
        const all = texts(`${han(before)}${quantity}${han(30)}`);
        if (before >= CELLS - 2.5) expect(all[0]).toBe(han(before));
        expect(all[0]).not.toMatch(/[0-9.]$(?<!1\.5|1007\.25|800|12345678)/);
        expect(all.join("")).toBe(`${han(before)}${quantity}${han(30)}`);
      }
    },
  );

  it("is never broken, nor is a word", () => {
    for (const word of ["12345678", "1234567890123456", "WeChat", "GB/T9704"])
      for (let before = 18; before <= 28; before += 1) {
        const all = texts(`${han(before)}${word}${han(30)}`);
        expect(all.filter((line) => line.includes(word))).toHaveLength(1);
      }
  });

  it("that is longer than a line, and an address, lose nothing", () => {
    const address = `https://www.example.org/${"zfxxgk/".repeat(12)}index.html?id=1&page=2`;
    for (const text of ["1".repeat(200), address, `见${address}。`]) expect(texts(text).join("")).toBe(text);
    // An address is broken after its marks.
    expect(texts(address)[0]).toMatch(/\/$/);
  });
});

/** What official text is made of: clauses, quotations, quantities, words. */
const PARTS = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 11 }).map(han) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 8 }).map((n) => `《${han(n)}》`) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }).map((n) => `（以下简称“${han(n)}”）`) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(9999), fc.constantFrom("件", "条", "万元", "次", "%")).map((p) => p.join("")),
    },
    { weight: 1, arbitrary: fc.constantFrom("Wi-Fi", "PDF", "A类", "——", "……") },
  ),
  { minLength: 1, maxLength: 6 },
);
/** A text in which so much stands before each part. */
const textWith = (between: string) =>
  fc
    .array(
      fc.tuple(
        PARTS.map((parts) => `${between}${parts.join(between)}`),
        fc.constantFrom("，", "。", "；", "、", "：", "！", "？"),
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((clauses) => clauses.flat().join(""));
const TEXT = textWith("");

describe("any text", () => {
  it("comes in lines that lose nothing, stay in their room, and neither begin nor end with a wrong mark", () => {
    fc.assert(
      fc.property(TEXT, fc.constantFrom<number[]>(0, 2), (text, indent) => {
        const lines = set(text, indent);
        expect(lines.map(textOf).join("")).toBe(text);
        for (const [i, line] of lines.entries()) {
          const own = textOf(line);
          if (i > 0) expect(own).not.toMatch(/^[，。、；：！？）》”％—…%]/u);
          if (i < lines.length - 1) expect(own).not.toMatch(/[（《“]$/u);
          expect(line.x.at(-1)!).toBeLessThanOrEqual(WIDTH + 0.02);
          for (let k = 1; k < line.x.length; k += 1) expect(line.x[k]!).toBeGreaterThan(line.x[k - 1]!);
          // A letter and a digit take half a cell.
          const cells = [...own].reduce((sum, c) => sum + (c < "\u0100" ? 0.5 : 1), i === 0 ? indent : 0);
          expect(cells).toBeLessThanOrEqual(CELLS);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has each line but the last as full as it can be", () => {
    fc.assert(
      // Words and figures that touch are one, of any length; apart, an amount with its unit and mark is the longest.
      fc.property(textWith("政"), (text) => {
        for (const line of set(text).slice(0, -1)) expect(line.x.at(-1)!).toBeGreaterThan(WIDTH - 6 * CELL);
      }),
      { numRuns: 100 },
    );
  });
});
