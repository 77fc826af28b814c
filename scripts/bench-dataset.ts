/**
 * The dataset of many reports over five years: written as they are published, taken up shard by shard, rebuilt from the
 * records with the same bytes; its sums by DuckDB beside the pages'; the query page's bytes and time in Chromium.
 * `npm run bench:dataset -- [REPORTS] [PROVINCES]`, 10,000 of 37 and 33 unless said.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { ask, loadDuckDB } from "../cli/query/duckdb.ts";
import { localFiles } from "../cli/query/source.ts";
import { createSite } from "../server/site.ts";
import { sha256 } from "../src/basics/hash.ts";
import { compactDataset } from "../src/index/dataset/compact.ts";
import { indexPlaces } from "../src/index/indexer.ts";
import { reindex } from "../src/index/reindex.ts";
import { putChanged } from "../src/index/shared.ts";
import { portalPages } from "../src/portal/pages.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { copyPublished, organsOf, publishYear, saveProvinceRoster } from "../tests/support/dataset-world.ts";
import { MemoryStore } from "../tests/support/memory-store.ts";

const [reports = 10_000, codes = "37,33"] = [Number(process.argv[2] ?? 10_000), process.argv[3]];
const provinces = codes.split(",");
const YEARS = [2020, 2021, 2022, 2023, 2024];
/** Publications that are indexed together. */
const BATCH = 100;

let last = performance.now();
const say = (what: string): void => {
  const now = performance.now();
  console.log(`${((now - last) / 1000).toFixed(1).padStart(7)} s  ${what}`);
  last = now;
};

const store = new MemoryStore();
const organs = organsOf(provinces, Math.ceil(reports / YEARS.length));
await saveProvinceRoster(store, provinces[0]!, organs);
const context = { store, pages: portalPages({ publicUrl: "https://example.org" }), dataset: {} };
let shards = 0;
let published = 0;
for (const year of YEARS) {
  for (let i = 0; i < organs.length; i += BATCH) {
    const some = organs.slice(i, i + BATCH);
    const places = [];
    for (const [j, organ] of some.entries()) places.push(await publishYear(store, organ, year, i + j));
    await indexPlaces(places, context);
    published += places.length;
    // As often as a server does in a busy January: ten batches together.
    if ((i / BATCH) % 10 === 9) shards += (await compactDataset({ store })).shards;
  }
  shards += (await compactDataset({ store })).shards;
}
say(`${published} reports published, indexed and taken up: ${shards} shards written`);

const lone = organs[24]!;
await publishYear(store, lone, 2024, 3);
await indexPlaces([{ uscc: lone.uscc, year: 2024 }], context);
last = performance.now();
const alone = await compactDataset({ store });
say(`one more report taken up: ${alone.shards} shards written`);

const dataOf = (of: MemoryStore): Map<string, string> =>
  new Map(
    [...of.objects].filter(([key]) => key.startsWith("published/data/")).map(([key, { body }]) => [key, sha256(body)]),
  );
const size = (part: string): number =>
  [...store.objects].reduce(
    (sum, [key, { body }]) => sum + (key.startsWith(`published/data/${part}`) ? body.length : 0),
    0,
  );
console.log(
  `           figures ${(size("figures/") / 1e6).toFixed(1)} MB, reports ${(size("reports/") / 1e6).toFixed(1)} MB, ${dataOf(store).size} files`,
);

const again = new MemoryStore();
for (const [key, object] of store.objects) if (!key.startsWith("published/")) again.objects.set(key, object);
last = performance.now();
await reindex({ ...context, store: again });
say("everything rebuilt from the records");
const [were, are] = [dataOf(store), dataOf(again)];
const differ = [...new Set([...were.keys(), ...are.keys()])].filter((key) => were.get(key) !== are.get(key));
if (differ.length > 0) throw new Error(`rebuilt with other bytes: ${differ.slice(0, 5).join(", ")}`);
console.log("           the dataset with the same bytes");

const folder = await mkdtemp(join(tmpdir(), "nianbao-bench-"));
await copyPublished(store, folder);
const files = await localFiles(folder, {});
const duckdb = await loadDuckDB();
last = performance.now();
const { rows } = await ask(
  duckdb,
  "SELECT province, year, cell, sum(value) AS s FROM figures WHERE addable GROUP BY ALL",
  files,
);
say(`every cell by province and year in DuckDB: ${rows.length} sums`);
const sums = new Map(rows.map(([province, year, cell, sum]) => [`${province}/${year}${cell}`, Number(sum)]));
let compared = 0;
for (const province of provinces)
  for (const year of YEARS) {
    const page = store.objects.get(`published/provinces/${province}/${year}.sums.json`);
    if (!page) continue;
    const { sum } = JSON.parse(new TextDecoder().decode(page.body)) as { sum: Record<string, number | string> };
    for (const [cell, value] of Object.entries(sum)) {
      compared += 1;
      if (sums.get(`${province}/${year}${cell}`) !== Number(value))
        throw new Error(`${province} ${year} ${cell} is another sum`);
    }
  }
console.log(`           ${compared} sums of the pages, all the same`);
await rm(folder, { recursive: true });

for (const file of context.pages.constant) await putChanged(store, file);
const server = createServer(getRequestListener(createSite(store).fetch)).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const browser = await launchBrowser();
const CELL = "/requests/received/total";
for (const question of ["by=year", "by=kind", "by=kind", "by=division", "by=organ"]) {
  const page = await browser.newPage();
  let [bytes, requests] = [0, 0];
  page.on("response", (response) => {
    bytes += Number(response.headers()["content-length"] ?? 0);
    requests += 1;
  });
  await page.goto(`${url}/data/index.html?cell=${CELL}&${question}`);
  await page.waitForFunction(() => /毫秒/.test(document.querySelector("#status")!.textContent!));
  const said = await page.locator("#status").innerText();
  console.log(
    `           ${question.padEnd(12)} ${requests} requests, ${(bytes / 1e6).toFixed(2)} MB, page included: ${said}`,
  );
  if (question !== "by=organ" && bytes > 2e6) throw new Error(`${question} fetches more than 2 MB`);
  await page.close();
}
await browser.close();
server.close();
