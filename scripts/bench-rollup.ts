/**
 * Measures a roll-up of many organs: `node --expose-gc scripts/bench-rollup.ts [organs] [latency in ms]`, 3,000 unless named, all
 * directly under one government, each with a published report of some length; read from a store in memory, each read after
 * the latency, and summed. Says how many reads, how long, and the most memory that was held, once for a third of the organs
 * and once for all: what grows with them is seen by that.
 */
import { canonicalJson } from "../src/basics/canonical-json.ts";
import { sha256 } from "../src/basics/hash.ts";
import { artefactKey, type PublicationRecord, recordKey } from "../src/publish/record.ts";
import { publishedStandings } from "../src/rollup/published.ts";
import { rollUp } from "../src/rollup/rollup.ts";
import type { Organ, Roster } from "../src/roster/roster.ts";
import { cityReport } from "../tests/support/city.ts";
import { MemoryStore } from "../tests/support/memory-store.ts";
import { organ } from "../tests/support/roster.ts";

const YEAR = 2024;
const json = { contentType: "application/json; charset=utf-8" };
/** Of a report, besides what the made-up one has: real ones have some thousands. */
const CHARACTERS = 6000;

/** Commits an organ's report: its record and its data alone. */
async function commit(store: MemoryStore, of: Organ): Promise<void> {
  const made = cityReport(of, YEAR);
  const text = `${of.name}依法公开政府信息。`.repeat(Math.ceil(CHARACTERS / (of.name.length + 9)));
  const overview = { body: [...made.overview.body, { type: "paragraph", text }] };
  const report = { ...made, overview };
  const body = canonicalJson(report);
  const hash = sha256(body);
  await store.create(artefactKey(of.uscc, YEAR, hash), body, json);
  const record: PublicationRecord = {
    format: 1,
    uscc: of.uscc,
    year: YEAR,
    version: 1,
    kind: "original",
    edition: report.edition,
    organ: of.name,
    submission: hash,
    previous: null,
    explanations: {},
    filedBy: { issuer: "bench", subject: "bench" },
    artefacts: [{ name: "report.json", sha256: hash, size: Buffer.byteLength(body), ...json }],
    findings: [],
    publishedAt: "2025-01-20T09:00:00+08:00",
    program: "bench",
  };
  await store.create(recordKey(of.uscc, YEAR, 1), canonicalJson(record), json);
}

const count = Number(process.argv[2] ?? 3000);
const latency = Number(process.argv[3] ?? 20);
const government = organ(1, "云川市人民政府", "government");
const organs = Array.from({ length: count }, (_, i) =>
  organ(2 + i, `云川市第${i + 1}局`, "department", { superior: government.uscc }),
);
let reads = 0;
let [under, most] = [0, 0];
const store = new MemoryStore({
  before: async (operation) => {
    if (operation !== "get") return;
    reads += 1;
    under += 1;
    most = Math.max(most, under);
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    under -= 1;
  },
});
for (const of of organs) await commit(store, of);
const held = [...store.objects.values()].reduce((sum, { body }) => sum + body.length, 0);
console.log(`${count} reports, ${(held / 1e6).toFixed(0)} MB in the store, each read ${latency} ms`);

/** The most heap and array buffers that are held while something is done, over what was held before, MB. */
async function peakOf<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  globalThis.gc?.();
  const now = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = now();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, now());
  }, 5);
  const result = await work();
  clearInterval(timer);
  return [result, (Math.max(peak, now()) - before) / 1e6];
}

for (const part of [Math.ceil(count / 3), count]) {
  const roster: Roster = { division: "990100", organs: [government, ...organs.slice(0, part)] };
  [reads, most] = [0, 0];
  const began = performance.now();
  const cpu = process.cpuUsage();
  let summed = 0;
  const [answer, peak] = await peakOf(async () => {
    const { standings, notCounted } = await publishedStandings(store, roster, roster.division, YEAR);
    summed = performance.now();
    const rollup = rollUp({ roster, division: roster.division, year: YEAR, standings, notCounted });
    if (rollup.sources.organs.reported !== part) throw new Error("not all were summed");
    return JSON.stringify(rollup).length;
  });
  const done = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${part} organs: ${reads} reads, at most ${most} at a time; read ${Math.round(summed - began)} ms, summed ` +
      `${Math.round(done - summed)} ms, ${((user + system) / 1e6).toFixed(1)} s of CPU in all; answer ${(answer / 1e6).toFixed(1)} MB, peak +${Math.round(peak)} MB`,
  );
}
