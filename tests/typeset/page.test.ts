import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { compose } from "../../src/compose/compose.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { pageFaults } from "../support/page.ts";
import { example, type MutableReport } from "../support/service.ts";
import { typeset } from "../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));

/** Pieces that official text is made of, hard ones among them. */
const PIECE = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.stringMatching(
      /^[政府信息公开工作年度报告依法申请办理网站平台群众企业监督保障主动更新解读回应的和与及]{1,12}$/u,
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom("，", "。", "、", "；", "：", "！", "？", "——", "……") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "《政府信息公开条例》",
      "（以下简称“条例”）",
      "“一网通办”",
      "）、（",
      "。”（",
      "〔2021〕30号",
    ),
  },
  { weight: 2, arbitrary: fc.nat(99_999_999).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "800余条",
      "1007.25万元",
      "2021年1月26日",
      "同比增长12.5%",
      "A类",
      "Wi-Fi",
      "PDF",
      "3.5 GHz",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("https://www.example.gov.cn/zwgk/zfxxgk/2025/index.html?a=1&b=2", "㙍", "镕", "①", "＋"),
  },
);
const PARAGRAPH = fc
  .array(PIECE, { minLength: 1, maxLength: 60 })
  .map((pieces) => ({ type: "paragraph", text: pieces.join("") }));
const HEADING = fc.record({
  type: fc.constant("heading"),
  level: fc.constantFrom(2, 3, 4),
  text: fc.stringMatching(/^[政府信息公开工作平台建设监督保障]{2,40}$/u),
});
const BODY = fc.array(fc.oneof({ weight: 3, arbitrary: PARAGRAPH }, { weight: 1, arbitrary: HEADING }), {
  maxLength: 14,
});
const ORGAN = fc.constantFrom(
  "聊城市市场监督管理局",
  "某县水利局",
  "内蒙古自治区锡林郭勒盟苏尼特右旗人力资源和社会保障局",
  "新疆生产建设兵团第八师石河子市住房和城乡建设局（人民防空办公室）",
);

async function faultsOf(report: MutableReport): Promise<string[]> {
  const sound = report as unknown as Report;
  return pageFaults(await typeset(sound, fonts), compose(sound));
}

describe("the official page (GB/T 9704—2012)", () => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)("of %s", async (name) => {
    expect(await faultsOf(await example(name))).toEqual([]);
  });

  it.each(Array.from({ length: 6 }, (_, i) => i))("of 50 generated reports, series %d", async (series) => {
    const bases = [await example("liaocheng-2020"), await example("hangzhou-2025")];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1),
        ORGAN,
        BODY,
        BODY,
        BODY,
        fc.array(PARAGRAPH, { maxLength: 2 }),
        async (base, organ, overview, problems, other, preamble) => {
          const report = structuredClone(bases[base]!);
          report["organ"].name = organ;
          report["preamble"] = preamble;
          report["overview"].body = overview;
          report["problems"].body = problems;
          report["other"].body = other;
          expect(await faultsOf(report)).toEqual([]);
        },
      ),
      { numRuns: 50, seed: 9704 + series },
    );
  });

  it("of thirty pages and more", async () => {
    const report = await example("hangzhou-2025");
    const long = fc.sample(PARAGRAPH, { numRuns: 160, seed: 30 });
    report["overview"].body.push(...long);
    expect(await faultsOf(report)).toEqual([]);
  });
});
