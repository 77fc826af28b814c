/** What of 3,000 rows the list shows: found, filtered, counted, sorted. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeskRow } from "../../../src/desk/rows.ts";
import { DESK_STATES } from "../../../src/desk/states.ts";
import { hashOf, routeOf } from "../../../web/desk/route.ts";
import { countsOf, divisionsIn, GROUPS, isIn, type Shown, SORTS, shownOf } from "../../../web/desk/rows.ts";
import { cityRoster } from "../../support/city.ts";

const { organs } = cityRoster();
const published = ["published", "corrected", "withdrawn"];

const anyRow = (i: number): fc.Arbitrary<DeskRow> =>
  fc
    .record({
      state: fc.constantFrom(...DESK_STATES),
      next: fc.option(fc.constantFrom("draft" as const, "submitted" as const), { nil: undefined }),
      days: fc.integer({ min: -40, max: 40 }),
      warnings: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ state, next, days, warnings }): DeskRow => {
      const { uscc, name, kind } = organs[i]!;
      const there = published.includes(state);
      return {
        uscc,
        name,
        kind,
        division: uscc.slice(2, 8),
        state,
        ...(there && next ? { next } : {}),
        due: "2026-01-31",
        ...(there ? { version: 1, publishedAt: "2026-01-20T09:00:00+08:00" } : { daysLeft: days }),
        late: days < 0,
        review: "none",
        ...(warnings > 4 ? { found: { warnings, information: 1 } } : {}),
      };
    });
const anyRows = fc.tuple(...organs.map((_, i) => anyRow(i)));
const anyShown: fc.Arbitrary<Shown> = fc.record({
  search: fc.constantFrom("", "局", "云川", "9901", "ｍｂ００００１", "没有"),
  group: fc.option(fc.constantFrom(...GROUPS), { nil: undefined }),
  division: fc.option(fc.constantFrom("990100", "990102"), { nil: undefined }),
  sort: fc.constantFrom(...SORTS),
  descending: fc.boolean(),
});
const AS_LISTED: Shown = { search: "", sort: "roster", descending: false };

describe("what the list shows", () => {
  test("is each row that fits once and no other, whatever it is sorted by", () => {
    fc.assert(
      fc.property(anyRows, anyShown, (rows, shown) => {
        const found = shownOf(rows, shown);
        const { group, division } = shown;
        const search = shown.search.normalize("NFKC").toUpperCase();
        const fits = rows.filter(
          (row) =>
            `${row.name}\n${row.uscc}`.includes(search) &&
            (group === undefined || isIn(row, group)) &&
            (division === undefined || row.division === division),
        );
        expect(new Set(found)).toEqual(new Set(fits));
        expect(found).toHaveLength(fits.length);
      }),
    );
  });

  test("stays as it is when it is sorted again by the same, up or down", () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...SORTS), (rows, sort) => {
        const [up, down] = [false, true].map((descending) => shownOf(rows, { ...AS_LISTED, sort, descending }));
        // Sorted again by what they were sorted by, nothing moves.
        expect(shownOf(up!, { ...AS_LISTED, sort })).toEqual(up);
        expect(shownOf(down!, { ...AS_LISTED, sort, descending: sort !== "roster" })).toEqual(down);
      }),
    );
  });

  test("has nothing that is published among the late, and counts each state as it filters it", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const counts = countsOf(rows);
        for (const group of GROUPS) expect(counts.get(group)).toBe(shownOf(rows, { ...AS_LISTED, group }).length);
        for (const row of shownOf(rows, { ...AS_LISTED, group: "late" })) expect(published).not.toContain(row.state);
      }),
    );
  });

  test("finds an organ by any part of its name or code, in whatever width and case", () => {
    const rows = fc.sample(anyRows, 1)[0]!;
    for (const { name, uscc } of organs.slice(0, 5)) {
      expect(shownOf(rows, { ...AS_LISTED, search: name.slice(2) }).map((row) => row.uscc)).toContain(uscc);
      expect(shownOf(rows, { ...AS_LISTED, search: uscc.toLowerCase() }).map((row) => row.uscc)).toEqual([uscc]);
    }
  });

  test("calls a division as its government is called, and one without by its code", () => {
    const rows = fc.sample(anyRows, 1)[0]!;
    expect([...divisionsIn(rows)]).toEqual([
      ["990100", "云川市"],
      ["990102", "云川市东湖区"],
      ["990103", "云川市西山区"],
      ["990121", "云川市清平县"],
    ]);
    expect([...divisionsIn(rows.filter(({ kind }) => kind !== "government"))][0]).toEqual(["990100", "990100"]);
  });
});

test("an address says where one is, and leads back there; any other leads to the start", () => {
  const at = { division: "990100", year: 2025 };
  const uscc = organs[3]!.uscc;
  for (const route of [
    { view: "list" as const },
    { at, view: "list" as const },
    { at, view: "remind" as const },
    { at, view: "organ" as const, uscc },
  ])
    expect(routeOf(hashOf(route))).toEqual(route);
  for (const hash of ["", "#", "#content", "#/99/2025", "#/990100/2025/organ/short", "#/990100/2025/organ/../x"])
    expect(routeOf(hash)).toEqual({ view: "list" });
  expect(routeOf("#/990100/2025/organ")).toEqual({ at, view: "list" });
});
