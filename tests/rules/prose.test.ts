/** The rules on texts: what they find, and what only looks like it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suites } from "../../generated/conformance.ts";
import type { Report } from "../../generated/report.ts";
import { ALIKE, alikePairs, narrativeOf } from "../../src/check/alike.ts";
import { compare } from "../../src/check/compare.ts";
import { merged, reportsOf } from "../../src/check/conformance.ts";
import { validate } from "../../src/check/validate.ts";
import { commonLength, commonShare } from "../../src/rules/lcs.ts";

const suite = suites.find(({ edition }) => edition === "2021")!;
type Patch = Parameters<typeof merged>[1];
const paragraph = (text: string) => ({ type: "paragraph", text });
const bodyOf = (section: "overview" | "problems") =>
  (suite.report as unknown as Record<string, { body: Patch[] }>)[section]!.body;

/** The ids of what is found in the suite's report when it is changed. */
const found = (patch: Patch): string[] => validate(merged(suite.report, patch)).findings.map(({ id }) => id);
/** … when a text more stands in one of its parts. */
const withText = (text: string, section: "overview" | "problems" = "overview") =>
  found({ [section]: { body: [...bodyOf(section), paragraph(text)] } } as Patch);
const withFee = (text: string) => found({ other: { body: [paragraph(text)] } });

describe("N-FEE", () => {
  it.each([
    "本年度未收取信息公开处理费。",
    "本年度未收取政府信息处理费。",
    "本机关未发生收费。",
    "本年度没有产生收费情况。",
    "依申请公开政府信息未收取任何费用。",
    "２０２４年未收取信息 处理费。",
    "本年度没有发出收费通知。",
    "信息处理费收取情况：0元。",
  ])("an answer: %s", (text) => expect(withFee(text)).toEqual([]));
  it.each(["无。", "本年度没有其他需要报告的事项，信息公开不收费。", "没有其他事项。"])("none: %s", (text) =>
    expect(withFee(text)).toEqual(["N-FEE"]),
  );
});

describe("N-FEE-PARTS, N-FEE-ROW, T2-FEE", () => {
  it.each([
    ["发出收费通知2件，总金额160元，实际收取120元。", []],
    ["发出收费通知两件，总金额1,600元，实收120元。", []],
    ["发出收费通知0件，收费0元。", []],
    ["发出收费通知2件，实际收取信息处理费120元。", ["N-FEE-PARTS"]],
    ["发出信息处理费收费通知2件。", ["N-FEE-PARTS"]],
    ["实际收取信息处理费2万元，发出收费通知2件，总金额2万元。", ["T2-FEE"]],
    ["收到检测费2万元；未收取信息处理费。", []],
  ] as const)("%s", (text, ids) => expect(withFee(text)).toEqual(ids));

  it("a fee that is denied is none where a notice is stated", () => {
    const overdue = {
      requests: { results: { granted: { naturalPerson: 5 }, otherHandling: { feeOverdue: { naturalPerson: 1 } } } },
    };
    const ids = (text: string) => found({ ...overdue, other: { body: [paragraph(text)] } });
    expect(ids("本年度未发生收费。")).toEqual(["N-FEE-ROW"]);
    expect(ids("发出收费通知1件，总金额30元，申请人逾期未缴，没有收取费用0元。")).not.toContain("N-FEE-ROW");
  });
});

describe("N-YEAR", () => {
  it.each([
    "2023年，我局共收到来信12封。",
    "2025年，全局认真落实条例要求，公开信息更全。",
    "本报告数据统计期限为2023年1月1日起至2023年12月31日。",
  ])("another year's work or period: %s", (text) => expect(withText(text)).toContain("N-YEAR"));
  it.each([
    "2023年，我局收到的来信比本年少。",
    "2025年，我局将继续做好公开工作。",
    "2023年以来，坚持每月检查。",
    "2023年印发的办法继续有效。",
    "按时公布2023年政府信息公开工作年度报告。",
    "自2023年1月1日起施行的办法已经公开。",
    "截至2023年底，目录共有九类。",
    "2024年，我局公开信息更全。",
    "规划期限为2021年1月1日至2025年12月31日。",
  ])("not: %s", (text) => expect(withText(text)).not.toContain("N-YEAR"));
});

describe("N-FRAME", () => {
  it.each([
    "一、总体情况",
    "一、总体情况　2024年，本局做好公开工作。",
    "三、收到和处理政府信息公开申请情况",
    "存在的主要问题及改进情况",
    "青山县水利局2024年政府信息公开工作年度报告",
    "青山县水利局",
    "2025年1月20日",
    "青山县水利局 2025年1月20日",
  ])("a part of the frame: %s", (text) => expect(withText(text)).toContain("N-FRAME"));
  it.each([
    "总体情况良好。",
    "其他需要报告的事项没有。",
    "青山县水利局负责发布水情。",
    "《青山县水利局2023年政府信息公开工作年度报告》",
    "2025年1月20日公布了防汛名单。",
    "一、二号闸门的改造信息已经公开。",
  ])("not: %s", (text) => expect(withText(text)).not.toContain("N-FRAME"));
});

describe("N-TEMPLATE", () => {
  it.each([
    "举办培训XX次。",
    "20XX年开展检查。",
    "文件〇〇件。",
    "信箱为【】。",
    "联系【请填写科室】。",
    "该部分以表格形式报告。",
  ])("left over: %s", (text) => expect(withText(text)).toContain("N-TEMPLATE"));
  it.each([
    "二〇〇八年起公开预算。",
    "共一〇〇处。",
    "在【政务公开】栏目查阅。",
    "网址为www.XXGK.com。",
    "符号×表示没有。",
  ])("not: %s", (text) => expect(withText(text)).not.toContain("N-TEMPLATE"));
});

describe("N-CLOSED", () => {
  it.each([
    "收到政府信息公开申请12件，已全部办结。",
    "本年受理的政府信息公开申请均已答复。",
    "政府信息公开申请办结率为100%。",
  ])("a claim: %s", (text) => expect(withText(text, "problems")).toContain("N-CLOSED"));
  it.each([
    "政府信息公开申请均在法定期限内答复。",
    "收到的申请按时办结率100%。",
    "上年结转的1件政府信息公开申请已全部办结。",
    "除1件结转下年外，政府信息公开申请已全部办结。",
    "行政复议申请已全部办结。",
    "申请人提出的信访事项均已办结。",
    "要求政府信息公开申请全部答复。",
  ])("not: %s", (text) => expect(withText(text, "problems")).not.toContain("N-CLOSED"));
});

describe("N-GOV", () => {
  const named = (name: string) => found({ organ: { name } });
  it("is for people's governments, townships too, and no office of theirs", () => {
    expect(named("青山县石桥乡人民政府")).toContain("N-GOV");
    for (const name of ["青山县人民政府办公室", "石桥街道办事处"]) expect(named(name)).not.toContain("N-GOV");
  });
});

describe("Y-REPEAT", () => {
  it("shows the texts beside last year's", () => {
    const own = suite.cases.find(({ rule, breaks }) => rule === "Y-REPEAT" && breaks)!;
    const { report, previous } = reportsOf(suite, own);
    const last = validate(previous).report!;
    const repeated = compare(validate(report).report!, last).find(({ id }) => id === "Y-REPEAT")!;
    expect(repeated.message).toMatch(/^正文与上年相同的占9\d%/);
    expect(repeated.cells.length).toBeGreaterThanOrEqual(4);
    for (let i = 0; i < repeated.cells.length; i += 2) {
      const [now, then] = [repeated.cells[i]!, repeated.cells[i + 1]!];
      expect([now.of, then.of]).toEqual([undefined, "previous"]);
      expect(commonShare(String(now.value), String(then.value))).toBeGreaterThan(0.5);
    }
  });
});

describe("the longest common subsequence", () => {
  const slow = (a: string, b: string): number => {
    let row = new Array<number>(b.length + 1).fill(0);
    for (const x of a) {
      const next = [0];
      for (let j = 0; j < b.length; j += 1) next.push(x === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
      row = next;
    }
    return row[b.length]!;
  };
  it("by bit vectors is that by the table", () => {
    const text = fc.string({ unit: fc.constantFrom("公", "开", "申", "请", "信"), maxLength: 120 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(commonLength(a, b)).toBe(slow(a, b));
      }),
      { numRuns: 300 },
    );
  });
  it("of a text with itself is the text", () => {
    expect(commonShare("政府信息公开".repeat(40), "政府信息公开".repeat(40))).toBe(1);
    expect([commonShare("", ""), commonShare("甲乙", "丙丁")]).toEqual([0, 0]);
  });
});

describe("B-ALIKE", () => {
  const NAMES = ["青山县水利局", "绿水县农业农村局", "白云市教育局"] as const;
  /** A narrative of an organ of some 400 characters that a number decides. */
  const text = (organ: string, seed: number): string =>
    Array.from({ length: 40 }, (_, i) => {
      const at = (k: number) =>
        String.fromCharCode(0x4e00 + ((seed * 7919 + i * 131 + k * 37 + ((i * k * seed) % 97)) % 3000));
      return `${organ}${Array.from({ length: 10 }, (_, k) => at(k)).join("")}${i}件。`;
    }).join("");
  const reportOf = (i: number, body: string, year = 2024): Report =>
    ({
      ...(suite.report as object),
      year,
      organ: { name: NAMES[i % 3], uscc: `${i}` },
      overview: { body: [paragraph(body)] },
      problems: { body: [paragraph("无")] },
      other: { body: [paragraph("无")] },
    }) as unknown as Report;

  it("finds two organs' narratives that agree but for names and numbers", () => {
    const reports = [
      reportOf(0, text(NAMES[0], 1)),
      reportOf(1, text(NAMES[1], 2)),
      reportOf(2, text(NAMES[2], 1).replaceAll("3", "8")),
    ];
    const [pair, ...others] = alikePairs(reports.map(narrativeOf));
    expect([pair?.a, pair?.b, others]).toEqual([0, 2, []]);
    expect(pair!.share).toBeGreaterThanOrEqual(ALIKE);
  });

  it("finds one that was changed in every twentieth character, and none that shares less than four fifths", () => {
    const changed = (every: number) => [...text("", 1)].map((c, i) => (i % every === 0 ? "其" : c)).join("");
    expect(alikePairs([reportOf(0, text("", 1)), reportOf(1, changed(20))].map(narrativeOf))).toHaveLength(1);
    expect(alikePairs([reportOf(0, text("", 1)), reportOf(1, changed(3))].map(narrativeOf))).toEqual([]);
  });

  it("compares neither years nor versions of one organ, nor texts that say nothing", () => {
    expect(alikePairs([reportOf(0, text(NAMES[0], 1)), reportOf(0, text(NAMES[0], 1))].map(narrativeOf))).toEqual([]);
    expect(alikePairs([reportOf(0, text(NAMES[0], 1)), reportOf(1, text(NAMES[0], 1), 2023)].map(narrativeOf))).toEqual(
      [],
    );
    expect(alikePairs([reportOf(0, "无"), reportOf(1, "无")].map(narrativeOf))).toEqual([]);
  });
});
