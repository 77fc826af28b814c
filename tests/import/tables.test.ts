import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { Report } from "../../generated/report.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { importReport } from "../../src/import/import.ts";
import {
  body,
  cellAt,
  differing,
  found,
  htmlTable,
  imported,
  importedWith,
  type PageCell,
  raised,
  type TableChange,
  type TableKey,
  tableRows,
} from "../support/import-page.ts";
import { example } from "../support/service.ts";

let hangzhou: Report;
let liaocheng: Report;
beforeAll(async () => {
  [hangzhou, liaocheng] = (await Promise.all([example("hangzhou-2025"), example("liaocheng-2020")])) as unknown as [
    Report,
    Report,
  ];
});

const file = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(new URL(`../fixtures/cases/${name}.tables.html`, import.meta.url)));

describe("the published cases", () => {
  test("聊城 2020: every figure, and the one cell that 表四 lacks is named", async () => {
    const { report, account } = await importReport(await file("liaocheng-2020"));
    expect(differing(report, liaocheng)).toEqual([]);
    expect(account.edition).toBe("2019");
    expect(found(account, "I-MISSING")).toEqual([["warning", ["表四“行政诉讼／复议后起诉／总计”"]]]);
    expect(found(account, "I-SHORT")).toEqual([]);
    expect(cellAt(account, "/remedies/litigation/afterReview/total")).toMatchObject({ how: "computed", value: 0 });
    expect(account.cells.map(({ how }) => how).filter((how) => how !== "read")).toEqual(["computed"]);
  });

  test("杭州 2025: every figure, and nothing is said of any table", async () => {
    const { report, account } = await importReport(await file("hangzhou-2025"));
    expect(differing(report, hangzhou)).toEqual([]);
    expect(account.edition).toBe("2021");
    expect(account.cells.every(({ how, sure }) => how === "read" && sure === "certain")).toBe(true);
    expect(raised(account)).toEqual(["I-SECTION", "I-SIGNED", "I-TITLE", "I-USCC"]);
  });
});

/** Imports a whole page of 杭州 with a table changed. */
const withTable = (key: TableKey, change: TableChange) => importedWith(hangzhou, key, change);

const ALWAYS = ["I-USCC"];

describe("a table is found by its labels and its shape", () => {
  it("whichever comes first", async () => {
    const tables = ["remedies", "requests", "disclosure"].map((key) => htmlTable(tableRows(hangzhou, key)));
    const { report, account } = await imported(
      body(hangzhou, { disclosure: tables.join("<p></p>"), requests: "", remedies: "" }),
    );
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it("in one table for all three sections, their headings in rows of it", async () => {
    const heading = (text: string): PageCell[] => [{ text, role: "caption", colSpan: 10, rowSpan: 1 }];
    const rows = [
      ...tableRows(hangzhou, "disclosure"),
      heading("三、收到和处理政府信息公开申请情况"),
      ...tableRows(hangzhou, "requests"),
      heading("四、政府信息公开行政复议、行政诉讼情况"),
      ...tableRows(hangzhou, "remedies"),
    ];
    const page = body(hangzhou, { disclosure: htmlTable(rows), requests: "", remedies: "" })
      .replace("<p>三、收到和处理政府信息公开申请情况</p>", "")
      .replace("<p>四、政府信息公开行政复议、行政诉讼情况</p>", "");
    const { report, account } = await imported(page);
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it("in a table for each block", async () => {
    const rows = tableRows(hangzhou, "disclosure");
    const starts = rows.flatMap((row, i) => (row[0]!.role === "caption" ? [i] : []));
    const blocks = starts.map((start, i) => htmlTable(rows.slice(start, starts[i + 1])));
    const { report, account } = await withTable("disclosure", () => blocks.join("<p>&nbsp;</p>"));
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it.each([
    ["without its head", (rows: PageCell[][]) => [rows.slice(0, 14), rows.slice(14)]],
    [
      "with its head again",
      (rows: PageCell[][]) => [rows.slice(0, 14), [...tableRows(hangzhou, "requests").slice(0, 3), ...rows.slice(14)]],
    ],
  ])("parted by a page, the rest %s", async (_, part) => {
    const { report, account } = await withTable("requests", (rows) => {
      // A merged label does not reach over to the next page.
      rows[5]![0]!.rowSpan = 9;
      rows[7]![0]!.rowSpan = 7;
      return part(rows)
        .map((half) => htmlTable(half))
        .join("<p>—3—</p><p>续表</p>");
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it("with its head on one page and its figures on the next", async () => {
    const { report, account } = await withTable("remedies", (rows) =>
      [rows.slice(0, 3), rows.slice(3)].map((half) => htmlTable(half)).join("\n"),
    );
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it("with its rows in another order", async () => {
    const { report, account } = await withTable("requests", (rows) => [
      ...rows.slice(0, 3),
      rows.at(-1)!,
      rows[4]!,
      rows[3]!,
      ...rows.slice(5, -1),
    ]);
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(["I-ORDER", ...ALWAYS]);
    const [[level, labels]] = found(account, "I-ORDER") as [[string, string[]]];
    expect(level).toBe("warning");
    for (const row of ["四、结转", "二、上年结转", "一、本年新收"])
      expect(labels.some((label) => label.includes(row))).toBe(true);
    expect(labels).toHaveLength(7 * 3);
  });

  it("with labels that are not quite the form's", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      const words: Record<string, string> = {
        "一、本年新收政府信息公开申请数量": "　一、 本年新收申请数量",
        "（一）予以公开": "(一) 予以 公开",
        "2.重复申请": "重复申请",
        "3.其他": "3．其它",
        "（七）总计": "合计",
        "3.危及“三安全一稳定”": '3、危及"三安全一稳定"',
      };
      for (const cell of rows.flat()) cell.text = words[cell.text] ?? cell.text;
      return rows;
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
    expect(cellAt(account, "/requests/received/naturalPerson")).toMatchObject({ sure: "likely" });
    expect(cellAt(account, "/requests/carriedIn/naturalPerson")).toMatchObject({ sure: "certain" });
  });
});

describe("columns are found by their heads", () => {
  const swapped = (rows: PageCell[][]): PageCell[][] => {
    // 总计 before 自然人: head and figures.
    rows[1] = [rows[1]![2]!, rows[1]![0]!, rows[1]![1]!];
    return rows.map((row) => {
      const figures = row.filter((cell) => cell.role === "data");
      return figures.length === 0
        ? row
        : [...row.filter((c) => c.role !== "data"), figures.at(-1)!, ...figures.slice(0, -1)];
    });
  };

  it("in another order", async () => {
    const { report, account } = await withTable("requests", swapped);
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(["I-ORDER", ...ALWAYS]);
  });

  it("one that is not there is missing, and nothing is shifted", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      rows[2] = rows[2]!.filter(({ text }) => text !== "科研机构");
      rows[1]![1]!.colSpan = 4;
      rows[0]![1]!.colSpan = 6;
      return rows.map((row) => row.filter(({ pointer }) => !pointer?.endsWith("/research")));
    });
    const gone = formCells(formOf("2021")!).filter(({ pointer }) => /^\/requests.*\/research$/.test(pointer));
    expect(differing(report, hangzhou)).toEqual(gone.map(({ label }) => label));
    expect(found(account, "I-MISSING")).toEqual([["error", gone.map(({ label }) => label)]]);
    expect(gone.every(({ pointer }) => cellAt(account, pointer).how === "missing")).toBe(true);
  });

  it("totals that are not there at all are computed and named", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      rows[1] = rows[1]!.slice(0, 2);
      rows[0]![1]!.colSpan = 6;
      return rows.map((row) =>
        row.filter(({ pointer }) =>
          !pointer?.endsWith("/total") || pointer === "/requests/results/total/total"
            ? !pointer?.endsWith("/total")
            : false,
        ),
      );
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-MISSING").map(([level]) => level)).toEqual(["warning"]);
    expect(cellAt(account, "/requests/received/total")).toMatchObject({ how: "computed", value: 14069 });
  });

  it("one that the form does not have is told, and its figures with it", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      rows[1]!.push({ text: "同比", role: "columnHeader", colSpan: 1, rowSpan: 2 });
      return rows.map((row) =>
        row.some(({ role }) => role === "data") ? [...row, { text: "7", role: "data", colSpan: 1, rowSpan: 1 }] : row,
      );
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-UNPLACED")).toHaveLength(25);
    expect(account.leftOut.filter(({ text }) => text.endsWith("：7"))).toHaveLength(25);
  });
});

describe("what has no place is told", () => {
  it("a row of another form", async () => {
    const { account } = await withTable("requests", (rows) => {
      const row = structuredClone(rows[4]!);
      row[0]!.text = "八、转送其他机关办理";
      return [...rows, row];
    });
    expect(found(account, "I-UNPLACED")).toEqual([["error", []]]);
    expect(account.leftOut[0]).toMatchObject({ where: "第2个表第29行" });
    expect(account.leftOut[0]!.text).toContain("八、转送其他机关办理");
  });

  it("a table that is none of the form's", async () => {
    const { report, account } = await imported(
      body(hangzhou, {
        overview:
          "<p>按领域统计如下。</p><table><tr><td>领域</td><td>条数</td></tr><tr><td>行政许可</td><td>55</td></tr></table>",
      }),
    );
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-UNPLACED").map(([level]) => level)).toContain("error");
    expect(account.leftOut.some(({ text }) => text.includes("55"))).toBe(true);
  });

  it("a row that comes twice: said when the figures differ, and then none of them taken", async () => {
    const again = (text: string) =>
      withTable("requests", (rows) => {
        const row = structuredClone(rows[4]!);
        row[1]!.text = text;
        return [...rows, row];
      });
    const same = await again("535");
    expect(raised(same.account)).toEqual(ALWAYS);
    const other = await again("536");
    expect(found(other.account, "I-DUPLICATE")).toEqual([
      ["error", ["表三“二、上年结转政府信息公开申请数量／自然人”"]],
    ]);
    expect(getCell(other.report, "/requests/carriedIn/naturalPerson")).toBeUndefined();
    expect(getCell(other.report, "/requests/carriedIn/other")).toBe(0);
  });
});

describe("the edition", () => {
  it("is that of the labels, and said to be wrong for the year", async () => {
    const { report, account } = await imported(body({ ...liaocheng, year: 2023, signed: "2024-01-20" }));
    expect(report).toMatchObject({ edition: "2019", year: 2023 });
    expect(differing(report, liaocheng)).toEqual([]);
    expect(found(account, "I-EDITION").map(([level]) => level)).toEqual(["error"]);
    expect(account.findings.find(({ id }) => id === "I-EDITION")!.message).toMatch(/2023年度应按2021年版/);
  });

  it("is said to be mixed where a table is of another", async () => {
    const { report, account } = await imported(
      body(hangzhou, { disclosure: htmlTable(tableRows(liaocheng, "disclosure")) }),
    );
    expect(found(account, "I-EDITION").length).toBeGreaterThan(0);
    expect(found(account, "I-UNPLACED").length + found(account, "I-MISSING").length).toBeGreaterThan(0);
    expect(report).toMatchObject({ year: 2025 });
  });
});

test("every cell of the form is accounted for once, in its order", async () => {
  for (const report of [hangzhou, liaocheng]) {
    const { account } = await imported(body(report));
    expect(account.cells.map(({ pointer }) => pointer)).toEqual(
      formCells(formOf(report.edition)!).map(({ pointer }) => pointer),
    );
  }
});
