/** All figures as one dataset: whatever way it comes about, it is what the records say, byte for byte. */
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/basics/hash.ts";
import { dataPaths, type RootManifest, TABLES, type YearManifest } from "../../src/dataset/files.ts";
import { readReports, writeFigures, writeReports } from "../../src/dataset/parquet.ts";
import { type ReportRow, shardKey } from "../../src/dataset/row.ts";
import { cut, prefixOf } from "../../src/dataset/shards.ts";
import type { Money } from "../../src/form/amounts.ts";
import type { CellType } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { checkDataset } from "../../src/fsck/dataset.ts";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit, type Wanted } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";

const pages = machinePages("https://example.org");
const MOST = 3;
const contextOf = (store: MemoryStore, most = MOST): IndexContext => ({ store, pages, dataset: { most } });
const compact = (store: MemoryStore, most = MOST) => compactDataset({ store, most });

const bytesOf = (store: MemoryStore, path: string): Uint8Array => store.objects.get(`published/${path}`)!.body;
const json = <T>(store: MemoryStore, path: string): T =>
  JSON.parse(new TextDecoder().decode(bytesOf(store, path))) as T;

/** What lies under `published/data/`, by hash. */
const dataOf = (store: MemoryStore): Record<string, string> =>
  Object.fromEntries(
    [...store.objects]
      .filter(([key]) => key.startsWith("published/data/"))
      .map(([key, { body }]) => [key, sha256(body)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

async function rebuilt(store: MemoryStore, most = MOST): Promise<Record<string, string>> {
  const again = new MemoryStore();
  for (const [key, object] of store.objects) if (!key.startsWith("published/")) again.objects.set(key, object);
  await again.put("published/data/figures/2020/37/379.parquet", "stray", { contentType: "x" });
  await reindex(contextOf(again, most));
  return dataOf(again);
}

const DIVISIONS = ["370100", "370102", "371500", "330100"] as const;
const ORGANS = DIVISIONS.flatMap((division, d) =>
  Array.from({ length: 3 }, (_, i) => ({
    uscc: codeOf(division, i),
    name: i === 0 ? `某${d}市人民政府` : `某${d}市第${i}局`,
  })),
);

const rowsIn = (bytes: Uint8Array): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: bytes.slice().buffer });

async function everyRow(store: MemoryStore, table: "figures" | "reports"): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for (const year of json<RootManifest>(store, dataPaths.root).years)
    for (const { prefix } of json<YearManifest>(store, dataPaths.year(year)).shards)
      all.push(...(await rowsIn(bytesOf(store, dataPaths.file(table, year, prefix)))));
  return all;
}

const first: Wanted = {
  ...{ uscc: ORGANS[1]!.uscc, organ: ORGANS[1]!.name, year: 2020, version: 1, kind: "original", received: 9, day: 5 },
};

describe("a report in the dataset", () => {
  it("is a row of every figure, and one of all of them", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await indexPlaces([first], contextOf(store));
    await compact(store);
    const figures = await everyRow(store, "figures");
    expect(figures.map(({ cell, value }) => [cell, value])).toEqual([
      ["/requests/received/naturalPerson", 9],
      ["/requests/received/total", 9],
    ]);
    expect(figures[1]).toMatchObject({
      uscc: first.uscc,
      organ: first.organ,
      place: "山东省济南市",
      division: "370100",
      province: "37",
      year: 2020,
      edition: "2019",
      version: 1,
      current: true,
      withdrawn: false,
      addable: true,
      summed_in: "370100",
      table_label: "表三",
      row_label: "一、本年新收政府信息公开申请数量",
      column_label: "总计",
      computed: true,
    });
    const [report] = await everyRow(store, "reports");
    expect(report).toMatchObject({ requests_received_total: 9n, requests_received_natural_person: 9n, version: 1 });
    expect((report!["published_at"] as Date).toISOString()).toBe("2021-01-05T01:00:00.000Z");
  });

  it("keeps versions that were superseded or withdrawn, marked, and adds up none of them", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await commit(store, { ...first, version: 2, kind: "correction", received: 8 });
    await indexPlaces([first], contextOf(store));
    await compact(store);
    const told = async () =>
      (await everyRow(store, "reports")).map((r) => [
        ...[r["version"], r["current"], r["superseded_by"] ?? null, r["withdrawn"], r["addable"]],
        r["requests_received_total"],
      ]);
    expect(await told()).toEqual([
      [1, false, 2, false, false, 9n],
      [2, true, null, false, true, 8n],
    ]);
    await commit(store, { ...first, version: 3, kind: "withdrawal" });
    await indexPlaces([first], contextOf(store));
    await compact(store);
    expect(await told()).toEqual([
      [1, false, 2, false, false, 9n],
      [2, false, 3, true, false, 8n],
    ]);
    expect(await rebuilt(store)).toEqual(dataOf(store));
  });

  it("costs one small mark when it is published, and one shard to be taken up, however many there are", async () => {
    const calls: string[] = [];
    const store = new MemoryStore({ before: (operation, key) => void calls.push(`${operation} ${key}`) });
    const all = ORGANS.map(({ uscc, name }): Wanted => ({ ...first, uscc, organ: name }));
    for (const wanted of all) await commit(store, wanted);
    await indexPlaces(all, contextOf(store));
    await compact(store);
    await commit(store, { ...first, version: 2, kind: "correction", received: 1 });
    calls.length = 0;
    await indexPlaces([first], contextOf(store));
    const marks = calls.filter((call) => call.startsWith("put dataset/"));
    expect(marks).toHaveLength(1);
    expect(calls.filter((call) => call.includes("published/data/"))).toEqual([]);
    calls.length = 0;
    expect(await compact(store)).toMatchObject({ marks: 1, shards: 1, failed: [] });
    const written = calls
      .filter((call) => /^(put|create|replace|delete) /.test(call))
      .map((call) => call.split("/")[0]);
    // Both files, the year's manifest, its checksums, the prefecture's file of texts; and the mark is taken away.
    expect(written.sort()).toEqual([
      "delete dataset",
      ...["put published", "put published", "replace published", "replace published", "replace published"],
    ]);
    calls.length = 0;
    expect(await compact(store)).toMatchObject({ marks: 0, shards: 0 });
    expect(calls).toEqual(["list dataset/marks/"]);
  });

  it("tells its files by manifest and checksums", async () => {
    const store = new MemoryStore();
    const all = ORGANS.map(({ uscc, name }): Wanted => ({ ...first, uscc, organ: name }));
    for (const wanted of all) await commit(store, wanted);
    await indexPlaces(all, contextOf(store));
    await compact(store);
    const { shards } = json<YearManifest>(store, dataPaths.year(2020));
    expect(shards.map(({ prefix, organs }) => [prefix, organs])).toEqual([
      ["33", 3],
      ["370100", 3],
      ["370102", 3],
      ["371", 3],
    ]);
    const sums = new TextDecoder().decode(bytesOf(store, dataPaths.checksums(2020)));
    for (const shard of shards)
      for (const table of TABLES) {
        const path = dataPaths.file(table, 2020, shard.prefix);
        const bytes = bytesOf(store, path);
        expect(shard[table]).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes) });
        expect(shard[table].rows).toBe(Number(parquetMetadata(bytes.slice().buffer).num_rows));
        expect(sums).toContain(`${sha256(bytes)}  ${path.slice(5)}\n`);
      }
    expect(json(store, dataPaths.root)).toEqual({ format: 1, years: [2020], licence: null, schema: "schema.json" });
  });
});

describe("rows as Parquet", () => {
  const cellOfType = (type: CellType): string => formCells(formOf("2019")!).find((cell) => cell.type === type)!.pointer;
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  const money = fc.record({
    amount: fc
      .tuple(fc.nat({ max: 999_999_999 }), fc.option(fc.integer({ min: 1, max: 999_999 })))
      .map(([whole, rest]) => (rest === null ? String(whole) : `${whole}.${String(rest).padStart(6, "0")}`)),
    unit: fc.constantFrom("元" as const, "万元" as const),
  });
  const row: fc.Arbitrary<ReportRow> = fc
    .record({
      number: fc.nat({ max: 99 }),
      organ: text,
      kind: fc.option(fc.constantFrom("government", "department"), { nil: undefined }),
      summedIn: fc.option(fc.constant("370100"), { nil: undefined }),
      supersededBy: fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined }),
      withdrawn: fc.boolean(),
      signed: fc.option(fc.constantFrom("2021-01-20", "2020-02-29"), { nil: undefined }),
      received: fc.option(fc.nat(), { nil: undefined }),
      change: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined }),
      money: fc.option(money, { nil: undefined }),
    })
    .map(({ number, organ, kind, summedIn, supersededBy, signed, withdrawn, received, change, money: paid }) => ({
      uscc: codeOf("370100", number),
      organ,
      division: "370100",
      place: "某市",
      year: 2020,
      edition: "2019",
      version: 1,
      placing: { ...(kind ? { kind } : {}), ...(summedIn ? { summedIn } : {}) },
      ...(supersededBy ? { supersededBy } : {}),
      withdrawn,
      redacted: false,
      records: 1,
      publishedAt: Date.parse("2021-01-20T09:00:00+08:00"),
      ...(signed ? { signed } : {}),
      figures: new Map<string, number | Money>([
        ...(received === undefined ? [] : [["/requests/received/total", received] as const]),
        ...(change === undefined ? [] : [[cellOfType("signed"), change] as const]),
        ...(paid === undefined ? [] : [[cellOfType("money"), paid] as const]),
      ]),
    }));

  it("are read as they were written, and written the same again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const bytes = writeReports(rows);
        const read = await readReports(bytes);
        expect(read).toEqual(rows);
        expect(Buffer.compare(writeReports(read!), bytes)).toBe(0);
        expect(Buffer.compare(writeFigures(read!).bytes, writeFigures(rows).bytes)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("are not taken from another program's file, nor from what is none", async () => {
    expect(await readReports(new Uint8Array([1, 2, 3]))).toBeUndefined();
    expect(await readReports(writeFigures([]).bytes)).toBeUndefined();
  });
});

describe("shards", () => {
  const codes = fc.uniqueArray(fc.tuple(fc.constantFrom(...DIVISIONS), fc.nat({ max: 40 })), {
    selector: ([division, number]) => `${division}${number}`,
    maxLength: 60,
  });
  it("are cut by what is in them alone: none is too large, none could be whole, and each organ has one", () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 1, max: 9 }), (all, most) => {
        const usccs = all
          .map(([division, number]) => codeOf(division, number))
          .filter((code) => code.slice(2, 4) === "37");
        const shards = cut(usccs, (uscc) => uscc, "37", most);
        expect([...shards.values()].flat().sort()).toEqual([...usccs].sort());
        const prefixes = [...shards.keys()];
        for (const [prefix, own] of shards) {
          expect(own.length).toBeLessThanOrEqual(most);
          if (prefix.length > 2)
            expect(usccs.filter((uscc) => shardKey(uscc).startsWith(prefix.slice(0, -1))).length).toBeGreaterThan(most);
          for (const uscc of own) expect(prefixOf(uscc, prefixes)).toBe(prefix);
        }
      }),
    );
  });
});

interface Step {
  readonly organ: number;
  readonly year: number;
  readonly withdraw: boolean;
  readonly received: number;
  /** In the place of a publication: which of the organs a roster of 370000 has, and whether the first governs them. */
  readonly roster: number | null;
}
const step: fc.Arbitrary<Step> = fc.record({
  organ: fc.nat({ max: ORGANS.length - 1 }),
  year: fc.constantFrom(2020, 2021),
  withdraw: fc.boolean(),
  received: fc.nat({ max: 3 }),
  roster: fc.option(fc.nat({ max: 7 }), { freq: 6 }),
});

/** Organs of a roster over 370000: some departments stand under the government of another division. */
const rosterOf = (chosen: number): Organ[] =>
  ORGANS.filter(({ uscc }) => uscc.startsWith("1137")).flatMap(({ uscc, name }, i): Organ[] => {
    const division = uscc.slice(2, 8);
    const government = codeOf(chosen % 2 === 0 ? division : "370100", 0);
    if (i % 5 === chosen % 5 && i % 3 !== 0) return [];
    return i % 3 === 0
      ? [{ uscc, name, kind: "government" }]
      : [{ uscc, name, kind: i % 2 === 0 ? "department" : "other", superior: government }];
  });

describe("however it comes about", () => {
  it("is what a rebuild from the records makes, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 16 }),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        fc.scheduler(),
        async (steps, chance, scheduler) => {
          const random = (below: number): number => chance.next().value! % below;
          const store = new MemoryStore({ before: () => scheduler.schedule(Promise.resolve()) });
          const latest = new Map<string, Wanted>();
          const work: Promise<unknown>[] = [];
          let roster = 0;
          for (const { organ, year, withdraw, received, roster: chosen } of steps) {
            const { uscc, name } = ORGANS[organ]!;
            if (chosen !== null) {
              const saved = saveRoster(
                store,
                { division: "370000", version: roster, organs: rosterOf(chosen) },
                { savedAt: "2022-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" },
              );
              roster = (await scheduler.waitFor(saved)).standing!.version;
              work.push(indexPlaces([], contextOf(store), ["370000"]));
            } else {
              const before = latest.get(`${uscc}/${year}`);
              const kind = !before
                ? "original"
                : withdraw && before.kind !== "withdrawal"
                  ? "withdrawal"
                  : "correction";
              const version = (before?.version ?? 0) + 1;
              const wanted: Wanted = { uscc, year, version, kind, organ: name, received, day: 1 + random(28) };
              latest.set(`${uscc}/${year}`, wanted);
              await scheduler.waitFor(commit(store, wanted));
              work.push(indexPlaces([wanted], contextOf(store)));
            }
            // Several compact at once, some while others index.
            for (let i = random(3); i > 0; i -= 1) work.push(compact(store));
            // What is being taken up is no fault.
            if (random(2) === 0) work.push(checkDataset(store, false).then((found) => expect(found).toEqual([])));
            if (random(3) === 0) await scheduler.waitFor(Promise.all(work));
          }
          await scheduler.waitFor(Promise.all(work));
          await scheduler.waitFor(compact(store));
          expect([...store.objects.keys()].filter((key) => key.startsWith("dataset/"))).toEqual([]);
          expect(dataOf(store)).toEqual(await rebuilt(store));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("leaves nothing of a province in which nothing is published any more", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await indexPlaces([first], contextOf(store));
    await compact(store);
    const whole = dataOf(store);
    const strays = ["data/reports/2020/33/33.parquet", "data/figures/2019/33/33.parquet", "texts/3301/2020.bin"];
    for (const path of strays) await store.put(`published/${path}`, "stray", { contentType: "x" });
    expect([...(await reindex(contextOf(store))).removed].sort()).toEqual([...strays].sort());
    expect(dataOf(store)).toEqual(whole);
  });

  it("is put right after a compaction that stopped at any request", async () => {
    const all = ORGANS.slice(0, 6).map(({ uscc, name }): Wanted => ({ ...first, uscc, organ: name }));
    for (let stop = 1; ; stop += 1) {
      let calls = Number.NEGATIVE_INFINITY;
      let stopped = false;
      const store: MemoryStore = new MemoryStore({
        before: () => {
          calls += 1;
          if (calls !== stop) return;
          stopped = true;
          throw new Error("stopped");
        },
      });
      for (const wanted of all) await commit(store, wanted);
      await indexPlaces(all.slice(0, 3), contextOf(store));
      await compact(store);
      await indexPlaces(all.slice(3), contextOf(store));
      calls = 0;
      await compact(store).catch(() => undefined);
      if (!stopped) break;
      calls = Number.POSITIVE_INFINITY;
      await compact(store);
      expect(dataOf(store)).toEqual(await rebuilt(store));
    }
  });

  it("reads a shard from the records again that was lost or is of another program", async () => {
    const store = new MemoryStore();
    const all = ORGANS.map(({ uscc, name }): Wanted => ({ ...first, uscc, organ: name }));
    for (const wanted of all) await commit(store, wanted);
    await indexPlaces(all, contextOf(store));
    await compact(store);
    const whole = dataOf(store);
    const [lost, strange] = ["370100", "33"].map((prefix) => `published/${dataPaths.file("reports", 2020, prefix)}`);
    store.objects.delete(lost!);
    await store.put(strange!, "PAR1 of another program", { contentType: "x" });
    for (const { uscc } of [ORGANS[0]!, ORGANS.at(-1)!]) await indexPlaces([{ uscc, year: 2020 }], contextOf(store));
    await compact(store);
    expect(dataOf(store)).toEqual(whole);
  });

  it("is looked at by fsck: a file that was changed or lost is found, and made again", async () => {
    const store = new MemoryStore();
    const all = ORGANS.map(({ uscc, name }): Wanted => ({ ...first, uscc, organ: name }));
    for (const wanted of all) await commit(store, wanted);
    await indexPlaces(all, contextOf(store));
    await compact(store);
    expect(await checkDataset(store, false)).toEqual([]);
    const whole = dataOf(store);
    const [figures, reports] = [dataPaths.file("figures", 2020, "33"), dataPaths.file("reports", 2020, "370100")];
    await store.put(`published/${figures}`, "spoilt", { contentType: "x" });
    store.objects.delete(`published/${reports}`);
    const keys = (await checkDataset(store, true)).map(({ key, mended }) => [key, mended]);
    expect(keys).toEqual([
      [`published/${figures}`, true],
      [`published/${reports}`, true],
    ]);
    await compact(store);
    expect(dataOf(store)).toEqual(whole);
    expect(await checkDataset(store, false)).toEqual([]);
  });

  it("has no fault while it is taken up, whichever of its files is there already", async () => {
    for (let at = 1, met = true; met; at += 1) {
      met = false;
      let calls = 0;
      const store: MemoryStore = new MemoryStore({
        before: async (_operation, key) => {
          if (!looking || met || !key.startsWith("published/data/")) return;
          calls += 1;
          if (calls !== at) return;
          // A publication, listed and taken up between two of the requests that look at the dataset.
          met = true;
          await commit(store, { ...first, year: 2020, version: 2, kind: "correction", received: 5 });
          await indexPlaces([first], contextOf(store));
          await compact(store);
        },
      });
      let looking = false;
      await commit(store, first);
      await indexPlaces([first], contextOf(store));
      await compact(store);
      looking = true;
      expect(await checkDataset(store, false)).toEqual([]);
    }
  });

  it("leaves a place that cannot be read for later, and takes up the others", async () => {
    const store = new MemoryStore();
    await commit(store, first);
    await commit(store, { ...first, year: 2021, received: 77 });
    for (const wanted of [first, { ...first, year: 2021 }]) await indexPlaces([wanted], contextOf(store));
    const lost = [...store.objects].filter(
      ([key, { body }]) => key.startsWith("artefacts/") && new TextDecoder().decode(body).includes("77"),
    );
    for (const [key] of lost) store.objects.delete(key);
    const done = await compact(store);
    expect(done.failed.map(({ place }) => place.year)).toEqual([2021]);
    expect(json<RootManifest>(store, dataPaths.root).years).toEqual([2020]);
    for (const [key, object] of lost) store.objects.set(key, object);
    expect((await compact(store)).failed).toEqual([]);
    expect(await rebuilt(store)).toEqual(dataOf(store));
  });
});
