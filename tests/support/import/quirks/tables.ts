/** Tables as they are cut, joined and turned. */
import type { Quirk } from "../made.ts";
import { copyGrid, type PaperGrid, type PaperItem, type PaperTable, tableOf, tablesOf } from "../paper.ts";

/** How many rows from the top have no figure. */
const headOf = (grid: PaperGrid): number => grid.findIndex((row) => row.some((cell) => cell.role === "data"));

const replace = (items: PaperItem[], table: PaperTable, by: readonly PaperItem[]): void =>
  void items.splice(items.indexOf(table), 1, ...by);

function continued(at: number, between: readonly string[]): Quirk["apply"] {
  return ({ paper }) => {
    const table = tableOf(paper, "requests");
    const head = headOf(table.grid);
    const [upper, lower] = [
      table.grid.slice(0, head + at),
      [...table.grid.slice(0, head), ...table.grid.slice(head + at)],
    ];
    replace(paper.items, table, [
      { ...table, grid: copyGrid(upper) },
      ...between.map((text): PaperItem => ({ kind: "text", role: "paragraph", text, key: "requests" })),
      { ...table, grid: copyGrid(lower) },
    ]);
  };
}

export const continuedTable: Quirk = { name: "表三 over two tables, the head repeated", apply: continued(9, []) };
export const continuedWithWord: Quirk = { name: "表三 and 续表 over two tables", apply: continued(15, ["续表"]) };

export const blocksApart: Quirk = {
  name: "each block of 二 a table of its own",
  apply: ({ paper }) => {
    const table = tableOf(paper, "disclosure");
    const starts = table.grid.flatMap((row, i) => (row[0]!.role === "caption" ? [i] : []));
    const parts = starts.map(
      (from, i): PaperTable => ({ ...table, grid: copyGrid(table.grid.slice(from, starts[i + 1])) }),
    );
    replace(paper.items, table, parts);
  },
};

export const allInOne: Quirk = {
  name: "all three sections in one table",
  apply: ({ paper }) => {
    const tables = tablesOf(paper);
    const width = Math.max(...tables.flatMap(({ grid }) => grid.map((row) => row.length)));
    const first = paper.items.indexOf(tables[0]!);
    const last = paper.items.indexOf(tables.at(-1)!);
    const grid = paper.items.slice(first, last + 1).flatMap((item): PaperGrid => {
      if (item.kind === "table")
        return item.grid.map((row) => [
          ...row,
          ...Array.from({ length: width - row.length }, () => ({ text: "", role: "rowHeader" as const })),
        ]);
      const cell = { text: item.text, role: "caption" as const };
      return [Array.from({ length: width }, () => cell)];
    });
    paper.items.splice(first, last - first + 1, { kind: "table", key: "all", grid });
  },
};

const swap = (grid: PaperGrid, one: RegExp, other: RegExp): void => {
  const at = (label: RegExp) => grid.findIndex((row) => row.some((c) => c.role === "rowHeader" && label.test(c.text)));
  const [i, j] = [at(one), at(other)];
  // Labels that reach over several rows stay where they are.
  const inner = (row: PaperGrid[number]) =>
    row.findIndex((cell) => cell.role === "rowHeader" && !grid.some((r) => r !== row && r.includes(cell)));
  const [from, to] = [inner(grid[i]!), inner(grid[j]!)];
  const [a, b] = [grid[i]!.slice(from), grid[j]!.slice(to)];
  grid[i]!.splice(from, a.length, ...b);
  grid[j]!.splice(to, b.length, ...a);
};

export const rowsTurned: Quirk = {
  name: "rows in another order",
  apply: ({ paper, says }) => {
    says.push({ ids: ["I-ORDER"] });
    swap(tableOf(paper, "disclosure").grid, /^行政处罚/, /^行政强制/);
    const { grid } = tableOf(paper, "requests");
    swap(grid, /属于国家秘密/, /属于行政查询事项/);
    swap(grid, /重复申请/, /无正当理由大量反复申请/);
    swap(grid, /^一、/, /^二、/);
  },
};

export const columnsTurned: Quirk = {
  name: "columns in another order",
  apply: ({ paper, says }) => {
    says.push({ ids: ["I-ORDER"] });
    const { grid } = tableOf(paper, "requests");
    const [one, other] = ["商业企业", "法律服务机构"].map((label) => {
      const row = grid.find((r) => r.some((cell) => cell.text === label))!;
      return row.findIndex((cell) => cell.text === label);
    }) as [number, number];
    const wide = grid[1]![one];
    for (const row of grid) {
      if (row[one] === row[other] || row[one] === wide) continue;
      [row[one], row[other]] = [row[other]!, row[one]!];
    }
  },
};
