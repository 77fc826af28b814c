/** A year in one file, in order, and over several years: what is put together in the browser, held against the data. */
import { readFile } from "node:fs/promises";
import { readXlsx } from "hucre/xlsx";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { totalsOfDivision } from "../../../src/index/totals.ts";
import { percent } from "../../../src/portal/figures.ts";
import { FORM } from "../../../src/portal/form.ts";
import { shareIn } from "../../../src/portal/rate.ts";
import { rowsIn } from "../../../web/portal/tables.ts";
import { launchBrowser, violationsOn, watchedPage } from "../../support/browser.ts";
import { portalData } from "../../support/portal-data.ts";
import { serveSite, siteOf } from "../../support/portal-site.ts";

const data = portalData(600);
const files = siteOf(data);
const YEAR = 2024;
const text = (path: string): string => {
  const { body } = files.get(path)!;
  return typeof body === "string" ? body : new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
};

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serveSite(files, 0)]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function opened<T>(path: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 390, height: 844 } });
  const { page, faults } = await watchedPage(context);
  await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
  const result = await use(page);
  expect(faults).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await context.close();
  return result;
}

async function saved(page: Page, selector: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return readFile(await file.path());
}

describe("a year in one file", () => {
  it("of all is the provinces' tables one after another, with the heads once", async () => {
    const csv = (await opened(`download.html?year=${YEAR}`, (page) => saved(page, "#csv"))).toString("utf8");
    const tables = data.provinceYears
      .filter(({ state }) => state.year === YEAR)
      .map(({ table }) => rowsIn(text(table.path)));
    expect(tables.length).toBeGreaterThan(1);
    expect(csv.startsWith("\ufeff行政区划,")).toBe(true);
    expect(rowsIn(csv)).toEqual([tables[0]![0]!, ...tables.flatMap(([, ...rows]) => rows)]);
  });

  it("of a division is a workbook with figures as numbers and codes as text", async () => {
    const { division } = data.divisionYears.find(({ year, entries }) => year === YEAR && entries.length > 1)!;
    const path = `download.html?year=${YEAR}&province=${division.slice(0, 2)}&division=${division}`;
    const bytes = await opened(path, (page) => saved(page, "#xlsx"));
    const [heads, ...rows] = rowsIn(text(`divisions/${division}/${YEAR}.organs.csv`));
    const { sheets } = await readXlsx(bytes);
    const [read, ...lines] = sheets[0]!.rows;
    expect(read).toEqual(heads);
    const [first] = lines;
    expect(first![0]).toBe(rows[0]![0]);
    const received = heads!.findIndex((head) => head.includes("一、本年新收") && head.includes("总计"));
    expect(lines.map((line) => line[received] ?? null)).toEqual(
      rows.map((row) => (row[received] === "" ? null : Number(row[received]))),
    );
  });
});

describe("a ranking", () => {
  const { state } = data.provinceYears.find(({ state: { province, year } }) => province === "37" && year === YEAR)!;
  const rate = FORM.rates.find(({ key }) => key === "corrected")!;
  const shares = state.divisions.map((of) => {
    const { edition, sum } = totalsOfDivision(state, of);
    return sum && shareIn(rate, edition, sum);
  });

  it("of a province's divisions has those whose reviews are enough, and says how many of how many", async () => {
    await opened(`rank.html?year=${YEAR}&province=37&by=rate:corrected&least=20`, async (page) => {
      const enough = shares
        .filter((share) => share && share.whole >= 20)
        .sort((a, b) => b!.part / b!.whole - a!.part / a!.whole);
      expect(enough.length).toBeGreaterThan(3);
      expect(await page.innerText("#status")).toContain(`共${shares.length}个，${enough.length}个有名次`);
      const shown = await page
        .locator("tbody tr")
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
      expect(shown.slice(0, enough.length).map((row) => row[2])).toEqual(
        enough.map((share) => percent(share!.part, share!.whole)),
      );
      expect(shown[0]![0]).toBe("1");
      expect(shown[enough.length]![0]).toBe("—");
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  it("is sorted by its heads with the keyboard, and saved as it is ranked", async () => {
    await opened(`rank.html?year=${YEAR}&province=37&by=row:requests/received`, async (page) => {
      const figures = () => page.locator("tbody tr td:nth-child(3)").allInnerTexts();
      const ranked = await figures();
      await page.focus("th:nth-child(3) button");
      await page.keyboard.press("Enter");
      expect(await page.getAttribute("th:nth-child(3)", "aria-sort")).toBe("descending");
      expect(await figures()).toEqual(ranked);
      await page.keyboard.press("Enter");
      expect(await page.getAttribute("th:nth-child(3)", "aria-sort")).toBe("ascending");
      const numbers = (await figures()).map((figure) => Number(figure.replaceAll(",", "")));
      expect(numbers.filter((n) => !Number.isNaN(n))).toEqual(
        numbers.filter((n) => !Number.isNaN(n)).toSorted((a, b) => a - b),
      );
      const rows = rowsIn((await saved(page, "#csv")).toString("utf8"));
      expect(rows[0]!.slice(0, 3)).toEqual(["名次", "名称", "数值"]);
      expect(rows[1]![2]).toBe(ranked[0]!.replaceAll(",", ""));
    });
  });

  it("of a division's organs leaves out the government, whose report contains theirs; of provinces has each", async () => {
    const { division } = data.divisionYears.find(
      ({ year, entries, division: code }) =>
        code.startsWith("37") &&
        year === YEAR &&
        entries.length > 2 &&
        entries.some(({ organ }) => organ.endsWith("人民政府")),
    )!;
    const names = await opened(
      `rank.html?year=${YEAR}&province=37&division=${division}&by=row:requests/received`,
      (page) => page.locator("tbody th").allInnerTexts(),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).not.toMatch(/人民政府$/);
    const provinces = await opened(`rank.en.html?year=${YEAR}`, (page) => page.locator("tbody th").allInnerTexts());
    expect(provinces.sort()).toEqual(["Inner Mongolia", "Shandong", "Xinjiang"]);
  });
});

it("several organs are compared over their years by one item or rate", async () => {
  const [a, b] = data.organs.filter(
    ({ years }) => years.length === 5 && years.every(({ status }) => status === "current"),
  ) as [(typeof data.organs)[number], (typeof data.organs)[number]];
  await opened(`compare.html?year=all&item=row:requests/received&organ=${a.uscc}&organ=${b.uscc}`, async (page) => {
    await page.waitForSelector("#table tbody tr");
    const rows = await page
      .locator("#table tbody tr")
      .evaluateAll((lines) =>
        lines.map((row) => [...row.children].map((cell) => cell.textContent!.replaceAll(",", ""))),
      );
    expect(rows).toEqual(
      a.years.map(({ year, figures }, i) => [
        String(year),
        String(figures["/requests/received/total"]),
        String(b.years[i]!.figures["/requests/received/total"]),
      ]),
    );
    await page.selectOption("#item", "rate:handled");
    await page.waitForFunction(() => document.querySelector("#table caption")?.textContent?.startsWith("办结率"));
    expect(new URL(page.url()).searchParams.get("item")).toBe("rate:handled");
    const saved_ = rowsIn((await saved(page, "#csv")).toString("utf8"));
    expect(saved_[0]).toEqual(["办结率", a.organ, b.organ]);
    await page.selectOption("#year", "2024");
    await page.waitForFunction(() => document.querySelectorAll("#table tbody tr").length > 20);
    expect(await violationsOn(page)).toEqual([]);
  });
});
