/**
 * Measures a roll-up of many organs: `node scripts/bench-rollup.ts [organs]`, 3,000 unless named, all directly under one
 * government, each with a published report; reading them from a store in memory and summing.
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

/** Commits an organ's report: its record and its data alone. */
async function commit(store: MemoryStore, of: Organ): Promise<void> {
  const report = cityReport(of, YEAR);
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
const government = organ(1, "云川市人民政府", "government");
const organs = Array.from({ length: count }, (_, i) =>
  organ(2 + i, `云川市第${i + 1}局`, "department", { superior: government.uscc }),
);
const roster: Roster = { division: "990100", organs: [government, ...organs] };
const store = new MemoryStore();
for (const of of organs) await commit(store, of);
const before = process.memoryUsage().heapUsed;
const began = performance.now();
const { standings, notCounted } = await publishedStandings(store, roster, roster.division, YEAR);
const read = performance.now();
const rollup = rollUp({ roster, division: roster.division, year: YEAR, standings, notCounted });
const done = performance.now();
const answer = JSON.stringify(rollup).length;
console.log(`${rollup.sources.organs.reported} of ${rollup.sources.organs.expected} organs`);
console.log(`read ${Math.round(read - began)} ms, summed ${Math.round(done - read)} ms`);
console.log(
  `answer ${(answer / 1e6).toFixed(1)} MB, heap +${Math.round((process.memoryUsage().heapUsed - before) / 1e6)} MB`,
);
