import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBundle } from "../../src/log/bundle.ts";
import { openCheckpoint } from "../../src/log/checkpoint.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { readEntry } from "../../src/log/entry.ts";
import { leafHash } from "../../src/log/hash.ts";
import { readVkey } from "../../src/log/note.ts";
import { type TreeHead, verifyConsistency, verifyInclusion } from "../../src/log/proof.ts";
import { nodesOfTiles } from "../../src/log/tiles.ts";
import { consistencyProof, inclusionProof, rootOf } from "../../src/log/tree.ts";
import { logOf, proveRecord, readHead, recordOfFile, type SiteReader } from "../../src/log/verify.ts";
import type { PublicationRecord } from "../../src/publish/record.ts";
import { entryOf } from "../../src/sequence/entry-of.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { batchKey, CHECKPOINT_KEY, leafKey, logKey, logReader, PUBLIC_KEY_KEY } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import type { Store } from "../../src/store/store.ts";
import { FAULTS, type Fault, FaultyStore, seeded, Wire } from "../support/faulty-store.ts";
import { MemoryStore } from "../support/memory-store.ts";

const log: LogIdentity = { origin: "reports.example.cn/log", signers: [await signerOf(new Uint8Array(32).fill(7))] };
const keys = keysOf(log);

/** A record of the nth place. */
const recordOf = (n: number, version = 1): PublicationRecord => ({
  format: 1,
  uscc: `11330100${String(n).padStart(10, "0")}`,
  year: 2025,
  version,
  kind: version === 1 ? "original" : "correction",
  edition: "2021",
  organ: "示例机关",
  submission: "0".repeat(64),
  previous: null,
  explanations: {},
  filedBy: { issuer: "test", subject: "clerk" },
  artefacts: [{ name: "report.pdf", sha256: "a".repeat(64), size: 1, contentType: "application/pdf" }],
  findings: [],
  publishedAt: "2026-01-20T09:00:00+08:00",
  program: "test",
});
const recordsOf = (from: number, to: number): PublicationRecord[] =>
  Array.from({ length: to - from }, (_, i) => recordOf(from + i));

const text = (store: MemoryStore, at: string): string => new TextDecoder().decode(store.objects.get(at)?.body);

/** The log from its static files alone, all of it: its head and what it has of each record. */
async function readAll(store: Store): Promise<TreeHead & { readonly entries: readonly string[] }> {
  const object = await store.get(CHECKPOINT_KEY);
  if (!object) return { size: 0, root: new Uint8Array(), entries: [] };
  const { size, root } = (await openCheckpoint(new TextDecoder().decode(object.body), keys))!;
  const read = logReader(store);
  expect(await rootOf(size, nodesOfTiles(size, read))).toEqual(root);
  const entries: string[] = [];
  const nodes = nodesOfTiles(size, read);
  for (let bundle = 0; bundle * 256 < size; bundle += 1)
    for (const bytes of await readBundle(bundle, size, read)) {
      expect(await nodes(0, entries.length)).toEqual(leafHash(bytes));
      const entry = readEntry(bytes)!;
      const leaf = await store.get(leafKey(entry, entry.version));
      expect(JSON.parse(new TextDecoder().decode(leaf!.body))).toEqual({ index: entries.length });
      entries.push(`${entry.uscc} ${entry.version} ${entry.record}`);
    }
  return { size, root, entries };
}
const namesOf = (records: readonly PublicationRecord[]): string[] =>
  records.map((record) => `${record.uscc} ${record.version} ${entryOf(record).record}`);

/** Each record's proof beside its files, and what leads there: by what a reader has who knows the log's key. */
async function expectProven(store: Store, records: readonly PublicationRecord[]): Promise<void> {
  const site: SiteReader = async (path) => (await store.get(`published/${path}`))?.body;
  const head = await readHead(logOf(site), keys);
  for (const record of records) {
    const proven = await proveRecord(record, record.version, head, site);
    expect(proven?.entry).toEqual(entryOf(record));
    expect(await openCheckpoint(proven!.proof.checkpoint, keys)).toBeDefined();
  }
  const { sha256 } = records[0]!.artefacts[0]!;
  expect(await recordOfFile(sha256, logOf(site))).toBeDefined();
}

describe("the sequencer", () => {
  it("gives each record one entry, with the hashes of record and files and nothing private", async () => {
    const store = new MemoryStore();
    const records = [recordOf(1), recordOf(1, 2), recordOf(2)];
    await appendRecords(store, log, records);
    await appendRecords(store, log, [...records, recordOf(3)]);
    expect((await readAll(store)).entries).toEqual(namesOf([...records, recordOf(3)]));
    const [bytes] = await readBundle(0, 4, logReader(store));
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
      format: 1,
      uscc: records[0]!.uscc,
      year: 2025,
      version: 1,
      record: entryOf(records[0]!).record,
      files: [{ name: "report.pdf", sha256: "a".repeat(64) }],
    });
    expect(text(store, CHECKPOINT_KEY)).toMatch(
      /^reports\.example\.cn\/log\n4\n[^\n]{44}\n\n— reports\.example\.cn\/log /,
    );
    expect(readVkey(text(store, PUBLIC_KEY_KEY).trim())).toEqual(keys[0]);
  });

  it("asks so little of the store for each of 10,000 records, all of which prove from the static files alone", async () => {
    let [read, written] = [0, 0];
    const store = new MemoryStore({
      before: (operation) => {
        if (operation === "get" || operation === "list") read += 1;
        else written += 1;
      },
    });
    await appendRecords(store, log, recordsOf(0, 2000));
    const first = read + written;
    await appendRecords(store, log, recordsOf(8000, 10_000));
    expect(read + written - first).toBeLessThan(first * 1.05);
    await appendRecords(store, log, recordsOf(2000, 8000));
    // Where it is, the way to it from its one file, its proof; and the question for the first and the last of them.
    expect(written).toBeLessThan(10_000 * 3.1);
    expect(read).toBeLessThan(10_000 * 2.1);
    const { size, root, entries } = await readAll(store);
    expect([size, new Set(entries).size]).toEqual([10_000, 10_000]);
    const nodes = nodesOfTiles(size, logReader(store));
    await expectProven(
      store,
      [0, 255, 256, 4097, 9999].map((n) => recordOf(n)),
    );
    for (const n of [0, 255, 256, 4097, 9999]) {
      const [bundle, at] = [await readBundle(n >> 8, size, logReader(store)), n & 255];
      expect(verifyInclusion(leafHash(bundle[at]!), n, await inclusionProof(n, size, nodes), { size, root })).toBe(
        true,
      );
    }
  });

  it("leaves a log that verifies, and that a second run completes, after a crash at any call", async () => {
    const grown = new MemoryStore();
    await appendRecords(grown, log, recordsOf(0, 255));
    const before = await readAll(grown);
    for (let dies = 0; ; dies += 1) {
      const inner = new MemoryStore();
      for (const [key, object] of grown.objects) inner.objects.set(key, object);
      const wire = new Wire(inner, seeded(dies));
      const crashing = appendRecords(new FaultyStore(wire, [], dies), log, recordsOf(250, 260));
      await wire.run([crashing]);
      const crashed = await crashing.then(
        () => false,
        () => true,
      );
      const after = await readAll(inner);
      const proof = await consistencyProof(before.size, after.size, nodesOfTiles(after.size, logReader(inner)));
      expect(verifyConsistency(before, after, proof)).toBe(true);
      await appendRecords(inner, log, recordsOf(250, 260));
      expect((await readAll(inner)).entries).toEqual(namesOf(recordsOf(0, 260)));
      await expectProven(inner, recordsOf(250, 260));
      if (!crashed) break;
    }
  });

  it("agrees with others who append at once, whatever becomes of their calls", async () => {
    const process = fc.record({
      from: fc.nat(12),
      count: fc.integer({ min: 1, max: 8 }),
      faults: fc.array(fc.constantFrom<Fault>("none", "none", "none", ...FAULTS), { maxLength: 30 }),
      dies: fc.option(fc.nat(40), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(process, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        fc.integer(),
        async (rounds, seed) => {
          const inner = new MemoryStore();
          const wire = new Wire(inner, seeded(seed));
          let before = await readAll(inner);
          for (const processes of rounds) {
            await wire.run(
              processes.map(({ from, count, faults, dies }) =>
                appendRecords(new FaultyStore(wire, faults, dies), log, recordsOf(from, from + count)),
              ),
            );
            const after = await readAll(inner);
            if (before.size > 0) {
              const proof = await consistencyProof(before.size, after.size, nodesOfTiles(after.size, logReader(inner)));
              expect(verifyConsistency(before, after, proof)).toBe(true);
            }
            before = after;
          }
          await wire.settle();
          await appendRecords(inner, log, recordsOf(0, 20));
          expect([...(await readAll(inner)).entries].sort()).toEqual(namesOf(recordsOf(0, 20)));
          await expectProven(inner, [recordOf(0), recordOf(11), recordOf(19)]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("the sequencer signs nothing on top of", () => {
  it.each([
    [
      "a checkpoint of another key",
      CHECKPOINT_KEY,
      (was: string) => was.replace("log\n3\n", "log\n2\n"),
      "the checkpoint",
    ],
    ["tiles that are not those that were signed", logKey("tile/0/000.p/3"), () => "x".repeat(96), "the tiles"],
    ["tiles that are gone", logKey("tile/0/000.p/3"), undefined, "tile/0/000.p/3 is missing"],
    [
      "entries that were changed",
      logKey("tile/entries/000.p/3"),
      (was: string) => was.replace("2025", "2024"),
      "the entries",
    ],
    ["a batch that is none", batchKey(3), () => "[{}]", "batches/3.json is damaged"],
  ])("%s", async (_, at, change, message) => {
    const store = new MemoryStore();
    await appendRecords(store, log, recordsOf(0, 3));
    const signed = text(store, CHECKPOINT_KEY);
    const was = store.objects.get(at);
    if (change)
      await store.put(at, Buffer.from(change(Buffer.from(was?.body ?? []).toString("latin1")), "latin1"), {
        contentType: "text/plain",
      });
    else await store.delete(at);
    const left = text(store, CHECKPOINT_KEY);
    await expect(appendRecords(store, log, recordsOf(3, 4))).rejects.toThrow(message);
    expect(text(store, CHECKPOINT_KEY)).toBe(left);
    expect([signed, left].every((checkpoint) => !checkpoint.includes("\n4\n"))).toBe(true);
  });
});
