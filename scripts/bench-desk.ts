/**
 * Measures the desk of a province: `node scripts/bench-desk.ts [organs] [ms]`, 3,000 organs in 140 divisions with four years of
 * reports each, unless named otherwise, asked of the API on a store in memory that takes so many milliseconds for every call
 * (20, about what S3 takes, unless named). Once with the office's own rows, once from the public lists as before a first
 * `reindex`; the first answer of each, in which nothing is kept from before, and the median of seven.
 */
import { mergeDivisionYear } from "../src/index/merge.ts";
import { type Entry, paths } from "../src/index/shapes.ts";
import { publicKey } from "../src/index/shared.ts";
import { type OfficeRow, officeDivision, officeKey } from "../src/office/rows.ts";
import { STATES } from "../src/office/state.ts";
import type { Organ } from "../src/roster/roster.ts";
import { rosterKey } from "../src/roster/stored.ts";
import { appOn } from "../tests/support/app.ts";
import { MemoryStore } from "../tests/support/memory-store.ts";
import { codeOf } from "../tests/support/roster.ts";

const YEARS = [2021, 2022, 2023, 2024];
const DIVISIONS = 140;
const TYPE = { contentType: "application/json; charset=utf-8" };
const [count, latency] = [Number(process.argv[2] ?? 3000), Number(process.argv[3] ?? 20)];

const divisionOf = (i: number): string => `99${String(100 + (i % DIVISIONS)).padStart(4, "0")}`;
const organs = Array.from({ length: count }, (_, i): Organ => {
  const division = divisionOf(i);
  return { uscc: codeOf(division, i + 1), name: `云川省第${i + 1}局`, kind: "department", division };
});
/** As many figures as a report has. */
const figures = Object.fromEntries(
  Array.from({ length: 220 }, (_, i) => [`/requests/results/row${Math.trunc(i / 7)}/column${i % 7}`, i]),
);
const entryOf = ({ uscc, name }: Organ, year: number): Entry => ({
  uscc,
  organ: name,
  year,
  edition: "2021",
  status: "current",
  version: 1,
  firstPublishedAt: `${year + 1}-01-20T09:00:00+08:00`,
  publishedAt: `${year + 1}-01-20T09:00:00+08:00`,
  signed: `${year + 1}-01-19`,
  figures,
});

/** Of every fifth organ something is under way, the others have published. */
function rowOf(organ: Organ, i: number, year: number): OfficeRow {
  const { organ: name, version, firstPublishedAt, publishedAt } = entryOf(organ, year);
  const found = { warnings: i % 3, information: i % 2, explained: i % 3 };
  return i % 5 === 0
    ? { work: { state: STATES[1 + (i % 4)]!, base: null, events: 2, at: publishedAt } }
    : { published: { organ: name, version, firstPublishedAt, publishedAt, found } };
}

/** A store that takes its time, and counts. */
async function province(withRows: boolean) {
  let calls = 0;
  let slow = false;
  const store = new MemoryStore({
    before: async () => {
      calls += 1;
      if (slow) await new Promise((resolve) => setTimeout(resolve, latency));
    },
  });
  const roster = { format: 1, division: "990000", version: 1, previous: null, organs };
  await store.create(rosterKey("990000", 1), JSON.stringify(roster), TYPE);
  const numbered = organs.map((organ, i) => ({ organ, i }));
  for (const [division, some] of Map.groupBy(numbered, ({ organ }) => officeDivision(organ.uscc)))
    for (const year of YEARS) {
      const entries = some.map(({ organ }) => entryOf(organ, year));
      const listed = JSON.stringify(mergeDivisionYear(undefined, division, year, entries));
      await store.put(publicKey(paths.divisionYear(division, year)), listed, TYPE);
      if (!withRows) continue;
      const rows = Object.fromEntries(some.map(({ organ, i }) => [organ.uscc, rowOf(organ, i, year)]));
      await store.put(
        officeKey(division, year),
        JSON.stringify({ format: 1, division, year, whole: true, rows }),
        TYPE,
      );
    }
  slow = true;
  const { ask } = appOn(store, "2025-01-25T00:00:00Z");
  const times: number[] = [];
  let size = 0;
  calls = 0;
  const { user, system } = process.cpuUsage();
  for (let i = 0; i < 7; i += 1) {
    const began = performance.now();
    const answer = await ask("GET", "/desk/990000/2024", undefined, { divisions: ["99"], actions: ["oversee"] });
    const body = await answer.text();
    times.push(performance.now() - began);
    size = body.length;
    if (answer.status !== 200) throw new Error(body);
  }
  const [first = 0] = times;
  const median = times.toSorted((a, b) => a - b)[3] ?? 0;
  const used = process.cpuUsage({ user, system });
  const cpu = Math.round((used.user + used.system) / 7000);
  return { first: Math.round(first), median: Math.round(median), cpu, calls: calls / 7, size };
}

console.log(`${count} organs, ${count * YEARS.length} reports, ${latency} ms a call`);
for (const withRows of [true, false]) {
  const { first, median, cpu, calls, size } = await province(withRows);
  console.log(
    `${withRows ? "office rows " : "public lists"}: first ${first} ms, median ${median} ms, CPU ${cpu} ms each, ${calls} calls, ${(size / 1e6).toFixed(2)} MB`,
  );
}
