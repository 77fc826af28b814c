/**
 * Pictures of the reading pages, of 2,000 generated organs, at phone and desktop width, light and dark.
 *
 *     node scripts/screenshots.ts [folder]      all of them; some are kept in docs/images/portal
 */
import { mkdir, writeFile } from "node:fs/promises";
import { launchBrowser } from "../tests/support/browser.ts";
import { portalData } from "../tests/support/portal-data.ts";
import { serveSite, siteOf } from "../tests/support/portal-site.ts";

const folder = process.argv[2] ?? "dist/screenshots";
await mkdir(folder, { recursive: true });
const data = portalData();
const site = siteOf(data);
const server = await serveSite(site, Number(process.env["PORT"] ?? 0));
const { large, corrected, withdrawn } = data.remarkable;
const { index } = data.divisions.reduce((a, b) => (b.index.organs.length > a.index.organs.length ? b : a));
const same = index.organs.slice(0, 6).map(({ uscc }) => `organ=${uscc}`);

/** Pages by name, with what is to be done on them first. */
const PAGES: readonly (readonly [name: string, path: string, query?: string])[] = [
  ["home", "index.html"],
  ["home-en", "index.en.html"],
  ["search", "index.html", "scjdglj"],
  ["recent", "recent.html"],
  ["organ", `${corrected}/index.html`],
  ["organ-large", `${large}/index.html`],
  ["organ-withdrawn", `${withdrawn}/index.html`],
  ["years", `${large}/compare.html`],
  ["organs", `compare.html?year=2024&${same.join("&")}`],
  ["compare-empty", "compare.html"],
  ["division", `divisions/${index.division}/index.html`],
  ["division-year", `divisions/${index.division}/2024.html`],
  ["province", "provinces/37.html"],
  ["data", "data.html"],
];

const browser = await launchBrowser();
try {
  for (const [width, height, size] of [
    [1280, 900, "desktop"],
    [360, 740, "phone"],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      const debuggerOf = await context.newCDPSession(page);
      for (const [name, path, query] of PAGES) {
        await page.goto(`${server.url}/${path}`, { waitUntil: "networkidle" });
        if (query) {
          await page.fill("#q", query);
          await page.waitForSelector("#results li");
        }
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        // WebP, which playwright's own screenshots are not.
        const { data: picture } = await debuggerOf.send("Page.captureScreenshot", {
          format: "webp",
          quality: 75,
          captureBeyondViewport: true,
          clip: { x: 0, y: 0, width, height: Math.min(tall, 2000), scale: 1 },
        });
        await writeFile(`${folder}/${name}-${size}-${colorScheme}.webp`, Buffer.from(picture, "base64"));
      }
      await context.close();
    }
} finally {
  await browser.close();
  await server.close();
}
