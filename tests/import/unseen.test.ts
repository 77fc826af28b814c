import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { Imported } from "../../src/import/account.ts";
import { importReport } from "../../src/import/import.ts";
import { FAULTS, FIGURES, faultyPage, pageOf } from "../support/import/unseen.ts";
import { example } from "../support/service.ts";

const hangzhou = await example("hangzhou-2025");
const cells = formCells(formOf("2021")!);
const read = (text: string, name = "a.html"): Promise<Imported> =>
  importReport(new TextEncoder().encode(text), { name });

/** The cells that have another figure than the report, and those left out without a word. */
function wrong({ report, account }: Imported): { readonly figures: string[]; readonly silent: string[] } {
  const named = new Set(account.findings.flatMap((finding) => finding.cells.map(({ pointer }) => pointer)));
  const differing = cells.filter(
    ({ pointer }) => JSON.stringify(getCell(report, pointer)) !== JSON.stringify(getCell(hangzhou, pointer)),
  );
  const out = differing.filter(({ pointer }) => getCell(report, pointer) === undefined);
  return {
    figures: differing.filter((cell) => !out.includes(cell)).map(({ label }) => label),
    silent: out.filter(({ pointer }) => !named.has(pointer)).map(({ label }) => label),
  };
}

describe("what the eye does not see is not a figure", () => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))("%s", async (_, fault) => {
    const imported = await read(await faultyPage(fault));
    expect(wrong(imported)).toEqual({ figures: [], silent: [] });
    for (const pointer of FIGURES.values()) {
      const cell = imported.account.cells.find((of) => of.pointer === pointer)!;
      expect([pointer, cell.how]).toEqual([pointer, fault.gives]);
      expect(cell.source).not.toBe("");
    }
  });

  it.each([
    [
      "hidden rows of a table",
      "<style>tr.h{display:none}</style>",
      '<tr class="h"><td>行政许可</td><td colspan="3">7</td></tr>',
    ],
    ["a table that is not shown", "", '<tr style="visibility:collapse"><td>行政许可</td><td colspan="3">7</td></tr>'],
  ])("%s", async (_, head, row) => {
    const page = await pageOf((tables) => tables.replace("<tr><td>行政许可", `${row}<tr><td>行政许可`), head);
    expect(wrong(await read(page))).toEqual({ figures: [], silent: [] });
  });

  it.each(["百万元", "千元", "万美元", "十万元"])("amounts in %s", async (unit) => {
    for (const change of [
      (tables: string) => tables.replace("单位：万元", `单位：${unit}`),
      (tables: string) => tables.replace(">316441<", `>316441${unit}<`),
      (tables: string) => tables.replace("<table>", `<p>单位：${unit}</p><table>`).replace("（单位：万元）", ""),
      (tables: string) =>
        tables.replace(">行政事业性收费<", `>行政事业性收费（${unit}）<`).replace("（单位：万元）", ""),
    ]) {
      const { report, account } = await read(await pageOf(change));
      expect(getCell(report, "/disclosure/fees/amount")).toBeUndefined();
      expect(account.cells.find(({ pointer }) => pointer === "/disclosure/fees/amount")!.how).toBe("unread");
    }
  });

  it("亿元 is read exactly", async () => {
    const page = await pageOf((tables) => tables.replace("单位：万元", "单位：亿元").replace(">316441<", ">31.6441<"));
    expect(wrong(await read(page))).toEqual({ figures: [], silent: [] });
  });

  it("counts in ten thousands", async () => {
    const page = await pageOf((tables) => tables.replaceAll("本年处理决定数量", "本年处理决定数量（万件）"));
    const { report } = await read(page);
    expect(getCell(report, "/disclosure/penalties/decisions")).toBeUndefined();
  });

  it("tables that are pictures or frames are named", async () => {
    const page = await pageOf((tables) =>
      tables.replace(/<table>[\s\S]*?<\/table>/g, "<p><img src=t.png><iframe src=x></iframe></p>"),
    );
    const { account } = await read(page);
    const finding = account.findings.find(({ id }) => id === "I-THINGS");
    expect(finding).toMatchObject({ level: "error", message: expect.stringMatching(/3处图片、3处嵌入的网页/) });
  });

  it("radicals in the name and in labels are replaced, and said", async () => {
    const page = (await pageOf((tables) => tables.replace("行政许可", "⾏政许可"))).replaceAll(
      "杭州市人民政府",
      "杭州市⼈⺠政府",
    );
    const imported = await read(page);
    expect(wrong(imported)).toEqual({ figures: [], silent: [] });
    expect(imported.report).toMatchObject({ organ: { name: "杭州市人民政府" } });
    expect(imported.account.findings.map(({ id }) => id)).toContain("I-IDEOGRAPHS");
  });
});

describe("pages of public bug reports", async () => {
  const folder = new URL("../fixtures/bugs/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".html"));
  it.each(names)("%s has no wrong figure", async (name) => {
    const imported = await importReport(new Uint8Array(await readFile(new URL(name, folder))), { name });
    const { figures, silent } = wrong(imported);
    // A dash is nothing, wherever it stands.
    expect(figures).toEqual(
      name.startsWith("h06") ? ["表二“规章／现行有效件数”", "表四“行政诉讼／复议后起诉／结果维持”"] : [],
    );
    expect(silent).toEqual([]);
  });
});

describe("cells of delimited text", () => {
  const rows = (made: string, delimiter: string): string =>
    [
      "杭州市人民政府2025年政府信息公开工作年度报告",
      ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
      ["规章", made, "5", "74"],
      ["行政规范性文件", "564", "984", "4185"],
    ]
      .map((row) => (typeof row === "string" ? row : row.join(delimiter)))
      .join("\r\n");
  it.each([
    ['="3"', 3],
    ["'3", 3],
    ['"3\r\n12"', undefined],
    ['"564\n120"', undefined],
    ["564 120", undefined],
    ["=SUM(A1:A2)", undefined],
    ["3E+00", undefined],
    ["3月5日", undefined],
    ['"3\n件"', 3],
    ["#REF!", undefined],
  ])("%s", async (text, value) => {
    for (const [delimiter, name] of [
      [",", "a.csv"],
      ["\t", "a.tsv"],
      [";", "a.csv"],
    ] as const) {
      const { report } = await read(rows(text, delimiter), name);
      expect([delimiter, getCell(report, "/disclosure/rules/made")]).toEqual([delimiter, value]);
      expect(getCell(report, "/disclosure/rules/inForce")).toBe(74);
    }
  });
});
