import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { Report } from "../../generated/report.ts";
import { formCells } from "../../schemas/form.ts";
import { formOf } from "../../schemas/forms.ts";
import { importReport } from "../../src/import/import.ts";
import { getCell } from "../../src/report/cells.ts";
import {
  body,
  cellAt,
  found,
  htmlTable,
  imported,
  type PageCell,
  raised,
  setText,
  tableRows,
  without,
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

/** The figures that differ, by label. */
const differing = (actual: unknown, expected: Report): string[] =>
  formCells(formOf(expected.edition)!)
    .filter(({ pointer }) => JSON.stringify(getCell(actual, pointer)) !== JSON.stringify(getCell(expected, pointer)))
    .map(({ label }) => label);

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
const withTable = (
  key: "disclosure" | "requests" | "remedies",
  change: (rows: PageCell[][]) => PageCell[][] | string,
) => {
  const changed = change(tableRows(hangzhou, key));
  return imported(body(hangzhou, { [key]: typeof changed === "string" ? changed : htmlTable(changed) }));
};

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
    expect(raised(account)).toEqual(ALWAYS);
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
    expect(raised(account)).toEqual(ALWAYS);
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

describe("a row short of a cell is never shifted", () => {
  const gone = (...pointers: string[]) => withTable("remedies", (rows) => without(rows, ...pointers));

  it("where its sums hold in several ways, the cells that differ are left out, and no other", async () => {
    const { report, account } = await gone("/remedies/review/corrected");
    const group = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map((column) => `表四“行政复议／${column}”`);
    expect(found(account, "I-SHORT")).toEqual([["error", group]]);
    expect(differing(report, hangzhou)).toEqual(group);
    expect(cellAt(account, "/remedies/review/corrected")).toMatchObject({ how: "missing", sure: "unsure" });
  });

  it("a missing total is computed", async () => {
    const { report, account } = await gone("/remedies/litigation/direct/total");
    expect(differing(report, hangzhou)).toEqual([]);
    expect(cellAt(account, "/remedies/litigation/direct/total")).toMatchObject({ how: "computed", value: 56 });
  });

  it("the columns of the table tell what the row alone does not", async () => {
    // 252,0,45,128,32 without its 0: the zero could be anywhere, but for the columns.
    const { report, account } = await withTable("requests", (rows) => without(rows, "/requests/received/research"));
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-MISSING")).toEqual([
      ["warning", ["表三“一、本年新收政府信息公开申请数量／法人或其他组织／科研机构”"]],
    ]);
  });

  it("where it cannot be told, the doubtful cells are left out and the candidates named", async () => {
    const { report, account } = await withTable("disclosure", (rows) => without(rows, "/disclosure/rules/repealed"));
    const cells = ["本年制发件数", "本年废止件数", "现行有效件数"].map((column) => `表二“规章／${column}”`);
    expect(found(account, "I-SHORT")).toEqual([["error", cells]]);
    expect(differing(report, hangzhou)).toEqual(cells);
    expect(account.findings.find(({ id }) => id === "I-SHORT")!.message).toMatch(/第1个表第3行.*3｜74/);
  });

  it("nor is one with sums that hold in no way", async () => {
    const { report, account } = await withTable("remedies", (rows) =>
      without(setText(rows, "/remedies/review/total", "800"), "/remedies/review/upheld"),
    );
    expect(found(account, "I-SHORT")).toHaveLength(1);
    const left = account.cells.filter(({ how }) => how === "missing");
    expect(left.length).toBeGreaterThan(0);
    for (const { pointer } of left) expect(getCell(report, pointer)).toBeUndefined();
    for (const { pointer, how } of account.cells)
      if (how === "read" && pointer !== "/remedies/review/total")
        expect(getCell(report, pointer)).toEqual(getCell(hangzhou, pointer));
  });

  it("a figure too many in a row is left out where the sums tell which, and this is an error", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      rows[4]!.splice(3, 0, { text: "9", role: "data", colSpan: 1, rowSpan: 1 });
      return rows;
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-LONG").map(([level, cells]) => [level, cells.length])).toEqual([["error", 7]]);
    expect(account.findings.find(({ id }) => id === "I-LONG")!.message).toMatch(/第2个表第5行.*多出的是“9”/);
  });

  it("and the doubtful cells with it where they do not", async () => {
    const { report, account } = await withTable("disclosure", (rows) => {
      rows[2]!.splice(2, 0, { text: "9", role: "data", colSpan: 1, rowSpan: 1 });
      return rows;
    });
    const cells = ["本年废止件数", "现行有效件数"].map((column) => `表二“规章／${column}”`);
    expect(found(account, "I-LONG").map(([level]) => level)).toEqual(["error"]);
    for (const label of cells) expect(differing(report, hangzhou)).toContain(label);
    expect(raised(account)).toContain("I-LONG");
  });

  it("a row under the label of another group is taken by its own, and told", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      const find = (text: string) => rows.flat().find((cell) => cell.text === text)!;
      const [a, b] = [find("1.属于国家秘密"), find("1.信访举报投诉类申请")];
      [a.text, b.text] = [b.text, a.text];
      return rows;
    });
    expect(found(account, "I-GROUP")).toHaveLength(2);
    expect(getCell(report, "/requests/results/refused/stateSecret/naturalPerson")).toBe(199);
  });

  it("a figure merged over several columns is none of them's", async () => {
    const { account } = await withTable("requests", (rows) => {
      const row = rows[3]!;
      row[1]!.colSpan = 2;
      row.splice(2, 1);
      return rows;
    });
    expect(found(account, "I-MERGED").map(([level, cells]) => [level, cells.length])).toEqual([["error", 2]]);
  });

  it("one mark for nothing merged over a row is nothing in each", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      const at = rows.findIndex((row) => row.some(({ pointer }) => pointer?.includes("/publications/")));
      const label = rows[at]!.filter(({ role }) => role !== "data");
      rows[at] = [...label, { text: "/", role: "data", colSpan: 7, rowSpan: 1 }];
      return rows;
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });
});

describe("cells", () => {
  const cell = (pointer: string, text: string, key: "disclosure" | "requests" | "remedies" = "requests") =>
    withTable(key, (rows) => setText(rows, pointer, text));
  const CELL = "/requests/carriedIn/legalService";

  it.each(["１８", "18件", " 18 ", "&nbsp;18", "18.0", "018", "<p>18</p>", "<span>1</span><span>8</span>"])(
    "“%s” is 18",
    async (text) => {
      const { report, account } = await cell(CELL, text);
      expect(differing(report, hangzhou)).toEqual([]);
      expect(raised(account)).toEqual(ALWAYS);
    },
  );

  it.each([
    "约18",
    "18（含结转3件）",
    "1O",
    "l8",
    "18/3",
    "十八",
    "1 8",
    "<p>1</p><p>8</p>",
    "1<br>8",
    "18人，3件",
    "?",
  ])("“%s” is not guessed", async (text) => {
    const { report, account } = await cell(CELL, text);
    expect(getCell(report, CELL)).toBeUndefined();
    expect(found(account, "I-UNREAD")).toEqual([
      ["error", ["表三“二、上年结转政府信息公开申请数量／法人或其他组织／法律服务机构”"]],
    ]);
    expect(cellAt(account, CELL)).toMatchObject({ how: "unread", sure: "unsure" });
  });

  it.each(["/", "—", "——", "无", "0", "０"])("“%s” is 0", async (text) => {
    const { report, account } = await cell("/requests/carriedIn/other", text);
    expect(differing(report, hangzhou)).toEqual([]);
    expect(raised(account)).toEqual(ALWAYS);
  });

  it("a blank is taken as 0 and said to be so", async () => {
    const { report, account } = await cell("/requests/carriedIn/other", "&nbsp;");
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-BLANK")).toEqual([
      ["warning", ["表三“二、上年结转政府信息公开申请数量／法人或其他组织／其他”"]],
    ]);
    expect(cellAt(account, "/requests/carriedIn/other")).toMatchObject({ how: "blank", value: 0, source: "\u00a0" });
  });

  it("totals that are all blank are computed", async () => {
    const { report, account } = await withTable("requests", (rows) => {
      for (const c of rows.flat()) if (c.pointer?.endsWith("/total")) c.text = "";
      return rows;
    });
    expect(differing(report, hangzhou)).toEqual([]);
    expect(found(account, "I-COMPUTED").map(([level, cells]) => [level, cells.length])).toEqual([["warning", 25]]);
    expect(cellAt(account, "/requests/received/total")).toMatchObject({ how: "computed", value: 14069 });
  });

  it("a total that is not the sum stays as filed", async () => {
    const { report } = await cell("/requests/received/total", "14070");
    expect(getCell(report, "/requests/received/total")).toBe(14070);
  });

  it.each([
    ["316441", "316441", [], "本年收费金额（单位：万元）"],
    ["316,441.00万元", "316441.00", [], "本年收费金额（单位：万元）"],
    ["3164410000元", "316441", ["information"], "本年收费金额（单位：万元）"],
    ["3164410000", "316441", ["warning"], "本年收费金额（单位：元）"],
    ["316441", "316441", ["warning"], "本年收费金额"],
  ])("money “%s” is %s", async (text, amount, levels, head) => {
    const { report, account } = await withTable("disclosure", (rows) => {
      rows.flat().find((c) => c.text.startsWith("本年收费金额"))!.text = head;
      return setText(rows, "/disclosure/fees/amount", text);
    });
    expect(getCell(report, "/disclosure/fees/amount")).toEqual({ amount, unit: "万元" });
    expect(found(account, "I-UNIT").map(([level]) => level)).toEqual(levels);
  });

  it("what was normalized is told in sum", async () => {
    const { account } = await withTable("requests", (rows) =>
      setText(setText(rows, CELL, "１８"), "/requests/received/naturalPerson", "13,612"),
    );
    const [finding] = account.findings.filter(({ id }) => id === "I-NORMALIZED");
    expect(finding!.message).toMatch(/全角数字或符号1格/);
    expect(finding!.message).toMatch(/千分位分隔符1格/);
    expect(finding!.cells).toHaveLength(2);
  });
});

describe("what is not there is never zero", () => {
  it.each(["disclosure", "requests", "remedies"] as const)("a page without the table of %s", async (key) => {
    const { report, account } = await withTable(key, () => "<p>无</p>");
    expect(report[key]).toBeUndefined();
    const cells = formCells(formOf("2021")!).filter(({ section }) => section.key === key);
    expect(found(account, "I-MISSING")).toEqual([["error", cells.map(({ label }) => label)]]);
    expect(cells.every(({ pointer }) => cellAt(account, pointer).how === "missing")).toBe(true);
  });

  it.each(["disclosure", "requests", "remedies"] as const)("a table of %s with nothing in it", async (key) => {
    const { report, account } = await withTable(key, (rows) => {
      for (const c of rows.flat()) if (c.role === "data") c.text = "";
      return rows;
    });
    expect(report[key]).toBeUndefined();
    expect(found(account, "I-MISSING").map(([level]) => level)).toEqual(["error"]);
    expect(found(account, "I-BLANK")).toEqual([]);
  });

  it("a row that was left out", async () => {
    const { report, account } = await withTable("requests", (rows) =>
      rows.filter((row) => !row.some(({ text }) => text === "2.重复申请")),
    );
    expect(getCell(report, "/requests/results/notProcessed/duplicates")).toBeUndefined();
    expect(found(account, "I-MISSING").map(([level, cells]) => [level, cells.length])).toEqual([["error", 7]]);
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
