/**
 * Measures what a publication costs the indexer in a province of many organs: `node scripts/bench-index.ts [organs]`, 3,000
 * unless named, in 150 divisions under one roster, all published; then one organ corrects its report. Says the requests,
 * the bytes that were read and written, and the CPU, of everything and of what the province's own files take.
 */
import { type IndexContext, indexPlaces } from "../src/index/indexer.ts";
import { allPages, machinePages } from "../src/index/pages.ts";
import { portalPages } from "../src/portal/pages.ts";
import type { Organ } from "../src/roster/roster.ts";
import { saveRoster } from "../src/roster/stored.ts";
import { MemoryStore } from "../tests/support/memory-store.ts";
import { commit } from "../tests/support/records.ts";
import { codeOf } from "../tests/support/roster.ts";

const YEAR = 2024;
const URL_OF = "https://example.org";
const DIVISIONS = 150;
const count = Number(process.argv[2] ?? 3000);
const each = Math.ceil(count / DIVISIONS);

interface Traffic {
  requests: number;
  bytes: number;
}
const none = (): Record<"read" | "written", Traffic> => ({
  read: { requests: 0, bytes: 0 },
  written: { requests: 0, bytes: 0 },
});
let [all, province] = [none(), none()];

/** A store that counts what goes over its line. */
class Counted extends MemoryStore {
  #note(way: "read" | "written", key: string, bytes: number): void {
    for (const tally of key.startsWith("published/provinces/") ? [all, province] : [all]) {
      tally[way].requests += 1;
      tally[way].bytes += bytes;
    }
  }
  override async get(key: string) {
    const object = await super.get(key);
    this.#note("read", key, object?.body.length ?? 0);
    return object;
  }
  override async put(...of: Parameters<MemoryStore["put"]>) {
    this.#note("written", of[0], Buffer.from(of[1] as string).length);
    return super.put(...of);
  }
  override async create(...of: Parameters<MemoryStore["create"]>) {
    this.#note("written", of[0], Buffer.from(of[1] as string).length);
    return super.create(...of);
  }
  override async replace(...of: Parameters<MemoryStore["replace"]>) {
    this.#note("written", of[0], Buffer.from(of[1] as string).length);
    return super.replace(...of);
  }
}

export const store = new Counted();
const context: IndexContext = {
  store,
  pages: allPages(machinePages(URL_OF), portalPages({ publicUrl: URL_OF })),
};
const head: Organ = { uscc: codeOf("990000", 1), name: "云岭省人民政府", kind: "government" };
const organs = Array.from({ length: DIVISIONS }, (_, d): Organ[] => {
  const division = `99${String(100 + d).padStart(4, "0")}`;
  const government: Organ = {
    uscc: codeOf(division, 1),
    name: `云岭省第${d + 1}县人民政府`,
    kind: "government",
    superior: head.uscc,
  };
  const own = Array.from({ length: each - 1 }, (__, i): Organ => {
    const name = `云岭省第${d + 1}县第${i + 1}局`;
    return { uscc: codeOf(division, 2 + i), name, kind: "department", superior: government.uscc };
  });
  return [government, ...own];
}).flat();
const by = { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "bench" };
await saveRoster(store, { division: "990000", organs: [head, ...organs] }, by);

async function told(what: string, work: () => Promise<unknown>): Promise<void> {
  [all, province] = [none(), none()];
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const line = ({ read, written }: typeof all): string =>
    `${read.requests} reads ${(read.bytes / 1e6).toFixed(2)} MB, ${written.requests} writes ${(written.bytes / 1e6).toFixed(2)} MB`;
  console.log(
    `${what}: ${line(all)}; of it the province's: ${line(province)}; ${Math.round(performance.now() - began)} ms, ${((user + system) / 1e3).toFixed(0)} ms of CPU`,
  );
}

const place = ({ uscc }: Organ) => ({ uscc, year: YEAR });
const file = ({ uscc, name }: Organ, version: number) =>
  commit(store, {
    ...{ uscc, year: YEAR, version, kind: version === 1 ? "original" : "correction", organ: name },
    ...{ received: version, day: 10 + version },
  });
await told("the roster is saved, nobody has published", () => indexPlaces([], context, ["990000"]));
for (const organ of organs) await file(organ, 1);
await told(`${organs.length} reports, a hundred at a time`, async () => {
  for (let i = 0; i < organs.length; i += 100) await indexPlaces(organs.slice(i, i + 100).map(place), context);
});
for (const organ of organs.slice(0, 5)) {
  await file(organ, 2);
  await told("one correction", () => indexPlaces([place(organ)], context));
}
await told("the roster again", () => indexPlaces([], context, ["990000"]));
