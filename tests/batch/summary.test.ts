import { HtmlValidate } from "html-validate";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/basics/finding.ts";
import { readOrgans } from "../../src/batch/organs.ts";
import type { FileSummary, OrganSummary, Summary } from "../../src/batch/summary.ts";
import { summaryHtml } from "../../src/batch/summary-html.ts";
import { summaryXlsx } from "../../src/batch/summary-xlsx.ts";
import { summaryJson } from "../../src/batch/write-summaries.ts";
import { inGb18030, organList } from "../support/batch.ts";
import { axe, launchBrowser, watchedPage } from "../support/browser.ts";
import { cityRoster } from "../support/city.ts";
import { distinctReport } from "../support/distinct.ts";
import { checked } from "../support/html.ts";

const counts = { error: 0, warning: 0, information: 0 };
const finding = (message: string): Finding => ({
  id: "T3-BALANCE",
  level: "error",
  message,
  messageEn: "…",
  cells: [{ pointer: "/requests/received/naturalPerson", label: "表三“一／自然人”", value: 3 }],
});

/** A summary of so many organs with so many findings each. */
function made(organs: number, each: number, name = "示例机关") {
  const file = (i: number): FileSummary => ({
    id: `files/县区 一/${i}#.html`,
    path: `县区 一/${i}#.html`,
    outcome: "errors",
    format: "html",
    year: 2025,
    compared: i % 2 === 0,
    counts: { ...counts, error: each },
    ofContent: { ...counts, error: each },
    outputs: i === 0 ? ["report.pdf"] : [],
  });
  const total = organs * each;
  const summary: Summary = {
    format: 1,
    program: "nianbao 0.0.0",
    date: "2026-02-01",
    title: "某市",
    year: 2025,
    totals: {
      files: organs,
      outcomes: { sound: 0, same: 0, unexplained: 0, errors: organs, unreadable: 0, failed: 0 },
      findings: { ...counts, error: total },
      organs,
      organsWithErrors: organs,
      unattributed: 0,
      listed: organs + 1,
      notFiled: 1,
    },
    rules: [
      {
        id: "T3-BALANCE",
        level: "error",
        findings: total,
        organs: Array.from({ length: organs }, (_, i) => `organ-${i + 1}`),
        example: "相差1",
        exampleEn: "difference 1",
      },
    ],
    organs: Array.from({ length: organs }, (_, i) => ({
      key: `organ-${i + 1}`,
      name: `${name}${i}`,
      uscc: distinctReport(i).organ.uscc,
      listed: true,
      outcome: "errors",
      counts: { ...counts, error: each },
      ofContent: { ...counts, error: each },
      files: [file(i)],
    })),
    notFiled: [{ name: "未报机关", uscc: distinctReport(7).organ.uscc, candidates: ["未报机关.pdf"] }],
    duplicates: [{ organ: "organ-1", year: 2025, paths: ["a.html", "b.html"] }],
    others: ["照片.jpg"],
  };
  const findingsOf = ({ path }: FileSummary): readonly Finding[] =>
    Array.from({ length: each }, (_, i) => finding(`${path}第${i}处`));
  return { summary, findingsOf };
}
const textOf = (parts: Iterable<string>): string => [...parts].join("");

describe("the summary as a page", () => {
  it("is valid, and its links lead to organs, rules and files", async () => {
    const { summary, findingsOf } = made(3, 2);
    const html = textOf(summaryHtml(summary, findingsOf));
    expect(checked(html)).toEqual([]);
    const validator = new HtmlValidate({
      extends: ["html-validate:recommended", "html-validate:a11y"],
      rules: {
        "doctype-style": "off",
        "long-title": "off",
        "no-trailing-whitespace": "off",
        "prefer-native-element": "off",
        "aria-label-misuse": ["error", { allowAnyNamable: true }],
      },
    });
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map((m) => `${m.line}: ${m.ruleId} ${m.message}`))).toEqual([]);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.length).toBeGreaterThan(8);
    expect(anchors.filter((anchor) => !ids.has(anchor))).toEqual([]);
    expect(html).toContain('href="files/%E5%8E%BF%E5%8C%BA%20%E4%B8%80/0%23.html/report.pdf"');
    expect(html).toContain("未报机关");
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/);
  });

  it("passes axe, and fits a phone", { timeout: 120_000 }, async () => {
    const { summary, findingsOf } = made(3, 2);
    const browser = await launchBrowser();
    try {
      const { page, faults } = await watchedPage(await browser.newContext({ viewport: { width: 360, height: 740 } }));
      await page.setContent(textOf(summaryHtml(summary, findingsOf)));
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it("shows names of files and organs as text", () => {
    const { summary, findingsOf } = made(1, 1, '<img src=x onerror="alert(1)">');
    const html = textOf(summaryHtml(summary, findingsOf));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x");
  });

  it("has the worst organs first, what figures get wrong apart from what was not read, and the lists folded", () => {
    const { summary, findingsOf } = made(3, 2);
    const [a, b, c] = summary.organs as [OrganSummary, OrganSummary, OrganSummary];
    const ofReading = { ...c, ofContent: counts, counts: { ...counts, error: 9 } };
    const worst = { ...b, ofContent: { ...counts, error: 5 }, counts: { ...counts, error: 5 } };
    const [rule] = summary.rules;
    const html = textOf(
      summaryHtml(
        { ...summary, organs: [ofReading, a, worst], rules: [rule!, { ...rule!, id: "I-MISSING" }] },
        findingsOf,
      ),
    );
    const part = html.slice(html.indexOf('<h2 id="findings">'));
    expect([...part.matchAll(/<details class="organ" id="([^"]+)">/g)].map(([, id]) => id)).toEqual([
      b.key,
      a.key,
      c.key,
    ]);
    expect(html.match(/<caption>[^<]*（[TI]、[^<]*<\/caption>/g)).toHaveLength(2);
    expect(html).toContain("9处其他错误");
  });

  it("lists fifty findings of a file and counts the rest", () => {
    const { summary, findingsOf } = made(1, 60);
    const html = textOf(summaryHtml(summary, findingsOf));
    expect(html.match(/第\d+处/g)).toHaveLength(50);
    expect(html).toContain("另有10处");
  });
});

describe("the summary as a workbook", () => {
  it("has every finding a row, five sheets with fixed heads and filters, and the same bytes every time", async () => {
    const { summary, findingsOf } = made(5, 3);
    const bytes = await summaryXlsx(summary, findingsOf);
    expect(Buffer.compare(bytes, await summaryXlsx(summary, findingsOf))).toBe(0);
    const { sheets } = await readXlsx(bytes);
    expect(sheets.map(({ name }) => name)).toEqual(["汇总", "按规则", "按机关", "问题明细", "未报送"]);
    for (const { freezePane, autoFilter } of sheets) {
      expect(freezePane?.rows).toBe(1);
      expect(autoFilter?.range).toMatch(/^A1:/);
    }
    const [head, ...rows] = sheets[3]!.rows;
    expect(head).toEqual(expect.arrayContaining(["机关", "文件", "规则", "级别", "说明", "单元格", "整改情况"]));
    expect(rows).toHaveLength(15);
    expect(rows[4]?.slice(0, 8)).toEqual([
      ...["示例机关1", distinctReport(1).organ.uscc, null, 2025, "县区 一/1#.html"],
      ...["T3-BALANCE", "错误", "县区 一/1#.html第1处"],
    ]);
    expect(sheets[4]?.rows[1]?.[0]).toBe("未报机关");
  });

  it("takes no text for a formula", async () => {
    const { summary, findingsOf } = made(1, 1, '=HYPERLINK("http://example.org","看")');
    const { sheets } = await readXlsx(await summaryXlsx(summary, findingsOf));
    const [, row] = sheets[2]!.rows;
    expect(row?.[0]).toBe(`'=HYPERLINK("http://example.org","看")0`);
  });

  it("holds fifty thousand findings", { timeout: 120_000 }, async () => {
    const { summary, findingsOf } = made(5000, 10);
    const { sheets } = await readXlsx(await summaryXlsx(summary, findingsOf));
    expect(sheets[3]?.rows).toHaveLength(50_001);
    const html = textOf(summaryHtml(summary, findingsOf));
    expect(html.match(/第\d+处/g)).toHaveLength(50_000);
    const json = JSON.parse(textOf(summaryJson(summary, findingsOf)));
    expect(json.organs).toHaveLength(5000);
    expect(json.organs[4999].files[0].findings).toHaveLength(10);
  });
});

describe("the list of organs", () => {
  const read = (text: string) => readOrgans(Buffer.from(text), "organs.csv").all;

  it("may be a roster: with divisions, former names and when organs are there", () => {
    const [city, bureau] = cityRoster().organs;
    const organs = [city, { ...bureau, formerNames: ["云川市计划委员会"], until: "2025-03-01" }];
    const list = readOrgans(Buffer.from(JSON.stringify({ division: "990100", organs })), "roster.json");
    expect(list.all).toEqual([
      { name: city!.name, uscc: city!.uscc, division: "990100" },
      {
        name: bureau!.name,
        uscc: bureau!.uscc,
        division: "990100",
        formerNames: ["云川市计划委员会"],
        until: "2025-03-01",
      },
    ]);
    expect(list.named("云川市计划委员会")?.uscc).toBe(bureau!.uscc);
    expect(() =>
      read(JSON.stringify({ division: "990100", organs: [{ ...city, uscc: `${city!.uscc.slice(0, 17)}9` }] })),
    ).toThrow("校验码应为");
  });
  const [a, b] = [distinctReport(1).organ, distinctReport(2).organ];

  it("is read with a head or without, in UTF-8 and in GB18030, as Excel saves it", () => {
    const row = { name: a.name, uscc: a.uscc };
    expect(read(`\ufeff名称,代码\r\n${a.name},${a.uscc}\r\n\r\n`)).toEqual([row]);
    expect(read(`${a.name},${a.uscc.toLowerCase()},市本级`)).toEqual([{ ...row, division: "市本级" }]);
    expect(readOrgans(inGb18030(`名称,统一社会信用代码\n${a.name},${a.uscc}\n`), "organs.csv").all).toEqual([row]);
    expect(read(organList(300))).toHaveLength(300);
  });

  it("finds an organ however its name is spaced and its brackets are written", () => {
    const organs = readOrgans(Buffer.from(`某市局（分局）,${a.uscc}`), "organs.csv");
    expect(organs.named(" 某市局 (分局)")?.uscc).toBe(a.uscc);
    expect(organs.in("2025/某市局（分局）年报.pdf")?.uscc).toBe(a.uscc);
    expect(organs.in(`${a.uscc}.docx`)?.uscc).toBe(a.uscc);
    expect(organs.in("别的.docx")).toBeUndefined();
  });

  it.each([
    ["a code whose check character is wrong", `${a.name},${a.uscc.slice(0, 17)}-`, /第1行/],
    ["a row without a code", `名称,代码\n${a.name},${a.uscc}\n${b.name},\n`, /第3行.*没有填/],
    ["a row without a name", `${a.name},${a.uscc}\n,${b.uscc}\n`, /第2行.*没有名称/],
    ["two codes for a name", `${a.name},${a.uscc}\n${a.name},${b.uscc}\n`, /第2行.*另一个代码/],
    ["two names for a code", `${a.name},${a.uscc}\n${b.name},${a.uscc}\n`, /第2行.*已是/],
    ["nothing", "名称,代码\n", /没有机关/],
  ])("is refused with %s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
