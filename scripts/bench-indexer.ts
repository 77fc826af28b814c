/**
 * Measures the indexer alone, over a bucket in memory: `npm run bench:indexer [-- reports [settled]]`. So many reports of
 * organs all over the country (10,000 unless named) are placed fifty at a time, as the queue gives them under load, and settled
 * after so many (500). Says for each part the CPU, reads and writes of a report, and the heap that is left after a collection
 * (`--expose-gc`): of what was settled the bucket forgets what nobody reads again, so that what grows is the indexer's.
 */
import { sha256 } from "../src/basics/hash.ts";
import { Indexing } from "../src/index/indexer.ts";
import { allPages, machinePages } from "../src/index/pages.ts";
import { signerOf } from "../src/log/ed25519.ts";
import { portalPages } from "../src/portal/pages.ts";
import { derivePublic } from "../src/publish/public.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { FolderStore } from "../tests/support/portal-store.ts";
import { commitRecord } from "../tests/support/records.ts";

const amount = Number(process.argv[2] ?? 10_000);
const settled = Number(process.argv[3] ?? 500);
const PLACED = 50;

const calls = { read: 0, written: 0 };
const store = new FolderStore({
  before: (operation) => {
    if (operation === "get" || operation === "list") calls.read += 1;
    else calls.written += 1;
  },
});
const url = "https://example.org";
const pages = allPages(machinePages(url), portalPages({ publicUrl: url }));
const log = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(1))] };
const indexing = new Indexing({ store, pages, log: async () => log });

interface Spent {
  ms: number;
  read: number;
  written: number;
}
const nothing = (): Spent => ({ ms: 0, read: 0, written: 0 });

async function spend(spent: Spent, work: () => Promise<unknown>): Promise<void> {
  const [before, cpu] = [{ ...calls }, process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  spent.ms += (user + system) / 1000;
  spent.read += calls.read - before.read;
  spent.written += calls.written - before.written;
}

/** What the API leaves behind: the record, and the files of the version. */
async function publish(number: number): Promise<{ readonly uscc: string; readonly year: number }> {
  const report = distinctReport(number);
  const { uscc, name: organ } = report.organ;
  const record = await commitRecord(store, JSON.stringify(report), {
    ...{ uscc, organ, year: report.year, version: 1, kind: "original", edition: "2019" },
    submission: sha256(String(number)),
    publishedAt: "2021-01-20T09:00:00+08:00",
  });
  await derivePublic(store, [record]);
  return { uscc, year: report.year };
}

/** What lies of single organs, and of their records in the log, is not read again. */
async function forget(places: readonly { readonly uscc: string; readonly year: number }[]): Promise<void> {
  const codes = new Set(places.map(({ uscc }) => uscc));
  for (const key of store.objects.keys()) {
    const [, code = ""] = key.split("/");
    if (codes.has(code) || /^published\/log\/(leaves|files)\//.test(key)) await store.delete(key);
  }
}

const cells = ({ ms, read, written }: Spent, of: number): string =>
  [ms / of, read / of, written / of].map((each) => each.toFixed(1).padStart(8)).join("");
console.log(`Node ${process.version}, ${amount} reports, settled after ${settled}\n`);
console.log("                placed, each            settled, each           heap");
console.log("reports    CPU ms   reads  writes  CPU ms   reads  writes     MB");
for (let from = 0; from < amount; from += settled) {
  const [placing, settling] = [nothing(), nothing()];
  const all: Awaited<ReturnType<typeof publish>>[] = [];
  const count = Math.min(settled, amount - from);
  while (all.length < count) {
    const some: typeof all = [];
    while (some.length < Math.min(PLACED, count - all.length))
      some.push(await publish(from + all.length + some.length + 1));
    await spend(placing, () => indexing.place(some));
    all.push(...some);
  }
  await spend(settling, () => indexing.settle());
  await forget(all);
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed / 2 ** 20).toFixed(0).padStart(7);
  console.log(`${String(from + count).padStart(7)}  ${cells(placing, count)}${cells(settling, count)}${heap}`);
}
