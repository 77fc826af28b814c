import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/basics/finding.ts";
import { compare } from "../../src/check/compare.ts";
import { validate } from "../../src/check/validate.ts";
import { figureAt, getCell, setCell } from "../../src/form/cells.ts";
import { formOf, forms } from "../../src/form/forms.ts";
import { totalCells } from "../../src/form/totals.ts";
import { countsIn } from "../../src/narrative/counts.ts";
import { numberOfNumeral } from "../../src/narrative/numbers.ts";
import { labelled, measure } from "../support/sentences.ts";
import { example, type MutableReport, withoutCounts } from "../support/service.ts";

const EXAMPLES = { "2019": "liaocheng-2020", "2021": "hangzhou-2025" } as const;

const paragraphs = (...texts: string[]) => texts.map((text) => ({ type: "paragraph", text }));

/** What is found, but for what an example's own texts are found to lack once they are cut and added to. */
const ELSEWHERE = ["N-LENGTH", "N-PROBLEMS", "N-GOV"];
const foundIn = (report: unknown): readonly Finding[] =>
  validate(report).findings.filter(({ id }) => !ELSEWHERE.includes(id));

/** What is found beside an example's own texts when these are added to its overview. */
async function findings(
  name: Parameters<typeof example>[0],
  texts: string[],
  change = (_: MutableReport) => {},
): Promise<readonly Finding[]> {
  const report = await example(name);
  report["problems"].body.push(...paragraphs(...texts));
  change(report);
  return foundIn(report);
}
const hangzhou = (...texts: string[]) => findings("hangzhou-2025", texts);
const liaocheng = (...texts: string[]) => findings("liaocheng-2020", texts);
const ids = (found: readonly Finding[]): string[] => found.map((f) => f.id);

describe("what is said of a whole region", () => {
  const SENTENCES = [
    "全市共收到政府信息公开申请3200件，办结3100件。",
    "2020年，全市各级行政机关新收政府信息公开申请3200件。",
    "我市因政府信息公开发生行政复议210件、行政诉讼94件。",
    "全市现行有效规范性文件1204件。",
    "全市作出行政处罚决定88012件。",
    "本市共受理政府信息公开申请3200件，予以公开1200件。",
  ];

  it.each(SENTENCES)("is no count of a bureau's own: %s", async (text) => {
    expect(await liaocheng(text)).toEqual([]);
  });

  it.each(SENTENCES.filter((text) => !text.includes("规范性文件")))(
    "is one of the city's government: %s",
    async (text) => {
      const found = await findings("hangzhou-2025", [text.replace("2020年", "2025年")]);
      expect(ids(found).some((id) => id.startsWith("N-"))).toBe(true);
    },
  );

  it("is none of a district's where it is of the city, and one where it is of the district", async () => {
    const district = (text: string) =>
      findings("hangzhou-2025", [text], (report) => (report["organ"].name = "杭州市西溪区人民政府"));
    expect(ids(await district("全市共收到政府信息公开申请3200件。"))).toEqual([]);
    expect(ids(await district("全区共收到政府信息公开申请3200件。"))).toEqual(["N-REQUESTS"]);
  });

  it("does not hide what the bureau says of itself in the next sentence", async () => {
    const found = await liaocheng("全市共收到政府信息公开申请3200件。我局共收到政府信息公开申请77件。");
    expect(ids(found)).toEqual(["N-REQUESTS"]);
  });
});

describe("the sentences that the reader was built on", () => {
  it.each(["building", "offices-building"])("are read as they are labelled, but for a few: %s", async (name) => {
    const measured = measure(await labelled(name));
    expect(measured.sentences).toBeGreaterThanOrEqual(150);
    expect(measured.precision, JSON.stringify(measured.wrong)).toBeGreaterThanOrEqual(0.99);
    expect(measured.recall, JSON.stringify(measured.wrong)).toBeGreaterThanOrEqual(0.97);
  });
});

describe("numbers as prose writes them", () => {
  it.each([
    ["三百二十一", 321],
    ["一千零五", 1005],
    ["两", 2],
    ["十", 10],
    ["二十", 20],
    ["一百一十", 110],
    ["三千〇八", 3008],
    ["两万三千", 23_000],
    ["一亿二千三百万", 123_000_000],
    ["二万亿", 2_000_000_000_000],
    ["二〇二四", 2024],
  ])("%s is %i", (text, value) => {
    expect(numberOfNumeral(text)).toBe(value);
  });

  it.each([
    ["收到政府信息公开申请14,069件。", 14_069],
    ["收到政府信息公开申请14，069件。", 14_069],
    ["收到政府信息公开申请１４０６９件。", 14_069],
    ["收到政府信息公开申请 14069 件次。", 14_069],
    ["收到政府信息公开申请一万四千零六十九件。", 14_069],
    ["收到政府信息公开申请1.4万件。", 14_000],
  ])("%s", async (text, value) => {
    expect(countsIn(text, formOf("2021")!, { year: 2025 }).map((m) => m.value)).toEqual([value]);
    // 1.4万件 is 14069, cut off.
    expect(await hangzhou(text)).toEqual([]);
  });
});

describe("a count that the tables contradict", () => {
  it("is a warning that quotes the sentence and the cell", async () => {
    const [finding, ...more] = await hangzhou(
      "2025年，全市依法办理各类申请，收到政府信息公开申请14096件，办结13810件。",
    );
    expect(more).toEqual([]);
    expect(finding).toEqual({
      id: "N-REQUESTS",
      level: "warning",
      message:
        "正文“2025年，全市依法办理各类申请，收到政府信息公开申请14096件，办结13810…”与表不符：表三“一、本年新收政府信息公开申请数量／总计”为14069",
      messageEn:
        "The narrative says “2025年，全市依法办理各类申请，收到政府信息公开申请14096件，办结13810…”, but Table requests “1. New requests this year / Total” is 14069",
      cells: [
        { pointer: "/problems/body/8/text", label: "文字", value: 14_096 },
        { pointer: "/requests/received/total", label: "表三“一、本年新收政府信息公开申请数量／总计”", value: 14_069 },
      ],
    });
  });

  it.each([
    ["N-REQUESTS", "上年结转政府信息公开申请561件。"],
    ["N-REQUESTS", "结转下年度继续办理820件。"],
    ["N-REQUESTS", "没有结转下年度继续办理的申请。"],
    ["N-RESULTS", "共办结政府信息公开申请13811件。"],
    ["N-RESULTS", "予以公开5549件。"],
    ["N-RESULTS", "不予公开1件。"],
    ["N-REVIEW", "因政府信息公开引发行政复议791件。"],
    ["N-REVIEW", "未发生因政府信息公开引发的行政复议。"],
    ["N-LITIGATION", "因政府信息公开引发行政诉讼56件。"],
    ["N-LITIGATION", "未经复议直接起诉57件。"],
    ["N-REQUESTS", "全市办理依申请公开3件。"],
    ["N-REQUESTS", "收到政府信息公开申请14069件，其中法人或其他组织申请456件。"],
    ["N-RESULTS", "予以公开及部分公开7717件。"],
    ["N-RESULTS", "因本机关不掌握等原因无法提供1件。"],
    ["N-RESULTS", "予以公开、部分公开分别为5548件、2169件。"],
    ["N-REQUESTS", "收到政府信息公开申请14629件（含上年结转561件）。"],
    ["N-LITIGATION", "因政府信息公开引发行政复议790起、行政诉讼211起。"],
    ["N-DISCLOSURE", "制发规章4件。"],
    ["N-DISCLOSURE", "作出行政许可决定11398888件。"],
    ["N-DISCLOSURE", "行政事业性收费316440万元。"],
    ["N-DISCLOSURE", "行政事业性收费31.66亿元。"],
  ])("%s: %s", async (id, text) => {
    expect(ids(await hangzhou(text))).toEqual([id]);
  });

  it("of a group of rows names the group and every cell that it is the sum of", async () => {
    const [finding] = await hangzhou("因政府信息公开引发行政诉讼213件。");
    expect(finding!.message).toContain("表四“行政诉讼／总计”合计为212");
    expect(finding!.cells.map((c) => [c.pointer, c.value])).toEqual([
      ["/problems/body/8/text", 213],
      ["/remedies/litigation/direct/total", 56],
      ["/remedies/litigation/afterReview/total", 156],
    ]);
  });

  it("is quoted with every character to be seen, and no half of one", async () => {
    const report = await example("hangzhou-2025");
    report["problems"].body.push(...paragraphs(`${"𠮷".repeat(20)}\u200b，收到政府信息公开申请5件。`));
    const finding = foundIn(report).find((f) => f.id === "N-REQUESTS");
    expect(finding?.message).toContain("\\u{200b}，收到政府信息公开申请5件");
    expect(finding?.message.isWellFormed()).toBe(true);
    expect(finding?.message).not.toMatch(/\\u\{d[8-f]/);
  });

  it("of the form of 2019 is found as well", async () => {
    expect(
      await liaocheng("全年收到政府信息公开申请9件，予以公开4件。", "未发生因政府信息公开引发的行政复议。"),
    ).toEqual([]);
    expect(ids(await liaocheng("全年收到政府信息公开申请8件，予以公开3件。", "新制作规范性文件1件。"))).toEqual([
      "N-REQUESTS",
      "N-RESULTS",
      "N-DISCLOSURE",
    ]);
  });

  it("is money in either unit", async () => {
    const bought = (text: string) =>
      findings("liaocheng-2020", [text], (r) => {
        r["disclosure"].procurement = { projects: 12, amount: { amount: "251000", unit: "元" } };
      });
    expect(await bought("政府集中采购项目12个，总金额25.1万元。")).toEqual([]);
    expect(await bought("政府集中采购项目12个，总金额251000元。")).toEqual([]);
    expect(ids(await bought("政府集中采购项目12个，总金额25.2万元。"))).toEqual(["N-DISCLOSURE"]);
    expect(ids(await bought("政府集中采购项目11个，总金额251,001元。"))).toEqual(["N-DISCLOSURE", "N-DISCLOSURE"]);
  });
});

describe("what may be meant is accepted", () => {
  it.each([
    ["what was received and what was carried over together", "全市共收到政府信息公开申请14629件。"],
    ["disclosed and partly disclosed together", "予以公开7716件。"],
    ["an amount rounded or cut off", "行政事业性收费31.64亿元，即行政事业性收费31.65亿元。"],
    ["what was handled as what was received, or as the results", "全市办理政府信息公开申请13810件。"],
    [
      "parts that add up to the figure before them",
      "收到政府信息公开申请14069件，其中网上申请14060件、信函申请9件，予以公开5548件。",
    ],
    ["the sum of both kinds of litigation", "因政府信息公开引发行政诉讼212件。"],
  ])("%s: %s", async (_, text) => {
    expect(await hangzhou(text)).toEqual([]);
  });

  it("either of two figures when a total is not the sum of its row: that has its own finding", async () => {
    const wrong = (text: string) =>
      findings("hangzhou-2025", [], (r) => {
        Object.assign(r, withoutCounts(r));
        r["problems"].body = paragraphs(text);
        r["requests"].received.total = 15_000;
      });
    const own = ids(await wrong("无"));
    expect(own).toEqual(["T3-BALANCE", "T3-ROW-TOTAL"]);
    for (const value of [15_000, 14_069]) expect(ids(await wrong(`收到政府信息公开申请${value}件。`))).toEqual(own);
    expect(ids(await wrong("收到政府信息公开申请14070件。"))).toContain("N-REQUESTS");
  });
});

describe("a report in the making", () => {
  it("is not contradicted by cells that are not there yet, and totals that are left out are reckoned with", async () => {
    const report = await example("hangzhou-2025");
    report["problems"].body.push(...paragraphs("收到政府信息公开申请14068件。"));
    delete report["requests"].received.total;
    expect(ids(foundIn(report))).toEqual(["N-REQUESTS"]);
    delete report["requests"].received.other;
    expect(ids(foundIn(report))).not.toContain("N-REQUESTS");
    report["requests"] = {};
    report["remedies"] = undefined;
    report["disclosure"] = null;
    expect(ids(foundIn(report)).filter((id) => id.startsWith("N-"))).toEqual([]);
    report["year"] = "2025";
    expect(ids(foundIn(report)).filter((id) => id.startsWith("N-"))).toEqual([]);
  });
});

describe("growth since last year", () => {
  let now: MutableReport;
  let last: MutableReport;
  beforeAll(async () => {
    now = validate(await example("hangzhou-2025")).report as unknown as MutableReport;
    last = structuredClone(now);
    last["year"] = 2024;
    last["requests"].received.total = 12_000;
    last["disclosure"].fees.amount = { amount: "300000", unit: "万元" };
  });
  const growth = (text: string) => {
    const report = structuredClone(now);
    report["problems"].body.push(...paragraphs(text));
    return compare(report as never, last as never).filter((f) => f.id.startsWith("N-"));
  };

  it.each([
    "收到政府信息公开申请14069件，同比增长17.2%。",
    "收到政府信息公开申请14069件，较上年增加2069件、增长17%。",
    "依申请公开数量比2024年增长百分之十七。",
    "行政事业性收费316441万元，较去年同期增长5.48%。",
    "收到政府信息公开申请14069件，比2023年下降50%。",
    "收到政府信息公开申请14069件，办结13810件，较上年分别增长1%和2%。",
  ])("agrees: %s", (text) => {
    expect(growth(text)).toEqual([]);
  });

  it.each([
    "收到政府信息公开申请14069件，同比增长12.7%。",
    "收到政府信息公开申请14069件，同比下降17.2%。",
    "收到政府信息公开申请14069件，较上年增加2068件。",
    "行政事业性收费316441万元，较去年增长6.48%。",
  ])("does not agree: %s", (text) => {
    expect(ids(growth(text))).toEqual(["N-GROWTH"]);
  });

  it("says what it was, what it is, and where both stand", () => {
    expect(growth("收到政府信息公开申请14069件，同比增长12.7%。")).toEqual([
      {
        id: "N-GROWTH",
        level: "warning",
        message:
          "正文“收到政府信息公开申请14069件，同比增长12.7%”与表不符：表三“一、本年新收政府信息公开申请数量／总计”上年为12000、本年为14069，变化为17.24%",
        messageEn:
          "The narrative says “收到政府信息公开申请14069件，同比增长12.7%”, but Table requests “1. New requests this year / Total” was 12000 last year and is 14069, a change of 17.24%",
        cells: [
          { pointer: "/problems/body/8/text", label: "文字", value: 12.7 },
          { pointer: "/requests/received/total", label: "表三“一、本年新收政府信息公开申请数量／总计”", value: 14_069 },
          {
            pointer: "/requests/received/total",
            label: "表三“一、本年新收政府信息公开申请数量／总计”",
            value: 12_000,
            of: "previous",
          },
        ],
      },
    ]);
  });

  it("is not asked of a figure that was 0, nor of one that last year's form did not have", async () => {
    last["requests"].received.total = 0;
    expect(growth("收到政府信息公开申请14069件，同比增长12.7%。")).toEqual([]);
    const older = validate(await example("liaocheng-2020")).report!;
    const report = structuredClone(now);
    report["problems"].body.push(...paragraphs("行政许可决定11398889件，同比增长3%，行政事业性收费同比增长3%。"));
    const found = compare(report as never, older as never).filter((f) => f.id === "N-GROWTH");
    expect(found.every((f) => f.cells.some((c) => c.pointer === "/disclosure/licensing/decisions"))).toBe(true);
  });
});

/** How a count may be written. */
const WRITTEN: readonly ((n: number) => string)[] = [
  (n) => String(n),
  (n) => n.toLocaleString("en-US"),
  (n) => n.toLocaleString("en-US").replaceAll(",", "，"),
  (n) => String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
  (n) => ` ${n} `,
  inChinese,
];

function inChinese(n: number): string {
  if (n >= 10_000) {
    const rest = n % 10_000;
    return `${inChinese(Math.floor(n / 10_000))}万${rest === 0 ? "" : (rest < 1000 ? "零" : "") + inChinese(rest)}`;
  }
  const digits = [...String(n)].map(Number);
  const spelled = digits
    .map((d, i) => (d === 0 ? "零" : "零一二三四五六七八九"[d]! + ["", "十", "百", "千"][digits.length - 1 - i]!))
    .join("");
  return n === 0 ? "零" : spelled.replace(/零+/g, "零").replace(/零$/, "");
}

/** Sentences on figures of either form, with the rule that they come under. */
const SAYINGS: readonly (readonly [id: string, pointers: readonly string[], say: (n: string) => string])[] = [
  ["N-REQUESTS", ["/requests/received/total"], (n) => `本年度共收到政府信息公开申请${n}件。`],
  ["N-REQUESTS", ["/requests/received/naturalPerson"], (n) => `全年收到自然人提出的政府信息公开申请${n}件。`],
  ["N-REQUESTS", ["/requests/carriedIn/total"], (n) => `上年结转政府信息公开申请${n}件。`],
  ["N-REQUESTS", ["/requests/carriedOut/total"], (n) => `结转下年度继续办理${n}件。`],
  ["N-RESULTS", ["/requests/results/total/total"], (n) => `全年办结政府信息公开申请${n}件。`],
  ["N-RESULTS", ["/requests/results/granted/total"], (n) => `在办结的申请中，予以公开${n}件。`],
  ["N-RESULTS", ["/requests/results/partlyGranted/total"], (n) => `其中部分公开的申请有${n}件。`],
  ["N-RESULTS", ["/requests/results/unavailable/notHeld/total"], (n) => `本机关不掌握相关政府信息而无法提供${n}件。`],
  ["N-RESULTS", ["/requests/results/notProcessed/duplicates/total"], (n) => `因重复申请不予处理${n}件。`],
  [
    "N-RESULTS",
    ["notHeld", "needsCreation", "stillUnclear"].map((row) => `/requests/results/unavailable/${row}/total`),
    (n) => `无法提供${n}件。`,
  ],
  ["N-REVIEW", ["/remedies/review/total"], (n) => `因政府信息公开引发的行政复议${n}件。`],
  ["N-REVIEW", ["/remedies/review/upheld"], (n) => `因政府信息公开引发的行政复议中，结果维持${n}件。`],
  ["N-LITIGATION", ["/remedies/litigation/direct/total"], (n) => `未经复议直接起诉的行政诉讼${n}件。`],
  [
    "N-LITIGATION",
    ["/remedies/litigation/direct/total", "/remedies/litigation/afterReview/total"],
    (n) => `全年因政府信息公开被提起行政诉讼${n}件。`,
  ],
  ["N-DISCLOSURE", ["/disclosure/penalties/decisions"], (n) => `全年作出行政处罚决定${n}件。`],
  ["N-DISCLOSURE", ["/disclosure/rules/made"], (n) => `本年制发规章${n}件。`],
];

describe.each(forms)("generated reports of edition $edition", (form) => {
  const totals = new Set(totalCells(form).map((cell) => cell.pointer));
  const made = fc.record({
    counts: fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 30, maxLength: 400 }),
    order: fc.shuffledSubarray([...SAYINGS.keys()], { minLength: 3 }),
    written: fc.array(fc.nat(WRITTEN.length - 1), { minLength: SAYINGS.length, maxLength: SAYINGS.length }),
    which: fc.nat(),
    by: fc.integer({ min: 1, max: 99 }),
  });
  const base = example(EXAMPLES[form.edition as keyof typeof EXAMPLES]);
  const figure = (report: unknown, pointers: readonly string[]) =>
    pointers.reduce((sum, pointer) => sum + figureAt(form, report, pointer)!.value, 0);

  /** A balanced report with these counts that says nothing of them. */
  async function silent(counts: readonly number[]): Promise<MutableReport> {
    const report = withoutCounts(await base);
    let i = 0;
    const each = (node: Record<string, unknown>, pointer: string): void => {
      for (const [key, value] of Object.entries(node))
        if (totals.has(`${pointer}/${key}`)) delete node[key];
        else if (typeof value === "number") node[key] = counts[i++ % counts.length];
        else each(value as Record<string, unknown>, `${pointer}/${key}`);
    };
    each(report["requests"], "/requests");
    each(report["remedies"], "/remedies");
    for (const pointer of ["/disclosure/penalties/decisions", "/disclosure/rules/made"])
      if (getCell(report, pointer) !== undefined) setCell(report, pointer, counts[i++ % counts.length]);
    for (const column of Object.keys(report["requests"].received)) {
      report["requests"].received[column] = figure(report, [`/requests/results/total/${column}`]);
      report["requests"].carriedIn[column] = report["requests"].carriedOut[column];
    }
    return report;
  }

  it("are not found at fault for what is stated from their own tables; for one number changed, for that alone", async () => {
    await fc.assert(
      fc.asyncProperty(made, async ({ counts, order, written, which, by }) => {
        const report = await silent(counts);
        const sayings = order
          .map((i) => [SAYINGS[i]!, WRITTEN[written[i]!]!] as const)
          .filter(([[, pointers]]) => figureAt(form, report, pointers[0]!));
        const state = (changed?: number): string[] =>
          sayings.map(([[, pointers, say], write], i) =>
            say(write(figure(report, pointers) + (i === changed ? by : 0))),
          );
        report["overview"].body.push(...paragraphs(...state()));
        expect(foundIn(report)).toEqual([]);
        const place = report["overview"].body.length - sayings.length;
        const changed = which % sayings.length;
        const [id, pointers] = sayings[changed]![0];
        const value = figure(report, pointers);
        const wider: Record<string, string> = {
          "/requests/received/total": "/requests/carriedIn/total",
          "/requests/received/naturalPerson": "/requests/carriedIn/naturalPerson",
          "/requests/results/granted/total": "/requests/results/partlyGranted/total",
        };
        fc.pre(wider[pointers[0]!] === undefined || figure(report, [wider[pointers[0]!]!]) !== by);
        report["overview"].body.splice(place, sayings.length, ...paragraphs(...state(changed)));
        const found = foundIn(report);
        expect(ids(found)).toEqual([id]);
        expect(found[0]!.cells[0]).toEqual({
          pointer: `/overview/body/${place + changed}/text`,
          label: "文字",
          value: value + by,
        });
        expect(found[0]!.cells.slice(1).map((c) => c.pointer)).toEqual(pointers);
      }),
      { numRuns: 60 },
    );
  });
});

describe("hostile texts", () => {
  const N = 300_000;
  const filled = (text: string) => text.repeat(Math.ceil(N / text.length)).slice(0, N);
  it.each([
    ["one clause of numbers", "收到政府信息公开申请5件", 0],
    ["digits", "1", 0],
    ["thousands", "1,234", 0],
    ["numerals", "百万", 0],
    ["commas", "，", 0],
    ["brackets", "（", 0],
    ["rows without an end", "予以公开不予公开", 0],
    ["figures without a full stop", "予以公开5件、", 42_857],
    ["growth upon growth", "同比增长5%，", 0],
    ["denials", "没有予以公开、不予公开、", 0],
    ["the longest phrase, cut short", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申", 0],
    ["years", "2024年", 0],
    ["the organ's name", "清河市人民政府", 0],
    ["half characters", "\ud83d收到申请5件。", 0],
  ])("are read in linear time, and nothing that is not there is read: %s", (_, text, count) => {
    expect(countsIn(filled(text), formOf("2021")!, { year: 2024, organ: "清河市人民政府" })).toHaveLength(count);
  });

  it("of any characters are read without an error", () => {
    const pieces = [
      "收到",
      "申请",
      "5",
      "件",
      "，",
      "。",
      "（",
      "没有",
      "予以公开",
      "同比",
      "增长",
      "%",
      "去年",
      "其中",
      "、",
      "万",
      "元",
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" }))), (parts) => {
        const text = parts.join("");
        for (const { at, end, sentence, cells } of countsIn(text, formOf("2019")!, {
          year: 2020,
          organ: parts[0] ?? "",
        })) {
          expect(0 <= sentence && sentence <= at && at <= end && end <= text.length).toBe(true);
          expect(cells.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
