import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { COLUMNS, csv, renderCsv } from "../../src/formats/csv/csv.ts";
import type { ExactDocument, SourceDocument } from "../../src/import/document.ts";
import { readDocument } from "../../src/import/readers/read.ts";
import { REPORT } from "../support/import/reports.ts";
import { example } from "../support/service.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const exact = async (data: Uint8Array, name?: string): Promise<ExactDocument> => {
  const document = await readDocument(data, name === undefined ? {} : { name });
  expect(document).toHaveProperty("report");
  return document as ExactDocument;
};
const source = async (data: Uint8Array, name = "表.csv"): Promise<SourceDocument> => {
  const document = await readDocument(data, { name });
  expect(document).toHaveProperty("items");
  return document as SourceDocument;
};
const rowsOf = (document: SourceDocument): unknown[] =>
  document.items.map((item) =>
    item.kind === "text" ? item.text : item.grid.map((row) => row.map((cell) => cell?.text ?? "")),
  );
/** The examples' files, as `renderCsv` takes them. */
const report = async (name: "liaocheng-2020" | "hangzhou-2025"): Promise<Report> =>
  (await example(name)) as unknown as Report;

/** A text in GB18030: its characters that have two bytes there, and ASCII. */
function inGb18030(wanted: string): Uint8Array {
  const codes = new Map<string, number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let high = 0x81; high < 0xff; high += 1)
    for (let low = 0x40; low < 0xff; low += 1) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Uint8Array.from([...wanted].flatMap((c) => (c < "\u0080" ? c.charCodeAt(0) : codes.get(c)!)));
}

describe("a report's CSV", () => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)("gives %s back, key by key", async (name) => {
    const wanted = await readFile(new URL(`../../examples/${name}.json`, import.meta.url), "utf8");
    const { format, report: read } = await exact(renderCsv(await report(name)));
    expect([format, JSON.stringify(read)]).toEqual(["csv", JSON.stringify(JSON.parse(wanted))]);
  });

  it("gives any report back exactly", async () => {
    await fc.assert(
      fc.asyncProperty(REPORT, async (wanted) => {
        expect((await exact(renderCsv(wanted))).report).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it("has figures and nothing else in 数值, and the texts after them in 文字", async () => {
    const rows = text(renderCsv(await report("hangzhou-2025")))
      .split("\r\n")
      .slice(1, -1)
      .map((row) => row.split(","));
    const figures = rows.filter((row) => row[4] !== "");
    expect(figures.map((row) => row.at(-1))).toEqual(figures.map(() => ""));
    expect(figures.every((row) => /^-?\d+(\.\d+)?$/.test(row[4]!))).toBe(true);
    expect(rows.slice(0, figures.length)).toEqual(figures);
    expect(rows.find((row) => row[6] === "/overview/body/1/text")).toEqual([
      "11330100002489015P",
      "杭州市人民政府",
      "2025",
      "一、总体情况／第2段（二级标题）",
      "",
      "",
      "/overview/body/1/text",
      "主动公开",
    ]);
  });

  it("is read after a spreadsheet program saved it with semicolons, quotes everywhere or without the mark", async () => {
    const wanted = await report("liaocheng-2020");
    const saved = text(renderCsv(wanted));
    const quoted = saved.replace(/[^,\r\n]+/g, '"$&"');
    for (const other of [
      quoted,
      quoted.replaceAll(",", ";"),
      saved.replaceAll(",", "\t"),
      saved.replaceAll("\r\n", "\n"),
    ])
      expect((await exact(bytes(other))).report).toEqual(wanted);
  });

  it("is read as it was before it had the texts: the figures, and the checks will say what is missing", async () => {
    const wanted = await report("liaocheng-2020");
    const old = text(renderCsv(wanted))
      .split("\r\n")
      .filter((row) => row.endsWith(",") || row.startsWith(COLUMNS[0]))
      .map((row) => row.replace(/,(?:文字)?$/, ""))
      .join("\r\n");
    const { edition, year, organ, disclosure, requests, remedies } = wanted;
    const figures = { edition, year, organ, disclosure, requests, remedies };
    expect((await exact(bytes(old))).report).toEqual(figures);
  });

  it("without a row has no such figure, and what is no number stays for the checks to see", async () => {
    const saved = text(renderCsv(await report("liaocheng-2020")));
    const changed = saved
      .replace(/^.*\/requests\/received\/research,.*\r\n/m, "")
      .replace(/,9,,\/requests\/received\/naturalPerson/, ',"1,234",,/requests/received/naturalPerson');
    const { received } = ((await exact(bytes(changed))).report as Report).requests;
    expect(received).not.toHaveProperty("research");
    expect(received.naturalPerson).toBe("1,234");
  });

  const rowOf = (pointer: string): RegExp => new RegExp(`^.*${pointer},.*\r\n`, "m");
  it.each<[string, (saved: string) => string, RegExp]>([
    ["a paragraph out of the middle", (s) => s.replace(rowOf("/overview/body/1/text"), ""), /第\d+行：.*次序不对/],
    ["the same figure twice", (s) => s.replace(rowOf("/requests/received/other"), "$&$&"), /出现两次/],
    [
      "a figure of another edition",
      (s) => s.replace("/requests/received/other", "/disclosure/x"),
      /没有“\/disclosure\/x”/,
    ],
    ["an edition that there is not", (s) => s.replace("/edition,2019", "/edition,2035"), /没有格式版本“2035”/],
    [
      "a path into what every object has",
      (s) => s.replace("/requests/received/other", "/__proto__/x"),
      /没有“\/__proto__/,
    ],
    ["another organ's row", (s) => s.replace(/11371500MB28560185(?=.*\/signed)/, "1"), /机关或年度与前面各行不同/],
    ["an end within a quoted text", (s) => `${s}"1`, /引号没有配对/],
    ["no rows", (s) => s.slice(0, s.indexOf("\n") + 1), /没有数据/],
  ])("with %s is refused, and the row named", async (_, change, says) => {
    const saved = text(renderCsv(await report("liaocheng-2020")));
    const changed = change(saved);
    expect(changed).not.toBe(saved);
    await expect(readDocument(bytes(changed))).rejects.toMatchObject({
      name: "ImportError",
      message: expect.stringMatching(says),
    });
  });

  it("of a withdrawal is no report", async () => {
    const left = csv([
      ["统一社会信用代码", "行政机关", "年度", "状态", "理由"],
      ["11371500MB28560185", "聊城市市场监督管理局", "2020", "已撤回", "填错了机关。"],
    ]);
    await expect(readDocument(left)).rejects.toThrow("撤回");
  });
});

describe("a CSV of somebody else's", () => {
  const SHEET = [
    "某县水利局2024年政府信息公开工作年度报告,,,",
    "一、总体情况,,,",
    '"第一段，有“引号”。\n第二段。",,,',
    "二、主动公开政府信息情况,,,",
    "第二十条第（一）项,,,",
    '信息内容,本年制发件数,"本年废止\r\n件数",现行有效件数',
    "规章,,,",
    '行政规范性文件,0,1,"1,234"',
    "",
    "三、收到和处理政府信息公开申请情况,,,",
  ].join("\r\n");
  const READ = [
    "某县水利局2024年政府信息公开工作年度报告",
    "一、总体情况",
    "第一段，有“引号”。",
    "第二段。",
    "二、主动公开政府信息情况",
    [
      ["第二十条第（一）项", "", "", ""],
      ["信息内容", "本年制发件数", "本年废止\n件数", "现行有效件数"],
      ["规章", "", "", ""],
      ["行政规范性文件", "0", "1", "1,234"],
    ],
    "三、收到和处理政府信息公开申请情况",
  ];

  it.each([",", "\t", ";"])("parted by %j has its tables and paragraphs", async (delimiter) => {
    const parted = SHEET.replaceAll('"1,234"', "#").replaceAll(",", delimiter).replace("#", '"1,234"');
    const document = await source(bytes(`\ufeff${parted}`));
    expect(document.format).toBe(delimiter === "\t" ? "tsv" : "csv");
    expect(rowsOf(document)).toEqual(READ);
  });

  it("in GB18030, as Excel saves it in China, reads the same", async () => {
    const document = await source(inGb18030(SHEET));
    expect(document.encoding).toBe("gb18030");
    expect(rowsOf(document)).toEqual(READ);
  });

  it("that is running text has a paragraph a line, whatever commas and quotes are in it", async () => {
    const lines = ["一、总体情况", '　　共收到申请1,234件,办结"全部"', "", '"一网通办"平台', "五、其他"];
    const document = await source(bytes(lines.join("\n")), "年报.txt");
    expect(document.format).toBe("txt");
    expect(rowsOf(document)).toEqual(["一、总体情况", '共收到申请1,234件,办结"全部"', '"一网通办"平台', "五、其他"]);
  });

  it("copied out of a document has its tables between its paragraphs", async () => {
    const document = await source(
      bytes(
        "三、收到和处理政府信息公开申请情况\n项目\t自然人\t总计\n一、本年新收政府信息公开申请数量\t3\t3\n四、其他\n",
      ),
      "年报.txt",
    );
    expect(rowsOf(document)).toEqual([
      "三、收到和处理政府信息公开申请情况",
      [
        ["项目", "自然人", "总计"],
        ["一、本年新收政府信息公开申请数量", "3", "3"],
      ],
      "四、其他",
    ]);
  });

  it.each([
    ["rows", "a,b\n".repeat(100_001)],
    ["columns", `a${",".repeat(5000)}\nb,c,d\n`],
  ])("with more %s than any report is refused", async (_, data) => {
    await expect(readDocument(bytes(data), { name: "x.csv" })).rejects.toThrow("不是一份年度报告");
  });
});
