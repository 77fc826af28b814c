import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { validate } from "../../src/check/validate.ts";
import { figureAt, getCell, setCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear, forms } from "../../src/form/forms.ts";
import { reportedOf } from "../../src/rollup/files.ts";
import { rollUp } from "../../src/rollup/rollup.ts";
import { sumReports } from "../../src/rollup/sum.ts";
import { cityReport, cityRoster } from "../support/city.ts";

const ROSTER = cityRoster();
const ORGANS = ROSTER.organs.filter(({ kind }) => kind === "department").slice(0, 5);
const reports = (year: number): Report[] => ORGANS.map((organ) => cityReport(organ, year));
const standings = (year: number) =>
  new Map(
    ROSTER.organs
      .filter(({ kind }) => kind !== "government")
      .map((organ) => [organ.uscc, reportedOf(cityReport(organ, year), {})] as const),
  );
const drawn = (year: number, previous?: Report) =>
  rollUp({ roster: ROSTER, division: ROSTER.division, year, standings: standings(year), previous });

describe("the reports of the made-up city", () => {
  it.each([2020, 2024])("are sound for %d, and 60 organs would file them", (year) => {
    expect(ROSTER.organs).toHaveLength(60);
    for (const organ of ROSTER.organs) expect(validate(cityReport(organ, year)).findings).toEqual([]);
  });
});

describe("what may be summed", () => {
  it("is said by the edition: every cell but last year's numbers in the edition of 2019", () => {
    const none = forms.flatMap((form) =>
      formCells(form)
        .filter(({ adds }) => !adds)
        .map(({ pointer }) => `${form.edition} ${pointer}`),
    );
    expect(none).toEqual(
      ["licensing", "otherServices", "penalties", "coerciveMeasures", "fees"].map(
        (row) => `2019 /disclosure/${row}/previous`,
      ),
    );
  });

  it("counts and signed changes are added as they are, every column of 表三 by itself", () => {
    const form = formForYear(2020)!;
    const { sums } = sumReports(form, reports(2020));
    for (const { pointer, type, total, adds } of formCells(form)) {
      if (type === "money" || total || !adds) continue;
      const expected = reports(2020).reduce((sum, report) => sum + (getCell(report, pointer) as number), 0);
      expect(sums.get(pointer)?.value, pointer).toBe(expected);
    }
    expect(sums.size).toBe(formCells(form).filter(({ total, adds }) => !total && adds).length);
  });

  it.each([
    [["0.1", "0.2"], ["万元", "万元"], { amount: "0.3", unit: "万元" }],
    [["251000", "1007.25"], ["元", "万元"], { amount: "1032.35", unit: "万元" }],
    [["0.01", "1"], ["元", "万元"], { amount: "1.000001", unit: "万元" }],
    // Less than a unit of the schema's in 万元: in 元, exactly.
    [["0.001", "1"], ["元", "元"], { amount: "1.001", unit: "元" }],
    [["900000000000000", "1"], ["万元", "元"], { amount: "900000000000000.0001", unit: "万元" }],
    [["0", "0"], ["元", "万元"], { amount: "0", unit: "万元" }],
  ])("amounts %j in %j come to %j, exactly and in one unit", (amounts, units, expected) => {
    const two = reports(2020).slice(0, 2);
    for (const [i, report] of two.entries())
      setCell(report, "/disclosure/procurement/amount", { amount: amounts[i], unit: units[i] });
    expect(sumReports(formForYear(2020)!, two).sums.get("/disclosure/procurement/amount")?.value).toEqual(expected);
  });

  it("a sum that no cell can hold is left to be filled in, and said to be", () => {
    const two = reports(2024).slice(0, 2);
    for (const report of two) {
      setCell(report, "/disclosure/licensing/decisions", Number.MAX_SAFE_INTEGER - 1);
      setCell(report, "/disclosure/fees/amount", { amount: "900000000000000", unit: "万元" });
    }
    const { sums, left } = sumReports(formForYear(2024)!, two);
    expect(left.map(({ cell, why }) => [cell.pointer, why])).toEqual([
      ["/disclosure/licensing/decisions", "tooLarge"],
      ["/disclosure/fees/amount", "tooLarge"],
    ]);
    expect(sums.has("/disclosure/licensing/decisions")).toBe(false);
  });

  it("what is no sum follows from the government's own report of last year, or is left to be filled in", () => {
    const previous = cityReport(ROSTER.organs[0]!, 2019);
    const { draft, sources } = drawn(2020, previous);
    expect(sources.left).toEqual([]);
    expect(getCell(draft, "/disclosure/licensing/previous")).toBe(
      figureAt(formForYear(2019)!, previous, "/disclosure/licensing/previous")!.value +
        figureAt(formForYear(2019)!, previous, "/disclosure/licensing/change")!.value,
    );
    const without = drawn(2020);
    expect(getCell(without.draft, "/disclosure/licensing/previous")).toBeUndefined();
    expect(without.sources.left.map(({ label }) => label)).toContain("表二“行政许可／上一年项目数量”");
  });

  it("a cell opens to its sources, the largest first", () => {
    const { sources } = drawn(2024);
    const { value, from } = sources.cells["/requests/received/naturalPerson"]!;
    const amounts = from.map(([, amount]) => Number(amount));
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(value);
    const [largest] = from;
    const organ = ROSTER.organs.find(({ uscc }) => uscc === sources.sources[largest![0]]!.uscc)!;
    expect(getCell(cityReport(organ, 2024), "/requests/received/naturalPerson")).toBe(largest![1]);
  });
});

describe("the draft", () => {
  it.each([2020, 2024])("of %d, once signed and written, is a report that every check passes", (year) => {
    const { draft } = drawn(year, year === 2020 ? cityReport(ROSTER.organs[0]!, 2019) : undefined);
    const before = validate({ ...draft, signed: `${year + 1}-03-20` }).findings;
    expect(new Set(before.map(({ id, level }) => `${id} ${level}`))).toEqual(
      new Set(["N-TEMPLATE warning", "N-PROBLEMS warning"]),
    );
    const written = JSON.parse(
      JSON.stringify({ ...draft, signed: `${year + 1}-03-20` }).replaceAll(
        /【[^】]*】/g,
        "各项工作照常开展，工作考核、社会评议和责任追究都有结果，没有发出收费通知，未收取信息处理费。问题是解读不够及时，将同步起草、同步审签，并按季度检查栏目。",
      ),
    );
    expect(validate(written).findings).toEqual([]);
  });

  it("says the summed figures in sentences", () => {
    const { draft } = drawn(2024);
    const total = (pointer: string) => figureAt(formForYear(2024)!, draft, pointer)!.value;
    const text = JSON.stringify(getCell(draft, "/overview/body"));
    expect(text).toContain(`全年新收政府信息公开申请${total("/requests/received/total")}件`);
    expect(text).toContain(`结转下年度继续办理${total("/requests/carriedOut/total")}件`);
    const { amount, unit } = getCell(draft, "/disclosure/fees/amount") as { amount: string; unit: string };
    expect(text).toContain(`行政事业性收费${amount}${unit}`);
  });

  it("is the same for the same input, whatever order the standings are in", () => {
    const reversed = new Map([...standings(2024)].reverse());
    const again = rollUp({ roster: ROSTER, division: ROSTER.division, year: 2024, standings: reversed });
    expect(JSON.stringify(again)).toBe(JSON.stringify(drawn(2024)));
  });

  it("is not drawn up without a government, an edition or a single report", () => {
    const attempt =
      (division: string, year: number, of = standings(2024)) =>
      () =>
        rollUp({ roster: ROSTER, division, year, standings: of });
    expect(attempt("990109", 2024)).toThrow("没有行政区划990109的人民政府");
    expect(attempt("990100", 2010)).toThrow("没有适用于2010年度的格式");
    expect(attempt("990100", 2024, new Map())).toThrow("没有一份可以汇总的报告");
  });
});
