import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { getCell } from "../../../src/form/cells.ts";
import type { TableSection } from "../../../src/form/form.ts";
import { sectionCells } from "../../../src/form/form-cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { labelledTables } from "../../../src/form/label-index.ts";
import { readFigure } from "../../../src/import/figures.ts";
import { readHtml } from "../../../src/import/readers/html.ts";
import { type SourceGrid, textGrid } from "../../../src/import/source.ts";
import { emptyDraft } from "../../../web/filing/model/draft.ts";
import { withChanges } from "../../../web/filing/model/edits.ts";
import { pasteGrid } from "../../../web/filing/paste/paste.ts";
import { example } from "../../support/service.ts";

/** The tables of a published page as its cells are read. */
const publishedTables = async (name: string): Promise<SourceGrid[]> =>
  readHtml(await readFile(new URL(`../../fixtures/cases/${name}.tables.html`, import.meta.url))).items.flatMap(
    (item) => (item.kind === "table" ? [item.grid] : []),
  );

function tableOf(edition: string, key: string) {
  const form = formOf(edition)!;
  const section = form.sections.find((s) => s.key === key) as TableSection;
  const table = labelledTables(form).find((t) => t.section === section)!;
  return { form, section, table };
}

const SECTIONS = ["disclosure", "requests", "remedies"];

for (const [name, edition, year] of [
  ["liaocheng-2020", "2019", 2020],
  ["hangzhou-2025", "2021", 2025],
] as const) {
  test.each(SECTIONS.map((key, i) => [key, i] as const))(
    `the published ${name}: %s pasted whole is the filing's figures`,
    async (key, i) => {
      const { form, section, table } = tableOf(edition, key);
      const published = await example(name);
      const grid = (await publishedTables(name))[i]!;
      const pasted = pasteGrid(form, table, emptyDraft(year), grid, sectionCells(form, section)[0]!.pointer);
      const report = withChanges(emptyDraft(year), pasted.changes);
      for (const cell of sectionCells(form, section))
        expect([cell.label, getCell(report, cell.pointer)]).toEqual([
          cell.label,
          cell.total ? undefined : getCell(published, cell.pointer),
        ]);
      expect(pasted).toMatchObject({ differing: [], missing: [], unknown: [], outside: 0 });
      // 聊城 left out the last total of 表四.
      expect(pasted.short).toEqual(
        name === "liaocheng-2020" && key === "remedies" ? [`${section.table} ${section.label}`] : [],
      );
      expect(pasted.cells.every((cell) => cell.reading.kind === "figure")).toBe(true);
    },
  );
}

/** The same as a spreadsheet copies it: blanks where cells are merged. */
const asText = (grid: SourceGrid): string => {
  const seen = new Set<unknown>();
  return grid
    .map((row) =>
      Array.from(row, (cell) => {
        if (!cell || seen.has(cell)) return "";
        seen.add(cell);
        return cell.text;
      }).join("\t"),
    )
    .join("\r\n");
};

test("the same table copied as plain text from a spreadsheet gives the same figures", async () => {
  const { form, table } = tableOf("2019", "requests");
  const grid = (await publishedTables("liaocheng-2020"))[1]!;
  const start = "/requests/received/naturalPerson";
  const [html, text] = [grid, textGrid(asText(grid))].map((g) => pasteGrid(form, table, emptyDraft(2020), g, start));
  expect(text!.changes).toEqual(html!.changes);
  expect(html!.changes).toHaveLength(22 * 6);
});

test("figures without labels go where the active cell is; what falls beyond the edge is told", () => {
  const { form, table } = tableOf("2021", "requests");
  const grid = textGrid("1\t２\t/\n1,234\t\tx\n");
  const pasted = pasteGrid(form, table, emptyDraft(2025), grid, "/requests/received/legalService");
  expect(pasted.changes).toEqual([
    ["/requests/received/legalService", 1],
    ["/requests/received/other", 2],
    ["/requests/carriedIn/legalService", 1234],
    ["/requests/carriedIn/other", undefined],
  ]);
  // The third column is 总计: nothing is filled in, and what was copied there is held against the sum.
  expect(pasted.differing.map(({ pointer, sent }) => [pointer, sent])).toEqual([
    ["/requests/received/total", 0],
    ["/requests/carriedIn/total", "x"],
  ]);
});

test("a total that is not the sum, a row that is short, and a row of another form are told", async () => {
  const { form, table } = tableOf("2021", "requests");
  const [, source] = await publishedTables("hangzhou-2025");
  const grid = source!.map((row) => [...row]);
  const at = grid.findIndex((row) => row.some((cell) => cell?.text.includes("重复申请")));
  grid[at]!.pop();
  const first = grid.findIndex((row) => row[0]?.text.startsWith("一、"));
  grid[first]![grid[first]!.length - 1] = { text: "１" };
  grid.splice(at, 0, [
    { text: "三、本年度办理结果" },
    { text: "9.临时类别" },
    ...Array.from({ length: 7 }, () => ({ text: "4" })),
  ]);
  const pasted = pasteGrid(form, table, emptyDraft(2025), grid, "/requests/received/naturalPerson");
  expect(pasted.short).toEqual(["2.重复申请"]);
  expect(pasted.unknown).toEqual(["9.临时类别"]);
  expect(pasted.differing).toMatchObject([{ pointer: "/requests/received/total", sent: 1 }]);
});

test.each([
  ["９", 9, ["fullWidth"]],
  ["＋19", 19, ["fullWidth", "sign"]],
  ["\u00a00", 0, ["space"]],
  ["　12　", 12, ["space"]],
  ["1,234", 1234, ["separator"]],
  ["１，２３４", 1234, ["fullWidth", "separator"]],
  ["/", 0, ["dash"]],
  ["—", 0, ["dash"]],
  ["——", 0, ["dash"]],
  ["无", 0, ["dash"]],
  ["12件", 12, ["counter"]],
  ["9.00", 9, ["decimal"]],
  ["007", 7, ["zeros"]],
])("a count “%s” is %i", (text, value, notes) => {
  expect(readFigure(text, { type: "count" })).toEqual({ kind: "figure", value, notes });
});

test.each([
  ["－3", -3],
  ["－３", -3],
  ["—5", -5],
  ["−1,000", -1000],
  ["+387", 387],
  ["-0", 0],
])("a change “%s” is %i", (text, value) => {
  expect(readFigure(text, { type: "signed" })).toMatchObject({ kind: "figure", value });
});

test.each([
  ["1007.25万元", ["万元", "元"], { amount: "1007.25", unit: "万元" }],
  ["251000元", ["万元", "元"], { amount: "251000", unit: "元" }],
  ["251000元", ["万元"], { amount: "25.1", unit: "万元" }],
  ["￥1,000.50", ["万元", "元"], { amount: "1000.50", unit: "元" }],
  ["12", ["万元", "元"], { amount: "12", unit: "万元" }],
  ["0.5元", ["万元"], { amount: "0.00005", unit: "万元" }],
  ["/", ["万元"], { amount: "0", unit: "万元" }],
] as const)("an amount “%s” where %j is taken", (text, units, value) => {
  expect(readFigure(text, { type: "money", units })).toMatchObject({ kind: "figure", value });
});

test.each(["约9", "9.5", "1,23", "12,3456", "九", "9/10", "99999999999999999999", "1 2a"])(
  "“%s” is no count and stays as it is",
  (text) => {
    expect(readFigure(text, { type: "count" })).toEqual({ kind: "unread", text });
  },
);

test("a row is found by the words that the importer knows it by", () => {
  const { form, table } = tableOf("2021", "requests");
  const grid = textGrid("本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n上年结转申请数量\t2\t1\t0\t0\t0\t0\t3");
  const pasted = pasteGrid(form, table, emptyDraft(2025), grid, "/requests/received/naturalPerson");
  const report = withChanges(emptyDraft(2025), pasted.changes);
  expect(getCell(report, "/requests/carriedIn/naturalPerson")).toBe(2);
  expect(getCell(report, "/requests/carriedIn/commercial")).toBe(1);
  expect(pasted.missing).not.toContain("二、上年结转政府信息公开申请数量");
  expect(pasted.unknown).toEqual([]);
});
