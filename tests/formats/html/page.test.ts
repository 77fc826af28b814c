/** A report's page as it is read on a phone and printed: names broken by meaning, no column cut off. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { readHtml } from "../../../src/import/readers/html.ts";
import { launchBrowser } from "../../support/browser.ts";
import { example } from "../../support/service.ts";
import { reportPage } from "../../support/written.ts";

/** The width of the type area of A4 at the standard's margins, CSS px. */
const PAPER = Math.floor((156 / 25.4) * 96);
const NAME =
  "浙江省杭州市余杭区未来科技城管理委员会、浙江省杭州市余杭区良渚新城管理委员会、浙江省杭州市余杭区瓶窑镇人民政府";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const named = async (name: string): Promise<Report> => {
  const report = (await example("hangzhou-2025")) as unknown as Report;
  return { ...report, organ: { ...report.organ, name } };
};

async function shown(report: Report, width: number, media: "screen" | "print"): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.emulateMedia({ media });
  await page.setContent(new TextDecoder().decode(reportPage(report)));
  return page;
}

describe("a report's page", () => {
  it("may break a long name by meaning alone, and reads as one text", async () => {
    const html = reportPage(await named(NAME));
    const texts = readHtml(html).items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
    expect(texts.filter((text) => text === NAME)).toHaveLength(2);
    const title = /<h1>(.*?)<br>/s.exec(new TextDecoder().decode(html))![1]!;
    const names = title.split("<wbr>");
    expect(names.slice(0, 4)).toEqual(["浙江省", "杭州市", "余杭区未来科技城", "管理委员会、"]);
    // Every name begins at a place where a line may end.
    expect(names.filter((piece) => piece === "浙江省")).toHaveLength(3);
    const page = await shown(await named(NAME), 390, "screen");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.close();
  });

  it("has room for the labels of its wide tables on a phone", async () => {
    const page = await shown(await named("杭州市人民政府"), 390, "screen");
    const narrow = (await page.evaluate(`[...document.querySelectorAll(".wide tbody th[scope=row]")]
      .map((head) => head.getBoundingClientRect().width / parseFloat(getComputedStyle(head).fontSize))`)) as number[];
    expect(narrow.length).toBeGreaterThan(20);
    expect(Math.min(...narrow)).toBeGreaterThan(4);
    await page.close();
  });

  it("prints every column of a table whose figures are of twelve digits", async () => {
    const report = await named("杭州市人民政府");
    const huge = JSON.parse(
      JSON.stringify(report).replaceAll(/(?<!"level"|"year"):\d{1,5}(?=[,}])/g, ":123456789012"),
    ) as Report;
    const page = await shown(huge, PAPER, "print");
    const widths = (await page.evaluate(
      `[...document.querySelectorAll("table")].map((table) => table.getBoundingClientRect().right)`,
    )) as number[];
    expect(await page.evaluate(`document.querySelectorAll("td.long").length`)).toBeGreaterThan(20);
    expect(Math.max(...widths)).toBeLessThanOrEqual(PAPER + 1);
    await page.close();
  });
});
