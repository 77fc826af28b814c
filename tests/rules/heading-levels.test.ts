/** Headings go down by one level at a time: what skips one is refused, and what is imported skips none. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { validate } from "../../src/check/validate.ts";
import { narrativeOf } from "../../src/import/outline/narrative.ts";
import { example } from "../support/service.ts";

const heading = (level: number, text = "标题") => ({ type: "heading", level, text });
const PARAGRAPH = { type: "paragraph", text: "正文。" };

async function found(...body: readonly unknown[]) {
  const report = await example("hangzhou-2025");
  report["other"].body = body;
  return validate(report).findings.filter(({ id }) => id === "S-LEVEL");
}

describe("a heading", () => {
  it("may stand one level below the one before it, or on any level above", async () => {
    expect(
      await found(heading(2), PARAGRAPH, heading(3), heading(4), PARAGRAPH, heading(3), heading(2), heading(3)),
    ).toEqual([]);
  });

  it.each([
    [[heading(3)], 0, "“1.”上面没有“（一）”"],
    [[heading(4)], 0, "“（1）”上面没有“（一）”"],
    [[heading(2), PARAGRAPH, heading(4)], 2, "“（1）”上面没有“1.”"],
  ])("that skips a level is refused, where it stands, and with what is missing: %j", async (body, at, said) => {
    const findings = await found(...body);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ level: "error", cells: [{ pointer: `/other/body/${at}/level` }] });
    expect(findings[0]!.message).toContain(said);
    expect(findings[0]!.messageEn).toContain("skips a level");
  });

  it("in every section by itself", async () => {
    const report = await example("hangzhou-2025");
    report["overview"].body = [heading(2), heading(3), PARAGRAPH];
    report["problems"].body = [heading(3), PARAGRAPH];
    expect(
      validate(report)
        .findings.filter(({ id }) => id === "S-LEVEL")
        .map(({ cells }) => cells[0]!.pointer),
    ).toEqual(["/problems/body/0/level"]);
  });
});

it("the conditions are in the published schemas, for whoever writes a report by them", async () => {
  for (const edition of ["2019", "2021"]) {
    const schema = await readFile(new URL(`../../schemas/report-${edition}.schema.json`, import.meta.url), "utf8");
    expect(schema.match(/"x-headingLevels"/g)).toHaveLength(3);
  }
});

it("a numbered line of a file that would skip a level stays a paragraph, and is printed the same", () => {
  const line = (text: string, level?: number) => ({ text, ...(level === undefined ? {} : { level }) }) as never;
  const { items } = narrativeOf([
    line("1.便民渠道"),
    line("正文一句。"),
    line("（一）主动公开"),
    line("1.目录"),
    line("正文。"),
  ]);
  expect(items).toEqual([
    { type: "paragraph", text: "1.便民渠道" },
    { type: "paragraph", text: "正文一句。" },
    { type: "heading", level: 2, text: "主动公开" },
    { type: "heading", level: 3, text: "目录" },
    { type: "paragraph", text: "正文。" },
  ]);
});
