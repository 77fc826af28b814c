import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { yuan } from "../../src/form/amounts.ts";
import { divisionName, nameWithin, provinceName } from "../../src/index/divisions.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { readings } from "../../src/index/initials.ts";
import { indexLaggingPlaces, laggingPlaces } from "../../src/index/lagging.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import type { Catalogue, DivisionIndex, Entry, OrganIndex, ProvinceIndex, RecentList } from "../../src/index/shapes.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { records } from "../../src/publish/publish.ts";
import { mirrors, ORGANS, step, versionsOf } from "../support/index-steps.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit, type Wanted } from "../support/records.ts";

const pages = machinePages("https://example.org");
const LIAOCHENG = "11371500MB28560185";
const first: Wanted = {
  uscc: LIAOCHENG,
  year: 2020,
  version: 1,
  kind: "original",
  organ: "聊城市市场监督管理局",
  received: 9,
  day: 20,
};

const read = <T>(store: MemoryStore, path: string): T =>
  JSON.parse(new TextDecoder().decode(store.objects.get(`published/${path}`)!.body)) as T;
const text = (store: MemoryStore, path: string): string =>
  new TextDecoder().decode(store.objects.get(`published/${path}`)!.body);

describe("a report is published", () => {
  it("leads from the catalogue by province and division to the organ, with its figures", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    expect(await indexPlaces([first], { store, pages })).toEqual([]);
    expect(read<Catalogue>(store, "catalogue.json")).toEqual({
      provinces: [{ province: "37", organs: 1, reports: { 2020: { current: 1, late: 0, withdrawn: 0 } } }],
    });
    expect(read<ProvinceIndex>(store, "provinces/37.json").divisions).toEqual([
      { division: "371500", organs: 1, reports: { 2020: { current: 1, late: 0, withdrawn: 0 } } },
    ]);
    expect(read<DivisionIndex>(store, "divisions/371500/index.json").organs).toEqual([
      { uscc: LIAOCHENG, organ: "聊城市市场监督管理局", initials: "lcsscjdglj", years: [2020] },
    ]);
    expect(read(store, "search/37.json")).toEqual({
      province: "37",
      // 长 of another name could be zhang; of this one, 场 and 督 are always chang and du.
      organs: [[LIAOCHENG, "聊城市市场监督管理局", "lcsscjdglj", 2020, 2020]],
      syllables: {
        聊: "liao",
        城: "cheng",
        市: "shi",
        场: "chang",
        监: "jian",
        督: "du",
        管: "guan",
        理: "li",
        局: "ju",
      },
    });
    const organ = read<OrganIndex>(store, `${LIAOCHENG}/index.json`);
    expect(organ.years[0]).toMatchObject({ status: "current", version: 1, signed: "2021-01-20" });
    // Of the kinds of applicant those that are not 0, beside their total.
    expect(organ.years[0]!.figures).toEqual({
      "/requests/received/naturalPerson": 9,
      "/requests/received/total": 9,
    });
    expect(text(store, "feed.atom")).toContain(`https://example.org/${LIAOCHENG}/2020/v1/report.html`);
    expect(text(store, "robots.txt")).toContain("Sitemap: https://example.org/sitemaps/37.xml");
    expect(text(store, "sitemaps/37.xml")).toContain("https://example.org/sitemaps/371500/2020.xml");
    expect(text(store, "sitemaps/371500/2020.xml")).toContain(
      `<loc>https://example.org/${LIAOCHENG}/2020/report.html</loc><lastmod>2021-01-20T09:00:00+08:00</lastmod>`,
    );
  });

  it("dates its feeds by the records alone", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await indexPlaces([first], { store, pages });
    const dates = [...text(store, "feed.atom").matchAll(/<(updated|published)>(.*?)</g)].map(([, , date]) => date);
    expect(new Set(dates)).toEqual(new Set(["2021-01-20T01:00:00.000Z"]));
  });

  it("is withdrawn: counted no more, listed as withdrawn, in the feed with its reason", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await commit(store, { ...first, version: 2, kind: "withdrawal", day: 22 });
    await indexPlaces([first], { store, pages });
    expect(read<Catalogue>(store, "catalogue.json").provinces[0]).toEqual({
      province: "37",
      organs: 1,
      reports: { 2020: { current: 0, late: 0, withdrawn: 1 } },
    });
    expect(read<OrganIndex>(store, `${LIAOCHENG}/index.json`).years[0]).toMatchObject({
      status: "withdrawn",
      version: 2,
      firstPublishedAt: "2021-01-20T09:00:00+08:00",
      publishedAt: "2021-01-22T09:00:00+08:00",
      figures: {},
    });
    expect(read<RecentList>(store, "recent.json").entries.map(({ kind }) => kind)).toEqual(["withdrawal", "original"]);
    expect(text(store, "feed.atom")).toContain("第2版的理由。");
  });

  it("costs so many requests, and none to write when told of it again", async () => {
    const calls: string[] = [];
    const store = new MemoryStore({ before: (operation) => void calls.push(operation) });
    // One process: it remembers what it wrote.
    const context = { store, pages };
    const neighbour = { ...first, uscc: "11371500MB28560000", year: 2019 };
    for (const wanted of [neighbour, { ...neighbour, year: 2020 }]) await commit(store, wanted);
    await indexPlaces([neighbour, { ...neighbour, year: 2020 }], context);
    await commit(store, first);
    const count = () => ({
      get: calls.filter((c) => c === "get").length,
      write: calls.filter((c) => ["put", "create", "replace"].includes(c)).length,
      list: calls.filter((c) => c === "list").length,
    });

    await derivePublic(store, await records(store, LIAOCHENG, 2020));

    calls.length = 0;
    await indexPlaces([first], context);
    // Read: records 2, report 1; the 9 shared files, another year of the division, the 2 pages that are as they were; the 10
    // once more at the end; whether the division or the province has a roster, 2, twice; the desk's file of the division's
    // year 1. Written: 9 shared files, 4 pages, the desk's. Listed: its own files.
    expect(count()).toEqual({ get: 30, write: 14, list: 1 });

    calls.length = 0;
    await indexPlaces([first], context);
    // Now all 6 pages are looked at: others might have written them since.
    expect(count()).toEqual({ get: 34, write: 0, list: 1 });

    // Of a hundred organs of one division in one batch each has its own index; what they share is still written once.
    const many = Array.from({ length: 100 }, (_, i) => ({
      ...first,
      uscc: `11371500MB28561${String(i).padStart(3, "0")}`,
    }));
    for (const wanted of many) {
      await commit(store, wanted);
      await derivePublic(store, await records(store, wanted.uscc, 2020));
    }
    calls.length = 0;
    await indexPlaces(many, context);
    expect(count()).toEqual({ get: 100 * 3 + 100 + 8 + 1 + 2 + 109 + 4 + 1, write: 100 + 8 + 4 + 1, list: 100 });
  });

  it("costs the same to publish at the tenth version as at the second", async () => {
    const calls: string[] = [];
    const store = new MemoryStore({ before: (operation) => void calls.push(operation) });
    const costs: string[] = [];
    for (let version = 1; version <= 10; version += 1) {
      await commit(store, { ...first, version, kind: version === 1 ? "original" : "correction", received: version });
      const versions = await records(store, LIAOCHENG, 2020);
      calls.length = 0;
      await derivePublic(store, versions);
      costs.push(calls.join(" "));
    }
    expect(new Set(costs.slice(1)).size).toBe(1);
    expect(text(store, `${LIAOCHENG}/2020/report.json`)).toBe(text(store, `${LIAOCHENG}/2020/v10/report.json`));
  });

  it("puts a file that went missing, or an address that stayed behind, in its place again", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await commit(store, { ...first, version: 2, kind: "correction", received: 8 });
    await indexPlaces([first], { store, pages });
    const whole = store.contents("published/");
    const place = `published/${LIAOCHENG}/2020`;
    store.objects.set(`${place}/report.json`, store.objects.get(`${place}/v1/report.json`)!);
    for (const path of ["v1/report.json", "v2/SHA256SUMS", "index.html"]) store.objects.delete(`${place}/${path}`);
    await indexPlaces([first], { store, pages });
    expect(store.contents("published/")).toEqual(whole);
    // What is there but not as it should be is written anew when all is asked for.
    await store.put(`${place}/v1/report.json`, "{}", { contentType: "text/plain" });
    await reindex({ store, pages }, { all: true });
    expect(store.contents("published/")).toEqual(whole);
  });
});

describe("sitemaps", () => {
  it("are cut where one file may not hold more, and the province leads to every part", () => {
    const entry = (i: number): Entry => ({
      uscc: `113715${String(i).padStart(12, "0")}`,
      organ: "某局",
      year: 2024,
      edition: "2021",
      status: "current",
      version: 1,
      firstPublishedAt: "2025-01-20T09:00:00+08:00",
      publishedAt: "2025-01-20T09:00:00+08:00",
      figures: {},
    });
    const entries = Array.from({ length: 25_001 }, (_, i) => entry(i));
    const files = pages.divisionYear({ division: "371500", year: 2024, entries }, []);
    expect(files.map(({ path }) => path)).toEqual(["sitemaps/371500/2024.xml", "sitemaps/371500/2024-2.xml"]);
    expect(files.map(({ body }) => String(body).split("<url>").length - 1)).toEqual([50_000, 2]);
    const counts = { current: 25_000, late: 0, withdrawn: 1 };
    const divisions = [{ division: "371500", organs: 50_001, reports: { 2024: counts } }];
    const [index] = pages.province({ province: "37", divisions });
    expect([...String(index!.body).matchAll(/371500\/(.*?)\.xml/g)].map(([, name]) => name)).toEqual([
      "organs",
      "organs-2",
      "2024",
      "2024-2",
    ]);
  });
});

describe("however the indexer comes to know of it", () => {
  it("derives what a rebuild from the records derives, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 14 }),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        fc.scheduler(),
        async (steps, chance, scheduler) => {
          const random = (below: number): number => chance.next().value! % below;
          const all = versionsOf(steps);
          const store = new MemoryStore({ before: () => scheduler.schedule(Promise.resolve()) });
          // Versions are committed in order; each is told of once or twice, in any order, in batches at once.
          const index = async (): Promise<void> => {
            const told = all
              .slice(0, committed)
              .slice(random(2) * from)
              .flatMap((wanted) => (random(3) === 0 ? [wanted, wanted] : [wanted]))
              .map((wanted) => [random(1000), wanted] as const)
              .sort(([a], [b]) => a - b)
              .map(([, wanted]) => wanted);
            const batches: Wanted[][] = [];
            while (told.length > 0) batches.push(told.splice(0, 1 + random(5)));
            await Promise.all(batches.map((batch) => indexPlaces(batch, { store, pages: mirrors })));
          };
          let committed = 0;
          let from = 0;
          const work: Promise<void>[] = [];
          while (committed < all.length) {
            from = committed;
            const until = Math.min(all.length, committed + 1 + random(5));
            for (; committed < until; committed += 1) await scheduler.waitFor(commit(store, all[committed]!));
            // Some rounds are still at work when the next begins.
            work.push(index());
            if (random(2) === 0) await scheduler.waitFor(Promise.all(work));
          }
          await scheduler.waitFor(Promise.all(work));

          const rebuilt = new MemoryStore();
          for (const [key, object] of store.objects)
            if (!key.startsWith("published/")) rebuilt.objects.set(key, object);
          await rebuilt.put("published/divisions/999999/index.json", "{}", { contentType: "application/json" });
          await rebuilt.put("published/11999999MB28560005/index.json", "{}", { contentType: "application/json" });
          await rebuilt.put("published/divisions/370100/index.json", "wrong", { contentType: "text/plain" });
          const done = await reindex({ store: rebuilt, pages: mirrors });
          expect(done.failed).toEqual([]);
          expect(done.removed).toContain("divisions/999999/index.json");
          expect(done.removed).toContain("11999999MB28560005/index.json");
          expect(store.contents("published/")).toEqual(rebuilt.contents("published/"));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds nothing to do in what the indexer derived, and everything where nothing is", async () => {
    const store = new MemoryStore();
    const all = versionsOf(
      ORGANS.flatMap((_, organ) =>
        [2019, 2020, 2021].map((year) => ({ organ, year, renamed: false, withdraw: false, received: 1, day: 1 })),
      ),
    );
    for (const wanted of all) await commit(store, wanted);
    expect(await laggingPlaces(store)).toHaveLength(18);
    await indexPlaces(all.slice(0, 10), { store, pages });
    expect(await laggingPlaces(store)).toHaveLength(8);
    await indexPlaces(all.slice(10), { store, pages });
    expect(await laggingPlaces(store)).toEqual([]);
    const done = await reindex({ store, pages });
    expect(done).toMatchObject({ organs: 6, places: 18, divisions: 3, written: 0, removed: [], failed: [] });
  });

  it("indexes what lags, wherever it stands, and names what it cannot read", async () => {
    const store = new MemoryStore();
    const all = versionsOf(
      ORGANS.map((_, organ) => ({ organ, year: 2021, renamed: false, withdraw: false, received: organ, day: 1 })),
    );
    for (const wanted of all) await commit(store, wanted);
    await reindex({ store, pages });
    // A list that was written over, one that is gone, a correction that nobody told of.
    const whole = store.objects.get("published/divisions/370100/2021.json")!;
    const { entries, ...list } = JSON.parse(new TextDecoder().decode(whole.body));
    await store.put(
      "published/divisions/370100/2021.json",
      JSON.stringify({ ...list, entries: entries.slice(1) }),
      whole.headers,
    );
    await store.delete("published/divisions/371500/2021.json");
    await commit(store, { ...all[4]!, version: 2, kind: "correction", received: 8 });
    const lagging = [all[0], all[3], all[4]].map((wanted) => ({ uscc: wanted!.uscc, year: 2021 }));
    const { places, failed } = await indexLaggingPlaces({ store, pages });
    expect([...places].sort((a, b) => (a.uscc < b.uscc ? -1 : 1))).toEqual(
      lagging.sort((a, b) => (a.uscc < b.uscc ? -1 : 1)),
    );
    expect(failed).toEqual([]);
    const rebuilt = store.contents("published/");
    expect(await reindex({ store, pages })).toMatchObject({ written: 0, removed: [] });
    expect(store.contents("published/")).toEqual(rebuilt);
    await commit(store, { ...all[5]!, version: 2, kind: "correction", received: 77 });
    for (const [key, { body }] of store.objects)
      if (key.startsWith("artefacts/") && new TextDecoder().decode(body).includes("77")) store.objects.delete(key);
    const again = await indexLaggingPlaces({ store, pages });
    expect(again.failed.map(({ place }) => place)).toEqual([{ uscc: all[5]!.uscc, year: 2021 }]);
  });

  it("has each record in the log once, when one is kept", async () => {
    const all: readonly Wanted[] = [first, { ...first, version: 2, kind: "correction" }, { ...first, year: 2021 }];
    const log = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(1))] };
    const [told, rebuilt] = [new MemoryStore(), new MemoryStore()];
    for (const store of [told, rebuilt]) for (const wanted of all) await commit(store, wanted);
    for (const place of all) await indexPlaces([place, place], { store: told, pages, log: async () => log });
    for (let i = 0; i < 2; i += 1) await reindex({ store: rebuilt, pages, log: async () => log });
    for (const store of [told, rebuilt]) {
      expect(text(store, "log/checkpoint").split("\n")[1]).toBe(String(all.length));
      for (const { uscc, year, version } of all) {
        expect(store.objects.has(`published/log/leaves/${uscc}/${year}/${version}.json`)).toBe(true);
        expect(text(store, `${uscc}/${year}/v${version}/record.tlog-proof`)).toMatch(
          /^c2sp\.org\/tlog-proof@v1\nextra /,
        );
      }
    }
    const bare = new MemoryStore();
    await commit(bare, first);
    await reindex({ store: bare, pages });
    expect(Object.keys(bare.contents("published/log/"))).toEqual([]);
  });

  it("indexes the others of a batch when a report is missing from the store", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await commit(store, { ...first, year: 2021, received: 77 });
    for (const [key, { body }] of store.objects)
      if (key.startsWith("artefacts/") && new TextDecoder().decode(body).includes("77")) store.objects.delete(key);
    const failures = await indexPlaces([first, { ...first, year: 2021 }], { store, pages });
    expect(failures.map(({ place }) => place.year)).toEqual([2021]);
    expect(read<OrganIndex>(store, `${LIAOCHENG}/index.json`).years.map(({ year }) => year)).toEqual([2020]);
  });

  it("puts right what an indexer that stopped at any request left behind", async () => {
    for (let stop = 1; ; stop += 1) {
      let calls = 0;
      let stopped = false;
      const store: MemoryStore = new MemoryStore({
        before: () => {
          calls += 1;
          if (calls === stop) stopped = true;
          if (calls === stop) throw new Error("stopped");
        },
      });
      calls = -1000;
      await commit(store, first);
      await commit(store, { ...first, year: 2021 });
      calls = 0;
      const failed = await indexPlaces([first, { ...first, year: 2021 }], { store, pages: mirrors }).catch(() => null);
      if (!stopped) break;
      expect(failed).not.toEqual([]);
      calls = Number.POSITIVE_INFINITY;
      await indexPlaces([first, { ...first, year: 2021 }], { store, pages: mirrors });
      expect(await reindex({ store, pages: mirrors })).toMatchObject({ written: 0, removed: [] });
    }
  });
});

describe("names and amounts", () => {
  it("names divisions with the province and city they lie in; unknown codes show", () => {
    expect(divisionName("371502")).toBe("山东省聊城市东昌府区");
    expect(divisionName("110101")).toBe("北京市东城区");
    expect(divisionName("429004")).toBe("湖北省仙桃市");
    expect(divisionName("370000")).toBe("山东省");
    expect(divisionName("371572")).toBe("山东省聊城市371572");
    expect(divisionName("999999")).toBe("999999");
    expect(provinceName("37")).toBe("山东省");
  });

  it("takes the first letters of names as people say them, and those of other readings beside them", () => {
    expect(readings("重庆市长寿区人民政府")).toEqual({ initials: "cqscsqrmzf", others: "0z3z5o" });
    expect(readings("A股（X1）局")).toEqual({ initials: "agx1j", others: "" });
  });

  it("leaves the division out of a name that begins with it, however much of it", () => {
    for (const name of ["山东省聊城市东昌府区教育局", "聊城市东昌府区教育局", "东昌府区教育局", "教育局"])
      expect(nameWithin(name, "371502")).toBe("教育局");
    expect(nameWithin("山东省", "370000")).toBe("山东省");
    expect(nameWithin("某局", "999999")).toBe("某局");
  });

  it("states money in 元 exactly", () => {
    expect(yuan({ amount: "1007.25", unit: "万元" })).toBe("10072500");
    expect(yuan({ amount: "0.1234567", unit: "万元" })).toBe("1234.567");
    expect(yuan({ amount: "12.50", unit: "元" })).toBe("12.5");
    expect(yuan({ amount: "0", unit: "元" })).toBe("0");
  });
});
