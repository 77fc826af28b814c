import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { type Files, renderFiles } from "../../src/document.ts";
import { importReport } from "../../src/import/import.ts";
import { openFonts } from "../../src/render/pdf/fonts.ts";
import { validate } from "../../src/validate/validate.ts";
import { generated, hangzhou, liaocheng } from "../support/import/specimens.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));

const YEARS = [2019, 2020, 2021, 2022, 2025, 2030] as const;
const REPORTS = fc
  .record({ seed: fc.nat(), year: fc.constantFrom(...YEARS), dense: fc.boolean() })
  .map(({ seed, year, dense }) => generated(seed, { year, dense }));

const NAMES = ["report.html", "report.csv", "report.json", "report.pdf"] as const;

async function comesBack(files: Files, name: (typeof NAMES)[number], report: Report): Promise<void> {
  const { report: imported, account } = await importReport(files[name], { name });
  expect(imported).toEqual(report);
  expect(account.findings.filter(({ level }) => level !== "information")).toEqual([]);
  expect(account.leftOut).toEqual([]);
}

describe("what this system makes of a report comes back as that report", () => {
  it.each([
    ["聊城 2020", liaocheng],
    ["杭州 2025", hangzhou],
  ])("%s, in every format", async (_, report) => {
    const files = await renderFiles(report, fonts);
    for (const name of NAMES) await comesBack(files, name, report);
    expect(validate((await importReport(files["report.html"])).report).findings).toEqual([]);
  });

  it("any report, in every format", async () => {
    await fc.assert(
      fc.asyncProperty(REPORTS, async (report) => {
        const files = await renderFiles(report, fonts);
        for (const name of NAMES) await comesBack(files, name, report);
      }),
      { numRuns: 15 },
    );
  });
});
