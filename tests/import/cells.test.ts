import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import {
  cellAt,
  differing,
  found,
  importedWith,
  raised,
  setText,
  type TableChange,
  type TableKey,
  without,
} from "../support/import-page.ts";
import { example } from "../support/service.ts";

let hangzhou: Report;
beforeAll(async () => {
  hangzhou = (await example("hangzhou-2025")) as unknown as Report;
});

/** Imports a whole page of 杭州 with a table changed. */
const withTable = (key: TableKey, change: TableChange) => importedWith(hangzhou, key, change);
/** What is said of every page: the organ's code stands in none. */
const ALWAYS = ["I-USCC"];

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

  it.each([
    "18（含结转3件）",
    "18(其中上年结转3件)",
    "18（件）",
    "18笔",
    "1<wbr>8",
    "18<sup>[1]</sup>",
    "18<sup>①</sup>",
    '18<sup><a href="#n1">1</a></sup>',
    "<s>16</s> 18",
    "<del>16</del>18",
    '<span style="display:none">7</span>18',
  ])("“%s” is 18, with a note", async (text) => {
    const { report } = await cell(CELL, text);
    expect(differing(report, hangzhou)).toEqual([]);
  });

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
    "18（3）",
    "18<sup>2</sup>",
    "18²",
    "1⑧",
    "<s>1</s>18",
    '1<span style="color:#fff">8</span>',
    '<span style="opacity:0">1</span>8',
    "<input value=18>",
    "18<img src=x.png>",
    "<ol><li>18</li></ol>",
    "<table><tr><td>18</td></tr></table>",
    "<bdo dir=rtl>81</bdo>",
    "18万件",
    "一",
    "5 120",
    "1.800",
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
