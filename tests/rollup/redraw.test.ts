import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { getCell, setCell } from "../../src/form/cells.ts";
import { completeTotals } from "../../src/form/complete.ts";
import { formForYear } from "../../src/form/forms.ts";
import { sumFindings } from "../../src/rollup/compare.ts";
import { reportedOf } from "../../src/rollup/files.ts";
import { isSources, redraw } from "../../src/rollup/redraw.ts";
import { rollUp } from "../../src/rollup/rollup.ts";
import { cityReport, cityRoster } from "../support/city.ts";

const YEAR = 2024;
const FORM = formForYear(YEAR)!;
const ROSTER = cityRoster();
const ORGANS = ROSTER.organs.filter(({ kind }) => kind !== "government");
const [FIRST, SECOND] = ORGANS.filter(({ kind }) => kind === "department");
const LICENSING = "/disclosure/licensing/decisions";
const RECEIVED = "/requests/received/naturalPerson";
const FEES = "/disclosure/fees/amount";

/** The city's roll-up, with another report of one organ and without another. */
function drawn({ other, without }: { readonly other?: Report; readonly without?: string } = {}) {
  const reports = ORGANS.filter(({ uscc }) => uscc !== without).map((organ) =>
    other && organ === FIRST ? other : cityReport(organ, YEAR),
  );
  const standings = new Map(reports.map((report) => [report.organ.uscc, reportedOf(report, {})]));
  return rollUp({ roster: ROSTER, division: ROSTER.division, year: YEAR, standings });
}

/** The first organ's report with so many more licensing decisions. */
function corrected(more: number): Report {
  const report = structuredClone(cityReport(FIRST!, YEAR));
  setCell(report, LICENSING, (getCell(report, LICENSING) as number) + more);
  return report;
}

describe("a draft drawn up again", () => {
  const before = drawn();
  const licensing = getCell(before.draft, LICENSING) as number;

  it("is the same where nothing changed", () => {
    const { draft, cells, texts } = redraw(before.draft, before.sources, drawn());
    expect(JSON.stringify(draft)).toBe(JSON.stringify(before.draft));
    expect([cells, texts]).toEqual([[], []]);
  });

  it("shows what changed, and writes the new sums into figures and sentences", () => {
    const now = drawn({ other: corrected(7) });
    const { draft, cells } = redraw(before.draft, before.sources, now);
    expect(cells).toEqual([
      { pointer: LICENSING, label: "表二“行政许可／本年处理决定数量”", before: licensing, now: licensing + 7 },
    ]);
    expect(JSON.stringify(draft)).toBe(JSON.stringify(now.draft));
  });

  it("keeps what was edited by hand, and says what the sum would be", () => {
    const edited = structuredClone(before.draft) as Record<string, unknown>;
    setCell(edited, LICENSING, 1);
    setCell(edited, FEES, { amount: "1.5", unit: "万元" });
    setCell(edited, RECEIVED, (getCell(edited, RECEIVED) as number) + 1);
    edited["signed"] = "2025-03-20";
    setCell(edited, "/problems/body", [{ type: "paragraph", text: "解读不够及时。" }]);
    setCell(edited, "/requests/after", [{ type: "paragraph", text: "其中两件为联合答复。" }]);
    const { draft, cells, texts } = redraw(edited, before.sources, drawn({ other: corrected(7) }));
    expect(texts).toEqual(["problems"]);
    expect(cells.map(({ pointer, now, kept }) => [pointer, now, kept])).toEqual([
      [LICENSING, licensing + 7, 1],
      [FEES, getCell(before.draft, FEES), { amount: "1.5", unit: "万元" }],
      [RECEIVED, getCell(before.draft, RECEIVED), (getCell(before.draft, RECEIVED) as number) + 1],
    ]);
    expect(draft).toMatchObject({
      signed: "2025-03-20",
      problems: { body: [{ text: "解读不够及时。" }] },
      requests: { after: [{ text: "其中两件为联合答复。" }] },
      disclosure: { licensing: { decisions: 1 } },
    });
    // Totals follow what was edited.
    expect(getCell(draft, "/requests/received/total")).toBe(
      (getCell(before.draft, "/requests/received/total") as number) + 1,
    );
  });

  it("is made of what a roll-up wrote and of nothing else", () => {
    expect(isSources(JSON.parse(JSON.stringify(before.sources)))).toBe(true);
    for (const value of [
      null,
      {},
      { edition: "2021" },
      { edition: "1999", cells: {} },
      { edition: "2021", cells: { a: 1 } },
    ])
      expect(isSources(value)).toBe(false);
  });
});

describe("R-SUM: a region's report beside the sum of its organs'", () => {
  const own = (rollup = drawn()): Report =>
    completeTotals(FORM, structuredClone({ ...rollup.draft, signed: "2025-03-20" }) as unknown as Report);

  it("finds nothing where they are the same", () => {
    expect(sumFindings(own(), drawn().sources)).toEqual([]);
  });

  it("warns cell by cell where all organs are there, with both figures and the difference", () => {
    const report = own();
    const sum = getCell(report, LICENSING) as number;
    setCell(report, LICENSING, sum + 3);
    const { amount } = getCell(report, FEES) as { amount: string };
    setCell(report, FEES, { amount: String(Number(amount) + 1), unit: "万元" });
    const found = sumFindings(report, drawn().sources);
    expect(found.map(({ id, level, cells }) => [id, level, cells[0]?.pointer])).toEqual([
      ["R-SUM", "warning", LICENSING],
      ["R-SUM", "warning", FEES],
    ]);
    expect(found[0]!.message).toContain(`本级报告为${sum + 3}，所属机关之和为${sum}（55个机关中的55个`);
    expect(found[0]!.message).toContain("相差+3");
    expect(found[1]!.message).toContain("相差+10000元");
  });

  it("informs while organs are missing", () => {
    const { sources } = drawn({ without: SECOND!.uscc });
    const found = sumFindings(own(), sources);
    expect(found.length).toBeGreaterThan(10);
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(["information"]));
    expect(found[0]!.message).toContain("55个机关中的54个");
  });

  it("holds no cell that is no sum against one", () => {
    const roster = cityRoster();
    const standings = new Map(
      roster.organs
        .filter(({ kind }) => kind !== "government")
        .map((organ) => [organ.uscc, reportedOf(cityReport(organ, 2020), {})]),
    );
    const previous = cityReport(roster.organs[0]!, 2019);
    const { draft, sources } = rollUp({ roster, division: roster.division, year: 2020, standings, previous });
    const report = completeTotals(formForYear(2020)!, { ...draft, signed: "2021-03-20" } as unknown as Report);
    setCell(report, "/disclosure/licensing/previous", 1_000_000);
    expect(sumFindings(report, sources)).toEqual([]);
  });
});
