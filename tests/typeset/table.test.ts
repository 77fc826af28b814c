/** Tables that go over to other pages: no row is lost, doubled or split, heads stand again, under 续表. */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TableBlock, TablePart, TableRow } from "../../src/compose/blocks.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { HEIGHT, LEFT, TOP, WIDTH } from "../../src/typeset/grid.ts";
import type { Run } from "../../src/typeset/page.ts";
import { typeset } from "../../src/typeset/typeset.ts";

const { faces } = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));

/** A part by how many rows it has and how long their labels are. */
interface Drawn {
  readonly head: number;
  readonly labels: readonly number[];
}

const LABEL = "政府信息公开申请处理决定的数量合计";

/** A table whose every row has figures that are in no other: row n has 1000 + n, and the head of part p is 头p. */
function tableOf(drawn: readonly Drawn[]): TableBlock {
  let row = 999;
  const parts = drawn.map(({ head, labels }, p): TablePart => {
    const heads = Array.from(
      { length: head },
      (_, h): TableRow => ({
        cells: [
          { text: `头${p}之${h}`, role: "columnHeader" },
          { text: "数量", role: "columnHeader" },
        ],
      }),
    );
    const body = labels.map((length): TableRow => {
      row += 1;
      return {
        cells: [
          { text: LABEL.repeat(5).slice(0, length), role: "rowHeader" },
          { text: String(row), role: "data" },
        ],
      };
    });
    return { head: heads, body };
  });
  return {
    kind: "table",
    id: "t",
    label: "表",
    columns: [{ role: "label", width: 200 }, { role: "number" }],
    parts,
  };
}

interface Seen {
  readonly page: number;
  readonly y: number;
  readonly text: string;
  readonly artefact: boolean;
}

/** The runs of a table set alone, and below some paragraphs. */
function seen(table: TableBlock, before: number): Seen[] {
  const paragraphs = Array.from({ length: before }, () => ({ kind: "paragraph" as const, text: "正文。" }));
  const { pages } = typeset([...paragraphs, table], faces);
  const inside = ({ y, x }: Run): boolean =>
    x[0]! >= LEFT - 0.01 && x.at(-1)! <= LEFT + WIDTH + 0.01 && y > TOP && y < TOP + HEIGHT;
  return pages.flatMap(({ runs }, page) =>
    runs
      .map((run) => ({ run, text: String.fromCodePoint(...run.text) }))
      // The page number stands below the type area.
      .filter(({ text, run }) => run.y < TOP + HEIGHT || !/^[—\s\d]+$/.test(text))
      .map(({ run, text }) => {
        expect(inside(run), text).toBe(true);
        return { page, y: run.y, text, artefact: run.leaf === undefined };
      }),
  );
}

const drawnTable = fc.array(
  fc.record({
    head: fc.integer({ min: 1, max: 3 }),
    labels: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 45 }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe("a table of any length, wherever it begins", () => {
  it("has every row once, in order, each part's head above its rows on every page, and 续表 where it goes on", () => {
    fc.assert(
      fc.property(drawnTable, fc.nat(21), (drawn, before) => {
        const all = seen(tableOf(drawn), before);
        const rows = all.filter(({ text }) => /^\d{4}$/.test(text));
        const count = drawn.reduce((sum, { labels }) => sum + labels.length, 0);
        expect(rows.map(({ text }) => Number(text))).toEqual(Array.from({ length: count }, (_, i) => 1000 + i));
        expect(rows.every(({ artefact }) => !artefact)).toBe(true);
        for (const [i, row] of rows.entries()) {
          const last = rows[i - 1];
          if (last?.page === row.page) expect(row.y).toBeGreaterThan(last.y);
          else if (last) expect(row.page).toBe(last.page + 1);
        }
        let first = 0;
        for (const [p, { head, labels }] of drawn.entries()) {
          const own = rows.slice(first, first + labels.length);
          first += labels.length;
          const pages = [...new Set(own.map(({ page }) => page))];
          for (let h = 0; h < head; h += 1) {
            const heads = all.filter(({ text }) => text === `头${p}之${h}`);
            expect(heads.map(({ page }) => page)).toEqual(pages);
            // Read once, however often it stands there.
            expect(heads.filter(({ artefact }) => !artefact)).toHaveLength(1);
            for (const each of heads) expect(each.y).toBeLessThan(own.find(({ page }) => page === each.page)!.y);
          }
        }
        const onPages = [...new Set(rows.map(({ page }) => page))];
        const marks = all.filter(({ text }) => text === "续表");
        expect(marks.map(({ page }) => page)).toEqual(onPages.slice(1));
        for (const mark of marks)
          expect(mark.y).toBeLessThan(Math.min(...rows.filter(({ page }) => page === mark.page).map(({ y }) => y)));
      }),
      { numRuns: 150 },
    );
  });

  it("is not cut where rows up to a third lower keep it on its page", () => {
    const one: Drawn = { head: 1, labels: Array.from({ length: 11 }, () => 4) };
    // 12 rows of 24.6 pt ask for eleven lines; ten are left, then nine, and at a third lower they take seven.
    for (const before of [11, 12, 13, 14]) {
      const all = seen(tableOf([one]), before);
      expect(new Set(all.filter(({ text }) => /^\d{4}$/.test(text)).map(({ page }) => page)), `${before}`).toEqual(
        new Set([0]),
      );
      const rows = all.filter(({ text }) => /^\d{4}$/.test(text)).map(({ y }) => y);
      for (const [i, y] of rows.slice(1).entries()) expect(y - rows[i]!).toBeGreaterThanOrEqual((24.6 * 2) / 3 - 0.1);
    }
  });

  it("goes over to the next page whole where the document has no more pages for it, and is cut where it has", () => {
    const part: Drawn = { head: 1, labels: [4, 4, 4, 4] };
    const table = tableOf([part, part, part]);
    const paragraphs = (count: number) =>
      Array.from({ length: count }, () => ({ kind: "paragraph" as const, text: "正文。" }));
    const pagesOf = (before: number, after: number) => {
      const { pages } = typeset([...paragraphs(before), table, ...paragraphs(after)], faces);
      const onPages = pages.map(
        ({ runs }) => runs.filter(({ text }) => /^\d{4}$/.test(String.fromCodePoint(...text))).length,
      );
      return { pages: pages.length, onPages };
    };
    expect(pagesOf(14, 2)).toEqual({ pages: 2, onPages: [0, 12] });
    // Whole, it would drive the last lines on to a third page.
    expect(pagesOf(14, 11)).toEqual({ pages: 2, onPages: [4, 8] });
  });

  it("has figures of twelve digits at 7 pt or more, in fifteen columns too", () => {
    const columns = Array.from({ length: 15 }, () => ({ role: "number" as const }));
    const cells = columns.map(() => ({ text: "123456789012", role: "data" as const }));
    const head = { cells: columns.map(() => ({ text: "总计", role: "columnHeader" as const })) };
    const table: TableBlock = {
      kind: "table",
      id: "t",
      label: "表",
      columns,
      parts: [{ head: [head], body: [{ cells }] }],
    };
    const runs = typeset([table], faces).pages[0]!.runs.filter(({ text }) => text.length === 12);
    expect(runs).toHaveLength(15);
    for (const [i, { size, x, condensed }] of runs.entries()) {
      expect(size).toBeGreaterThanOrEqual(7);
      expect(condensed).toBeGreaterThanOrEqual(0.5);
      // Each stays in its cell.
      expect(x[0]!).toBeGreaterThan(LEFT + (i * WIDTH) / 15);
      expect(x.at(-1)!).toBeLessThan(LEFT + ((i + 1) * WIDTH) / 15);
    }
  });

  it("is broken between its parts where each has room on a page", () => {
    const part: Drawn = { head: 1, labels: Array.from({ length: 14 }, () => 4) };
    const rows = seen(tableOf([part, part, part]), 3).filter(({ text }) => /^\d{4}$/.test(text));
    for (const p of [0, 1, 2])
      expect(new Set(rows.slice(14 * p, 14 * p + 14).map(({ page }) => page)).size, `part ${p}`).toBe(1);
  });
});
