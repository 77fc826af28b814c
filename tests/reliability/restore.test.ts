import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backupIn } from "../../cli/backup-folder.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import { restore } from "../../src/fsck/restore.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { recordKey } from "../../src/publish/record.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { distinctReport } from "../support/distinct.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commitRecord } from "../support/records.ts";

const KEPT = /^(artefacts|seals|rosters|drafts|records|published\/log)\//;
const YEAR = 2020;
const USCC = distinctReport(1).organ.uscc;
const pages = machinePages("https://example.org");
let backup: MemoryStore;
let folder: string;
let log: LogIdentity;

/** A bucket with versions, a roster, a seal, a log, and what is derived. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nianbao-backup-"));
  backup = new MemoryStore();
  for (const n of [1, 2]) {
    const { uscc, name } = distinctReport(n).organ;
    await commitRecord(backup, JSON.stringify(distinctReport(n)), {
      uscc,
      organ: name,
      year: YEAR,
      version: 1,
      kind: "original",
      edition: "2019",
      submission: String(n).padStart(64, "0"),
      publishedAt: "2021-01-20T09:00:00+08:00",
    });
  }
  const by = { savedAt: "2021-01-20T09:00:00+08:00", savedBy: { issuer: "test", subject: "one" }, program: "test" };
  await saveRoster(backup, { division: "371500", organs: [] }, by);
  await backup.put(`seals/${USCC}.png`, "png", { contentType: "image/png" });
  log = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32))] };
  await reindex({ store: backup, pages, log: async () => log });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kept = (store: MemoryStore) =>
  Object.fromEntries([...store.objects].filter(([key]) => KEPT.test(key)).map(([key, { body }]) => [key, `${body}`]));

describe("a restore from a backup", () => {
  it("puts back what cannot be derived, the rest of which is then the same", async () => {
    const store = new MemoryStore();
    const done = await restore(backup, store);
    expect(done).toMatchObject({ there: 0, differing: [], written: Object.keys(kept(backup)).length });
    expect(kept(store)).toEqual(kept(backup));
    await reindex({ store, pages, log: async () => log });
    // That each version is in the log is proved anew by fsck, against the checkpoint as it is now.
    await fsck(store, { mend: true, settle: 0, log: keysOf(log), signs: log });
    const read = (from: MemoryStore) =>
      Object.entries(from.contents("published/")).filter(([key]) => !key.endsWith(".tlog-proof"));
    expect(read(store)).toEqual(read(backup));
    const options = { settle: 0, log: keysOf(log) };
    expect(await fsck(store, options)).toEqual(await fsck(backup, options));
  });

  it("has every file in place before the record that names it, the log's checkpoint after what it signs", async () => {
    const order: string[] = [];
    await restore(
      backup,
      new MemoryStore({ before: (operation, key) => void (operation === "create" && order.push(key)) }),
      {
        concurrency: 1,
      },
    );
    const last = (pattern: RegExp): number => order.findLastIndex((key) => pattern.test(key));
    expect(order.findIndex((key) => key.startsWith("records/"))).toBeGreaterThan(last(/^(artefacts|published)/));
    expect(last(/^published\/log\/checkpoint$/)).toBe(last(/^published\/log\//));
  });

  it("goes on where it was ended", async () => {
    let left = 5;
    const dying = new MemoryStore({
      before: (operation) => {
        if (operation !== "create") return;
        left -= 1;
        if (left < 0) throw new Error("killed");
      },
    });
    await expect(restore(backup, dying, { concurrency: 2 })).rejects.toThrow("killed");
    left = Number.POSITIVE_INFINITY;
    const all = Object.keys(kept(backup)).length;
    const before = dying.objects.size;
    expect(before).toBeGreaterThan(0);
    expect(await restore(backup, dying)).toMatchObject({ there: before, written: all - before });
    expect(kept(dying)).toEqual(kept(backup));
    expect(await restore(backup, dying)).toMatchObject({ there: all, written: 0 });
  });

  it("writes nothing over, and names what is not as in the backup", async () => {
    const store = new MemoryStore();
    const key = recordKey(USCC, YEAR, 1);
    await store.put(key, "{}", { contentType: "application/json" });
    expect(await restore(backup, store)).toMatchObject({ differing: [key] });
    expect(`${store.objects.get(key)!.body}`).toBe(`${new TextEncoder().encode("{}")}`);
  });

  it("takes a folder, as copies of a bucket are", async () => {
    for (const [key, { body }] of backup.objects) {
      await mkdir(dirname(join(folder, key)), { recursive: true });
      await writeFile(join(folder, key), body);
    }
    const store = new MemoryStore();
    await restore(backupIn(folder), store);
    expect(kept(store)).toEqual(kept(backup));
    const [record] = [...store.objects].find(([key]) => key.startsWith("records/"))!;
    expect(store.objects.get(record)!.headers.contentType).toBe("application/json; charset=utf-8");
    expect(await restore(backupIn(folder), store)).toMatchObject({ written: 0, differing: [] });
  });
});
