/** What a region's report stands on: sent with it, kept with its record, published beside it. */
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/basics/hash.ts";
import { conclude } from "../../src/check/conclude.ts";
import { validate } from "../../src/check/validate.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { importReport } from "../../src/import/import.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { machinePages } from "../../src/index/pages.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { records } from "../../src/publish/publish.ts";
import { drawnFrom, sentSources } from "../../src/rollup/compact.ts";
import { summable } from "../../src/rollup/files.ts";
import { isSources } from "../../src/rollup/redraw.ts";
import type { Rollup, Sources } from "../../src/rollup/rollup.ts";
import { checkedApart } from "../../src/rollup/sent-sources.ts";
import type { Organ, Roster } from "../../src/roster/roster.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { codeOf } from "../support/roster.ts";

const YEAR = 2020;
const DIVISION = "990100";
const OVERSEER = { divisions: ["99"], actions: ["file", "correct", "withdraw", "oversee"] };

const base = cityRoster();
const named = (name: string): Organ => base.organs.find((organ) => organ.name === `云川市${name}`)!;
const CITY = named("人民政府");
const [SCHOOLS, POLICE, WATER, FUNDS] = [named("教育局"), named("公安局"), named("水利局"), named("财政局")];
const ROSTER: Roster = { division: DIVISION, organs: [CITY, SCHOOLS, POLICE, WATER, FUNDS] };
const PLACE = `/reports/${CITY.uscc}/${YEAR}`;
const AT = `published/${CITY.uscc}/${YEAR}`;

let store: MemoryStore;
let ask: ReturnType<typeof appOn>["ask"];
const sent = (method: string, to: string, body: unknown) => ask(method, to, body, OVERSEER);
async function accepted(to: string, body: unknown) {
  const answer = await sent("POST", to, body);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return answer.json();
}
const correct = (organ: Organ) =>
  accepted(`/reports/${organ.uscc}/${YEAR}/corrections`, {
    supersedes: 1,
    reason: "漏计一件。",
    report: cityReport(organ, YEAR, 1),
  });
async function rolledUp(body: object = {}): Promise<Rollup & { readonly changed?: unknown }> {
  const answer = await sent("POST", `/rollups/${DIVISION}/${YEAR}`, body);
  expect(answer.status).toBe(200);
  return answer.json();
}
const byHand = { byHand: [cityReport(FUNDS, YEAR)] };
const regional = (sources: unknown, change?: 0 | 1) => ({ ...cityReport(CITY, YEAR, change), sources });
/** What a file that the public reads holds; undefined where there is none. */
const text = (name: string): string | undefined => {
  const object = store.objects.get(`${AT}/${name}`);
  return object && new TextDecoder().decode(object.body);
};
/** What is wrong with a report that is sent with sources. */
async function findingsOf(sources: unknown): Promise<string[]> {
  const answers = [
    await sent("POST", "/reports?dryRun=true", regional(sources)),
    await sent("POST", "/reports", regional(sources)),
  ];
  const found = await Promise.all(
    answers.map(async (answer) => {
      expect(answer.status).toBe(422);
      const { findings } = (await answer.json()) as { findings: { id: string; cells: { pointer: string }[] }[] };
      return findings
        .filter(({ cells }) => cells[0]?.pointer.startsWith("/sources"))
        .map((f) => `${f.id} ${f.cells[0]!.pointer}`);
    }),
  );
  expect(found[0]).toEqual(found[1]);
  return found[0]!;
}

beforeEach(async () => {
  store = new MemoryStore();
  ({ ask } = appOn(store, "2021-04-01T00:00:00Z"));
  expect((await sent("PUT", `/rosters/${DIVISION}`, ROSTER)).status).toBe(201);
  for (const organ of [SCHOOLS, POLICE]) await accepted("/reports", cityReport(organ, YEAR));
});

describe("the sources that a roll-up answers, sent with the region's report", () => {
  it("are published as a file of the version, its hash in the record, without cells and names of files", async () => {
    const { sources } = await rolledUp(byHand);
    const named = sources.sources.map((source) => ({ ...source, file: "D:\\王某\\财政局.docx" }));
    const receipt = await accepted("/reports", regional({ ...sources, sources: named }));
    const file = text("v1/sources.json")!;
    const { cells: _, left: __, ...kept } = sources;
    expect(JSON.parse(file)).toEqual(kept);
    expect(kept.organs).toEqual({ expected: 4, reported: 3, missing: 1 });
    expect(receipt.artefacts).toContainEqual({
      name: "sources.json",
      sha256: sha256(file),
      size: new TextEncoder().encode(file).length,
      contentType: "application/json; charset=utf-8",
      url: `https://example.org/${CITY.uscc}/${YEAR}/v1/sources.json`,
    });
    expect(text("v1/SHA256SUMS")).toContain(`${sha256(file)}  sources.json`);
    expect(text("sources.json")).toBeUndefined();
    expect(text("index.html")).toContain('href="v1/sources.json">汇总来源（JSON）');
    expect(text("v1/report.json")).not.toContain("sources");
    // The same again is the same filing.
    expect((await sent("POST", "/reports", regional(sources))).status).toBe(200);
    // A report without them is as it was.
    expect((await sent("POST", "/reports", cityReport(CITY, YEAR))).status).toBe(409);
  });

  it("must name versions that their organs have published, or be marked as put in by hand", async () => {
    const { sources } = await rolledUp(byHand);
    const changed = (at: number, change: Partial<Sources["sources"][number]>): Sources => ({
      ...sources,
      sources: sources.sources.map((source, i) => (i === at ? { ...source, ...change } : source)),
    });
    expect(await findingsOf(changed(0, { sha256: "0".repeat(64) }))).toEqual(["R-SOURCE /sources/sources/0/sha256"]);
    expect(await findingsOf(changed(1, { version: 2 }))).toEqual(["R-SOURCE /sources/sources/1/sha256"]);
    const { byHand: _, ...unmarked } = sources.sources[2]!;
    const without = { ...sources, sources: [...sources.sources.slice(0, 2), unmarked] };
    expect(await findingsOf(without)).toEqual(["R-SOURCE /sources/sources/2/sha256"]);
    // A version that was corrected since was published all the same.
    await correct(SCHOOLS);
    await accepted("/reports", regional(sources));
  });

  it("fit into a filing for the 3,000 organs of a province, sent without cells", async () => {
    const { sources } = await rolledUp();
    const one = sources.sources[0]!;
    const many = Array.from({ length: 3000 }, (_, i) => ({
      ...one,
      uscc: codeOf("990200", i),
      name: `云川市东湖区某某街道公共事务与网格化综合管理服务办公室（第${i}办公室）`,
      byHand: true as const,
    }));
    const cells = Object.fromEntries(
      Object.entries(sources.cells).map(([pointer, { value }]) => [
        pointer,
        { value, from: many.map((_, at) => [at, 1000] as const) },
      ]),
    );
    const organs = { expected: 3001, reported: 3001, missing: 0 };
    const whole: Sources = { ...sources, organs, missing: [], cells, sources: [one, ...many] };
    expect(JSON.stringify(whole).length).toBeGreaterThan(4 * 1024 * 1024);
    const body = regional(sentSources(whole));
    expect(new TextEncoder().encode(JSON.stringify(body)).length).toBeLessThan(1024 * 1024);
    await accepted("/reports", body);
    expect(JSON.parse(text("v1/sources.json")!).sources).toHaveLength(3001);
    // What is drawn up again needs the sums alone.
    expect(JSON.stringify(drawnFrom(whole)).length).toBeLessThan(1.5 * 1024 * 1024);
    expect(isSources(drawnFrom(whole))).toBe(true);
  });

  it("are of this report, and of the shape that their schema says", async () => {
    const { sources } = await rolledUp();
    expect(await findingsOf({ ...sources, year: YEAR - 1 })).toEqual(["R-PLACE /sources"]);
    expect(await findingsOf({ ...sources, government: { ...sources.government, uscc: POLICE.uscc } })).toEqual([
      "R-PLACE /sources",
    ]);
    expect(await findingsOf({ ...sources, sum: 1 })).toEqual(["S-UNKNOWN /sources/sum"]);
    expect(await findingsOf([])).toEqual(["S-TYPE /sources"]);
    expect(store.objects.has(`records/${CITY.uscc}/${YEAR}/000001.json`)).toBe(false);
  });
});

describe("published sources", () => {
  let sources: Sources;
  beforeEach(async () => {
    ({ sources } = await rolledUp(byHand));
    await accepted("/reports", regional(sources));
  });

  it("that are corrected, withdrawn or published since are told to who oversees the division", async () => {
    expect(await rolledUp()).toMatchObject({ changed: [] });
    await correct(SCHOOLS);
    await accepted(`/reports/${POLICE.uscc}/${YEAR}/withdrawal`, { supersedes: 1, reason: "重复公布。" });
    await accepted("/reports", cityReport(WATER, YEAR));
    const again = await rolledUp();
    const [schools, police] = sources.sources;
    const now = (organ: Organ) => again.sources.sources.find(({ uscc }) => uscc === organ.uscc)!;
    expect(again.changed).toEqual([
      {
        uscc: SCHOOLS.uscc,
        name: SCHOOLS.name,
        before: { version: 1, sha256: schools!.sha256 },
        now: { version: 2, sha256: now(SCHOOLS).sha256 },
      },
      { uscc: POLICE.uscc, name: POLICE.name, before: { version: 1, sha256: police!.sha256 }, now: null },
      { uscc: WATER.uscc, name: WATER.name, before: null, now: { version: 1, sha256: now(WATER).sha256 } },
    ]);
    // A correction of the region's report with the new sources settles it.
    const correction = { supersedes: 1, reason: "来源更正。", report: regional(again.sources, 1) };
    await accepted(`${PLACE}/corrections`, correction);
    expect(JSON.parse(text("v2/sources.json")!).sources).toEqual(again.sources.sources);
    expect(JSON.parse(text("v1/sources.json")!).sources).toEqual(sources.sources);
    expect(await rolledUp()).toMatchObject({ changed: [] });
  });

  it("are told by the report's own list, with a roster and without", async () => {
    const told = async () => {
      const answer = await sent("GET", `/rollups/${DIVISION}/${YEAR}`, undefined);
      expect(answer.status).toBe(200);
      return answer.json();
    };
    const government = { uscc: CITY.uscc, name: CITY.name };
    const reports = (changed: unknown) => ({
      division: DIVISION,
      year: YEAR,
      reports: [{ government, version: 1, changed }],
    });
    expect(await told()).toEqual(reports([]));
    await correct(SCHOOLS);
    // The water office was missing, and has published since.
    await accepted("/reports", cityReport(WATER, YEAR));
    const corrected = {
      ...{ uscc: SCHOOLS.uscc, name: SCHOOLS.name },
      before: { sha256: sources.sources[0]!.sha256, version: 1 },
      now: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), version: 2 },
    };
    const published = {
      ...{ uscc: WATER.uscc, name: WATER.name, before: null },
      now: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), version: 1 },
    };
    expect(await told()).toEqual(reports([corrected, published]));
    for (const key of [...store.objects.keys()]) if (key.startsWith("rosters/")) store.objects.delete(key);
    // Nobody knows whose the organs are: the lists have a government by its name.
    await indexPlaces([{ uscc: CITY.uscc, year: YEAR }], { store, pages: machinePages("https://example.org") });
    expect(await told()).toEqual(reports([corrected, published]));
    expect((await ask("GET", `/rollups/${DIVISION}/${YEAR}`, undefined, { divisions: ["99"] })).status).toBe(403);
    expect((await sent("GET", `/rollups/${DIVISION}/${YEAR - 1}`, undefined)).status).toBe(200);
  });

  it("are checked and mended like every file, and derived again from the records", async () => {
    const before = text("v1/sources.json");
    const key = `${AT}/v1/sources.json`;
    store.objects.delete(key);
    const problems: Problem[] = [];
    const onProblem = (problem: Problem) => void problems.push(problem);
    await fsck(store, { now: () => new Date("2031-01-01"), settle: 0, mend: true, onProblem });
    expect(problems).toEqual([{ kind: "public-missing", key, mended: true }]);
    expect(text("v1/sources.json")).toBe(before);
    store.objects.delete(key);
    await derivePublic(store, await records(store, CITY.uscc, YEAR), { all: true });
    expect(text("v1/sources.json")).toBe(before);
  });

  it("stay with a version that is withdrawn, and leave the public with one that is redacted", async () => {
    await accepted(`${PLACE}/withdrawal`, { supersedes: 1, reason: "汇总有误。" });
    expect(text("v1/sources.json")).toContain(SCHOOLS.name);
    expect(text("v2/sources.json")).toBeUndefined();
    expect(await rolledUp()).not.toHaveProperty("changed");
    await accepted(`${PLACE}/versions/1/redaction`, { reason: "含有个人信息。" });
    expect(text("v1/sources.json")).not.toContain(SCHOOLS.name);
    expect(text("v1/sources.json")).toContain('"redacted": true');
    const problems: Problem[] = [];
    await fsck(store, { settle: 0, onProblem: (problem) => void problems.push(problem) });
    expect(problems).toEqual([]);
  });
});

describe("sources beside a report in a file", () => {
  const coverage = { missing: () => [], fallbacks: () => [] };
  const checked = (value: unknown) =>
    checkedApart(value, (report) => conclude(report, validate(report), undefined, coverage));
  const beside = async () => {
    const { sources } = await rolledUp(byHand);
    return { ...cityReport(CITY, YEAR), sources: sentSources(sources) };
  };
  const found = (value: unknown): string[] =>
    checked(value).findings.flatMap(({ id, level, cells }) =>
      level === "error" ? [`${id} ${cells[0]?.pointer}`] : [],
    );

  it("are checked with it by what needs no service", async () => {
    const value = await beside();
    expect(found(value)).toEqual([]);
    expect(checked(value).report).toBeDefined();
    expect(found({ ...value, sources: { ...value.sources, sum: 1 } })).toEqual(["S-UNKNOWN /sources/sum"]);
    expect(checked({ ...value, sources: {} }).report).toBeUndefined();
    expect(found({ ...value, sources: { ...value.sources, year: YEAR - 1 } })).toEqual(["R-PLACE /sources"]);
    expect(found({ ...value, source: 1 })).toEqual(["S-UNKNOWN /source"]);
  });

  it("stay with it when the file is imported, and keep it from no sum", async () => {
    const value = await beside();
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const { report, account } = await importReport(bytes, { name: "report.json" });
    expect(report).toEqual(value);
    expect(account.findings.filter(({ level }) => level !== "information")).toEqual([]);
    expect(summable(value, YEAR)).toHaveProperty("report");
  });
});
