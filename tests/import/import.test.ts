import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { differences } from "../../src/check/differences.ts";
import { validate } from "../../src/check/validate.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { composedReport } from "../../src/formats/content.ts";
import { write } from "../../src/formats/html/write.ts";
import { PUBLISHED } from "../../src/formats/registry.ts";
import { ImportError, importReport } from "../../src/import/import.ts";
import { generatedReports } from "../support/generated.ts";
import { body, found, imported } from "../support/import-page.ts";
import { example, type MutableReport } from "../support/service.ts";
import { renderFiles } from "../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const page = async (report: Report, options = {}): Promise<Uint8Array> =>
  (await renderFiles(report, fonts, options))["report.html"];
/** The page without the PDF beside it, which not every character can be printed in. */
const pageAlone = (report: Report): Uint8Array =>
  write(composedReport({ of: "report", report }), { beside: PUBLISHED });
const jsonOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

let hangzhou: MutableReport;
let liaocheng: MutableReport;
beforeAll(async () => {
  [hangzhou, liaocheng] = await Promise.all([example("hangzhou-2025"), example("liaocheng-2020")]);
});

describe("a page that was published here gives the report back", () => {
  it("of the examples: every figure, every text, the code, and nothing to say", async () => {
    for (const report of [hangzhou, liaocheng] as unknown as Report[]) {
      const { report: back, account } = await importReport(await page(report));
      expect(back).toEqual(report);
      expect(account.leftOut).toEqual([]);
      expect(account.findings.filter(({ level }) => level !== "information")).toEqual([]);
      expect(account.cells.every(({ how, sure }) => how === "read" && sure === "certain")).toBe(true);
      expect(validate(back).findings).toEqual(validate(report).findings);
    }
  });

  it("of any report, whatever its figures and texts", async () => {
    await fc.assert(
      fc.asyncProperty(await generatedReports(), async (report) => {
        const { report: back, account } = await importReport(pageAlone(report));
        expect(back).toEqual(report);
        expect(account.leftOut).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("after a correction too: its notice is no part of the report", async () => {
    const before = structuredClone(hangzhou);
    before["requests"].received.other = 31;
    before["other"].body.push({ type: "paragraph", text: "后来删去的一段。" });
    const correction = {
      version: 2,
      supersedes: 1,
      supersededDate: "2026-01-27",
      reason: "笔误。",
      differences: differences(before as unknown as Report, hangzhou as unknown as Report),
    };
    const { report } = await importReport(await page(hangzhou as unknown as Report, { correction }));
    expect(report).toEqual(hangzhou);
  });

  it("in another encoding, saved by a browser with its own marks", async () => {
    const text = new TextDecoder().decode(await page(hangzhou as unknown as Report));
    const saved = text.replace("<html", "<!-- saved from url=(0030)https://example.org/report.html -->\n<html");
    const { report } = await importReport(new Uint8Array(Buffer.from(`\ufeff${saved}`, "utf16le")));
    expect(report).toEqual(hangzhou);
  });

  it("and one that only says that it is is read as any page: what it shows counts", async () => {
    const text = new TextDecoder().decode(await page(hangzhou as unknown as Report));
    const forged = text.replace('"name":"杭州市人民政府","identifier"', '"name":"某市民政局","identifier"');
    const { report } = await importReport(new TextEncoder().encode(forged));
    expect(report).toMatchObject({ organ: { name: "杭州市人民政府" }, requests: hangzhou["requests"] });
  });

  it("without its article it is no report", async () => {
    const { account } = await importReport(new TextEncoder().encode("<html><body><p>页面不存在</p></body></html>"));
    expect(found(account, "I-TITLE").map(([level]) => level)).toEqual(["error"]);
    expect(account.cells.every(({ how }) => how === "missing")).toBe(true);
  });
});

describe("data go through as they are", () => {
  it("every cell exact", async () => {
    const { report, account } = await importReport(jsonOf(hangzhou));
    expect(report).toEqual(hangzhou);
    expect(account).toMatchObject({ format: "json", edition: "2021", findings: [], leftOut: [] });
    expect(account.cells.map(({ pointer }) => pointer)).toEqual(
      formCells(formOf("2021")!).map(({ pointer }) => pointer),
    );
    expect(account.cells.every(({ how }) => how === "exact")).toBe(true);
  });

  it("totals that are left out stay out, and are told with what they come to", async () => {
    delete hangzhou["requests"].results.total;
    const { report, account } = await importReport(jsonOf(hangzhou));
    expect(report).toEqual(hangzhou);
    expect(found(account, "I-COMPUTED").map(([level, cells]) => [level, cells.length])).toEqual([["information", 7]]);
    expect(account.cells.find(({ pointer }) => pointer === "/requests/results/total/total")).toMatchObject({
      how: "computed",
      value: 13810,
    });
    hangzhou = await example("hangzhou-2025");
  });

  it("what is not there, is no figure, or is not known is told", async () => {
    const report = structuredClone(hangzhou);
    delete report["disclosure"].rules;
    report["requests"].received.other = "32";
    report["requests"].received.media = 3;
    const { report: back, account } = await importReport(jsonOf(report));
    expect(back).toEqual(report);
    expect(found(account, "I-MISSING").map(([level, cells]) => [level, cells.length])).toEqual([["error", 3]]);
    expect(found(account, "I-UNREAD")).toHaveLength(1);
    expect(account.findings.find(({ id }) => id === "I-UNPLACED")!.message).toContain("media");
  });

  it("what the one who imports says goes before it", async () => {
    const { report } = await importReport(jsonOf(hangzhou), { organ: "某市民政局", signed: "2026-01-27" });
    expect(report).toMatchObject({ organ: { name: "某市民政局", uscc: hangzhou["organ"].uscc }, signed: "2026-01-27" });
  });

  it.each(['{"withdrawn":true,"uscc":"x"}', '{"edition":'])("%s is no report", async (text) => {
    await expect(importReport(new TextEncoder().encode(text))).rejects.toThrow(ImportError);
  });
});

describe("an account", () => {
  it("has every finding in both languages, and every figure of the report in it", async () => {
    const html = body(hangzhou as unknown as Report)
      .replace(">13612<", "><")
      .replace(">535<", ">约535<")
      .replace(">376<", "><")
      .replace("<td>3</td>", "");
    const { report, account } = await imported(html);
    expect(account.findings.length).toBeGreaterThan(3);
    for (const { message, messageEn } of account.findings) {
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(messageEn).toMatch(/[a-z]{3}/);
      expect(messageEn).not.toMatch(/undefined|NaN/);
      expect(message).not.toMatch(/undefined|NaN/);
    }
    for (const { pointer, value } of account.cells) expect(getCell(report, pointer)).toEqual(value);
  });
});
