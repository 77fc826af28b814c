import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { importReport } from "../../src/import/import.ts";
import { OWN_FILES, ownFile } from "../support/import/mutations/own.ts";
import { generated, hangzhou, liaocheng } from "../support/import/specimens.ts";

const YEARS = [2019, 2020, 2021, 2022, 2025, 2030] as const;
const REPORTS = fc
  .record({ seed: fc.nat(), year: fc.constantFrom(...YEARS), dense: fc.boolean() })
  .map(({ seed, year, dense }) => generated(seed, { year, dense }));

async function comesBack(report: Report): Promise<void> {
  for (const name of OWN_FILES) {
    const { report: imported, account } = await importReport(await ownFile(report, name), { name });
    expect(imported, name).toEqual(report);
    expect(account.findings.filter(({ level }) => level !== "information")).toEqual([]);
    expect(account.leftOut).toEqual([]);
  }
}

describe("what this system makes of a report comes back as that report", () => {
  it.each([
    ["聊城 2020", liaocheng],
    ["杭州 2025", hangzhou],
  ])("%s, in every format", async (_, report) => {
    await comesBack(report);
  });

  it("any report, in every format", async () => {
    await fc.assert(fc.asyncProperty(REPORTS, comesBack), { numRuns: 15 });
  });
});
