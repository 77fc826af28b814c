import { expect, it } from "vitest";
import { formOf } from "../../src/form/forms.ts";
import { type NarrativeItem, splitNarrative } from "../../src/narrative/split.ts";

const form = formOf("2021")!;
const ORGAN = "青山县水利局";
const paragraphs = (...texts: string[]): NarrativeItem[] => texts.map((text) => ({ type: "paragraph", text }));
const split = (items: readonly NarrativeItem[], section = "overview") => splitNarrative(form, section, items, ORGAN);
const textsOf = (items: readonly NarrativeItem[], section?: string) =>
  Object.fromEntries(
    [...split(items, section)!.texts].map(([pointer, list]) => [pointer, list.map(({ text }) => text)]),
  );

const WHOLE = [
  ORGAN,
  "2024年政府信息公开工作年度报告",
  "现将本局工作报告如下。",
  "一、总体情况",
  "公开水情信息。",
  "二、主动公开政府信息情况",
  "本表的件数含联合印发的。",
  "三、收到和处理政府信息公开申请情况",
  "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3",
  "另有两件转送其他机关。",
  "四、政府信息公开行政复议、行政诉讼情况",
  "五、存在的主要问题及改进情况",
  "更新慢，明年改。",
  "六、其他需要报告的事项",
  "未收取信息处理费。",
  ORGAN,
  "2025年1月20日",
];

it("a whole report that was pasted into one section goes into its sections", () => {
  const result = split(paragraphs(...WHOLE));
  expect(Object.fromEntries(result!.texts)).toEqual({
    "/preamble": paragraphs("现将本局工作报告如下。"),
    "/overview/body": paragraphs("公开水情信息。"),
    "/disclosure/before": paragraphs("本表的件数含联合印发的。"),
    "/requests/after": paragraphs("另有两件转送其他机关。"),
    "/problems/body": paragraphs("更新慢，明年改。"),
    "/other/body": paragraphs("未收取信息处理费。"),
  });
  expect(result!.unplaced).toEqual(["一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3"]);
});

it("nothing of the text is lost: every line is in a section, dropped as the frame, or named", () => {
  const { texts, dropped, unplaced } = split(paragraphs(...WHOLE))!;
  const all = [...[...texts.values()].flat().map(({ text }) => text), ...dropped, ...unplaced];
  expect(all.toSorted()).toEqual(WHOLE.toSorted());
});

it("the section that it was pasted into does not matter", () => {
  const { "/other/body": other, ...rest } = textsOf(paragraphs(...WHOLE), "other");
  expect(other).toEqual(["未收取信息处理费。"]);
  expect(rest["/overview/body"]).toEqual(["公开水情信息。"]);
});

it("headings within a section keep their level, and the headings of the form may be headings of the text", () => {
  const items: NarrativeItem[] = [
    { type: "heading", level: 2, text: "一、总体情况" },
    { type: "heading", level: 2, text: "主动公开" },
    { type: "paragraph", text: "公开水情信息。" },
    { type: "heading", level: 2, text: "存在的主要问题及改进情况" },
    { type: "paragraph", text: "更新慢，明年改。" },
  ];
  expect(Object.fromEntries(split(items)!.texts)).toEqual({
    "/overview/body": items.slice(1, 3),
    "/problems/body": items.slice(4),
  });
});

it("a heading and its text in one paragraph, and all in one paragraph, are parted", () => {
  const expected = { "/overview/body": ["公开水情信息。"], "/problems/body": ["更新慢。"], "/other/body": ["无。"] };
  const parts = [
    "一、总体情况 公开水情信息。",
    "五、存在的主要问题及改进情况：更新慢。",
    "六、其他需要报告的事项 无。",
  ];
  expect(textsOf(paragraphs(...parts))).toEqual(expected);
  expect(textsOf(paragraphs(parts.join("")))).toEqual(expected);
});

it("a list of contents parts nothing", () => {
  const contents = form.sections.map(({ number, label }) => `${number}、${label}`);
  const texts = textsOf(paragraphs("2024年政府信息公开工作年度报告", ...contents, ...WHOLE.slice(3)));
  expect(texts["/overview/body"]).toEqual(["公开水情信息。"]);
  expect(texts["/other/body"]).toEqual(["未收取信息处理费。"]);
});

it("what stood there before the report was pasted stays", () => {
  expect(textsOf(paragraphs("原有的一段。", "一、总体情况", "公开水情信息。"))["/overview/body"]).toEqual([
    "原有的一段。",
    "公开水情信息。",
  ]);
});

it.each([
  [["公开水情信息。", "总体情况良好。"]],
  [["一、二号闸门的改造信息已经公开。"]],
  [["见“三、收到和处理政府信息公开申请情况”的表。"]],
  [[ORGAN]],
])("an organ's own words are not split: %j", (texts) => expect(split(paragraphs(...texts))).toBeUndefined());
