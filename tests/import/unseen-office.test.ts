import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formCells } from "../../schemas/form.ts";
import { formOf } from "../../schemas/forms.ts";
import { importReport } from "../../src/import/import.ts";
import { getCell } from "../../src/report/cells.ts";
import { DOCX_FAULTS } from "../support/import/office-faults/docx.ts";
import { type Fault, faultyDocx, faultyXlsx, REPORT } from "../support/import/office-faults/fault.ts";
import { XLSX_FAULTS } from "../support/import/office-faults/xlsx.ts";

const CELLS = formCells(formOf(REPORT.edition)!);

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
  return { wrong, lost, unnamed: lost.filter((pointer) => !named.has(pointer)), account };
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

  it.each(files)("%s: no wrong figure, and each loss named", async (name) => {
    const { wrong, unnamed } = await losses(readFileSync(new URL(name, folder)));
    expect(wrong).toEqual([]);
    expect(unnamed).toEqual([]);
  });
});
