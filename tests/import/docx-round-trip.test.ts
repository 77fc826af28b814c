import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { importReport } from "../../src/import/import.ts";
import { generatedReports } from "../support/generated.ts";
import { example } from "../support/service.ts";
import { docxOf } from "../support/written.ts";

/** A document whose main part someone edited. */
function edited(bytes: Uint8Array, edit: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const before = strFromU8(parts["word/document.xml"]!);
  const after = edit(before);
  if (after === before) throw new Error("nothing was edited");
  return zipSync({ ...parts, "word/document.xml": strToU8(after) });
}

describe("a report's DOCX, imported", () => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)("gives %s back, with nothing to say", async (name) => {
    const { explanations: _, ...report } = await example(name);
    const { report: back, account } = await importReport(await docxOf(report as unknown as Report));
    expect(back).toEqual(report);
    expect(account.findings).toEqual([]);
    expect(account.leftOut).toEqual([]);
    expect(account.cells.every((cell) => cell.how === "read" && cell.sure === "certain")).toBe(true);
  });

  it("gives any report back exactly", async () => {
    await fc.assert(
      fc.asyncProperty(await generatedReports(), async (generated) => {
        const { explanations: _, ...report } = generated as unknown as Record<string, unknown>;
        expect((await importReport(await docxOf(generated))).report).toEqual(report);
      }),
      { numRuns: 60, seed: 2021 },
    );
  });

  it("gives what was edited in it, and still the code that it does not show", async () => {
    const report = (await example("hangzhou-2025")) as unknown as Report;
    const bytes = edited(await docxOf(report), (xml) => xml.replace(">13612<", ">13613<"));
    const { report: back, account } = await importReport(bytes);
    expect(back).toEqual({
      ...report,
      requests: { ...report.requests, received: { ...report.requests.received, naturalPerson: 13613 } },
    });
    expect(account.findings.filter(({ level }) => level === "error")).toEqual([]);
  });

  it.each<[string, string, string, boolean]>([
    ["a code that cannot be one", "11330100002489015P", "11330100002489015X", false],
    ["half a code", "11330100002489015P", "1133", false],
    ["a year that is none", ">2025<", ">20x5<", false],
    ["another year than is printed", ">2025<", ">2024<", true],
    ["another date than is printed", ">2026-01-26<", ">2026-01-27<", true],
  ])("believes its properties no further than what it prints: %s", async (_, from, to, code) => {
    const report = (await example("hangzhou-2025")) as unknown as Report;
    const parts = unzipSync(await docxOf(report));
    const custom = strFromU8(parts["docProps/custom.xml"]!);
    const changed = custom.replace(from, to);
    expect(changed).not.toBe(custom);
    const { report: back } = await importReport(zipSync({ ...parts, "docProps/custom.xml": strToU8(changed) }));
    const { uscc, name } = report.organ;
    expect(back).toEqual({ ...report, organ: code ? { name, uscc } : { name } });
  });

  it("does not give another organ the code", async () => {
    const report = (await example("hangzhou-2025")) as unknown as Report;
    const bytes = edited(await docxOf(report), (xml) => xml.replaceAll("杭州市人民政府<", "宁波市人民政府<"));
    const { report: back, account } = await importReport(bytes);
    expect(back["organ"]).toEqual({ name: "宁波市人民政府" });
    expect(account.findings.map(({ id }) => id)).toContain("I-USCC");
  });
});
