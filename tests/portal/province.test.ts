/** What a province's pages and data say of its year: all organs of all divisions, beside the provincial government's own report. */
import { beforeAll, describe, expect, it } from "vitest";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { allPages, machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { portalPages } from "../../src/portal/pages.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";

const YEAR = 2024;
const URL_OF = "https://example.org";
const context = (store: MemoryStore): IndexContext => ({
  store,
  pages: allPages(machinePages(URL_OF), portalPages({ publicUrl: URL_OF })),
});

/** An organ with a code of a division. */
const at = (division: string, number: number, name: string, kind: Organ["kind"], more: Partial<Organ> = {}): Organ => ({
  uscc: codeOf(division, number),
  name,
  kind,
  ...more,
});
const PROVINCE = at("990000", 1, "云岭省人民政府", "government");
const FINANCE = at("990000", 2, "云岭省财政厅", "department", { superior: PROVINCE.uscc });
const CITY = at("990100", 1, "云川市人民政府", "government", { superior: PROVINCE.uscc });
const SCHOOLS = at("990100", 2, "云川市教育局", "department", { superior: CITY.uscc });
const ARCHIVE = at("990100", 3, "云川市档案局", "department", { superior: CITY.uscc });
const TAX = at("990100", 4, "国家税务总局云川市税务局", "vertical");
const COUNTY = at("990102", 1, "云川市东湖区人民政府", "government", { superior: CITY.uscc });
const WATER = at("990102", 2, "云川市东湖区水利局", "department", { superior: COUNTY.uscc });
/** Its code is of the county, and it stands under the city's government. */
const LAKE = at("990102", 3, "云川市东湖管理局", "department", { superior: CITY.uscc });
/** A county where nobody has published anything. */
const HILLS = at("990103", 1, "云川市西山县人民政府", "government", { superior: CITY.uscc });
const HILL_SCHOOLS = at("990103", 2, "云川市西山县教育局", "department", { superior: HILLS.uscc, deadline: "01-20" });
const ORGANS = [PROVINCE, FINANCE, CITY, SCHOOLS, ARCHIVE, TAX, COUNTY, WATER, LAKE, HILLS, HILL_SCHOOLS];

const saved = { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" };
const file = (store: MemoryStore, { uscc, name }: Organ, received: number) =>
  commit(store, { uscc, year: YEAR, version: 1, kind: "original", organ: name, received, day: 10 });
const textIn = (store: MemoryStore, path: string): string =>
  new TextDecoder().decode(store.objects.get(`published/${path}`)!.body);
/** What a reader reads of a page. */
const readIn = (store: MemoryStore, path: string): string =>
  textIn(store, path)
    .replace(/<(script|style|title|desc)[\s>][\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const ROW = "一、本年新收政府信息公开申请数量";

const FILED: readonly (readonly [Organ, number])[] = [
  [PROVINCE, 100],
  [FINANCE, 7],
  [CITY, 60],
  [SCHOOLS, 20],
  [TAX, 1000],
  [COUNTY, 12],
  [WATER, 5],
  [LAKE, 3],
];

describe("a province with a roster", () => {
  const store = new MemoryStore();
  const text = (path: string) => textIn(store, path);
  const read = (path: string) => readIn(store, path);
  beforeAll(async () => {
    await saveRoster(store, { division: "990000", organs: ORGANS }, saved);
    for (const [organ, received] of FILED) await file(store, organ, received);
    // One after another, as publications come; the roster last.
    for (const [{ uscc }] of FILED) expect(await indexPlaces([{ uscc, year: YEAR }], context(store))).toEqual([]);
    expect(await indexPlaces([], context(store), ["990000"])).toEqual([]);
  });

  it("adds every organ once, with no government's report, beside the provincial government's own", () => {
    for (const path of [`provinces/99/${YEAR}.html`, "provinces/99.html"]) {
      const page = read(path);
      // 7 + 20 + 5 + 3, of the six organs under a government.
      expect(page).toContain("机关之和（6个机关中的4个） 政府的报告 相差");
      expect(page).toContain(`${ROW} 35 100 +65`);
      expect(page).toContain(`没有现行的报告，未计入机关之和：${ARCHIVE.name}、${HILL_SCHOOLS.name}`);
      expect(page).toContain(`未计入机关之和：${CITY.name}、${COUNTY.name}`);
      expect(page).toContain(`不相加的报告：${TAX.name}`);
      expect(page).not.toContain("没有名录");
      expect(page).toContain("机关之和（6个机关中的4个），各栏 项目 自然人");
      expect(page).toContain(`${ROW} 35 0 0 0 0 0 35`);
      expect(page).toMatch(/办结率 0\.0% 0\/35 0\.0% 0\/100/);
    }
    expect(JSON.parse(text(`provinces/99/${YEAR}.sums.json`))).toMatchObject({
      province: "99",
      year: YEAR,
      byRoster: true,
      organs: { expected: 6, reported: 4 },
      sum: { "/requests/received/total": 35, "/requests/received/naturalPerson": 35 },
      government: { organ: PROVINCE.name, figures: { "/requests/received/total": 100 } },
    });
  });

  it("shows each division's sum beside its government's, and leads to it", () => {
    const page = read(`provinces/99/${YEAR}.html`);
    expect(page).toContain("990000 1 1 7 100 +93");
    expect(page).toContain("990100 2 1 20 60 +40");
    // The lake's office has a code of the county: the county's page leaves it to the city, the province adds it here.
    expect(page).toContain("990102 2 2 8 12 +4");
    expect(page).toContain("990103 1 0 — — —");
    expect(text(`provinces/99/${YEAR}.html`)).toContain(`href="../../divisions/990103/${YEAR}.html"`);
  });

  it("has a table with all organs as rows and every cell as a column", () => {
    const lines = text(`provinces/99/${YEAR}.organs.csv`).trimEnd().split("\r\n");
    expect(lines[0]!.startsWith("行政区划,统一社会信用代码,行政机关,年度,在合计中,版本,")).toBe(true);
    const heads = lines[0]!.split(",");
    const column = heads.findIndex((head) => head.includes(ROW) && head.includes("自然人"));
    const rows = lines.slice(1).map((line) => line.split(","));
    expect(rows.every((row) => row.length === heads.length)).toBe(true);
    expect(rows.map((row) => [row[0], row[2], row[4], row[column]])).toEqual([
      ["990000", FINANCE.name, "计入", "7"],
      ["990000", PROVINCE.name, "政府的报告，不计入", "100"],
      ["990100", SCHOOLS.name, "计入", "20"],
      ["990100", ARCHIVE.name, "没有现行的报告", ""],
      ["990100", CITY.name, "政府的报告，不计入", "60"],
      ["990100", TAX.name, "不计入", "1000"],
      ["990102", WATER.name, "计入", "5"],
      ["990102", LAKE.name, "计入", "3"],
      ["990102", COUNTY.name, "政府的报告，不计入", "12"],
      ["990103", HILL_SCHOOLS.name, "没有现行的报告", ""],
    ]);
  });

  it("a division where nobody has published has its page, with everybody missing by name and deadline", () => {
    const page = read(`divisions/990103/${YEAR}.html`);
    expect(page).toContain("还没有机关公布这一年度的报告");
    expect(page).toContain("名录中应公布的机关2个");
    expect(page).toMatch(new RegExp(`${HILLS.name} ○ 未见公布 2025-03-31`));
    expect(page).toMatch(new RegExp(`${HILL_SCHOOLS.name} ○ 未见公布 2025-01-20`));
    expect(read("divisions/990103/index.html")).toContain(HILL_SCHOOLS.name);
    expect(read("provinces/99.html")).toContain("990103 2 0% 0 0 0 2");
    expect(text("sitemaps/99.xml")).not.toContain("990103");
  });

  it("a correction changes its lines and sums, and nothing is left for a rebuild", async () => {
    await commit(store, {
      ...{ uscc: WATER.uscc, year: YEAR, version: 2, kind: "correction", organ: WATER.name, received: 6, day: 20 },
    });
    await indexPlaces([{ uscc: WATER.uscc, year: YEAR }], context(store));
    expect(read(`provinces/99/${YEAR}.html`)).toContain(`${ROW} 36 100 +64`);
    expect(text(`provinces/99/${YEAR}.organs.csv`)).toMatch(new RegExp(`${WATER.name},${YEAR},计入,2,`));
    expect(await reindex(context(store))).toMatchObject({ written: 0, removed: [], failed: [] });
  });
});

describe("a roster where nobody has published anything", () => {
  it("has pages from the first one to everybody missing, in the province too", async () => {
    const store = new MemoryStore();
    await saveRoster(store, { division: "990000", organs: ORGANS }, saved);
    expect(await indexPlaces([], context(store), ["990000"])).toEqual([]);
    expect(readIn(store, "index.html")).toContain("还没有公布的报告");
    expect(textIn(store, "index.html")).toContain("provinces/99.html");
    const province = readIn(store, "provinces/99.html");
    expect(province).toContain(`没有现行的报告，未计入机关之和：${FINANCE.name}`);
    for (const path of ["990000", "990100", "990102", "990103"])
      expect(readIn(store, `divisions/${path}/${YEAR}.html`)).toContain("○ 未见公布");
    expect(JSON.parse(textIn(store, `provinces/99/${YEAR}.sums.json`))).toMatchObject({
      organs: { expected: 6, reported: 0 },
      sum: {},
    });
    expect(await reindex(context(store))).toMatchObject({ written: 0, removed: [], failed: [] });
    // And a rebuild makes all of it of the rosters alone.
    const before = store.contents("published/");
    for (const key of [...store.objects.keys()]) if (key.startsWith("published/")) store.objects.delete(key);
    await reindex(context(store));
    expect(store.contents("published/")).toEqual(before);
  });

  it("a version saved in a later year wants that year too", async () => {
    const store = new MemoryStore();
    await saveRoster(store, { division: "990000", organs: ORGANS }, saved);
    await indexPlaces([], context(store), ["990000"]);
    await saveRoster(
      store,
      { division: "990000", version: 1, organs: ORGANS.slice(0, -1) },
      { ...saved, savedAt: "2026-01-05T00:00:00+08:00" },
    );
    await indexPlaces([], context(store), ["990000"]);
    for (const year of [2024, 2025])
      expect(readIn(store, `divisions/990103/${year}.html`)).toContain(`${HILLS.name} ○ 未见公布`);
    expect(await reindex(context(store))).toMatchObject({ written: 0, removed: [], failed: [] });
  });
});
