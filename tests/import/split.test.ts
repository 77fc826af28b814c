/** Reports whose texts are all in one section: split by the form's headings, and said. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Imported } from "../../src/import/account.ts";
import { importReport } from "../../src/import/import.ts";
import { example, type MutableReport } from "../support/service.ts";

const imported = (value: unknown): Promise<Imported> =>
  importReport(new TextEncoder().encode(JSON.stringify(value)), { name: "report.json" });
const paragraphs = (...texts: string[]) => texts.map((text) => ({ type: "paragraph", text }));

let report: MutableReport;
beforeAll(async () => {
  report = await example("hangzhou-2025");
});

/** The report as somebody has it who pasted all of it into 总体情况. */
function pasted(extra: readonly string[] = []): MutableReport {
  const { problems, other, overview, ...rest } = structuredClone(report);
  const body = [
    ...paragraphs("杭州市人民政府2025年政府信息公开工作年度报告", "一、总体情况"),
    ...overview.body,
    ...paragraphs("二、主动公开政府信息情况", ...extra, "五、存在的主要问题及改进情况"),
    ...problems.body,
    ...paragraphs("六、其他需要报告的事项"),
    ...other.body,
    ...paragraphs("杭州市人民政府", "2026年1月26日"),
  ];
  return { ...rest, overview: { body } };
}

describe("a report pasted into one section", () => {
  it("is the report that was meant, and what was done is said", async () => {
    const { report: found, account } = await imported(pasted());
    expect(found).toEqual(report);
    const [split, ...others] = account.findings.filter(({ id }) => id === "I-SPLIT");
    expect([split?.level, others]).toEqual(["warning", []]);
    expect(split?.message).toContain("五、存在的主要问题及改进情况");
    expect(split?.message).toContain("2026年1月26日");
  });

  it("keeps lines of a table out, and names them", async () => {
    const { account } = await imported(pasted(["规章 3 5 74"]));
    expect(account.leftOut.map(({ text }) => text)).toEqual(["规章 3 5 74"]);
    expect(account.findings.find(({ id }) => id === "I-UNPLACED")?.level).toBe("error");
  });

  it("is left as it is where the other sections have texts: nothing is written over", async () => {
    const whole = { ...pasted(), problems: report["problems"], other: report["other"] };
    const { report: found, account } = await imported(whole);
    expect(found).toEqual(whole);
    expect(account.findings.map(({ id }) => id)).not.toContain("I-SPLIT");
  });
});

it("a file whose texts are one paragraph has its sections all the same", async () => {
  const text = [
    "青山县水利局2024年政府信息公开工作年度报告",
    "一、总体情况 公开水情信息。五、存在的主要问题及改进情况 更新较慢，明年改进。六、其他需要报告的事项 无。",
    "青山县水利局",
    "2025年1月20日",
  ];
  const { report: found, account } = await importReport(new TextEncoder().encode(text.join("\n")), { name: "a.txt" });
  expect(found).toMatchObject({
    overview: { body: paragraphs("公开水情信息。") },
    problems: { body: paragraphs("更新较慢，明年改进。") },
    other: { body: paragraphs("无。") },
  });
  expect(account.findings.filter(({ id, level }) => id === "I-SECTION" && level === "error")).toEqual([]);
});
