/** What a page's charts can be taken away as: pictures, data, a frame in another page. */

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { XMLValidator } from "fast-xml-parser";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, violationsOn, watchedPage } from "../../support/browser.ts";
import { portalData } from "../../support/portal-data.ts";
import { serveSite, siteOf } from "../../support/portal-site.ts";

const data = portalData(400);
const { large } = data.remarkable;
const { division } = data.divisionYears.find(({ year, entries }) => year === 2024 && entries.length > 1)!;

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serveSite(siteOf(data), 0)]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function opened<T>(path: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 390, height: 844 } });
  const { page, faults } = await watchedPage(context);
  await page.goto(path.startsWith("http") ? path : `${site.url}/${path}`, { waitUntil: "networkidle" });
  const result = await use(page);
  expect(faults).toEqual([]);
  await context.close();
  return result;
}

const saved = async (page: Page, selector: string): Promise<Download> =>
  (await Promise.all([page.waitForEvent("download"), page.click(selector)]))[0];
const described = (page: Page, id: string): Promise<string> => page.locator(`#${id} desc`).first().innerHTML();

describe("a chart of an organ's page", () => {
  it("is saved as an SVG that needs no style sheet, with its title, its legend and where it is from", async () => {
    await opened(`${large}/index.html`, async (page) => {
      const svg = await readFile(await (await saved(page, "#results .tools button:nth-of-type(1)")).path(), "utf8");
      expect(XMLValidator.validate(svg)).toBe(true);
      expect(svg).not.toMatch(/class=|<style|https?:[^"]*\.css/);
      for (const text of ["办理结果（占比，右为总数）", "予以公开", `来源：${new URL(site.url).origin}`])
        expect(svg.replace(/<\/text><text[^>]*>/g, "")).toContain(text);
      expect(svg).toMatch(/<pattern[^>]*id="h1"/);
      expect(svg).toContain('fill="url(#h1)"');
    });
  });

  it("is saved as a PNG, and its figures as a CSV without commas inside numbers", async () => {
    await opened(`${large}/index.html`, async (page) => {
      const png = await readFile(await (await saved(page, "#received .tools button:nth-of-type(2)")).path());
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(png.readUInt32BE(16)).toBe(3 * (360 + 24));
      expect(png.length).toBeGreaterThan(5000);
      const csv = await readFile(await (await saved(page, "#received .tools button:nth-of-type(3)")).path(), "utf8");
      const { years } = data.organs.find(({ uscc }) => uscc === large)!;
      expect(csv.trimEnd().split("\r\n").slice(1)).toEqual(
        years.map(({ year, figures }) => `${year},${figures["/requests/received/total"]}`),
      );
    });
  });

  it("is shown by another page in a frame, drawn as on its own page, with a link to it", async () => {
    const address = await opened(`${large}/index.html`, async (page) => {
      await page.click("#results .frame summary");
      return /src="([^"]+)"/.exec(await page.locator("#results .frame code").innerText())![1]!.replaceAll("&amp;", "&");
    });
    expect(address).toBe(`${site.url}/embed.html?organ=${large}&chart=results`);
    const own = await opened(`${large}/index.html`, (page) => described(page, "results"));
    const host = createServer((_, response) =>
      response
        .writeHead(200, { "content-type": "text/html" })
        .end(`<title>x</title><iframe src="${address}"></iframe>`),
    ).listen(0, "127.0.0.1");
    await once(host, "listening");
    const other = `http://localhost:${(host.address() as AddressInfo).port}/`;
    await opened(other, async (page) => {
      const frame = page.frameLocator("iframe");
      expect(await frame.locator("#results desc").first().innerHTML()).toBe(own);
      expect(await frame.locator("#source").getAttribute("href")).toBe(`${site.url}/${large}/index.html`);
    });
    host.close();
  });
});

describe("by itself", () => {
  it.each([
    ["a division's year", `division=${division}&year=2024&chart=results`, `divisions/${division}/2024.html`, "results"],
    ["a province's year", "province=37&year=2024&chart=remedies", "provinces/37/2024.html", "remedies"],
  ])("%s is drawn as on its page", async (_, query, path, id) => {
    const own = await opened(path, (page) => described(page, id));
    expect(await opened(`embed.html?${query}`, (page) => described(page, id))).toBe(own);
  });

  it("a table has every year, and English words in English", async () => {
    const text = await opened(`embed.en.html?organ=${large}&chart=figures`, (page) =>
      page.locator("#shown").innerText(),
    );
    for (const year of [2020, 2024]) expect(text).toContain(String(year));
    expect(text).toContain("Granted");
  });

  it.each(["", "organ=../x&chart=results", `organ=${large}&chart=__proto__`, "division=3715&year=2024&chart=results"])(
    "nothing is shown of “%s”",
    async (query) => {
      const text = await opened(`embed.html?${query}`, (page) => page.locator("main").innerText());
      expect(text).toContain("没有这样的图表");
    },
  );

  it("has nothing that axe-core finds", async () => {
    for (const query of [`organ=${large}&chart=results`, `organ=${large}&chart=figures`])
      expect(await opened(`embed.html?${query}`, (page) => violationsOn(page))).toEqual([]);
  });
});

it("an organ's reports are cited by the addresses of their versions, without script too", async () => {
  const { uscc, organ, years } = data.organs.find(({ uscc }) => uscc === large)!;
  const last = years.at(-1)!;
  const line = `${organ}. ${organ}${last.year}年政府信息公开工作年度报告（第${last.version}版）[R/OL]. (${last.publishedAt.slice(0, 10)})`;
  const address = `https://reports.example.org/root/${uscc}/${last.year}/v${last.version}/report.html`;
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.url}/${uscc}/index.html`);
  expect(await page.locator("[data-published]").first().innerText()).toBe(`${line}. ${address}.`);
  await context.close();
  await opened(`${uscc}/index.html`, async (scripted) => {
    await scripted.click("[data-published] >> nth=0 >> summary");
    expect(await scripted.locator(".cite p").first().innerText()).toMatch(/\)\[\d{4}-\d\d-\d\d\]\. https/);
    const bib = await readFile(await (await saved(scripted, ".cite button >> nth=0")).path(), "utf8");
    expect(bib).toContain(`url = {${address}}`);
  });
});
