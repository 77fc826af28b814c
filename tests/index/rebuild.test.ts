/** A rebuild in phases: by division, by province, the root. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { allPages, machinePages } from "../../src/index/pages.ts";
import { reindexDivision } from "../../src/index/rebuild/division.ts";
import { reindexLate } from "../../src/index/rebuild/late.ts";
import { listDivisions } from "../../src/index/rebuild/plan.ts";
import { type Rebuilt, together } from "../../src/index/rebuild/rebuilt.ts";
import { reindexConstant, reindexRoot } from "../../src/index/rebuild/root.ts";
import { rebuilder, reindexOfProvince, tasksOfProvince } from "../../src/index/rebuild/tasks.ts";
import { rebuild, reindex } from "../../src/index/reindex.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { passingLedger } from "../../src/resumable/ledger.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit, type Wanted } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";

const url = "https://example.org";
const pages = allPages(machinePages(url), portalPages({ publicUrl: url }));
const HTML = { contentType: "text/html; charset=utf-8" };

/** Two provinces, five divisions; over three of them a roster of the province, with an organ that never publishes. */
const DIVISIONS = ["990000", "990100", "990102", "980100", "980200"];
const organs: readonly Organ[] = DIVISIONS.flatMap((division) => [
  { uscc: codeOf(division, 1), name: `${division}人民政府`, kind: "government" as const },
  { uscc: codeOf(division, 2), name: `${division}教育局`, kind: "department" as const, superior: codeOf(division, 1) },
]);
const silent: Organ = {
  uscc: codeOf("990103", 9),
  name: "990103档案局",
  kind: "department",
  superior: codeOf("990100", 1),
};
const roster = {
  division: "990000",
  organs: [...organs.filter(({ uscc }) => uscc.slice(2, 4) === "99"), silent],
};
const by = { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" };

/** The dataset's files are cut where more than so many organs would be in one. */
const dataset = { most: 3 };
const contextOf = (store: MemoryStore): IndexContext => ({ store, pages, dataset });

/** Everything that readers and the desk get. */
const derived = (store: MemoryStore) => ({ ...store.contents("published/"), ...store.contents("office/") });
/** The same, and what the phases noted for each other. */
const remains = (store: MemoryStore) => ({ ...derived(store), ...store.contents("rebuild/") });
const copyOf = (store: MemoryStore): MemoryStore => {
  const copy = new MemoryStore();
  for (const [key, object] of store.objects) copy.objects.set(key, object);
  return copy;
};

let source: MemoryStore;
let whole: ReturnType<typeof remains>;
let once: Rebuilt;
beforeAll(async () => {
  source = new MemoryStore();
  await saveRoster(source, roster, by);
  for (const [i, { uscc, name }] of organs.entries()) {
    const first: Wanted = { uscc, year: 2024, version: 1, kind: "original", organ: name, received: i, day: 10 + i };
    await commit(source, first);
    if (i % 3 === 0) await commit(source, { ...first, version: 2, kind: "correction", received: 40, day: 40 - i });
    if (i % 2 === 0) await commit(source, { ...first, year: 2023, day: 5 });
  }
  const store = copyOf(source);
  once = await reindex(contextOf(store));
  whole = remains(store);
});

/** All phases, what is of divisions and of provinces in an order of its own and side by side. */
async function inPhases(
  store: MemoryStore,
  shuffled: <T>(items: readonly T[]) => T[],
  atOnce: number,
): Promise<Rebuilt> {
  const context = contextOf(store);
  let done = await reindexConstant(context);
  const { divisions, provinces, rosters } = await listDivisions(store);
  const each = async <T>(items: readonly T[], work: (item: T) => Promise<Rebuilt>): Promise<void> => {
    const rest = shuffled(items);
    while (rest.length > 0)
      for (const more of await Promise.all(rest.splice(0, atOnce).map(work))) done = together(done, more);
  };
  await each(divisions, (shard) => reindexDivision(context, shard));
  await each(provinces.flatMap(tasksOfProvince), (task) => reindexOfProvince(context, task));
  return together(done, await reindexRoot(context, rosters));
}

/** Files that a rebuild makes again whatever lies there; those of versions it writes where there are none. */
const remade = fc.nat().map((n) => {
  const keys = Object.keys(whole).filter((key) => !/^published\/\w{18}\/\d{4}\//.test(key));
  return keys[n % keys.length]!;
});

describe("phases of a rebuild", () => {
  it("give the bytes of the single pass in any order of divisions and provinces, however many run at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 6 }),
        fc.uniqueArray(remade, { maxLength: 5 }),
        async (chance, atOnce, there) => {
          const store = copyOf(source);
          // Some of it is there already, right or wrong.
          for (const [i, key] of there.entries())
            await store.put(key, i % 2 === 0 ? "{}" : whole[key]!.body, whole[key]!.headers);
          const shuffled = <T>(items: readonly T[]): T[] =>
            items
              .map((item) => [chance.next().value!, item] as const)
              .sort(([a], [b]) => a - b)
              .map(([, item]) => item);
          const done = await inPhases(store, shuffled, atOnce);
          expect(remains(store)).toEqual(whole);
          expect(done).toMatchObject({ organs: 10, places: 15, divisions: 6, removed: [], failed: [] });
          // Once more: nothing is left to do.
          const again = await inPhases(store, shuffled, atOnce);
          expect(again).toMatchObject({ written: 0, unchanged: once.unchanged + once.written, removed: [] });
        },
      ),
      { numRuns: 12 },
    );
  });

  it("remove what no record leads to any more: of organs, divisions and provinces", async () => {
    const store = copyOf(source);
    const stray = [
      `${codeOf("990100", 77)}/index.html`,
      `${codeOf("970100", 1)}/index.json`,
      "divisions/970100/2020.html",
      "divisions/990100/2001.json",
      "divisions/old.html",
      "sitemaps/970100/organs.xml",
      "sitemaps/97.xml",
      "sitemaps/x.xml",
      "provinces/97.json",
      "provinces/97/2020.organs.csv",
      "provinces/99/2001.json",
      "provinces/all.html",
      "search/97.json",
      "data/figures/2001/99/99.parquet",
      "data/reports/2024/97/97.parquet",
      "data/2001.json",
      "texts/9901/2001.bin",
      "texts/9701/2020.bin",
    ];
    const notes = ["990100/2001.json", "990100/2001.bin", "970100/2024.json", "970100/2024.bin"];
    for (const note of notes) await store.put(`rebuild/places/${note}`, "stray", HTML);
    for (const path of stray) await store.put(`published/${path}`, "stray", HTML);
    await store.put("office/970100/2020.json", "{}", HTML);
    await store.put("rebuild/recent/970100.json", '{"entries":[{"uscc":"x","publishedAt":"2099"}]}', HTML);
    const done = await reindex(contextOf(store));
    expect([...done.removed].sort()).toEqual(stray.sort());
    expect(remains(store)).toEqual(whole);
  });

  it("remove the dataset, the texts and the notes for them where none are kept", async () => {
    const store = copyOf(source);
    await reindex(contextOf(store));
    await reindex({ store, pages });
    const isOfDataset = (key: string): boolean =>
      /^(published\/(data\/(figures|reports|manifest|\d)|texts\/)|rebuild\/(data|places)\/)/.test(key);
    const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => !isOfDataset(key)));
    expect(Object.keys(rest).length).toBeLessThan(Object.keys(whole).length);
    expect(remains(store)).toEqual(rest);
  });

  it("give the same bytes to any number at once, as soon as a province's divisions are done", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.scheduler(), async (atOnce, scheduler) => {
        const store = copyOf(source);
        const work = rebuilder(contextOf(store), false);
        const finished: string[] = [];
        const done = scheduler.waitFor(
          rebuild(contextOf(store), {
            ...{ atOnce, ledger: passingLedger(), signal: new AbortController().signal },
            work: async (task) => {
              await scheduler.schedule(Promise.resolve());
              const answer = await work(task);
              if (task.phase === "division") finished.push(task.shard.division);
              else {
                const own = [...DIVISIONS, "990103"].filter((division) => division.startsWith(task.province));
                expect(finished).toEqual(expect.arrayContaining(own));
              }
              return answer;
            },
          }),
        );
        expect(await done).toEqual(once);
        expect(remains(store)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it("end without waiting for what nobody does when a division fails", async () => {
    const store = copyOf(source);
    const began: string[] = [];
    const rebuilding = rebuild(contextOf(store), {
      ...{ atOnce: 6, ledger: passingLedger(), signal: new AbortController().signal },
      work: async (task) => {
        began.push(task.phase);
        if (task.phase === "division" && task.shard.division === "980200") throw new Error("the store is gone");
        return {};
      },
    });
    await expect(rebuilding).rejects.toThrow("the store is gone");
    expect(began).toEqual(Array.from({ length: 6 }, () => "division"));
  });

  it.each([
    ["list", "published/11990100", "after its organs were listed"],
    ["create", "published/divisions/990100/index.json", "before its lists are written"],
    ["get", "published/data/reports/2024/99/990100.parquet", "before its rows are written"],
  ])("leave what was published while they ran, and index it at the end (%s %s: %s)", async (operation, key) => {
    const late: Wanted = {
      uscc: codeOf("990100", 50),
      year: 2024,
      version: 1,
      kind: "original",
      organ: "990100体育局",
      received: 3,
      day: 60,
    };
    const began = 3600_000;
    let publish: (() => Promise<void>) | undefined;
    const store = new MemoryStore({
      modified: () => began,
      before: async (...request) => {
        if (request[0] !== operation || request[1] !== key) return;
        const now = publish;
        publish = undefined;
        await now?.();
      },
    });
    for (const [key, object] of source.objects) store.objects.set(key, object);
    const context = contextOf(store);
    publish = async () => {
      await commit(store, late);
      await indexPlaces([late], context);
    };
    const { divisions, provinces, rosters } = await listDivisions(store);
    for (const shard of divisions) await reindexDivision(context, shard);
    for (const task of provinces.flatMap(tasksOfProvince)) await reindexOfProvince(context, task);
    await reindexRoot(context, rosters);
    expect(store.objects.has(`published/${late.uscc}/index.json`)).toBe(true);
    await reindexLate(context, began);
    await compactDataset({ store, ...dataset });
    const expected = copyOf(source);
    await commit(expected, late);
    await reindex(contextOf(expected));
    expect(derived(store)).toEqual(derived(expected));
  });
});
