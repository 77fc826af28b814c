import { expect, it } from "vitest";
import { repeatedIn } from "../../src/check/repeated.ts";

const marked = (one: string, other: string) =>
  repeatedIn(one, other).map((stretches) =>
    stretches.map(({ text, repeated }) => (repeated ? `[${text}]` : text)).join(""),
  );

it("marks what two texts share, in both", () => {
  expect(marked("今年开办了公开专栏，更新及时。", "去年开办了公开专栏。")).toEqual([
    "今[年开办了公开专栏]，更新及时。",
    "去[年开办了公开专栏]。",
  ]);
});

it("passes over digits, widths and punctuation, which the rule does not count", () => {
  expect(marked("全年公开３２件，接待群众。", "全年公开45件；接待群众")).toEqual([
    "[全年公开３２件，接待群众]。",
    "[全年公开45件；接待群众]",
  ]);
});

it("takes a letter that they share by itself for chance, and nothing for everything", () => {
  expect(marked("公开甲乙", "丙公丁戊")).toEqual(["公开甲乙", "丙公丁戊"]);
  expect(marked("", "有字")).toEqual(["", "有字"]);
});

it("loses no character of either", () => {
  const [one, other] = ["𠀀水利局，公开！", "水利局（公开）𠀀"];
  expect(repeatedIn(one, other).map((stretches) => stretches.map(({ text }) => text).join(""))).toEqual([one, other]);
});
