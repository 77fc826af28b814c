import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/basics/finding.ts";
import { compare } from "../../src/check/compare.ts";
import { validate } from "../../src/check/validate.ts";
import { getCell, setCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf, forms } from "../../src/form/forms.ts";
import { totalCells } from "../../src/form/totals.ts";
import { example, type MutableReport, withoutCounts } from "../support/service.ts";

const EXAMPLES = { "2019": "liaocheng-2020", "2021": "hangzhou-2025" } as const;
type Edition = keyof typeof EXAMPLES;

/** The example of an edition without its totals and without texts that state a figure, so that a change breaks only what it is meant to. */
async function withoutTotals(edition: Edition): Promise<MutableReport> {
  const report = withoutCounts(await example(EXAMPLES[edition]));
  for (const { pointer } of totalCells(formOf(edition)!)) {
    const parent = getCell(report, pointer.slice(0, pointer.lastIndexOf("/"))) as Record<string, unknown>;
    delete parent[pointer.slice(pointer.lastIndexOf("/") + 1)];
  }
  return report;
}

/** What is found but for the overview's length, which the examples have beside what is tried. */
const foundIn = (report: unknown): Finding[] => validate(report).findings.filter(({ id }) => id !== "N-LENGTH");
const idsOf = (report: unknown): string[] => foundIn(report).map((finding) => finding.id);

describe("the examples", () => {
  it.each(Object.values(EXAMPLES))("%s holds to every rule; its overview is long, which informs", async (name) => {
    const { findings } = validate(await example(name));
    expect(findings.map(({ id, level }) => [id, level])).toEqual([["N-LENGTH", "information"]]);
  });
});

describe.each(["2019", "2021"] as const)(
  "each rule of edition %s, broken alone, gives its finding and no other",
  (edition) => {
    const cases: [id: string, level: string, change: (report: MutableReport) => void][] = [
      ["T3-BALANCE", "error", (r) => (r["requests"].carriedIn.naturalPerson += 1)],
      [
        "T3-RESULT-SUM",
        "error",
        (r) => {
          r["requests"].results.total = { commercial: r["requests"].received.commercial + 5 };
          r["requests"].received.commercial += 5;
          const { carriedOut, carriedIn } = r["requests"];
          carriedIn.commercial = carriedOut.commercial;
        },
      ],
      ["T3-ROW-TOTAL", "error", (r) => (r["requests"].results.refused.stateSecret.total = 99)],
      ["T4-REVIEW-SUM", "error", (r) => (r["remedies"].review.total = 12345)],
      ["T4-DIRECT-SUM", "error", (r) => (r["remedies"].litigation.direct.total = 12345)],
      ["T4-AFTER-SUM", "error", (r) => (r["remedies"].litigation.afterReview.total = 12345)],
      [
        "F-USCC",
        "error",
        (r) => (r["organ"].uscc = `${r["organ"].uscc.slice(0, 17)}${r["organ"].uscc.endsWith("1") ? "2" : "1"}`),
      ],
      ["F-DATE", "error", (r) => (r["signed"] = `${r["year"]}-12-30`)],
      ["F-DATE", "warning", (r) => (r["signed"] = `${r["year"] + 1}-04-01`)],
      [
        "F-EDITION",
        "error",
        (r) => {
          r["year"] = edition === "2019" ? 2022 : 2020;
          r["signed"] = `${r["year"] + 1}-01-20`;
        },
      ],
      ["F-PII", "warning", (r) => r["problems"].body.push({ type: "paragraph", text: "如有疑问请致电13812345678。" })],
      [
        "F-PII",
        "error",
        (r) => r["problems"].body.push({ type: "paragraph", text: "申请人证件号为11010519491231002X。" }),
      ],
      ...(edition === "2019"
        ? ([
            ["T2-PUBLISHED", "warning", (r) => (r["disclosure"].rules.newlyDisclosed = 3)],
            ["T2-DELTA", "error", (r) => (r["disclosure"].fees.change = -2)],
          ] as typeof cases)
        : ([
            ["N-FEE", "warning", (r) => (r["other"].body = [{ type: "paragraph", text: "无" }])],
            [
              "N-TOPIC",
              "warning",
              (r) =>
                (r["overview"].body = r["overview"].body.filter((b: { text: string }) => !b.text.includes("监督保障"))),
            ],
          ] as typeof cases)),
    ];
    it.each(cases)("%s (%s)", async (id, level, change) => {
      const report = await withoutTotals(edition);
      change(report);
      const { findings } = validate(report);
      expect(findings.map((f) => [f.id, f.level])).toEqual([[id, level]]);
      expect(findings[0]!.messageEn).not.toBe("");
      for (const cell of findings[0]!.cells) expect(getCell(report, cell.pointer) ?? cell.value).toBeDefined();
    });
  },
);

describe("an organ's name with characters that look like others", () => {
  it("is taken with ideographs for its radicals, and that is said", async () => {
    const report = await example("hangzhou-2025");
    const value = { ...report, organ: { ...report["organ"], name: "杭州市⼈⺠政府" } };
    const taken = validate(value).report;
    expect(foundIn(value).map(({ id, level, cells }) => [id, level, cells[0]?.pointer])).toEqual([
      ["F-IDEOGRAPHS", "information", "/organ/name"],
    ]);
    expect(taken?.organ.name).toBe("杭州市人民政府");
  });
});

describe("what a finding says", () => {
  it("names both sides with their numbers and every cell by label and pointer", async () => {
    const report = await example("liaocheng-2020");
    report["requests"].results.unavailable.notHeld = {
      naturalPerson: 4,
      commercial: 0,
      research: 0,
      publicWelfare: 0,
      legalService: 0,
      other: 0,
    };
    report["requests"].results.total = { naturalPerson: 8 };
    const finding = validate(report).findings.find((f) => f.id === "T3-BALANCE");
    expect(finding?.message).toBe("表三“自然人”列：一（9）＋二（0）＝9，三（七）总计（8）＋四（0）＝8，相差1");
    expect(finding?.messageEn).toContain("difference 1");
    expect(finding?.cells.map((c) => [c.pointer, c.value])).toEqual([
      ["/requests/received/naturalPerson", 9],
      ["/requests/carriedIn/naturalPerson", 0],
      ["/requests/results/total/naturalPerson", 8],
      ["/requests/carriedOut/naturalPerson", 0],
    ]);
    expect(finding?.cells[0]?.label).toBe("表三“一、本年新收政府信息公开申请数量／自然人”");
  });

  it("names the right edition for the year", async () => {
    const report = await example("liaocheng-2020");
    report["year"] = 2023;
    report["signed"] = "2024-01-10";
    expect(foundIn(report)[0]?.message).toContain("应使用2021年版（国办公开办函〔2021〕30号）");
  });

  it("still applies the rules whose cells are sound where others are of the wrong type", async () => {
    const report = await example("hangzhou-2025");
    report["requests"].received.commercial = "252";
    report["requests"].carriedIn.naturalPerson = 536;
    const ids = idsOf(report);
    expect(ids).toContain("S-TYPE");
    expect(ids).toContain("T3-BALANCE");
    expect(validate(report).findings.filter((f) => f.id === "T3-BALANCE")).toHaveLength(1);
  });

  it("never repeats a personal number in full", async () => {
    const report = await example("hangzhou-2025");
    report["problems"].body.push({ type: "paragraph", text: "证件号11010519491231002X，手机１３８１２３４５６７８。" });
    const text = JSON.stringify(validate(report).findings);
    expect(foundIn(report)).toHaveLength(2);
    expect(text).not.toContain("11010519491231002X");
    expect(text).not.toContain("13812345678");
  });

  it("passes over numbers that only look like an identity card or a telephone", async () => {
    const report = await example("hangzhou-2025");
    report["problems"].body.push({
      type: "paragraph",
      text: "编号110105194912310021，文号13812345678901号，编码12812345678。",
    });
    expect(foundIn(report)).toEqual([]);
  });
});

/** A narrative of its own, so that nothing is repeated. */
const OTHER_TEXTS = Object.fromEntries(
  ["overview", "problems", "other"].map((key, i) => [
    key,
    {
      body: [
        {
          type: "paragraph",
          text: `第${i + 1}篇：灌溉渠道清淤之后通水，村民领到新的用水证，抽水站换装了节能电机，雨量筒逐个校过。`,
        },
      ],
    },
  ]),
);
/** The share that is repeated is always shown; where it is small, it informs. */
const isNoShare = ({ id, level }: Finding): boolean => id !== "Y-REPEAT" || level !== "information";

describe("last year's report", () => {
  const pair = async () => {
    const report = validate(await example("hangzhou-2025")).report!;
    const last = structuredClone(report) as unknown as MutableReport;
    last["year"] = 2024;
    Object.assign(last, OTHER_TEXTS);
    last["requests"].carriedOut = structuredClone(report.requests.carriedIn);
    for (const row of ["rules", "normativeDocuments"] as const) {
      const { made, repealed, inForce } = (report as unknown as MutableReport)["disclosure"][row];
      last["disclosure"][row].inForce = inForce - made + repealed;
    }
    return { report, last };
  };
  const ids = (findings: readonly Finding[]) => [...new Set(findings.filter(isNoShare).map((f) => f.id))];

  it("agrees with this year's where it should", async () => {
    const { report, last } = await pair();
    expect(ids(compare(report, last as never))).toEqual([]);
    expect(compare(report, last as never).map((f) => [f.id, f.level])).toEqual([["Y-REPEAT", "information"]]);
  });
  it("Y-CARRY: carried in is not what was carried out", async () => {
    const { report, last } = await pair();
    last["requests"].carriedOut.research = 4;
    const findings = compare(report, last as never);
    expect(ids(findings)).toEqual(["Y-CARRY"]);
    expect(findings[0]!.message).toContain("上年四（4）");
    expect(findings[0]!.level).toBe("warning");
    expect(findings[0]!.cells.map((c) => [c.of, c.pointer])).toEqual([
      [undefined, "/requests/carriedIn/research"],
      ["previous", "/requests/carriedOut/research"],
    ]);
  });
  it("T2-STOCK: what is in force does not follow from last year's", async () => {
    const { report, last } = await pair();
    last["disclosure"].rules.inForce += 2;
    const findings = compare(report, last as never);
    expect(ids(findings)).toEqual(["T2-STOCK"]);
    expect(findings[0]!.level).toBe("information");
    expect(findings[0]!.message).toContain("－本年废止件数（5）");
  });
  it("Y-JUMP: more than tenfold and more than 100", async () => {
    const { report, last } = await pair();
    last["disclosure"].coerciveMeasures.decisions = 16;
    expect(ids(compare(report, last as never))).toEqual(["Y-JUMP"]);
    last["disclosure"].coerciveMeasures.decisions = 16611;
    expect(ids(compare(report, last as never))).toEqual([]);
  });
  it("Y-PRIOR: last year's items plus their change are not this year's previous items", async () => {
    const report = validate(await example("liaocheng-2020")).report!;
    const last = structuredClone(report) as unknown as MutableReport;
    last["year"] = 2019;
    Object.assign(last, OTHER_TEXTS);
    for (const row of ["licensing", "otherServices", "penalties", "coerciveMeasures", "fees"])
      last["disclosure"][row].change = 0;
    expect(ids(compare(report, last as never))).toEqual([]);
    last["disclosure"].penalties.previous = 10;
    expect(ids(compare(report, last as never))).toEqual(["Y-PRIOR"]);
  });
});

describe.each(forms)("sums of edition $edition hold for all figures", (form) => {
  const totals = totalCells(form);
  const open = formCells(form).filter((cell) => !cell.total && cell.section.key !== "disclosure");
  const base = withoutTotals(form.edition as Edition);

  /** A report with the given counts, balanced by carrying the rest over to next year. */
  async function filled(counts: readonly number[]): Promise<MutableReport> {
    const report = structuredClone(await base);
    for (const [i, cell] of open.entries()) setCell(report, cell.pointer, counts[i % counts.length]);
    for (const column of Object.keys(report["requests"].carriedOut)) {
      const results = open.filter(
        (c) => c.pointer.startsWith("/requests/results/") && c.pointer.endsWith(`/${column}`),
      );
      const done = results.reduce((sum, c) => sum + (getCell(report, c.pointer) as number), 0);
      report["requests"].received[column] = done;
      report["requests"].carriedOut[column] = report["requests"].carriedIn[column];
    }
    return report;
  }
  const counts = fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 1, maxLength: 400 });

  it("computes every total that is left out, and accepts it when it is sent", async () => {
    await fc.assert(
      fc.asyncProperty(counts, async (values) => {
        const report = await filled(values);
        const first = validate(report);
        expect(first.findings.filter(({ id }) => id !== "N-LENGTH")).toEqual([]);
        for (const { pointer, parts } of totals)
          expect(getCell(first.report, pointer)).toBe(
            parts.reduce((sum, part) => sum + (getCell(first.report, part) as number), 0),
          );
        expect(foundIn(first.report)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("notices any one figure that is changed", async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.nat(), fc.integer({ min: 1, max: 1000 }), async (values, which, by) => {
        const report = validate(await filled(values)).report as unknown as MutableReport;
        const cells = formCells(form).filter((cell) => cell.section.key !== "disclosure");
        const { pointer, label } = cells[which % cells.length]!;
        setCell(report, pointer, (getCell(report, pointer) as number) + by);
        const errors = validate(report).findings;
        expect(errors.some((f) => f.level === "error" && f.cells.some((c) => c.label === label))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
