/** Pages on a phone and on a desk: nothing moves once it is there, and nothing is cut off. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { portalData } from "../../support/portal-data.ts";
import { serveSite, siteOf } from "../../support/portal-site.ts";

const data = portalData(800);
const { large, corrected } = data.remarkable;
const division = data.divisions.toSorted((a, b) => b.index.organs.length - a.index.organs.length)[0]!.index.division;
const PAGES: Readonly<Record<string, string>> = {
  home: "index.html",
  "home in English": "index.en.html",
  organ: `${corrected}/index.html`,
  "organ with large figures": `${large}/index.html`,
  compare: "compare.html",
  "two years": `${large}/compare.html`,
  "division's year": `divisions/${division}/2024.html`,
  province: "provinces/37.html",
  "province's year": "provinces/37/2024.html",
  "open data": "data.html",
  absent: "404.html",
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

/** Sums up how much of the page moved without the reader's doing (Layout Instability, cumulative). */
const OBSERVE = `globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });`;

describe.each(Object.entries(PAGES))("%s", (_, path) => {
  it.each([390, 1280])("does not move when its scripts have run, %d px wide", async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
    expect(await page.evaluate("globalThis.shifted")).toBeLessThan(0.02);
    await context.close();
  });

  it("has nothing cut off at 390 px: text is inside the page, or in what scrolls", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
    const cut = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement!;
        if (!node.textContent!.trim() || parent.closest(".scroll, .vh, [hidden], option, pre, noscript, title, desc"))
          continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, right, width } of range.getClientRects())
          if (width > 0 && (left < -0.5 || right > innerWidth + 0.5))
            found.push(`${node.textContent} ${left}–${right}`);
      }
      return found;
    });
    expect(cut).toEqual([]);
    await context.close();
  });
});
