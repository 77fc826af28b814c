/**
 * Publishes the reports of 2,000 generated organs over five years, one batch of the queue after another, through the
 * indexer into a bucket in memory; then searches what came of it in Chromium: `npm run bench:portal [-- organs]`.
 */
import { indexPlaces } from "../src/index/indexer.ts";
import type { PublicFile } from "../src/index/shared.ts";
import { portalPages } from "../src/portal/pages.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { portalData, YEARS } from "../tests/support/portal-data.ts";
import { serveSite } from "../tests/support/portal-site.ts";
import { commitYear, FolderStore } from "../tests/support/portal-store.ts";

/** As infra/indexer.ts has it. */
const BATCH = 100;
/** How many batches at the beginning and at the end of a year are looked at. */
const SOME = 4;

const data = portalData(Number(process.argv[2] ?? 2000));
const entries = data.organs.flatMap(({ years }) => years);
const calls = { read: 0, written: 0 };
const store = new FolderStore({
  before: (operation) => {
    if (operation === "get") calls.read += 1;
    else if (operation !== "list") calls.written += 1;
  },
});
const context = { store, pages: portalPages({ publicUrl: "https://reports.example.org" }) };

interface Batch {
  readonly ms: number;
  readonly read: number;
  readonly written: number;
}
const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(22) : String(cell).padStart(12))).join("");

console.log(`Node ${process.version}, ${data.organs.length} organs, ${entries.length} reports, ${BATCH} a batch\n`);
console.log(row(["a report, median of", "CPU ms", "reads", "writes"]));
const begun = performance.now();
for (const year of YEARS) {
  const own = entries
    .filter((entry) => entry.year === year)
    .sort((a, b) => (a.firstPublishedAt < b.firstPublishedAt ? -1 : 1));
  const batches: Batch[] = [];
  for (let i = 0; i + BATCH <= own.length || i === 0; i += BATCH) {
    const batch = own.slice(i, i + BATCH);
    for (const entry of batch) await commitYear(store, entry);
    Object.assign(calls, { read: 0, written: 0 });
    const start = process.cpuUsage();
    const failed = await indexPlaces(batch, context);
    if (failed.length > 0) throw failed[0]!.error;
    const { user, system } = process.cpuUsage(start);
    const of = (n: number): number => n / batch.length;
    batches.push({ ms: of((user + system) / 1000), read: of(calls.read), written: of(calls.written) });
  }
  for (const [name, some] of [
    [`${year}, first ${SOME}`, batches.slice(0, SOME)],
    [`${year}, last ${SOME}`, batches.slice(-SOME)],
  ] as const)
    console.log(
      row([name, ...(["ms", "read", "written"] as const).map((key) => middle(some.map((b) => b[key])).toFixed(1))]),
    );
}
const site = new Map<string, PublicFile>();
let bytes = 0;
for (const [key, { body, headers }] of store.objects) {
  if (!key.startsWith("published/")) continue;
  const path = key.slice("published/".length);
  site.set(path, { path, body, contentType: headers.contentType });
  bytes += body.length;
}
console.log(
  `\n${site.size} files, ${(bytes / 1e6).toFixed(0)} MB, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);

const browser = await launchBrowser();
const server = await serveSite(site, Number(process.env["PORT"] ?? 0));
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}/index.html`, { waitUntil: "networkidle" });
  /** From a key to the list in the page, and to the next frame, as the page's own clock has it. */
  const search = (query: string): Promise<readonly [listed: number, painted: number]> =>
    page.evaluate(async (text) => {
      const input = document.querySelector<HTMLInputElement>("#q")!;
      const done = new Promise<[number, number]>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          const listed = performance.now();
          requestAnimationFrame(() => resolve([listed, performance.now()]));
        });
        observer.observe(document.querySelector("#count")!, { childList: true });
      });
      input.value = text;
      const start = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      const [listed, painted] = await done;
      return [listed - start, painted - start] as const;
    }, query);
  const first = await search("聊城市");
  const times: (readonly [number, number])[] = [];
  const [organ] = data.organs.slice(-1);
  const queries = ["局", "市监局", "山东 教育", "教育 聊城", "jyj", "zsjyj", "1137", organ!.uscc, organ!.organ, "没有"];
  for (let round = 0; round < 10; round += 1) for (const query of queries) times.push(await search(query));
  const say = (all: readonly number[]): string =>
    `median ${middle(all).toFixed(1)}, 95 of 100 within ${all.toSorted((x, y) => x - y)[Math.floor(all.length * 0.95)]!.toFixed(1)}, longest ${Math.max(...all).toFixed(1)}`;
  console.log(
    `search in Chromium, ms, ${times.length} queries after a first of ${first[0].toFixed(1)} that fetches the lists`,
  );
  console.log(`  key to list      ${say(times.map(([listed]) => listed))}`);
  console.log(`  key to frame     ${say(times.map(([, painted]) => painted))}`);
} finally {
  await browser.close();
  await server.close();
}
