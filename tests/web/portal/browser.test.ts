import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, violationsOn } from "../../support/browser.ts";
import { portalData } from "../../support/portal-data.ts";
import { serveSite, siteOf } from "../../support/portal-site.ts";

const data = portalData();
const { large, corrected, withdrawn } = data.remarkable;
const { index: division } = data.divisions.find(
  ({ index }) => index.division.startsWith("37") && index.organs.length > 5,
)!;
const [some, other] = division.organs.filter(({ years }) => years.includes(2024));
const single = data.organs.find(({ uscc }) => uscc === withdrawn)!;

/** Every kind of page, at its emptiest and at its fullest. */
const PAGES: Readonly<Record<string, string>> = {
  home: "index.html",
  "home in English": "index.en.html",
  recent: "recent.html",
  organ: `${corrected}/index.html`,
  "organ in English": `${corrected}/index.en.html`,
  "organ with large figures": `${large}/index.html`,
  "organ without a current report": `${single.uscc}/index.html`,
  "two years": `${large}/compare.html?a=2020&b=2024`,
  "two years of none": `${single.uscc}/compare.html`,
  "compare, empty": "compare.html",
  compare: `compare.html?year=2024&organ=${some!.uscc}&organ=${other!.uscc}&organ=${large}`,
  "compare in English": `compare.en.html?year=2020&organ=${some!.uscc}&organ=${large}`,
  division: `divisions/${division.division}/index.html`,
  "division's year": `divisions/${division.division}/2024.html`,
  "division's year on the old form": `divisions/${division.division}/2020.html`,
  province: "provinces/37.html",
  "open data": "data.html",
  method: "method.html",
  ranking: "rank.html?year=2024&province=37",
  "ranking in English": "rank.en.html?year=2024",
  "a year in one file": "download.html?year=2024&province=37",
  "organs over the years": `compare.html?year=all&organ=${some!.uscc}&organ=${large}`,
};

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serveSite(siteOf(data), 0)]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens a page; what the console and the page's policy complain of is collected. */
async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
  return { page, faults, close: () => context.close() };
}

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe.each(Object.entries(PAGES))("%s", (_, path) => {
  it.each(["light", "dark"] as const)(
    "has nothing that axe-core finds, and keeps to its policy (%s)",
    async (colorScheme) => {
      const { page, faults, close } = await open(path, { colorScheme });
      // What is folded away is looked at too.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await violationsOn(page, RULES)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );

  it("does not scroll sideways at 320 px, and can be read without script", async () => {
    const narrow = await open(path, { viewport: { width: 320, height: 600 } });
    expect(await overflow(narrow.page)).toBeLessThanOrEqual(0);
    const plain = await open(path, { viewport: { width: 320, height: 600 }, javaScriptEnabled: false });
    const main = await plain.page.locator("main").innerText();
    expect(main.length).toBeGreaterThan(60);
    // A field that needs script is not shown without.
    expect(await plain.page.locator("input[type=search]:visible, select:visible").count()).toBe(0);
    await Promise.all([narrow.close(), plain.close()]);
  });
});

describe("the search", () => {
  /** Types and waits for the results; ms from the last key to the list, measured in the page. */
  async function search(page: Page, query: string): Promise<number> {
    return page.evaluate(async (text) => {
      const input = document.querySelector<HTMLInputElement>("#q")!;
      const results = document.querySelector("#results")!;
      const done = new Promise<number>((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          resolve(performance.now());
        }).observe(results, { childList: true });
      });
      input.focus();
      input.value = text;
      const start = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return (await done) - start;
    }, query);
  }

  it("finds an organ by name, part, abbreviation, initials and code among 2,000", async () => {
    const { page, close } = await open("index.html");
    const target =
      data.organs.find(({ organ }) => organ.endsWith("聊城市市场监督管理局")) ??
      data.organs.find(({ organ }) => organ.includes("聊城市"))!;
    const [, , initials] = data.shards.flatMap(({ organs }) => organs).find(([uscc]) => uscc === target.uscc)!;
    const first = () => page.locator("#results a").first().getAttribute("href");
    const times: number[] = [];
    for (const query of [target.organ, target.organ.slice(3), initials, target.uscc, target.uscc.toLowerCase()]) {
      times.push(await search(page, query));
      expect(await first(), query).toBe(`${target.uscc}/index.html`);
    }
    for (const query of ["局", "山东 局", "sd", "11"]) times.push(await search(page, query));
    console.info(
      `search among 2,000 organs, ms: first ${times[0]!.toFixed(1)}, then ${times
        .slice(1)
        .map((t) => t.toFixed(1))
        .join(", ")}`,
    );
    await search(page, "没有这样的机关名称");
    expect(await page.locator("#count").innerText()).toContain("没有找到");
    await close();
  });

  it("is used by keyboard, keeps to the filters, and is found again at its address", async () => {
    const { page, faults, close } = await open("index.html");
    await page.selectOption("#province", "37");
    await page.waitForSelector(`#division option[value="${division.division}"]`, { state: "attached" });
    await page.selectOption("#division", division.division);
    await page.selectOption("#year", "2021");
    await page.focus("#q");
    await page.keyboard.type("局");
    await page.waitForFunction(() => document.querySelectorAll("#results li").length > 1);
    const hrefs = await page.locator("#results a").evaluateAll((links) => links.map((a) => a.getAttribute("href")!));
    for (const href of hrefs) {
      expect(href.slice(2, 8)).toBe(division.division);
      expect(href.endsWith("#y2021")).toBe(true);
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe(hrefs[1]);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
    await page.reload({ waitUntil: "networkidle" });
    expect(await page.locator("#results a").evaluateAll((links) => links.map((a) => a.getAttribute("href")))).toEqual(
      hrefs,
    );
    await page.keyboard.press("Tab");
    await page.focus("#q");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith(hrefs[0]!.split("#")[0]!));
    expect(faults).toEqual([]);
    await close();
  });
});

describe("comparing", () => {
  /** The rows of the CSV that a click downloads. */
  async function download(page: Page): Promise<string[][]> {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("#csv")]);
    const text = await readFile(await file.path(), "utf8");
    expect(text.startsWith("\ufeff")).toBe(true);
    return text
      .slice(1)
      .trimEnd()
      .split("\r\n")
      .map((row) => row.split(","));
  }

  it("two other years of an organ: both editions side by side, as a CSV too", async () => {
    const { page, faults, close } = await open(`${large}/compare.html`, { acceptDownloads: true });
    const { years } = data.organs.find(({ uscc }) => uscc === large)!;
    await page.selectOption("#a", "2020");
    await page.waitForFunction(() => document.querySelector("#table thead")?.textContent?.includes("2020"));
    const table = await page.locator("#table").innerText();
    expect(table).toContain("对外公开总数量");
    expect(table).toContain("现行有效件数");
    expect(table).toContain("不可比");
    expect(new URL(page.url()).search).toBe("?a=2020&b=2024");
    const rows = await download(page);
    expect(rows[0]).toEqual(["部分", "项目", "单位", "2020", "2024"]);
    const received = rows.find(([, name]) => name?.startsWith("一、"))!;
    expect(received.slice(3)).toEqual(
      [years[0], years.at(-1)].map((e) => String(e!.figures["/requests/received/total"])),
    );
    await page.check("#only");
    expect(await page.locator("#table tr.same:visible").count()).toBe(0);
    expect(await page.locator("#table tr.differs:visible").count()).toBeGreaterThan(10);
    expect(faults).toEqual([]);
    await close();
  });

  it("organs of a year: chosen in a division, added by search, removed, as a CSV", async () => {
    const { page, faults, close } = await open(`divisions/${division.division}/2024.html`, { acceptDownloads: true });
    await page.check(`input[value="${some!.uscc}"]`);
    await page.check(`input[value="${other!.uscc}"]`);
    await Promise.all([page.waitForURL(/compare\.html/), page.click("form button[type=submit]")]);
    await page.waitForFunction(() => document.querySelectorAll("#table thead th").length === 4);
    await page.fill("#q", large);
    await page.click("#results button");
    await page.waitForFunction(() => document.querySelectorAll("#table thead th").length === 5);
    expect(new URL(page.url()).searchParams.getAll("organ")).toEqual([some!.uscc, other!.uscc, large]);
    expect(await page.locator("#table tr.differs .mark").first().innerText()).toContain("≠");
    const rows = await download(page);
    expect(rows[0]!.slice(3)).toEqual(
      [some!, other!, data.organs.find(({ uscc }) => uscc === large)!].map(({ organ }) => organ),
    );
    await page.click("#chosen li:first-child button");
    await page.waitForFunction(() => document.querySelectorAll("#table thead th").length === 4);
    await page.selectOption("#year", "2020");
    await page.waitForFunction(() => document.querySelector("#table caption")?.textContent?.includes("2020"));
    expect(await page.locator("#table").innerText()).toContain("对外公开总数量");
    expect(faults).toEqual([]);
    await close();
  });

  it("takes six at most, and nothing that is not a code", async () => {
    const many = data.organs.slice(40, 48).map(({ uscc }) => `organ=${uscc}`);
    const { page, faults, close } = await open(
      `compare.html?year=2024&organ=%3Cscript%3E&organ=../catalogue&${many.join("&")}`,
    );
    await page.waitForSelector("#table table");
    expect(await page.locator("#chosen li").count()).toBe(6);
    expect(await page.locator("#status").innerText()).toContain("至多");
    expect(faults).toEqual([]);
    await close();
  });
});

it("what is overdue is said by the reader's clock alone", async () => {
  const held = data.divisions.find(({ index, latest }) =>
    index.organs.some(({ uscc, years }) => years[0]! < 2024 && !latest[0]!.entries.some((e) => e.uscc === uscc)),
  )!;
  const path = `divisions/${held.index.division}/index.html`;
  const context = await browser.newContext();
  const page = await context.newPage();
  const at = async (time: string): Promise<string> => {
    await page.clock.setFixedTime(time);
    await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
    return page.locator("main").innerText();
  };
  expect(await at("2025-01-20T12:00:00+08:00")).toMatch(/未见公布[\s\S]*还有\d+天/);
  expect(await at("2025-04-20T12:00:00+08:00")).toMatch(/逾期未见公布[\s\S]*已过\d+天/);
  await context.close();
});
