/** Mirrors in traditional characters: the form's own words are read, narratives and names stay as they are. */
import { beforeAll, describe, expect, it } from "vitest";
import table from "../../schemas/traditional.json" with { type: "json" };
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf, forms } from "../../src/form/forms.ts";
import { labelsOf } from "../../src/form/label-index.ts";
import { importReport } from "../../src/import/import.ts";
import { simplified } from "../../src/import/simplified.ts";
import { FORMATS, writeAs } from "../support/import/formats.ts";
import { REPORT } from "../support/import/office-faults/fault.ts";
import { type Paper, paperOf } from "../support/import/paper.ts";

const PAIRS = Object.entries(table.characters);
/** The first traditional character of each of the form's. */
const TRADITIONAL = new Map(PAIRS.toReversed().map(([traditional, own]) => [own, traditional]));
const mirrored = (text: string): string => [...text].map((own) => TRADITIONAL.get(own) ?? own).join("");

describe("the table", () => {
  const labels = [
    ...labelsOf(forms).labels,
    ...labelsOf(forms).titles,
    ...forms.map(({ title }) => title),
    "单位：万元",
  ];
  const own = new Set(labels.join(""));

  it("has the characters of the form and no others", () => {
    for (const [traditional, character] of PAIRS)
      expect([traditional, own.has(character), own.has(traditional)]).toEqual([traditional, true, false]);
  });

  it("has one character for each, as long as it", () => {
    for (const [traditional, character] of PAIRS) expect([traditional.length, character.length]).toEqual([1, 1]);
    expect(simplified("一、總體情況；本年新收政府信息公開申請數量")).toBe("一、总体情况；本年新收政府信息公开申请数量");
  });
});

describe.each(["HTML in UTF-8", "DOCX of Word", "XLSX of one sheet", "CSV in UTF-8", "TSV"] as const)(
  "a mirror as %s",
  (format) => {
    let paper: Paper;
    beforeAll(() => {
      paper = paperOf(REPORT);
      paper.title = mirrored(paper.title);
      for (const item of paper.items)
        if (item.kind === "text") item.text = mirrored(item.text);
        else for (const cell of new Set(item.grid.flat())) cell.text = mirrored(cell.text);
    });

    it("gives every figure, the year and the date, and says how it was read", async () => {
      const { bytes, name } = await writeAs(format, paper);
      const { report, account } = await importReport(bytes, { name });
      const cells = formCells(formOf(REPORT.edition)!);
      for (const { pointer } of cells)
        expect([pointer, getCell(report, pointer)]).toEqual([pointer, getCell(REPORT, pointer)]);
      expect(report).toMatchObject({ edition: REPORT.edition, year: REPORT.year, signed: REPORT.signed });
      expect(account.findings.filter(({ id }) => id === "I-TRADITIONAL").map(({ level }) => level)).toEqual([
        "information",
      ]);
      expect(account.findings.filter(({ id, level }) => level === "error" && id !== "I-USCC")).toEqual([]);
    });

    it("keeps the organ's name and the narrative as they are written", async () => {
      const { bytes, name } = await writeAs(format, paper);
      const { report } = await importReport(bytes, { name });
      expect(getCell(report, "/organ/name")).toBe(mirrored(REPORT.organ.name));
      const texts = JSON.stringify(report["overview"]);
      for (const { type, text } of REPORT.overview.body)
        if (type === "paragraph") expect(texts).toContain(mirrored(text));
    });
  },
);

it("a file in the form's own characters is not touched", async () => {
  for (const format of Object.keys(FORMATS).slice(0, 1) as ["HTML in UTF-8"]) {
    const { bytes, name } = await writeAs(format, paperOf(REPORT));
    const { account } = await importReport(bytes, { name });
    expect(account.findings.map(({ id }) => id)).not.toContain("I-TRADITIONAL");
  }
});

it("a name with a character that is traditional elsewhere stays, also beside simplified labels", async () => {
  const text = "青山於業局2024年政府信息公开工作年度报告\n一、总体情况\n於業务公开。\n青山於業局\n2025年1月20日";
  const { report, account } = await importReport(new TextEncoder().encode(text), { name: "a.txt" });
  expect(getCell(report, "/organ/name")).toBe("青山於業局");
  expect(account.findings.map(({ id }) => id)).not.toContain("I-TRADITIONAL");
});
