import { describe, expect, it } from "vitest";
import { validate } from "../../src/check/validate.ts";
import { importReport } from "../../src/import/import.ts";
import { ImportError } from "../../src/import/import-error.ts";
import { steep } from "../support/growth.ts";
import { CSS_TOKENS, HTML_TOKENS, TEXT_TOKENS } from "../support/import/repeats.ts";
import { example } from "../support/service.ts";

const hangzhou = await example("hangzhou-2025");
const MINUTES = 60_000;

/** Imports a text; that it is refused is an answer too. */
async function imported(text: string, name: string): Promise<void> {
  try {
    await importReport(new TextEncoder().encode(text), { name });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
  }
}

const HEAD = "杭州市人民政府2025年政府信息公开工作年度报告\n一、总体情况\n";
const TAIL = "\n五、存在的主要问题及改进情况\n无\n六、其他需要报告的事项\n无\n杭州市人民政府\n2026年1月26日\n";

type Shape = readonly [name: string, tokens: readonly string[], file: string, text: (repeats: string) => string];

const SHAPES: readonly Shape[] = [
  ["a plain text", TEXT_TOKENS, "a.txt", (x) => `${HEAD}${x}${TAIL}`],
  ["a CSV", TEXT_TOKENS, "a.csv", (x) => `a,b,c\n1,2,3\n${x}`],
  ["a page's title and headings", TEXT_TOKENS, "a.html", (x) => `<title>${x}</title><h1>${x}</h1><p>一、总体情况</p>`],
  ["a cell of a table", TEXT_TOKENS, "a.html", (x) => `<table><tr><td>规章<td>${x}<td>2<td>3</table>`],
  ["a page", HTML_TOKENS, "a.html", (x) => `<html><body>${x}`],
  ["a page's table", HTML_TOKENS, "a.html", (x) => `<html><body><table><tr><td>规章<td>${x}`],
  ["a style sheet", CSS_TOKENS, "a.html", (x) => `<style>${x}</style><table><tr>${"<td class=x>1".repeat(100)}`],
  ["a style attribute", CSS_TOKENS, "a.html", (x) => `<body><p style='${x}'>1`],
  ["JSON", ["[", "{", '{"a":', '"', '\\"', "1", "1,", "[1],", " "], "a.json", (x) => `{"edition":"2021","x":${x}`],
];

describe("the time that it takes to import grows no faster than", () => {
  it.each(SHAPES)(
    "%s",
    async (_, tokens, file, text) => {
      const prepare = (token: string) => (count: number) => {
        const repeats = text(token.repeat(count));
        return () => imported(repeats, file);
      };
      expect(await steep(tokens.map((token) => [JSON.stringify(token), prepare(token)]))).toEqual([]);
    },
    30 * MINUTES,
  );
});

const body = (items: readonly object[]) => ({
  ...hangzhou,
  overview: { body: items },
  problems: { body: items },
  other: { body: items },
});

const REPORTS = [
  ["a paragraph", (token: string, count: number) => body([{ type: "paragraph", text: `某${token.repeat(count)}某` }])],
  [
    "paragraphs",
    (token: string, count: number) =>
      body(Array.from({ length: count / 10 }, () => ({ type: "paragraph", text: `某${token}某` }))),
  ],
  [
    "headings",
    (token: string, count: number) =>
      body(
        Array.from({ length: count / 10 }, (_, i) => ({ type: "heading", level: 2 + (i % 3), text: `某${token}某` })),
      ),
  ],
  [
    "an organ's name",
    (token: string, count: number) => ({ ...hangzhou, organ: { ...hangzhou.organ, name: `某${token.repeat(count)}` } }),
  ],
] as const;

describe("the time that the rules take grows no faster than", () => {
  it.each(REPORTS)(
    "%s",
    async (_, report) => {
      const prepare = (token: string) => (count: number) => {
        const value = report(token, count);
        return () => validate(value);
      };
      expect(await steep(TEXT_TOKENS.map((token) => [JSON.stringify(token), prepare(token)]))).toEqual([]);
    },
    30 * MINUTES,
  );
});
