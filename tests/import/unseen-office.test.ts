import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { importReport } from "../../src/import/import.ts";
import { DOCX_FAULTS } from "../support/import/office-faults/docx.ts";
import { type Fault, faultyDocx, faultyXlsx, REPORT } from "../support/import/office-faults/fault.ts";
import { XLSX_FAULTS } from "../support/import/office-faults/xlsx.ts";
import { rowsOf, xlsxFile } from "../support/office.ts";

const CELLS = formCells(formOf(REPORT.edition)!);

/** The row that a figure is in; section 四 is one. */
const rowOf = (pointer: string): string =>
  pointer.startsWith("/remedies/") ? "/remedies" : pointer.slice(0, pointer.lastIndexOf("/"));

/** Figures of an import that are not those of the report, and figures that are missing without a word. */
async function losses(bytes: Uint8Array) {
  const { report, account } = await importReport(bytes);
  const wrong: string[] = [];
  const lost: string[] = [];
  for (const { pointer } of CELLS) {
    const found = getCell(report, pointer);
    if (found === undefined) lost.push(pointer);
    else if (JSON.stringify(found) !== JSON.stringify(getCell(REPORT, pointer)))
      wrong.push(`${pointer} ${JSON.stringify(found)}`);
  }
  const named = new Set(
    account.findings
      .filter(({ level }) => level === "error")
      .flatMap(({ cells }) => cells.map(({ pointer }) => pointer)),
  );
  return {
    wrong,
    lost,
    unnamed: lost.filter((pointer) => !named.has(pointer)),
    rows: new Set([...named].map(rowOf)),
    account,
  };
}

const check = (make: (fault: Fault) => { bytes: Uint8Array; pointer: string }) => async (fault: Fault) => {
  const { bytes, pointer } = make(fault);
  const { wrong, lost, unnamed, account } = await losses(bytes);
  expect(wrong).toEqual([]);
  expect(unnamed).toEqual([]);
  expect(lost.includes(pointer)).toBe(fault.is === "unread");
  // What is wrong with one figure is no other's.
  if (fault.is === "read") expect(lost).toEqual([]);
  else expect(lost.length).toBeLessThanOrEqual(2);
  const cell = account.cells.find((one) => one.pointer === pointer)!;
  if (cell.how === "unread") expect(cell.source?.trim()).not.toBe("");
};

describe("a DOCX with", () => it.each(DOCX_FAULTS)("$name: the figure is $is", check(faultyDocx)));

describe("an XLSX with", () => it.each(XLSX_FAULTS)("$name: the figure is $is", check(faultyXlsx)));

describe("files made after what users of other tools reported", () => {
  const folder = new URL("../fixtures/bugs/", import.meta.url);
  const files = readdirSync(folder).filter((name) => /^[dx]\d.*\.(?:docx|xlsx)$/.test(name));

  it("are there", () => expect(files.length).toBeGreaterThanOrEqual(8));

  it.each(files)("%s: no wrong figure, and each loss named, at least by its row", async (name) => {
    const { wrong, unnamed, rows } = await losses(readFileSync(new URL(name, folder)));
    expect(wrong).toEqual([]);
    expect(unnamed.filter((pointer) => !rows.has(rowOf(pointer)))).toEqual([]);
  });
});

describe("a workbook with last year's tables beside this year's", () => {
  const table = (figures: readonly (string | number)[]) => {
    const labels = [
      "一、本年新收政府信息公开申请数量",
      "二、上年结转政府信息公开申请数量",
      "（一）予以公开",
      "1.属于国家秘密",
      "2.重复申请",
    ];
    return rowsOf([
      ["（勾稽）", "自然人", "总计"],
      ...labels.map((label, i) => [label, figures[i] ?? "", figures[i] ?? ""]),
    ]);
  };
  const [last, now] = [table([5, 2, 3, 1, 1]), table([7, "", 3, 1, 2])];
  const received = async (names: readonly [string, string]) => {
    const bytes = xlsxFile([
      { name: names[0], rows: last },
      { name: names[1], rows: now },
    ]);
    const { report, account } = await importReport(bytes);
    const figure = (key: string) => getCell(report, `/requests/${key}/naturalPerson`);
    return { figures: [figure("received"), figure("carriedIn")], account };
  };

  it("is read of the later year, and told to have the other", async () => {
    const { figures, account } = await received(["2024", "2025"]);
    expect(figures).toEqual([7, 0]);
    expect(account.leftOut.map(({ where }) => where).join()).toContain("同样的表");
  });

  it("is not read where the sheets do not say their years", async () => {
    const { figures, account } = await received(["Sheet1", "Sheet2"]);
    expect(figures).toEqual([undefined, undefined]);
    expect(
      account.findings.some(
        ({ message }) => message.includes("几个工作表里有同样的表") || message.includes("不止一次"),
      ),
    ).toBe(true);
  });
});
