/**
 * Measures the page of a province at the desk: `node scripts/bench-desk-page.ts [organs]`, 3,000 unless named, in 120 divisions, with
 * reports of four years, behind the service as `npm start` runs it. In Chromium, each many times: from the click that
 * opens the desk to its rows on the screen, and from a letter typed to what is found on the screen.
 */
import type { Page } from "playwright-core";
import { canonicalJson } from "../src/basics/canonical-json.ts";
import type { DivisionYear, Entry, ProvinceIndex } from "../src/index/shapes.ts";
import { type OfficeYear, officeKey } from "../src/office/rows.ts";
import type { Organ } from "../src/roster/roster.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { startTestLocal, type TestLocal } from "../tests/support/local.ts";
import { codeOf } from "../tests/support/roster.ts";

const count = Number(process.argv[2] ?? 3000);
const PROVINCE = "990000";
const YEARS = [2022, 2023, 2024, 2025];
const STATES = ["draft", "submitted", "returned", "agreed", "cleared"] as const;
const NAMES = ["教育局", "公安局", "民政局", "司法局", "财政局", "水利局", "农业农村局", "市场监督管理局"];
const json = { contentType: "application/json; charset=utf-8" };

/** Twelve cities of ten counties. */
const divisionOf = (i: number): string => String(990000 + 100 * (1 + (i % 12)) + 1 + (Math.floor(i / 12) % 10));
const organs = Array.from({ length: count }, (_, i): Organ => {
  const division = divisionOf(i);
  return {
    uscc: codeOf(division, i),
    name: `第${i % 120}县${NAMES[i % NAMES.length]}第${i}所`,
    kind: "department",
  };
});

/** Reports of a year as the indexer lists them: seven of ten in 2025, all of the years before. */
const entryOf = ({ uscc, name }: Organ, year: number): Entry => ({
  uscc,
  organ: name,
  year,
  edition: "2021",
  status: "current",
  version: 1,
  firstPublishedAt: `${year + 1}-01-${String(10 + (Number(uscc[15]) % 30)).padStart(2, "0")}T09:00:00+08:00`,
  publishedAt: `${year + 1}-01-20T09:00:00+08:00`,
  figures: {},
});

/** Puts what the desk reads where the indexer and the office would have. */
async function fill({ store }: TestLocal): Promise<void> {
  await store.create(
    `rosters/${PROVINCE}/v1.json`,
    canonicalJson({ division: PROVINCE, version: 1, savedAt: "2026-01-02T09:00:00+08:00", organs }),
    json,
  );
  const codes = [...new Set(organs.map(({ uscc }) => uscc.slice(2, 8)))];
  const index: ProvinceIndex = {
    province: PROVINCE.slice(0, 2),
    divisions: codes.map((division) => ({ division, organs: 1, reports: {} })),
  };
  await store.put(`published/provinces/${index.province}.json`, canonicalJson(index), json);
  for (const division of codes)
    for (const year of YEARS) {
      const own = organs.filter(({ uscc }) => uscc.startsWith(division, 2));
      const there = own.filter((_, i) => year !== YEARS.at(-1) || i % 10 < 7);
      const entries = there.map((organ) => entryOf(organ, year));
      const list: DivisionYear = { division, year, entries };
      await store.put(`published/divisions/${division}/${year}.json`, canonicalJson(list), json);
      const rows: OfficeYear["rows"] = Object.fromEntries([
        ...entries.map(({ uscc, organ, version, firstPublishedAt, publishedAt }) => [
          uscc,
          {
            published: {
              organ,
              version,
              firstPublishedAt,
              publishedAt,
              found: { warnings: 1, information: 2, explained: 1 },
            },
          },
        ]),
        ...own
          .filter((organ) => !there.includes(organ))
          .map(({ uscc }, i) => [uscc, { work: { state: STATES[i % STATES.length]!, base: null, events: 1 } }]),
      ]);
      const office: OfficeYear = { format: 1, division, year, whole: true, rows };
      await store.put(officeKey(division, year), canonicalJson(office), json);
    }
}

/** From a change of the page to the frame that shows it, ms: `begin` does something, `shown` says whether it is there. */
const timed = (page: Page, begin: string, shown: string): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    const began = performance.now();
    const look = () => (${shown}) ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      : requestAnimationFrame(look);
    ${begin};
    look();
  })`);

const at = (share: number, times: readonly number[]): number =>
  Math.round(times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))]!);
const report = (what: string, times: readonly number[]): void =>
  console.log(`${what}: median ${at(0.5, times)} ms, slowest ${at(1, times)} ms of ${times.length}`);

/** Typed letter by letter, with the status that tells how many were found as the sign that it is on the screen. */
async function search(page: Page, word: string): Promise<number[]> {
  const times: number[] = [];
  for (let length = 1; length <= word.length; length += 1) {
    const typed = JSON.stringify(word.slice(0, length));
    const begin = `const field = document.querySelector("input[type=search]");
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, ${typed});
      const status = document.querySelector(".desk-showing");
      window.told = false;
      const seen = new MutationObserver(() => { window.told = true; seen.disconnect(); });
      seen.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
      field.dispatchEvent(new Event("input", { bubbles: true }))`;
    times.push(await timed(page, begin, "window.told"));
  }
  return times;
}

const claims = { nianbao_divisions: ["99"], nianbao_actions: ["oversee"] };
const users = { superior: { name: "省政务公开办", says: "管理名录和汇总", claims } };
const [local, browser] = await Promise.all([startTestLocal({ issuer: { users } }), launchBrowser()]);
await fill(local);
const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } })).newPage();
await page.goto(`${local.url}/desk/`);
await page.getByRole("button", { name: "登录" }).click();
await page.getByRole("button", { name: /^省政务公开办/ }).click();
await page.getByRole("button", { name: "打开" }).waitFor();
const lists: number[] = [];
const answers: number[] = [];
const used = process.cpuUsage();
for (let i = 0; i < 10; i += 1) {
  // Another year and back: nothing is kept of the one before.
  for (const year of YEARS.slice(-2)) {
    const shown = `document.querySelector("h2")?.textContent.includes("${year}") && document.querySelector(".desk-table tbody tr")`;
    const began = performance.now();
    const answered = page.waitForResponse((answer) => new URL(answer.url()).pathname === `/desk/${PROVINCE}/${year}`);
    void answered.then((answer) => answer.finished()).then(() => answers.push(performance.now() - began));
    lists.push(await timed(page, `location.hash = "#/${PROVINCE}/${year}"`, shown));
  }
}
const showing = await page.locator(".desk-showing").innerText();
console.log(`${organs.length} organs, ${organs.length * YEARS.length} places: ${showing}`);
const { user, system } = process.cpuUsage(used);
report("list", lists);
report("of which the service", answers);
console.log(`CPU of the service and its store: ${Math.round((user + system) / 1000 / lists.length)} ms a list`);
const searches: number[] = [];
for (const word of ["公安局第123所", "第17县", "990111", "没有这样的机关"])
  searches.push(...(await search(page, word)));
report("search", searches);
await browser.close();
await local.close();
process.exit(at(1, lists) > 1000 || at(1, searches) > 100 ? 1 : 0);
