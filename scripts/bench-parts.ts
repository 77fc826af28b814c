/**
 * Measures what the model of `cloud-costs.ts` is made of: `node scripts/bench-parts.ts [reports]`, 300 unless named, each
 * published with all its files, in one process over a store in memory. Says CPU and calls of the store for a report, of a
 * rebuild and of a round of fsck, and what an entry of the log takes.
 */
import { fileURLToPath } from "node:url";
import { createApp } from "../functions/app.ts";
import { ACTIONS } from "../src/authenticate/caller.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import { fsckShard, openLook } from "../src/fsck/fsck.ts";
import { listShards } from "../src/fsck/organs.ts";
import { allPages, machinePages } from "../src/index/pages.ts";
import { reindex } from "../src/index/reindex.ts";
import { signerOf } from "../src/log/ed25519.ts";
import { portalPages } from "../src/portal/pages.ts";
import { keysOf, type LogIdentity } from "../src/sequence/identity.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { MemoryStore, type Operation } from "../tests/support/memory-store.ts";

const count = Number(process.argv[2] ?? 300);
const url = "https://example.org";
const calls: Partial<Record<Operation, number>> = {};
const store = new MemoryStore({
  before: (operation) => {
    calls[operation] = (calls[operation] ?? 0) + 1;
  },
});
const app = createApp({
  store,
  fonts: openFonts(fileURLToPath(new URL("../dist/fonts", import.meta.url))),
  now: () => new Date("2026-01-20T01:00:00Z"),
  program: "bench",
  publicUrl: url,
  filing: { issuer: url, clientId: "x", scope: "openid", tokenUse: "access", publicUrl: url },
  log: { decision: () => {}, fault: () => {} },
  authenticate: async () => ({
    filer: { issuer: url, subject: "bench" },
    organs: [],
    divisions: Array.from({ length: 90 }, (_, i) => String(i + 10)),
    actions: [...ACTIONS],
  }),
});
for (let i = 1; i <= count; i += 1) {
  const answer = await app.request("/reports", {
    method: "POST",
    headers: { authorization: "Bearer x", "content-type": "application/json" },
    body: JSON.stringify(distinctReport(i)),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** CPU, ms, and calls of the store of some work. */
async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  for (const operation of Object.keys(calls)) delete calls[operation as Operation];
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const said = Object.entries(calls).map(([operation, times]) => `${operation} ${(times / count).toFixed(1)}`);
  console.log(`${name}: ${((user + system) / 1000 / count).toFixed(2)} ms of CPU a report; ${said.join(", ")}`);
}

const LOG: LogIdentity = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(1))] };
const pages = allPages(machinePages(url), portalPages({ publicUrl: url }));
await measured("rebuild, the first", () => reindex({ store, pages, dataset: {}, log: async () => LOG }));
await measured("rebuild, nothing changed", () => reindex({ store, pages, dataset: {} }));
await measured("log, read by a part", () => openLook(store, { log: keysOf(LOG) }));
const look = await openLook(store, { log: keysOf(LOG), mend: true });
await measured("fsck by shards", async () => {
  for (const shard of await listShards(store)) await fsckShard(store, shard, look);
});
