/** The public conformance suite: every rule of every edition, broken and just not, and this service passes it. */
import { describe, expect, it } from "vitest";
import { suites } from "../../generated/conformance.ts";
import { conclude } from "../../src/check/conclude.ts";
import { differences, expectedOf, merged, reportsOf } from "../../src/check/conformance.ts";
import type { Coverage } from "../../src/check/glyphs.ts";
import { validate } from "../../src/check/validate.ts";
import { formOf, forms } from "../../src/form/forms.ts";

const ALL: Coverage = { missing: () => [], fallbacks: () => [] };
const found = (value: unknown, previous?: unknown) => {
  const last = previous === undefined ? undefined : validate(previous).report;
  expect(previous === undefined || last !== undefined).toBe(true);
  return conclude(value, validate(value), last, ALL).findings;
};

it("there is a suite for every edition", () => {
  expect(suites.map(({ edition }) => edition)).toEqual(forms.map(({ edition }) => edition));
});

describe.each(suites)("the suite of $edition", (suite) => {
  it("begins with a report that breaks no rule, alone or beside last year's", () => {
    expect(found(suite.report)).toEqual([]);
    const beside = found(suite.report, suite.previous);
    expect(beside.map(({ id, level }) => [id, level])).toEqual([["Y-REPEAT", "information"]]);
  });

  it("has every rule of the edition, broken and just not", () => {
    for (const { id } of formOf(suite.edition)!.rules)
      for (const breaks of [true, false])
        expect(
          suite.cases.some((own) => own.rule === id && own.breaks === breaks),
          `${id} ${breaks}`,
        ).toBe(true);
  });

  it.each(suite.cases.map((own) => [own.rule, own.breaks ? "breaks" : "just does not", own.title, own] as const))(
    "%s %s: %s",
    (_, __, ___, own) => {
      const { report, previous } = reportsOf(suite, own);
      expect(differences(own.findings, found(report, previous).map(expectedOf))).toEqual({ missing: [], more: [] });
      // The share of what is repeated is always shown.
      const others = own.findings.filter(({ id, level }) => id !== "Y-REPEAT" || level !== "information");
      expect([...new Set(others.map(({ id }) => id))]).toEqual(own.breaks ? [own.rule] : []);
    },
  );
});

describe("what is compared", () => {
  const expected = [{ id: "N-FEE", level: "warning", pointers: ["/other/body"] }] as const;

  it("fails where a finding is missing, is another, or comes besides", () => {
    expect(differences(expected, []).missing).toEqual(["N-FEE (warning) /other/body"]);
    const other = [{ ...expected[0], level: "information" }] as const;
    expect(differences(expected, other)).toEqual({
      missing: ["N-FEE (warning) /other/body"],
      more: ["N-FEE (information) /other/body"],
    });
    expect(differences(expected, [...expected, ...expected]).more).toHaveLength(1);
  });

  it("patches as RFC 7396 has it", () => {
    expect(merged({ a: 1, b: { c: [1, 2], d: 3 } }, { b: { c: [4], d: null }, e: { f: 5 } })).toEqual({
      a: 1,
      b: { c: [4] },
      e: { f: 5 },
    });
  });
});
