/** What can be printed, held against GB 18030—2022, and what is said of what cannot. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { conclude } from "../../src/check/conclude.ts";
import { glyphFindings } from "../../src/check/glyphs.ts";
import { validate } from "../../src/check/validate.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { LEVEL_1, LEVEL_2, LEVEL_3 } from "../support/gb18030.ts";
import { readPieces } from "../support/pdf.ts";
import { example } from "../support/service.ts";
import { typeset } from "../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const missing = (codePoints: readonly number[]): readonly string[] =>
  codePoints
    .map((codePoint) => String.fromCodePoint(codePoint))
    .filter((character) => fonts.missing(character).length > 0);

describe("the faces have all of GB 18030—2022", () => {
  it("level 1", () => {
    expect(LEVEL_1.length).toBeGreaterThan(28_000);
    expect(missing(LEVEL_1)).toEqual([]);
  });

  it("level 2: 通用规范汉字表", () => {
    expect(LEVEL_2).toHaveLength(196);
    expect(missing(LEVEL_2)).toEqual([]);
  });

  it("level 3: every ideograph and radical", () => {
    expect(LEVEL_3).toHaveLength(60_531);
    expect(missing(LEVEL_3)).toEqual([]);
  });
});

async function withText(text: string): Promise<Report> {
  const report = await example("hangzhou-2025");
  report["other"].body = [{ type: "paragraph", text }];
  return report as unknown as Report;
}

describe("what is printed and what is refused", () => {
  it("names in ideographs of the extensions are printed and can be copied", async () => {
    const names = "吉祥写作𠮷祥，另有𪚥、𫠆、𬬻、𬳵、𮯠各一人。";
    const report = await withText(names);
    expect(glyphFindings(report, fonts).filter(({ level }) => level === "error")).toEqual([]);
    const text = (await readPieces(await typeset(report, fonts))).pieces.map((piece) => piece.text).join("");
    expect(text).toContain(names);
  });

  it.each([
    ["ᠮᠣᠩᠭᠣᠯ", "蒙古文"],
    ["བོད་ཡིག", "藏文"],
    ["ئۇيغۇرچە", "维吾尔文"],
    ["ꆈꌠꁱꂷ", "彝文"],
    ["ᥖᥭᥰᥖᥬᥳ", "傣文"],
  ])("%s is refused once, by the name of its script", async (text, script) => {
    const errors = glyphFindings(await withText(`本区名称为${text}。`), fonts).filter(({ level }) => level === "error");
    expect(errors.map(({ id }) => id)).toEqual(["F-GLYPH"]);
    expect(errors[0]!.message).toContain(script);
    expect(errors[0]!.messageEn).toContain("attach the original");
    expect(errors[0]!.cells[0]!.pointer).toBe("/other/body/0/text");
  });

  it("a character with a variation selector, and an emoji, are refused by what they are", async () => {
    for (const [text, said] of [
      ["姓名含葛\u{e0100}字。", "字形选择符"],
      ["谢谢😀。", "表情符号“😀”"],
    ] as const) {
      const report = await withText(text);
      const errors = conclude(report, validate(report), undefined, fonts).findings.filter(
        ({ level }) => level === "error",
      );
      expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining(said)]);
    }
  });
});
