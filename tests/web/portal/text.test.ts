/** The search in the texts as a reader uses it: on a bare bucket, by ranges, with what does not stand left out. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PublicFile } from "../../../src/index/shared.ts";
import { textsFile } from "../../../src/index/texts.ts";
import { prefectureOf, type Signed, signatureOf } from "../../../src/texts/signatures.ts";
import { launchBrowser, violationsOn, watchedPage } from "../../support/browser.ts";
import { portalData } from "../../support/portal-data.ts";
import { serveSite, siteOf } from "../../support/portal-site.ts";

const data = portalData(2000);
const YEAR = 2024;
const SUBJECTS = [
  "河道管理",
  "学区划分",
  "户籍办理",
  "低保核定",
  "律师监管",
  "预算公开",
  "征地补偿",
  "危房改造",
  "客运线路",
  "渔业增殖",
];
const RARE = "蓝藻打捞船";
const entries = data.organs.flatMap(({ years }) => years.filter(({ year }) => year === YEAR));

/** A narrative of some length, in which each report has words that few others have. */
const narrative = (i: number, organ: string): string[] => [
  `本年度，${organ}按照条例的要求，围绕${SUBJECTS[i % SUBJECTS.length]}做好政府信息公开工作，全年主动发布${i + 3}条。`,
  ...Array.from(
    { length: 12 },
    (_, n) =>
      `第${n + 1}项工作由${SUBJECTS[(i * 7 + n) % SUBJECTS.length]}科负责，编号${(i * 31 + n * 17) % 9973}，按季度核对台账，年底逐项总结。`,
  ),
  ...(i % 997 === 500 ? [`夏季调度${RARE}三艘。`] : []),
];

const files = new Map<string, PublicFile>(siteOf(data));
const signed = new Map<string, Signed[]>();
for (const [i, { uscc, organ, status }] of entries.entries()) {
  const report = {
    organ: { name: organ },
    overview: { body: narrative(i, organ).map((text) => ({ type: "paragraph", text })) },
  };
  const path = `${uscc}/${YEAR}/report.json`;
  if (status === "current") files.set(path, { path, body: JSON.stringify(report), contentType: "application/json" });
  const of = prefectureOf(uscc);
  signed.set(of, [
    ...(signed.get(of) ?? []),
    { uscc, records: 1, signature: signatureOf(status === "current" ? report : undefined) },
  ]);
}
for (const [prefecture, own] of signed) {
  const file = textsFile(prefecture, YEAR, own);
  files.set(file.path, file);
}
const current = (word: string): string[] =>
  entries
    .filter(
      ({ uscc, status, organ }, i) =>
        uscc.startsWith("1137") && status === "current" && narrative(i, organ).some((text) => text.includes(word)),
    )
    .map(({ organ }) => organ)
    .sort();

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
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page, faults } = await watchedPage(context);
  await page.goto(`${site.url}/${path}`, { waitUntil: "networkidle" });
  const result = await use(page);
  expect(faults).toEqual([]);
  await context.close();
  return result;
}

const found = async (page: Page): Promise<string[]> => (await page.locator("#hits a").allInnerTexts()).sort();

describe("words in a province's reports", () => {
  it("that few have are found wherever they stand, with what stands around them", async () => {
    const expected = current(RARE);
    expect(expected.length).toBeGreaterThan(0);
    await opened(`text.html?year=${YEAR}&province=37&q=${RARE}`, async (page) => {
      await page.waitForFunction(
        (n) => document.querySelector("#status")!.textContent!.includes(`找到${n}份`),
        expected.length,
      );
      expect(await found(page)).toEqual(expected);
      expect(await page.locator("#hits mark").first().innerText()).toBe(RARE);
      expect(await page.locator("#hits .snippet").first().innerText()).toContain(`夏季调度${RARE}三艘`);
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  it("that many have come part by part, by keyboard alone", async () => {
    await opened(`text.html?year=${YEAR}&province=37`, async (page) => {
      await page.focus("#q");
      await page.keyboard.type("危房改造");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#more:not([hidden])");
      const shown = await page.locator("#hits li").count();
      expect(shown).toBeGreaterThanOrEqual(20);
      expect(shown).toBeLessThan(current("危房改造").length);
      await page.focus("#more");
      await page.keyboard.press("Enter");
      await page.waitForFunction((n) => document.querySelectorAll("#hits li").length >= n + 20, shown);
      expect(new URL(page.url()).searchParams.get("q")).toBe("危房改造");
    });
  });

  it("are found in all years, the latest first, each with its year", async () => {
    const { uscc, organ } = entries.find(({ uscc: code, status }) => code.startsWith("1137") && status === "current")!;
    const [before, word] = [YEAR - 1, "有轨马车"];
    const texts = (said: string) => ({
      organ: { name: organ },
      overview: { body: [{ type: "paragraph", text: said }] },
    });
    const place = [`texts/${prefectureOf(uscc)}/${before}.bin`, `${uscc}/${before}/report.json`] as const;
    const there = place.map((path) => files.get(path));
    const report = texts(`撤除${word}三辆，并与${RARE}一起入库。`);
    const file = textsFile(prefectureOf(uscc), before, [{ uscc, records: 1, signature: signatureOf(report) }]);
    files.set(place[0], file);
    files.set(place[1], { path: place[1], body: JSON.stringify(report), contentType: "application/json" });
    await opened(`text.html?year=all&province=37&q=${RARE}`, async (page) => {
      await page.waitForFunction(() => /查到2020年度/.test(document.querySelector("#status")!.textContent!));
      expect(await page.locator("#year").inputValue()).toBe("all");
      const names = await page.locator("#hits a").allInnerTexts();
      expect(names.at(-1)).toBe(`${organ} ${before}年度`);
      expect(names.slice(0, -1).sort()).toEqual(current(RARE).map((name) => `${name} ${YEAR}年度`));
      await page.fill("#q", word);
      await page.keyboard.press("Enter");
      await page.waitForSelector("#hits a");
      expect(await page.locator("#hits a").getAttribute("href")).toBe(`${site.url}/${uscc}/${before}/report.html`);
    });
    for (const [i, path] of place.entries()) {
      const kept = there[i];
      if (kept) files.set(path, kept);
      else files.delete(path);
    }
  });

  it("of withdrawn reports are not found, nor what no report says", async () => {
    const withdrawn = entries.findIndex(({ uscc, status }) => uscc.startsWith("1137") && status === "withdrawn");
    expect(withdrawn).toBeGreaterThanOrEqual(0);
    const { organ } = entries[withdrawn]!;
    await opened(`text.html?year=${YEAR}&province=37&q=${organ}按照条例`, async (page) => {
      await page.waitForFunction(() => /查了(\d+)份，找到0份/.test(document.querySelector("#status")!.textContent!));
      expect(await found(page)).toEqual([]);
    });
  });

  it("come after few bytes: the first hit of a line like slow 4G takes no more than its rows and some reports", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${site.url}/text.html?year=${YEAR}&province=37`, { waitUntil: "networkidle" });
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    // Lighthouse's slow 4G.
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: (1.6 * 1024 * 1024) / 8,
      uploadThroughput: (750 * 1024) / 8,
    });
    const { took, requests, bytes } = await page.evaluate(async () => {
      performance.clearResourceTimings();
      const list = document.querySelector("#hits")!;
      const first = new Promise<number>((resolve) => {
        new MutationObserver(() => list.children.length > 0 && resolve(performance.now())).observe(list, {
          childList: true,
        });
      });
      document.querySelector<HTMLInputElement>("#q")!.value = "河道管理";
      const start = performance.now();
      document.querySelector<HTMLFormElement>("#choice")!.requestSubmit();
      const took = (await first) - start;
      const all = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      return { took, requests: all.length, bytes: all.reduce((sum, { transferSize }) => sum + transferSize, 0) };
    });
    console.info(`search in texts on slow 4G: first hit after ${took.toFixed(0)} ms, ${requests} requests, ${bytes} B`);
    expect(requests).toBeLessThanOrEqual(20);
    expect(bytes).toBeLessThanOrEqual(60_000);
    await context.close();
  });

  it("are found in what was published while the page was open", async () => {
    const { uscc, organ } = entries.find(({ uscc: code, status }) => code.startsWith("1137") && status === "current")!;
    const [of, news] = [prefectureOf(uscc), "电动自行车充电棚"];
    const before = [`texts/${of}/${YEAR}.bin`, `${uscc}/${YEAR}/report.json`].map((path) => files.get(path)!);
    await opened(`text.html?year=${YEAR}&province=37`, async (page) => {
      const report = { organ: { name: organ }, overview: { body: [{ type: "paragraph", text: `新建${news}十处。` }] } };
      const first = {
        uscc: `10${uscc.slice(2)}`,
        records: 1,
        signature: signatureOf(undefined),
      };
      const own = signed
        .get(of)!
        .map((each) => (each.uscc === uscc ? { ...each, signature: signatureOf(report) } : each));
      // Another organ before all others: every row lies elsewhere.
      const file = textsFile(of, YEAR, [first, ...own]);
      files.set(file.path, file);
      files.set(`${uscc}/${YEAR}/report.json`, { ...before[1]!, body: JSON.stringify(report) });
      await page.fill("#q", news);
      await page.keyboard.press("Enter");
      await page.waitForSelector("#hits a");
      expect(await found(page)).toEqual([organ]);
    });
    for (const file of before) files.set(file.path, file);
  });

  it("are found on a server that knows no ranges as well", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/texts/**", async (route) => {
      const headers = { ...route.request().headers() };
      delete headers["range"];
      await route.continue({ headers });
    });
    await page.goto(`${site.url}/text.html?year=${YEAR}&province=37&q=${RARE}`, { waitUntil: "networkidle" });
    expect(await found(page)).toEqual(current(RARE));
    await context.close();
  });
});
