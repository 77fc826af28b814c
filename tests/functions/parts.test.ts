/** A rebuild and a round of fsck, by the state machines and the bundles that are deployed, over the embedded store. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { packed } from "../../functions/fsck-steps.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem, Tally } from "../../src/fsck/problems.ts";
import { allPages, machinePages } from "../../src/index/pages.ts";
import type { Rebuilt } from "../../src/index/rebuild/rebuilt.ts";
import { reindex } from "../../src/index/reindex.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { vkeyOf } from "../../src/log/note.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { recordKey } from "../../src/publish/record.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import type { Store } from "../../src/store/store.ts";
import { global, template } from "../infra/support.ts";
import { loadBundle } from "../support/bundle.ts";
import { startJobsBucket } from "../support/jobs-bucket.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";
import { definitionOf, runMachine } from "../support/states.ts";

const url = "https://example.org";
const pages = allPages(machinePages(url), portalPages({ publicUrl: url }));
const LOG: LogIdentity = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(7))] };
const DIVISIONS = ["990000", "990100", "980100"];
const by = { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" };
const organs = DIVISIONS.map((division, i) => ({
  uscc: codeOf(division, 1),
  name: `${division}人民政府`,
  kind: "government" as const,
  received: i,
}));

/** Records, files and a roster, nothing derived. */
async function source(): Promise<MemoryStore> {
  const store = new MemoryStore();
  await saveRoster(
    store,
    { division: "990000", organs: organs.slice(0, 2).map(({ received: _, ...organ }) => organ) },
    by,
  );
  for (const { uscc, name, received } of organs)
    for (const year of [2023, 2024])
      await commit(store, { uscc, year, version: 1, kind: "original", organ: name, received, day: 5 + received });
  return store;
}

/** Milliseconds for several rebuilds over a store that keeps all on the disk, on a machine that is busy with other tests. */
const PATIENCE = 240_000;

/** Every object, as far as it is derived or not of a job. */
async function contentsOf(store: Store, prefixes: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const prefix of prefixes)
    for await (const { key } of store.list(prefix))
      found[key] = Buffer.from((await store.get(key))?.body ?? []).toString("base64");
  return found;
}

async function copyTo(to: Store, from: Store): Promise<void> {
  for (const prefix of ["artefacts/", "drafts/", "fsck/", "office/", "published/", "records/", "rosters/"])
    for await (const { key } of from.list(prefix)) {
      const object = await from.get(key);
      if (object) await to.put(key, object.body, object.headers);
    }
}

const outcomeOf = async <T>(store: Store, job: string): Promise<T> =>
  JSON.parse(new TextDecoder().decode((await store.get(`work/${job}/outcome.json`))?.body)) as T;

type Handler = (event: unknown, context?: unknown) => Promise<unknown>;

describe("in parts, by the machines and the bundles that are deployed", () => {
  let store: Store;
  let whole: MemoryStore;
  let rebuilt: Rebuilt;
  const steps: string[] = [];
  const machine = async (id: RegExp, bundle: string, job: string): Promise<unknown> => {
    const { handler } = await loadBundle<{ readonly handler: Handler }>(bundle);
    const world = { bucket: store, invoke: (_: string, payload: unknown) => handler(payload, {}) };
    return runMachine(definitionOf(template(global), id), { job }, { ...world, onStep: (name) => steps.push(name) });
  };

  beforeAll(async () => {
    store = await startJobsBucket();
    const [vkey] = keysOf(LOG).map(vkeyOf);
    // One bucket for both: what lies between the steps is under a prefix of its own.
    Object.assign(process.env, { JOBS_BUCKET: process.env["BUCKET"], TLOG_KEYS: vkey, POWERTOOLS_DEV: "true" });
    const from = await source();
    whole = await source();
    rebuilt = await reindex({ store: whole, pages, dataset: {} });
    await copyTo(store, from);
  });

  it(
    "a rebuild gives the bytes of one machine, and what it says it did",
    async () => {
      await machine(/^Rebuild/, "rebuild", "rebuild-1");
      expect([...new Set(steps)]).toEqual([
        ...["List divisions", "Divisions", "Divisions a part", "Provinces", "Provinces a part", "Root"],
      ]);
      const derived = ["published/", "office/"];
      expect(await contentsOf(store, derived)).toEqual(await contentsOf(whole, derived));
      expect(await outcomeOf<Rebuilt>(store, "rebuild-1")).toEqual(rebuilt);
    },
    PATIENCE,
  );

  it(
    "a rebuild says which places it could not read, once all else is done",
    async () => {
      const uscc = organs[2]?.uscc ?? "";
      const key = recordKey(uscc, 2024, 1);
      const sound = await store.get(key);
      await store.put(key, "{}", { contentType: "application/json" });
      await expect(machine(/^Rebuild/, "rebuild", "rebuild-2")).rejects.toThrow(`${uscc}/2024`);
      const { failed } = await outcomeOf<Rebuilt>(store, "rebuild-2");
      expect(new Set(failed.map((place) => `${place.uscc}/${place.year}`))).toEqual(new Set([`${uscc}/2024`]));
      await store.put(key, sound?.body ?? "", { contentType: "application/json" });
      await machine(/^Rebuild/, "rebuild", "rebuild-3");
    },
    PATIENCE,
  );

  it(
    "a round of fsck mends and finds what one machine does, log and all, and fails the execution for what is wrong",
    async () => {
      await reindex({ store, pages, dataset: {}, log: async () => LOG });
      await store.delete(`published/${organs[0]?.uscc}/2023/report.json`);
      await store.put(`records/${organs[1]?.uscc}/strange`, "", { contentType: "text/plain" });
      const copy = new MemoryStore({ modified: () => Date.now() });
      await copyTo(copy, store);
      const problems: Problem[] = [];
      const onProblem = (problem: Problem) => void problems.push(problem);
      const options = { log: keysOf(LOG), mend: true, sweep: true, onProblem };
      const expected = await fsck(copy, options);
      expect(expected.problems).toBeGreaterThan(0);

      steps.length = 0;
      await expect(machine(/^Check/, "fsck", "check-1")).rejects.toThrow(/ProblemsFoundError|处问题/);
      expect([...new Set(steps)]).toEqual(["List shards", "Shards", "Shards a part", "Rest"]);
      const outcome = await outcomeOf<{ readonly tally: Tally; readonly problems: readonly Problem[] }>(
        store,
        "check-1",
      );
      expect(outcome.tally).toEqual(expected);
      const byKey = (some: readonly Problem[]) => some.map((problem) => JSON.stringify(problem)).sort();
      expect(byKey(outcome.problems)).toEqual(byKey(problems));

      await store.delete(`records/${organs[1]?.uscc}/strange`);
      expect(await machine(/^Check/, "fsck", "check-2")).toMatchObject({ problems: 0, organs: organs.length });
    },
    PATIENCE,
  );

  it("is refused with what it is not", async () => {
    for (const [bundle, event] of [
      ["rebuild", {}],
      ["rebuild", { step: "constructor", job: "a" }],
      ["rebuild", { step: "division", job: "../a", part: "00000" }],
      ["rebuild", { step: "division", job: "a", part: "../../records" }],
      ["fsck", { step: "shards", job: "a" }],
      ["fsck", { step: "__proto__" }],
    ] as const) {
      const { handler } = await loadBundle<{ readonly handler: Handler }>(bundle);
      await expect(handler(event, {}), JSON.stringify(event)).rejects.toThrow(TypeError);
    }
  });
});

describe("shards are packed", () => {
  it("each once, in their order, into parts of a size that as many as may run share out, none too large", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 500 }),
        (counts, atOnce) => {
          const records = new Map(counts.map((count, i) => [String(i), count]));
          const parts = packed(records, atOnce);
          expect(parts.flat()).toEqual([...records.keys()]);
          const total = counts.reduce((a, b) => a + b, 0);
          const size = Math.min(7500, Math.max(1000, Math.ceil(total / atOnce)));
          for (const part of parts) {
            const records = part.map((shard) => counts[Number(shard)] ?? 0).reduce((a, b) => a + b, 0);
            expect(part.length === 1 || records <= size).toBe(true);
          }
          // No two that follow each other would have fitted into one.
          for (const [i, part] of parts.slice(1).entries())
            expect(
              [...(parts[i] ?? []), part[0] ?? ""].reduce((sum, shard) => sum + (counts[Number(shard)] ?? 0), 0),
            ).toBeGreaterThan(size);
        },
      ),
    );
  });
});
