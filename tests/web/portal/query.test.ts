/** The query page in Chromium, over the site that the plain server serves: its sums, what it fetches, its keyboard. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { parquetReadObjects } from "hyparquet";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSite } from "../../../server/site.ts";
import { dataPaths, type YearManifest } from "../../../src/dataset/files.ts";
import { compactDataset } from "../../../src/index/dataset/compact.ts";
import { mark } from "../../../src/index/dataset/marks.ts";
import { publicKey, putChanged } from "../../../src/index/shared.ts";
import { portalPages } from "../../../src/portal/pages.ts";
import { launchBrowser, violationsOn } from "../../support/browser.ts";
import { organsOf, publishYear, saveProvinceRoster } from "../../support/dataset-world.ts";
import { MemoryStore } from "../../support/memory-store.ts";

const YEARS = [2020, 2024] as const;
const organs = organsOf(["37", "33"], 2500).filter((_, i) => i % 13 < 4 && i < 1900);
const CELL = "/requests/received/total";
const MONEY = "/disclosure/fees/amount";

let store: MemoryStore;
let server: Server;
let browser: Browser;
let url: string;
beforeAll(async () => {
  store = new MemoryStore();
  await saveProvinceRoster(store, "37", organs);
  const places = [];
  for (const year of YEARS)
    for (const [i, organ] of organs.entries()) if (i % 11 !== 6) places.push(await publishYear(store, organ, year, i));
  await mark(store, { places: places.map((place) => ({ ...place, records: 1 })), divisions: [], rosters: [] });
  expect((await compactDataset({ store, most: 400 })).failed).toEqual([]);
  for (const file of portalPages({ publicUrl: "https://example.org" }).constant) await putChanged(store, file);
  server = createServer(getRequestListener(createSite(store).fetch)).listen(0, "127.0.0.1");
  [browser] = await Promise.all([launchBrowser(), once(server, "listening")]);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 600_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const fetched: { readonly path: string; readonly status: number; readonly bytes: number }[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
    fetched.push({
      path: new URL(response.url()).pathname,
      status: response.status(),
      bytes: Number(response.headers()["content-length"] ?? 0),
    });
  });
  await page.goto(`${url}/${path}`, { waitUntil: "networkidle" });
  return { page, faults, fetched, close: () => context.close() };
}

const bytes = (path: string): Uint8Array => store.objects.get(publicKey(path))!.body;
/** Every row of the tidy table, as its files have it. */
async function everyFigure(): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (const year of YEARS) {
    const { shards } = JSON.parse(new TextDecoder().decode(bytes(dataPaths.year(year)))) as YearManifest;
    for (const { prefix } of shards)
      all.push(...(await parquetReadObjects({ file: bytes(dataPaths.file("figures", year, prefix)).slice().buffer })));
  }
  return all;
}

/** The rows of the table: the name, reports, the sum. */
const rowsOf = (page: Page): Promise<string[][]> =>
  page
    .locator("#table tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
const settled = (page: Page) =>
  page.waitForFunction(() => /毫秒|ms\.|没有这样|no such/.test(document.querySelector("#status")!.textContent!));

describe("an answer", () => {
  it("is the sum of the rows that may be added up, by year, and by kind of organ", async () => {
    const figures = (await everyFigure()).filter((row) => row["cell"] === CELL && row["addable"] === true);
    const expected = (key: string, where: (row: Record<string, unknown>) => boolean = () => true) =>
      new Map(
        [...Map.groupBy(figures.filter(where), (row) => String(row[key] ?? "unknown"))].map(([group, rows]) => [
          group,
          [
            rows.length.toLocaleString("en"),
            rows.reduce((sum, row) => sum + (row["value"] as number), 0).toLocaleString("en"),
          ],
        ]),
      );
    const { page, faults, close } = await open(`data/index.html?cell=${CELL}&by=year`);
    await settled(page);
    expect(await rowsOf(page)).toEqual([...expected("year")].sort().map(([year, sums]) => [year, ...sums]));
    const all = await page.locator("#table tfoot tr").innerText();
    expect(all).toContain(figures.length.toLocaleString("en"));
    await page.selectOption("#by", "kind");
    await page.selectOption("#year", "2024");
    await page.selectOption("#province", "37");
    await page.click("form button[type=submit]");
    await page.waitForFunction(() => document.querySelector("#table caption")?.textContent?.includes("按机关类别"));
    const kinds = expected("kind", (row) => row["year"] === 2024 && row["province"] === "37");
    expect(new Set((await rowsOf(page)).map(([, ...sums]) => sums.join()))).toEqual(
      new Set([...kinds.values()].map((sums) => sums.join())),
    );
    expect((await rowsOf(page)).map(([name]) => name)).toEqual(expect.arrayContaining(["部门", "其他"]));
    expect(faults).toEqual([]);
    await close();
  });

  it("adds up money to the last digit", async () => {
    const rows = (await everyFigure()).filter(
      (row) => row["cell"] === MONEY && row["addable"] === true && row["year"] === 2024,
    );
    const exact = rows.reduce((sum, row) => sum + BigInt(Math.round((row["value"] as number) * 100)), 0n);
    const { page, close } = await open(`data/index.html?cell=${MONEY}&year=2024&by=year`);
    await settled(page);
    const [[, , shown]] = (await rowsOf(page)) as [string[]];
    expect(BigInt(Math.round(Number(shown!.replaceAll(",", "")) * 100))).toBe(exact);
    expect(await page.locator("#table caption").innerText()).toContain("元");
    await close();
  });

  it("fetches the end of each file and the pages of the cell, and little of the rest", async () => {
    const { page, fetched, close } = await open(`data/index.html?cell=${CELL}&by=kind`);
    await settled(page);
    const files = fetched.filter(({ path }) => path.endsWith(".parquet"));
    expect(files.length).toBeGreaterThan(0);
    expect(files.every(({ status }) => status === 206)).toBe(true);
    const whole = [...store.objects].reduce(
      (sum, [key, { body }]) => sum + (key.includes("/data/figures/") ? body.length : 0),
      0,
    );
    const read = files.reduce((sum, each) => sum + each.bytes, 0);
    console.info(`query: ${files.length} ranges, ${read} of ${whole} bytes`);
    expect(read).toBeLessThan(whole / 2);
    await close();
  });

  it("is found again at its address, sorted as it was, and downloaded so", async () => {
    const first = await open(`data/index.html?cell=${CELL}&year=2024&by=division`);
    await settled(first.page);
    await first.page.click('#table button[data-order="value"]');
    const rows = await rowsOf(first.page);
    const values = rows.map(([, , value]) => Number(value!.replaceAll(",", "")));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(await first.page.getAttribute('#table th:has([data-order="value"])', "aria-sort")).toBe("descending");
    const again = await open((await first.page.getAttribute("#link", "href"))!.slice(url.length + 1));
    await settled(again.page);
    expect(await rowsOf(again.page)).toEqual(rows);
    const [download] = await Promise.all([again.page.waitForEvent("download"), again.page.click("#csv")]);
    const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
    expect(lines[0]).toContain("行政区划");
    expect(lines.slice(1, 3).map((line) => line.split(",")[1])).toEqual(rows.slice(0, 2).map(([name]) => name));
    await Promise.all([first.close(), again.close()]);
  });

  it("lists governments, whose reports contain their organs', without adding them up", async () => {
    const { page, close } = await open(`data/index.html?cell=${CELL}&year=2024&reports=government`);
    await settled(page);
    const rows = await rowsOf(page);
    expect(rows.length).toBeGreaterThan(10);
    for (const [name] of rows) expect(name).toMatch(/人民政府/);
    expect(await page.locator("#table tfoot").count()).toBe(0);
    expect(await page.locator("#status").innerText()).toContain("不相加");
    await close();
  });

  it("reads once more when files were written again since the manifest was fetched", async () => {
    const { page, faults, close } = await open("data/index.html");
    const path = publicKey(dataPaths.year(2024));
    const stands = store.objects.get(path)!;
    const text = new TextDecoder().decode(stands.body).replace(/"bytes":(\d+)/, (_, n) => `"bytes":${Number(n) + 7}`);
    store.objects.set(path, { ...stands, body: new TextEncoder().encode(text), etag: '"old"' });
    await page.route(`**/${dataPaths.year(2024)}`, async (route) => {
      await route.continue();
      store.objects.set(path, stands);
    });
    await page.selectOption("#cell", CELL);
    await page.click("form button[type=submit]");
    await settled(page);
    expect((await rowsOf(page)).length).toBe(1);
    expect(faults).toEqual([]);
    await close();
  });
});

describe("the page", () => {
  it("is used by keyboard alone", async () => {
    const { page, close } = await open("data/index.html");
    await page.focus("#cell");
    for (const [id, key] of [
      ["cell", "ArrowDown"],
      ["year", "ArrowDown"],
      ["province", ""],
      ["kind", ""],
      ["reports", ""],
      ["by", "ArrowDown"],
    ] as const) {
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
      if (key) await page.keyboard.press(key);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await settled(page);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("answer-head");
    await page.focus('#table button[data-order="reports"]');
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset["order"])).toBe("reports");
    await close();
  });

  it.each(["data/index.html", "data/index.en.html", "data/schema.html", "data/schema.en.html"])(
    "%s has nothing that axe finds, in light and dark, and is not cut at 320 px",
    async (path) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const { page, faults, close } = await open(path.includes("index") ? `${path}?cell=${CELL}&by=province` : path, {
          colorScheme,
        });
        if (path.includes("index")) await settled(page);
        expect(
          await violationsOn(page, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          }),
        ).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        expect(faults).toEqual([]);
        await close();
      }
    },
  );
});

describe("parts of files", () => {
  it.each([
    ["bytes=0-3", 206, "PAR1"],
    ["bytes=-4", 206, "PAR1"],
    ["bytes=999999999-", 416, ""],
    ["bytes=0-1,4-5", 200, undefined],
    ["lines=1-2", 200, undefined],
  ] as const)("are given as asked for: %s → %i", async (range, status, text) => {
    const { shards } = JSON.parse(new TextDecoder().decode(bytes(dataPaths.year(2024)))) as YearManifest;
    const path = dataPaths.file("figures", 2024, shards[0]!.prefix);
    const answer = await fetch(`${url}/${path}`, { headers: { range } });
    expect(answer.status).toBe(status);
    const body = await answer.text();
    if (text !== undefined) expect(body).toBe(text);
    if (status === 206) expect(answer.headers.get("content-range")).toMatch(new RegExp(`/${bytes(path).length}$`));
  });
});
