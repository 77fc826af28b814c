/** Damage to rows, columns, labels and whole tables. */
import type { Made } from "../made.ts";
import { copyGrid, type PaperCell, type PaperTable, paperOf, tableOf, tablesOf } from "../paper.ts";
import type { Random } from "../random.ts";
import { generated } from "../specimens.ts";
import {
  type Damage,
  dataRows,
  type Mutation,
  pointersIn,
  ROW,
  withoutColumn,
  withoutRow,
  wordsIn,
} from "./mutation.ts";

const onRow =
  (change: (table: PaperTable, row: number) => void) =>
  (made: Made, random: Random): Damage => {
    const { table, row } = random.pick(dataRows(made).filter((r) => r.table.key !== "remedies"));
    const cells = table.grid[row]!;
    const places = [...pointersIn(cells), ...wordsIn(cells), ROW];
    change(table, row);
    return { what: `${table.key}, row ${row + 1}`, places };
  };
/** The innermost label of a row, for this row alone. */
const labelled = (table: PaperTable, row: number, text: string): void => {
  const cells = table.grid[row]!;
  const label = cells.findLast((cell) => cell.role === "rowHeader")!;
  const own: PaperCell = { ...label, text };
  for (const [i, cell] of cells.entries()) if (cell === label) cells[i] = own;
};

const onColumn = (made: Made, random: Random): Damage => {
  const table = tableOf(made.paper, random.pick(["requests", "remedies"]));
  const row = table.grid.findLast((cells) => cells.some(({ role }) => role === "data"))!;
  const column = random.pick(row.flatMap(({ role }, i) => (role === "data" ? [i] : [])));
  const places = [...new Set(table.grid.flatMap((cells) => cells[column]?.pointer ?? []))];
  table.grid = withoutColumn(table.grid, column);
  return { what: `${table.key}, column ${column + 1}`, places };
};

const headRow = (key: string, leaf: string, places: readonly string[]): Mutation => ({
  kind: "a row of column heads removed",
  formats: ["HTML in UTF-8", "DOCX of Word", "CSV in UTF-8"],
  apply: ({ paper }) => {
    const table = tableOf(paper, key);
    const row = table.grid.findIndex((cells) => cells.some(({ text }) => text === leaf));
    table.grid = withoutRow(table.grid, row);
    return { what: `${key}, ${leaf}`, places };
  },
});

const renamed = (kind: string, key: string, from: RegExp, to: string, places: readonly string[]): Mutation => ({
  kind,
  apply: ({ paper }) => {
    const cell = tableOf(paper, key)
      .grid.flat()
      .find(({ text, role }) => role !== "data" && from.test(text));
    if (!cell) return undefined;
    const before = cell.text;
    cell.text = to;
    return { what: `${before} → ${to}`, places: [...places, before, to] };
  },
});

/** Labels swapped: a sum or the group that they stand in tells, or that the rows are in another order than the form's. */
const swapped = (one: RegExp, other: RegExp): Mutation => ({
  kind: "two labels swapped",
  formats: ["HTML in UTF-8", "DOCX of WPS", "XLSX of one sheet", "TSV"],
  apply: ({ paper }) => {
    const { grid } = tableOf(paper, "requests");
    const find = (label: RegExp) => grid.flat().find(({ text, role }) => role !== "data" && label.test(text))!;
    const [a, b] = [find(one), find(other)];
    const places = [one, other].flatMap((label) =>
      grid.filter((row) => row.some(({ text, role }) => role !== "data" && label.test(text))).flatMap(pointersIn),
    );
    [a.text, b.text] = [b.text, a.text];
    return { what: `${a.text} and ${b.text}`, places: [...places, a.text, b.text] };
  },
});

const insert = (made: Made, table: PaperTable): void => {
  const last = tablesOf(made.paper).findLast(({ key }) => key === table.key)!;
  made.paper.items.splice(made.paper.items.indexOf(last) + 1, 0, table);
};
const otherYear = (made: Made) => paperOf(generated(777, { year: made.report.year, dense: true }));

export const TABLES: readonly Mutation[] = [
  { kind: "a row removed", times: 3, apply: onRow((table, row) => void (table.grid = withoutRow(table.grid, row))) },
  { kind: "a row's label removed", times: 2, apply: onRow((table, row) => labelled(table, row, "")) },
  {
    kind: "a row's label misspelled beyond recognition",
    times: 2,
    apply: onRow((table, row) => labelled(table, row, "甲乙丙丁戊己")),
  },
  {
    kind: "a row with other figures twice",
    times: 2,
    apply: onRow((table, row) => {
      const copy = table.grid[row]!.map((cell) =>
        cell.role === "data" ? { ...cell, text: String(Number.parseInt(cell.text, 10) + 1) } : cell,
      );
      table.grid.splice(row + 1, 0, copy);
    }),
  },
  {
    kind: "a row that the form has not",
    times: 2,
    apply: (made, random) => {
      const { table, row } = random.pick(dataRows(made).filter((r) => r.table.key === "requests"));
      const label: PaperCell = { text: "（八）转交其他机关处理", role: "rowHeader" };
      const cells = table.grid[row]!.map((cell) =>
        cell.role === "data" ? { text: "3", role: "data" as const } : label,
      );
      table.grid.splice(row + 1, 0, cells);
      return { what: `${table.key}, row ${row + 2}`, places: [label.text, ROW] };
    },
  },
  { kind: "a column removed", times: 3, apply: onColumn },
  {
    kind: "a column that the form has not",
    times: 1,
    apply: ({ paper }, random) => {
      const { grid } = tableOf(paper, "requests");
      const at = grid[2]!.findIndex(({ text }) => text === "其他");
      for (const [i, cells] of grid.entries()) {
        const group = cells[at - 1]!;
        const cell: PaperCell =
          i < 2
            ? group
            : i === 2
              ? { text: "新闻媒体", role: "columnHeader" }
              : { text: String(1 + random.below(9)), role: "data" };
        cells.splice(at, 0, cell);
      }
      return { what: "新闻媒体", places: ["新闻媒体"] };
    },
  },
  headRow("requests", "商业企业", ["/requests/received/commercial", "商业企业", ROW]),
  headRow("remedies", "结果维持", ["/remedies/review/upheld", "结果维持"]),
  headRow("remedies", "行政复议", ["/remedies/review/upheld", "行政复议"]),
  renamed("a column's label misspelled beyond recognition", "requests", /^科研机构$/, "甲乙丙丁", [
    "/requests/received/research",
  ]),
  renamed(
    "a column's label misspelled beyond recognition",
    "disclosure",
    /^(本年新公开数量|本年废止件数)$/,
    "甲乙丙丁",
    ["/disclosure/rules/newlyDisclosed", "/disclosure/rules/repealed"],
  ),
  renamed("a column's unit contradicts the form's", "disclosure", /单位：万元/, "本年收费金额（单位：元）", [
    "/disclosure/fees/amount",
  ]),
  renamed("a column of another edition", "disclosure", /^(本年新制作数量|本年制发件数)$/, "本年制定数量", [
    "/disclosure/rules/made",
  ]),
  swapped(/^一、/, /^四、/),
  swapped(/属于国家秘密/, /信访举报/),
  swapped(/（七）总计/, /（一）予以公开/),
  swapped(/属于国家秘密/, /属于行政执法案卷/),
  swapped(/（一）予以公开/, /（二）部分公开/),
  swapped(/商业企业/, /科研机构/),
  swapped(/^自然人$/, /^总计$/),
  ...["disclosure", "requests", "remedies"].map(
    (key): Mutation => ({
      kind: "a table removed",
      formats: ["HTML in UTF-8", "DOCX of Word", "XLSX of one sheet", "CSV in GBK", "PDF"],
      apply: ({ paper }) => {
        const table = tableOf(paper, key);
        paper.items = paper.items.filter((item) => item !== table);
        return { what: key, places: pointersIn(table.grid.flat()) };
      },
    }),
  ),
  ...["disclosure", "requests", "remedies"].map(
    (key): Mutation => ({
      kind: "a table twice with other figures",
      formats: ["HTML in UTF-8", "DOCX of WPS", "XLSX of one sheet", "TSV", "PDF"],
      apply: (made) => {
        const table = tableOf(otherYear(made), key);
        insert(made, { ...table, grid: copyGrid(table.grid) });
        return { what: key, places: pointersIn(table.grid.flat()) };
      },
    }),
  ),
  {
    kind: "a table of another edition",
    formats: ["HTML in UTF-8", "DOCX of Word", "XLSX of one sheet", "CSV in UTF-8", "PDF"],
    apply: (made) => {
      const year = made.report.edition === "2019" ? 2023 : 2020;
      const other = tableOf(paperOf(generated(778, { year, dense: true })), "disclosure");
      tableOf(made.paper, "disclosure").grid = other.grid;
      return {
        what: `disclosure of ${year}`,
        places: [
          "/edition",
          "/disclosure/rules/made",
          "/disclosure/rules/newlyDisclosed",
          "/disclosure/rules/repealed",
          "版",
        ],
      };
    },
  },
  {
    kind: "the lower part of a table lost",
    formats: ["HTML in UTF-8", "DOCX of WPS", "CSV in UTF-8", "PDF"],
    times: 2,
    apply: (made, random) => {
      const table = tableOf(made.paper, random.pick(["disclosure", "requests"]));
      const from = 8 + random.below(table.grid.length - 10);
      const places = pointersIn(table.grid.slice(from).flat());
      table.grid = table.grid.slice(0, from);
      return { what: `${table.key} from row ${from + 1}`, places };
    },
  },
];
