/** What a region's report stands on: sent with it, kept with its record, published beside it. */
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/basics/hash.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { records } from "../../src/publish/publish.ts";
import type { Rollup, Sources } from "../../src/rollup/rollup.ts";
import type { Organ, Roster } from "../../src/roster/roster.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";

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
