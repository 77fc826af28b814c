/** The OFD in a reader of others (ofd.js 0.2.6, in a browser): every report opens and stands as it was set. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { composedReport } from "../../../src/formats/content.ts";
import { sealFrom } from "../../../src/typeset/seal.ts";
import { typeset } from "../../../src/typeset/typeset.ts";
import { launchBrowser } from "../../support/browser.ts";
import { view } from "../../support/ofd/viewer.ts";
import { png } from "../../support/seal.ts";
import { ofdOf } from "../../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
const MM = 25.4 / 72;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const example = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(new URL(`../../../examples/${name}.json`, import.meta.url), "utf8")) as Report;

/** A report with so much text that it fills thirty pages, of paragraphs that differ. */
async function long(): Promise<Report> {
  const report = structuredClone(await example("hangzhou-2025")) as unknown as { other: { body: unknown[] } };
  for (let i = 1; i <= 190; i += 1)
    report.other.body.push({
      type: "paragraph",
      text: `第${i}项工作由办公室牵头，全年核对目录${i * 7}次，补录信息${i * 13}条，按月通报进度，年底汇总归档；有关单位各自复核，发现差错的当日更正并说明原因。`,
    });
  return report as unknown as Report;
}

describe.each<[string, () => Promise<Report>, number]>([
  ["liaocheng-2020", () => example("liaocheng-2020"), 8],
  ["hangzhou-2025", () => example("hangzhou-2025"), 7],
  ["a report of thirty pages", long, 30],
])("%s", (_, load, least) => {
  it("opens, with its own fonts, and every character stands where it was set", async () => {
    const report = await load();
    const seal = sealFrom(png(300));
    const { page, ...viewed } = await view(browser, await ofdOf(report, fonts, { seal }));
    const set = typeset(composedReport({ of: "report", report }).blocks, fonts.faces, { seal });
    expect(viewed.faults).toEqual([]);
    expect(viewed.pages).toBe(set.pages.length);
    expect(viewed.pages).toBeGreaterThanOrEqual(least);
    expect(viewed.fonts.toSorted()).toEqual(["仿宋", "宋体", "小标宋体", "楷体", "黑体"].toSorted());
    const wanted = set.pages.flatMap((sheet, number) =>
      sheet.runs.flatMap((run) =>
        [...run.text].map((code, i) => ({
          page: number,
          text: String.fromCodePoint(code),
          x: run.x[i]! * MM,
          y: run.y * MM,
          size: run.size * MM,
        })),
      ),
    );
    const ink = <T extends { readonly text: string }>(list: readonly T[]): T[] =>
      list.filter(({ text }) => text.trim() !== "");
    const [found, placed] = [ink(viewed.texts), ink(wanted)];
    expect(found.map(({ text }) => text).join("")).toBe(placed.map(({ text }) => text).join(""));
    // ofd.js shows pages of 210 mm in whole pixels.
    const astray = found.filter((at, i) => {
      const { page: number, x, y, size } = placed[i]!;
      const off = Math.max(Math.abs(at.x - x), Math.abs(at.y - y));
      return at.page !== number || off > 0.12 || Math.abs(at.size - size) > 0.02;
    });
    expect(astray).toEqual([]);
    const image = set.pages.flatMap(({ images }) => images)[0]!;
    const shown = (await page.evaluate(`[...document.querySelectorAll("main image")].map((image) => {
      const [box, sheet] = [image.parentElement, image.closest("div")].map((element) => element.getBoundingClientRect());
      return [box.left - sheet.left, box.top - sheet.top, box.width, box.height].map((px) => (px * 210) / sheet.width);
    })`)) as number[][];
    expect(shown).toHaveLength(1);
    for (const [i, value] of [image.x, image.y, image.width, image.height].entries())
      expect(Math.abs(shown[0]![i]! - value * MM)).toBeLessThan(0.5);
    await page.close();
  });
});
