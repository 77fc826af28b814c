import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { setCell } from "../../src/form/cells.ts";
import { completeTotals } from "../../src/form/complete.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear } from "../../src/form/forms.ts";
import type { Standing } from "../../src/rollup/cover.ts";
import { rollUp } from "../../src/rollup/rollup.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { KINDS } from "../../src/roster/schema.ts";
import { codeOf } from "../support/roster.ts";

const YEAR = 2024;
const MOST = 40;
const FORM = formForYear(YEAR)!;
const CELL = "/requests/received/naturalPerson";

/** A report that stands for one organ in every sum: two to the power of its number. */
function reportOf(number: number): Report {
  const report = {};
  for (const { pointer, type, total } of formCells(FORM))
    if (!total) setCell(report, pointer, type === "money" ? { amount: String(2 ** number), unit: "万元" } : 0);
  setCell(report, CELL, 2 ** number);
  return completeTotals(FORM, {
    ...report,
    edition: FORM.edition,
    year: YEAR,
    organ: { name: "", uscc: "" },
  } as Report);
}
const REPORTS = Array.from({ length: MOST }, (_, i) => reportOf(i));
const standingOf = (state: string, number: number): Standing | undefined => {
  if (state === "reported") return { state, report: REPORTS[number]!, sha256: String(number) };
  if (state === "withdrawn") return { state, version: 2 };
  return state === "unusable" ? { state, reason: { zh: "", en: "" } } : undefined;
};

/** An organ as the property makes it; what it refers to stands before it. */
interface Made {
  readonly kind: (typeof KINDS)[number];
  /** From 0 to 1: which of those before it; none above 1. */
  readonly superior: number;
  readonly life: "always" | "endedBefore" | "ended" | "endsAfter" | "founded" | "foundedAfter";
  readonly mergedInto: number;
  readonly state: "reported" | "withdrawn" | "unusable" | "missing";
}

const made: fc.Arbitrary<Made> = fc.record({
  kind: fc.constantFrom(...KINDS, "government" as const),
  superior: fc.double({ min: 0, max: 1.1, noNaN: true }),
  life: fc.constantFrom(
    ...(["always", "always", "always", "endedBefore", "ended", "endsAfter", "founded", "foundedAfter"] as const),
  ),
  mergedInto: fc.double({ min: 0, max: 2, noNaN: true }),
  state: fc.constantFrom("reported", "reported", "withdrawn", "unusable", "missing"),
});

const LIVES: Readonly<Record<Made["life"], Partial<Organ>>> = {
  always: {},
  endedBefore: { until: "2022-06-01" },
  ended: { until: "2024-06-01" },
  endsAfter: { until: "2025-01-01" },
  founded: { since: "2024-06-01" },
  foundedAfter: { since: "2025-01-01" },
};
const isThere = ({ life }: Made): boolean => ["always", "endsAfter", "founded"].includes(life);

const pick = (share: number, number: number): number | undefined =>
  share < 1 && number > 0 ? Math.floor(share * number) : undefined;

/** The organs of a roster, the first the government whose report is drawn up. */
function organsOf(all: readonly Made[]): Organ[] {
  const uscc = (number: number) => codeOf("990100", number);
  return all.map(({ kind, superior, life, mergedInto }, i): Organ => {
    if (i === 0) return { uscc: uscc(0), name: "甲市人民政府", kind: "government" };
    const [above, into] = [pick(superior, i), pick(mergedInto, i)];
    return {
      uscc: uscc(i),
      name: `第${i}机关`,
      kind,
      // A lower government is of another division.
      division: kind === "government" ? "990102" : "990100",
      ...LIVES[life],
      ...(above === undefined ? {} : { superior: uscc(above) }),
      ...(LIVES[life].until && into !== undefined ? { mergedInto: uscc(into) } : {}),
    };
  });
}

/** By number, the organ that one stands under at the end of the year, worked out by itself. */
function parentsOf(all: readonly Made[]): (number | undefined)[] {
  const standing = (at: number | undefined): number | undefined => {
    if (at === undefined || at === 0 || isThere(all[at]!)) return at;
    const into = LIVES[all[at]!.life].until ? pick(all[at]!.mergedInto, at) : undefined;
    return standing(into ?? pick(all[at]!.superior, at));
  };
  return all.map(({ superior }, i) => (i === 0 ? undefined : standing(pick(superior, i))));
}

describe("any tree of organs in any state", () => {
  it("counts nothing twice and loses nothing", () => {
    fc.assert(
      fc.property(fc.array(made, { minLength: 1, maxLength: MOST }), (all) => {
        const organs = organsOf(all);
        const parents = parentsOf(all);
        const chain = (i: number): number[] => {
          const above: number[] = [];
          for (let at = parents[i]; at !== undefined; at = parents[at]) above.push(at);
          return above;
        };
        const numbers = all.map((_, i) => i).slice(1);
        const below = numbers.filter((i) => isThere(all[i]!) && chain(i).includes(0));
        const isGovernment = (i: number) => all[i]!.kind === "government";
        const covered = (i: number) =>
          chain(i).some((at) => at !== 0 && isGovernment(at) && all[at]!.state === "reported");
        const counted = below.filter((i) => all[i]!.state === "reported" && !covered(i));

        const standings = new Map<string, Standing>();
        for (const [i, { state }] of all.entries()) {
          const standing = standingOf(state, i);
          if (standing) standings.set(organs[i]!.uscc, standing);
        }
        const attempt = () =>
          rollUp({ roster: { division: "990100", organs }, division: "990100", year: YEAR, standings });
        if (counted.length === 0) {
          expect(attempt).toThrow("没有一份可以汇总的报告");
          return;
        }
        const { sources, draft } = attempt();

        // The sum is the sum of just these powers of two, in counts and in amounts.
        const expected = counted.reduce((sum, i) => sum + 2 ** i, 0);
        expect(sources.cells[CELL]!.value).toBe(expected);
        expect(sources.cells["/disclosure/fees/amount"]!.value).toEqual({ amount: String(expected), unit: "万元" });
        expect(draft).toMatchObject({ requests: { received: { total: expected } } });
        // Every organ is a source, is named as missing or replaced, or is contained in a government's report; once.
        const numberOf = (uscc: string) => organs.findIndex((organ) => organ.uscc === uscc);
        const told = [...sources.sources, ...sources.missing, ...sources.replaced].map(({ uscc }) => numberOf(uscc));
        expect(told.toSorted((a, b) => a - b)).toEqual(below.filter((i) => !covered(i)));
        expect(sources.organs).toEqual({
          expected: sources.sources.length + sources.missing.length,
          reported: counted.length,
          missing: sources.missing.length,
        });
        // Every report that is there and not counted is named.
        const left = numbers.filter((i) => isThere(all[i]!) && all[i]!.state === "reported" && !counted.includes(i));
        expect(sources.notCounted.map(({ uscc }) => numberOf(uscc!)).toSorted((a, b) => a - b)).toEqual(left);
      }),
      { numRuns: 500 },
    );
  });
});
