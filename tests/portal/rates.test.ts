/** Rates by the editions' definitions, and rankings by them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formCells } from "../../src/form/form-cells.ts";
import { forms } from "../../src/form/forms.ts";
import { FORM } from "../../src/portal/form.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { type Candidate, rankBy } from "../../src/portal/ranking.ts";
import { shareIn } from "../../src/portal/rate.ts";

const rate = (key: string) => FORM.rates.find((each) => each.key === key)!;

describe("a rate", () => {
  it("is of cells that its edition has and that may be added up, the part among the whole's or counted by it", () => {
    for (const form of forms) {
      const cells = new Map(formCells(form).map((cell) => [cell.pointer, cell]));
      expect(form.rates.length).toBeGreaterThan(3);
      for (const { part, whole } of form.rates)
        for (const pointer of [...part, ...whole]) expect(cells.get(pointer)?.adds, pointer).toBe(true);
    }
  });

  it.each([
    [
      "disclosed",
      {
        "/requests/results/granted/total": 3,
        "/requests/results/partlyGranted/total": 2,
        "/requests/results/total/total": 20,
      },
      5,
      20,
    ],
    [
      "handled",
      { "/requests/results/total/total": 20, "/requests/received/total": 18, "/requests/carriedIn/total": 7 },
      20,
      25,
    ],
    [
      "corrected",
      {
        "/remedies/review/upheld": 6,
        "/remedies/review/corrected": 1,
        "/remedies/review/other": 1,
        "/remedies/review/pending": 9,
        "/remedies/review/total": 17,
      },
      1,
      8,
    ],
    [
      "lost",
      {
        "/remedies/litigation/direct/upheld": 2,
        "/remedies/litigation/direct/corrected": 1,
        "/remedies/litigation/afterReview/corrected": 2,
        "/remedies/litigation/afterReview/pending": 5,
      },
      3,
      5,
    ],
  ] as const)("%s is of these figures %j: %d of %d", (key, figures, part, whole) => {
    for (const { edition } of forms) expect(shareIn(rate(key), edition, figures)).toEqual({ part, whole });
  });

  it("is none without a whole, or on an edition that does not define it", () => {
    expect(shareIn(rate("lost"), forms[0]!.edition, { "/remedies/litigation/direct/pending": 3 })).toBeUndefined();
    expect(shareIn(rate("lost"), "1999", { "/remedies/litigation/direct/corrected": 3 })).toBeUndefined();
  });

  it("is defined on the page of the method by the cells of the form, in both languages", () => {
    const { constant } = portalPages({ publicUrl: "https://reports.example.org" });
    const page = (path: string): string => String(constant.find((file) => file.path === path)!.body);
    for (const { key, editions } of FORM.rates) {
      expect(page("method.html")).toContain(`id="rate-${key}"`);
      for (const pointer of Object.values(editions).at(-1)!.whole)
        expect(page("method.en.html")).toContain(`<code>${pointer}</code>`);
    }
    expect(page("method.html")).toContain("表四“行政复议／结果纠正”");
  });
});

describe("a ranking", () => {
  const edition = forms.at(-1)!.edition;
  const candidate = (name: string, corrected: number | undefined, upheld = 0): Candidate => ({
    name,
    href: name,
    edition,
    figures:
      corrected === undefined
        ? undefined
        : { "/remedies/review/corrected": corrected, "/remedies/review/upheld": upheld },
  });

  it("puts the largest first, lets equals share a rank, and leaves out small wholes and who has none", () => {
    const ranking = rankBy(
      [
        candidate("a", 5, 5),
        candidate("b", 10, 10),
        candidate("c", 1, 0),
        candidate("d", 9, 3),
        candidate("e", undefined),
        candidate("f", 2, 10),
      ],
      { rate: rate("corrected") },
      10,
    );
    expect(ranking.ranked.map(({ rank, name }) => [rank, name])).toEqual([
      [1, "d"],
      [2, "a"],
      [2, "b"],
      [4, "f"],
    ]);
    expect(ranking.small.map(({ name, share }) => [name, share])).toEqual([["c", { part: 1, whole: 1 }]]);
    expect(ranking.without.map(({ name }) => name)).toEqual(["e"]);
  });

  it("loses and invents nobody, and no value stands before a larger one", () => {
    const some = fc.array(
      fc.record({
        name: fc.string({ maxLength: 3 }),
        corrected: fc.option(fc.nat(30), { nil: undefined }),
        upheld: fc.nat(30),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 40 }), (list, least) => {
        const all = list.map(({ name, corrected, upheld }) => candidate(name, corrected, upheld));
        const { ranked, small, without } = rankBy(all, { rate: rate("corrected") }, least);
        expect(ranked.length + small.length + without.length).toBe(all.length);
        for (const [i, each] of ranked.entries()) {
          expect(each.share!.whole).toBeGreaterThanOrEqual(least);
          expect(each.rank).toBe(1 + ranked.filter(({ value }) => value > each.value).length);
          if (i > 0) expect(each.value).toBeLessThanOrEqual(ranked[i - 1]!.value);
        }
        for (const { share } of small) expect(share!.whole).toBeLessThan(least);
      }),
    );
  });
});
