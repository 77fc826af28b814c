/** A city of sixty organs files, with every kind of trouble, and its report is drawn up: by the API, on the command line. */
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rollupCommand } from "../../cli/commands/rollup.ts";
import type { Report } from "../../generated/report.ts";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import type { Rollup, Sources } from "../../src/rollup/rollup.ts";
import type { Organ, Roster } from "../../src/roster/roster.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { codeOf } from "../support/roster.ts";

// The edition of 2019 has signed changes, amounts in two units and figures that are no sum.
const YEAR = 2020;
const DIVISION = "990100";
const OVERSEER = { divisions: ["99"], actions: ["file", "correct", "withdraw", "oversee"] };

const base = cityRoster();
const named = (name: string): Organ => base.organs.find((organ) => organ.name === `云川市${name}`)!;
const MERGED: Organ = { ...named("科学技术局"), until: "2020-09-01", mergedInto: named("教育局").uscc };
const LATER: Organ = {
  uscc: codeOf(DIVISION, 900),
  name: "云川市大数据局",
  kind: "department",
  superior: named("人民政府").uscc,
  since: "2021-02-01",
};
const ROSTER: Roster = {
  division: DIVISION,
  organs: [...base.organs.map((organ) => (organ.uscc === MERGED.uscc ? MERGED : organ)), LATER],
};
const CORRECTED = named("教育局");
const WITHDRAWN = named("民政局");
const MISSING = named("水利局");
const BY_HAND = named("财政局");
const COUNTY_PUBLISHED = named("东湖区人民政府");
const COUNTY_MISSING = named("西山区人民政府");
const COUNTY_WITHDRAWN = named("清平县人民政府");
const TOWN_MISSING = named("西山区古渡镇人民政府");
const TAX = base.organs.find(({ kind }) => kind === "vertical")!;
const CITY = named("人民政府");

/** What stands published of an organ at the end. */
const standing = (organ: Organ): Report | undefined => {
  if ([WITHDRAWN, MISSING, BY_HAND, COUNTY_MISSING, COUNTY_WITHDRAWN, TOWN_MISSING, CITY].includes(organ))
    return undefined;
  return cityReport(organ, YEAR, organ === CORRECTED ? 1 : 0);
};
const previous = cityReport(CITY, YEAR - 1);

/** Those whose reports the sum is to have, listed by what they are. */
const COUNTED = base.organs.filter(
  (organ) =>
    organ !== TAX &&
    organ.uscc !== MERGED.uscc &&
    (organ === BY_HAND || standing(organ) !== undefined) &&
    (organ === COUNTY_PUBLISHED || !organ.name.includes("东湖区")),
);

const store = new MemoryStore();
const { ask } = appOn(store, "2021-04-01T00:00:00Z");
const path = (organ: Organ, year = YEAR) => `/reports/${organ.uscc}/${year}`;

async function sent(method: string, to: string, body: unknown): Promise<void> {
  const answer = await ask(method, to, body, OVERSEER);
  if (answer.status !== 201) throw new Error(`${method} ${to}: ${answer.status} ${await answer.text()}`);
}

beforeAll(async () => {
  await sent("PUT", `/rosters/${DIVISION}`, ROSTER);
  for (const organ of ROSTER.organs) {
    if ([MISSING, BY_HAND, COUNTY_MISSING, TOWN_MISSING, CITY].includes(organ)) continue;
    await sent("POST", "/reports", cityReport(organ, YEAR));
  }
  await sent("POST", "/reports", previous);
  const correction = { supersedes: 1, reason: "漏计一件。", report: cityReport(CORRECTED, YEAR, 1) };
  await sent("POST", `${path(CORRECTED)}/corrections`, correction);
  for (const organ of [WITHDRAWN, COUNTY_WITHDRAWN])
    await sent("POST", `${path(organ)}/withdrawal`, { supersedes: 1, reason: "重复公布。" });
}, 120_000);

const rolledUp = async (division = DIVISION): Promise<Rollup> => {
  const body = { byHand: [cityReport(BY_HAND, YEAR)] };
  const answer = await ask("POST", `/rollups/${division}/${YEAR}`, body, OVERSEER);
  expect(answer.status).toBe(200);
  return answer.json();
};

/** Every cell of a report, and amounts in units of a millionth of a 元: without a word of the program's. */
function cellsOf(value: unknown, at = ""): Map<string, bigint> {
  const cells = new Map<string, bigint>();
  if (typeof value === "number" && at.split("/").length > 2) cells.set(at, BigInt(value));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return cells;
  const { amount, unit } = value as { amount?: unknown; unit?: string };
  if (typeof amount === "string") {
    const [whole = "", fraction = ""] = amount.split(".");
    return cells.set(at, BigInt(whole + fraction.padEnd(6, "0")) * (unit === "万元" ? 10_000n : 1n));
  }
  for (const [key, inner] of Object.entries(value))
    for (const [pointer, cell] of cellsOf(inner, `${at}/${key}`)) cells.set(pointer, cell);
  return cells;
}

const names = (list: Sources["missing"] | Sources["notCounted"]): (string | undefined)[] =>
  list.map(({ name }) => name);

describe("a city's report, drawn up from what sixty organs have filed", () => {
  it("has in every cell the sum of those that count, worked out by itself", async () => {
    const { draft } = await rolledUp();
    const expected = new Map<string, bigint>();
    for (const organ of COUNTED)
      for (const [pointer, value] of cellsOf(organ === BY_HAND ? cityReport(organ, YEAR) : standing(organ)!))
        expected.set(pointer, (expected.get(pointer) ?? 0n) + value);
    // Last year's numbers are no sum: they follow from the city's own report of last year.
    const before = cellsOf(previous);
    for (const row of ["licensing", "otherServices", "penalties", "coerciveMeasures", "fees"])
      expected.set(
        `/disclosure/${row}/previous`,
        before.get(`/disclosure/${row}/previous`)! + before.get(`/disclosure/${row}/change`)!,
      );
    expect(Object.fromEntries(cellsOf(draft))).toEqual(Object.fromEntries(expected));
    expect(expected.size).toBe(200 - 2);
  });

  it("says what it stands on: n of m, who is missing and why, and what is there and not counted", async () => {
    const { sources } = await rolledUp();
    expect(sources.organs).toEqual({ expected: COUNTED.length + 3, reported: COUNTED.length, missing: 3 });
    expect(sources.missing).toEqual([
      { uscc: WITHDRAWN.uscc, name: WITHDRAWN.name, state: "withdrawn" },
      { uscc: MISSING.uscc, name: MISSING.name, state: "missing" },
      { uscc: TOWN_MISSING.uscc, name: TOWN_MISSING.name, state: "missing" },
    ]);
    expect(sources.replaced).toEqual([
      { uscc: COUNTY_MISSING.uscc, name: COUNTY_MISSING.name, state: "missing", expected: 12, reported: 11 },
      { uscc: COUNTY_WITHDRAWN.uscc, name: COUNTY_WITHDRAWN.name, state: "withdrawn", expected: 12, reported: 12 },
    ]);
    expect(sources.notCounted).toEqual([
      {
        uscc: MERGED.uscc,
        name: MERGED.name,
        why: expect.objectContaining({ zh: "已于2020-09-01撤销，由并入的机关报告" }),
      },
    ]);
    expect(sources.sources.map(({ uscc }) => uscc)).toEqual(COUNTED.map(({ uscc }) => uscc));
  });

  it("names each source with its version and the hash of its report, and what was put in by hand", async () => {
    const { sources } = await rolledUp();
    const of = (organ: Organ) => sources.sources.find(({ uscc }) => uscc === organ.uscc);
    expect(of(CORRECTED)).toMatchObject({ version: 2, sha256: sha256(canonicalJson(standing(CORRECTED))) });
    expect(of(COUNTY_PUBLISHED)).toMatchObject({ version: 1, kind: "government" });
    expect(of(BY_HAND)).toEqual({
      uscc: BY_HAND.uscc,
      name: BY_HAND.name,
      kind: "department",
      byHand: true,
      sha256: sha256(canonicalJson(cityReport(BY_HAND, YEAR))),
    });
    // A published report's hash is that of its file.
    const published = store.objects.get(`published/${COUNTY_PUBLISHED.uscc}/${YEAR}/v1/report.json`)!;
    const file = JSON.parse(new TextDecoder().decode(published.body));
    expect(of(COUNTY_PUBLISHED)!.sha256).toBe(sha256(canonicalJson(file)));
  });

  it("of a county by the city's roster is its own organs' alone", async () => {
    const { draft, sources } = await rolledUp("990121");
    expect(draft).toMatchObject({ organ: { name: COUNTY_WITHDRAWN.name } });
    expect(sources.organs).toEqual({ expected: 12, reported: 12, missing: 0 });
    expect(sources.roster).toEqual({ division: DIVISION, version: 1 });
  });

  it("drawn up again keeps what was edited, and is held against the report that the city published (R-SUM)", async () => {
    const first = await rolledUp();
    const edited = structuredClone(first.draft) as {
      signed?: string;
      disclosure: { licensing: { decisions: number } };
    };
    edited.disclosure.licensing.decisions += 1;
    edited.signed = "2021-03-20";
    const asked = async (body: object) => ask("POST", `/rollups/${DIVISION}/${YEAR}`, body, OVERSEER);
    const body = { byHand: [cityReport(BY_HAND, YEAR)], edited, before: first.sources };
    const again = await (await asked(body)).json();
    expect(again).toMatchObject({
      draft: { signed: "2021-03-20", disclosure: { licensing: { decisions: edited.disclosure.licensing.decisions } } },
      cells: [{ pointer: "/disclosure/licensing/decisions", kept: edited.disclosure.licensing.decisions }],
      texts: [],
      findings: [],
    });
    expect((await asked({ edited })).status).toBe(422);
    const explanations = { "Y-CARRY": "已核实。", "Y-PRIOR": "已核实。", "Y-REPEAT": "已核实。" };
    await sent("POST", "/reports", { ...cityReport(CITY, YEAR), explanations });
    const { findings } = await (await asked({})).json();
    expect(findings.length).toBeGreaterThan(20);
    expect(findings[0]).toMatchObject({ id: "R-SUM", level: "information" });
  });

  it("is for who oversees the division, by a roster, from a body that is understood", async () => {
    const status = async (to: string, body: unknown, claims?: object) => (await ask("POST", to, body, claims)).status;
    const to = `/rollups/${DIVISION}/${YEAR}`;
    expect(await status(to, {})).toBe(401);
    expect(await status(to, {}, { divisions: ["99"] })).toBe(403);
    expect(await status(to, { byhand: [] }, OVERSEER)).toBe(422);
    expect(await status(to, [], OVERSEER)).toBe(422);
    expect(await status(`/rollups/980100/${YEAR}`, {}, { ...OVERSEER, divisions: ["98"] })).toBe(404);
    expect(await status(`/rollups/${DIVISION}/1999`, {}, OVERSEER)).toBe(422);
  });
});

describe("nianbao rollup", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollup-"));
    await mkdir(join(folder, "reports", "区县"), { recursive: true });
    const write = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
    await write("roster.json", ROSTER);
    await write("by-hand.json", cityReport(BY_HAND, YEAR));
    await write("reports/last-year.json", previous);
    await write("reports/summary.json", { format: 1, organs: [] });
    for (const organ of ROSTER.organs) {
      const report = standing(organ);
      if (report) await write(`reports/${organ.name.includes("区") ? "区县/" : ""}${organ.name}.json`, report);
    }
  });
  afterAll(() => {
    process.exitCode = 0;
  });

  const run = async (...args: string[]): Promise<string> => {
    const said: string[] = [];
    const spy = vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
    const files = ["-o", join(folder, "draft.json"), "--sources", join(folder, "sources.json")];
    const given = [join(folder, "reports"), "--roster", join(folder, "roster.json"), "--year", String(YEAR)];
    await rollupCommand().parseAsync([...given, ...files, ...args], { from: "user" });
    spy.mockRestore();
    return said.join("\n");
  };

  it("gives the same draft to the byte from a folder of the reports, and says who is missing", async () => {
    const said = await run("--by-hand", join(folder, "by-hand.json"));
    const { draft, sources } = await rolledUp();
    expect(await readFile(join(folder, "draft.json"), "utf8")).toBe(`${JSON.stringify(draft, null, 2)}\n`);
    expect(process.exitCode).toBe(1);
    expect(said).toContain(`应汇总${COUNTED.length + 3}个机关，已汇总${COUNTED.length}个，缺3个`);
    expect(said).toContain(`补录  ${BY_HAND.name}`);
    // A withdrawal leaves no report in a folder.
    expect(said).toMatch(new RegExp(`缺.*${WITHDRAWN.name}  没有报告`));
    expect(said).toContain(`代  ${COUNTY_MISSING.name}没有报告，以所属机关代替（12个中有11个）`);
    expect(said).toMatch(new RegExp(`未计  ${MERGED.name}.*已于2020-09-01撤销`));
    expect(said).toMatch(new RegExp(`未计  ${TAX.name}  不属于${CITY.name}`));
    const told: Sources = JSON.parse(await readFile(join(folder, "sources.json"), "utf8"));
    expect(told.cells).toEqual(sources.cells);
    expect(names(told.notCounted)).toContain("云川市东湖区教育局");
  });

  it("takes no report whose figures are wrong, and neither of two that differ", async () => {
    const wrong = structuredClone(standing(CORRECTED)!);
    wrong.requests.received.naturalPerson += 1;
    await writeFile(join(folder, "reports", `${CORRECTED.name}.json`), JSON.stringify(wrong));
    const other = cityReport(COUNTY_PUBLISHED, YEAR, 1);
    await writeFile(join(folder, "reports", "另一份.json"), JSON.stringify(other));
    const said = await run();
    expect(said).toMatch(new RegExp(`缺.*${CORRECTED.name}  不能汇总：数字有错误，不能汇总（\\d处错误）：表三`));
    expect(said).toMatch(
      new RegExp(
        `代  ${COUNTY_PUBLISHED.name}不能汇总：有两份内容不同的报告：.*另一份.json.*，以所属机关代替（12个中有12个）`,
      ),
    );
    const told: Sources = JSON.parse(await readFile(join(folder, "sources.json"), "utf8"));
    expect(told.sources.map(({ name }) => name)).not.toContain(CORRECTED.name);
    expect(told.sources.map(({ name }) => name)).toContain("云川市东湖区教育局");
  });
});
