import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fsck, fsckRest, fsckShard, openLook } from "../../src/fsck/fsck.ts";
import { listShards } from "../../src/fsck/organs.ts";
import { NOTHING, type Problem, sum } from "../../src/fsck/problems.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { keysOf } from "../../src/sequence/identity.ts";
import { beginnings } from "../../src/store/beginnings.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";

const pages = machinePages("https://example.org");
const log = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(1))] };
const ORGANS = [
  ["11370100MB28560001", "济南市财政局"],
  ["12370100MB28560002", "济南市图书馆"],
  ["11371500MB28560004", "聊城市教育局"],
  ["11330100MB28560005", "杭州市人民政府"],
  ["21330100MB28560006", "杭州市档案局"],
] as const;

/** A store with everything published, in the log. */
async function published(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [uscc, organ] of ORGANS)
    for (const year of [2022, 2023])
      await commit(store, { uscc, year, version: 1, kind: "original", organ, received: 1, day: 3 });
  await reindex({ store, pages, log: async () => log });
  return store;
}

describe("fsck by shards", () => {
  it("finds what the look at everything finds, whatever is wrong and in whichever order the shards come", async () => {
    const whole = await published();
    const options = { log: keysOf(log), grace: 0, settle: 0, now: () => new Date("2026-01-01T00:00:00Z") };
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...whole.objects.keys()), { maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (harmed, gone, strange, chance) => {
          const store = new MemoryStore();
          for (const [key, object] of whole.objects) store.objects.set(key, object);
          for (const key of harmed)
            if (gone) store.objects.delete(key);
            else await store.put(key, "harmed", { contentType: "text/plain" });
          if (strange)
            for (const key of ["records/x", "records/xy/2020/1"]) await store.put(key, "", { contentType: "" });
          const expected: Problem[] = [];
          const tally = await fsck(store, { ...options, onProblem: (problem) => void expected.push(problem) });

          const found: Problem[] = [];
          const look = await openLook(store, { ...options, onProblem: (problem) => void found.push(problem) });
          const listed = await listShards(store);
          const order = listed
            .map((shard) => [chance.next().value!, shard] as const)
            .sort(([a], [b]) => a - b)
            .map(([, shard]) => shard);
          let parts = NOTHING;
          for (const shard of order) parts = sum(parts, await fsckShard(store, shard, look));
          parts = sum(parts, await fsckRest(store, order, look));
          expect(parts).toEqual(tally);
          const sorted = (problems: readonly Problem[]) => problems.map((p) => JSON.stringify(p)).sort();
          expect(sorted(found)).toEqual(sorted(expected));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("beginnings of keys", () => {
  it("are all found, each once, however many keys begin alike", async () => {
    const store = new MemoryStore();
    const put = (key: string) => store.put(key, "", { contentType: "text/plain" });
    for (const kind of ["aa", "ab", "b"]) for (let i = 0; i < 2500; i += 1) await put(`x/${kind}${i}`);
    await put("x/ab行政");
    await put("x/a");
    await put("y/zz");
    const found: string[] = [];
    for await (const beginning of beginnings(store, "x/", 2)) found.push(beginning);
    const two = new Set([...store.objects.keys()].filter((key) => key.startsWith("x/")).map((key) => key.slice(2, 4)));
    expect(found).toEqual([...two].sort());
  });

  it("are found without a listing of all that begins with them", async () => {
    let rows = 0;
    class Counting extends MemoryStore {
      override async *list(...of: Parameters<MemoryStore["list"]>) {
        for await (const row of super.list(...of)) {
          rows += 1;
          yield row;
        }
      }
    }
    const store = new Counting();
    for (let i = 0; i < 9000; i += 1) await store.put(`x/${i % 2}${i}`, "", { contentType: "text/plain" });
    const found: string[] = [];
    for await (const beginning of beginnings(store, "x/", 1)) found.push(beginning);
    expect(found).toEqual(["0", "1"]);
    expect(rows).toBeLessThan(2100);
  });
});
