/** Reports made at random that are sound in shape, with texts that renderers and readers find hard. */
import fc from "fast-check";
import type { Report } from "../../generated/report.ts";
import { setCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { textPlaces } from "../../src/form/narrative.ts";
import { check as unnumbered } from "../../src/rules/unnumbered.ts";
import { PARAGRAPHS } from "./hostile-texts.ts";
import { example } from "./service.ts";

const PIECE = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[政府信息公开依法申请办理的和与及]{1,12}$/u) },
  { weight: 3, arbitrary: fc.constantFrom("，", "。", "、", "；", "：", "！", "？", "——", "……", "　", " ", "  ") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "（一）",
      "一、",
      "1.",
      "三、收到和处理政府信息公开申请情况",
      "2021年1月26日",
      "续表",
      "无",
    ),
  },
  { weight: 2, arbitrary: fc.nat(99_999_999).map(String) },
  { weight: 1, arbitrary: fc.constantFrom(...PARAGRAPHS.filter((text) => text.length < 200)) },
  { weight: 1, arbitrary: fc.constantFrom("㙍", "镕", "①", "＋", "𠮷", "é", "_x000D_", "&#13;") },
);
const text = (most: number): fc.Arbitrary<string> =>
  fc
    .array(PIECE, { minLength: 1, maxLength: most })
    .map((pieces) => pieces.join("").trim())
    .filter((joined) => joined !== "");
const PARAGRAPH = text(30).map((t) => ({ type: "paragraph", text: t }));
const HEADING = fc.record({
  type: fc.constant("heading"),
  level: fc.constantFrom(2, 3, 4),
  text: text(4).filter((t) => [...t].length <= 200 && unnumbered(t).length === 0),
});
const body = fc.array(fc.oneof({ weight: 3, arbitrary: PARAGRAPH }, { weight: 1, arbitrary: HEADING }), {
  minLength: 1,
  maxLength: 10,
});

const COUNT = fc.oneof(fc.nat(9), fc.nat(99_999), fc.constant(Number.MAX_SAFE_INTEGER));
const amount = fc
  .tuple(fc.nat(99_999_999), fc.stringMatching(/^(\.\d{0,5}[1-9])?$/))
  .map(([whole, fraction]) => `${whole}${fraction}`);

/** Reports of both editions, every figure at random: they need not add up. */
export async function generatedReports(): Promise<fc.Arbitrary<Report>> {
  const bases = [await example("liaocheng-2020"), await example("hangzhou-2025")];
  return fc.constantFrom(...bases).chain((base) => {
    const cells = formCells(formOf(base["edition"])!);
    const figures = fc.tuple(
      ...cells.map(({ type, units }) =>
        type === "money"
          ? fc.record({ amount, unit: fc.constantFrom(...units!) })
          : type === "signed"
            ? fc.integer({ min: -9999, max: 9999 }).map((n) => n + 0)
            : COUNT,
      ),
    );
    return fc
      .record({
        figures,
        name: fc.constantFrom("聊城市市场监督管理局", "某县水利局（县河长制办公室）", "A&B <市> 管委会"),
        preamble: fc.array(PARAGRAPH, { maxLength: 2 }),
        overview: body,
        problems: body,
        other: body,
        beside: fc.array(fc.array(PARAGRAPH, { maxLength: 2 }), { minLength: 6, maxLength: 6 }),
      })
      .map(({ figures: values, name, preamble, overview, problems, other, beside }) => {
        const report = structuredClone(base);
        report["organ"].name = name;
        delete report["preamble"];
        if (preamble.length > 0) report["preamble"] = preamble;
        report["overview"].body = overview;
        report["problems"].body = problems;
        report["other"].body = other;
        for (const [i, { pointer }] of cells.entries()) setCell(report, pointer, values[i]);
        const places = textPlaces(formOf(base["edition"])!).filter(({ key }) => key !== "body");
        for (const [i, { pointer }] of places.entries()) if (beside[i]!.length > 0) setCell(report, pointer, beside[i]);
        return report as unknown as Report;
      });
  });
}
