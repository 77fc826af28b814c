/** A government's report contains its organs': what pages and data say of a division whose government reported 97 and whose nine organs 45. */
import { beforeAll, describe, expect, it } from "vitest";
import { startIndexing } from "../../server/indexing.ts";
import type { IndexQueue } from "../../server/queue.ts";
import { consume } from "../../src/index/events.ts";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { indexLaggingRosters, laggingRosters } from "../../src/index/lagging.ts";
import { reindex } from "../../src/index/reindex.ts";
import { portalPages } from "../../src/portal/pages.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { rosterKey, saveRoster } from "../../src/roster/stored.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";
import { codeOf, organ } from "../support/roster.ts";

const DIVISION = "990100";
const YEAR = 2024;
const CITY = organ(1, "云川市人民政府", "government");
const BUREAUS = ["教育", "公安", "民政", "司法", "财政", "水利", "审计", "统计", "体育"].map((name, i) =>
  organ(2 + i, `云川市${name}局`, "department", { superior: CITY.uscc }),
);
const NEVER = organ(20, "云川市档案局", "department", { superior: CITY.uscc });
const LATER = organ(23, "云川市数据局", "department", { superior: CITY.uscc });
const TAX = organ(21, "国家税务总局云川市税务局", "vertical");
const COUNTY = organ(22, "云川市东湖区人民政府", "government", { superior: CITY.uscc, division: "990102" });

let store: MemoryStore;
let context: IndexContext;
const file = ({ uscc, name }: Organ, received: number, day = 10) =>
  commit(store, { uscc, year: YEAR, version: 1, kind: "original", organ: name, received, day });
const save = (organs: readonly Organ[], version = 0) =>
  saveRoster(
    store,
    { division: DIVISION, version, organs: [...organs] },
    { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" },
  );
const text = (path: string): string => new TextDecoder().decode(store.objects.get(`published/${path}`)!.body);
/** What a reader reads of a page. */
const read = (path: string): string =>
  text(path)
    .replace(/<(script|style|title|desc)[\s>][\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const PAGES = [`divisions/${DIVISION}/${YEAR}.html`, `divisions/${DIVISION}/index.html`];
const sums = () => JSON.parse(text(`divisions/${DIVISION}/${YEAR}.sums.json`));
const ROW = "一、本年新收政府信息公开申请数量";

beforeAll(async () => {
  store = new MemoryStore();
  context = { store, pages: portalPages({ publicUrl: "https://example.org" }) };
  await file(CITY, 97, 80);
  for (const bureau of BUREAUS) await file(bureau, 5);
  const places = [CITY, ...BUREAUS].map(({ uscc }) => ({ uscc, year: YEAR }));
  expect(await indexPlaces(places, context)).toEqual([]);
});

describe("without a roster, by names", () => {
  it("pages show the organs' sum, the government's own figure and the difference", () => {
    for (const path of PAGES) {
      const page = read(path);
      expect(page).toContain("机关之和（9个机关中的9个） 政府的报告 相差");
      expect(page).toContain(`${ROW} 45 97 +52`);
      expect(page).not.toContain(" 142 ");
      expect(page).toContain("没有名录");
    }
  });

  it("the data say the same", () => {
    expect(sums()).toMatchObject({
      byRoster: false,
      organs: { expected: 9, reported: 9 },
      lacking: [],
      sum: { "/requests/received/total": 45 },
      government: { organ: CITY.name, figures: { "/requests/received/total": 97 } },
    });
  });
});

describe("every column of a table by applicants", () => {
  it("is in the sum and in the government's report, on the page and as data", () => {
    const page = read(PAGES[0]!);
    // 自然人, six kinds of others, 总计.
    expect(page).toContain("机关之和（9个机关中的9个），各栏 项目 自然人");
    expect(page).toContain(`${ROW} 45 0 0 0 0 0 45`);
    expect(page).toContain("政府的报告，各栏 项目 自然人");
    expect(page).toContain(`${ROW} 97 0 0 0 0 0 97`);
    expect(sums().sum).toMatchObject({ "/requests/received/naturalPerson": 45, "/requests/received/total": 45 });
  });

  it("rates are shares of sums, with what they are", () => {
    for (const path of PAGES) expect(read(path)).toMatch(/办结率 0\.0% 0\/45 0\.0% 0\/97/);
    expect(read(PAGES[0]!)).toMatch(/予以公开率 — —/);
  });

  it("is a column of a table with organs as rows, their sum and the government's report below", () => {
    const [heads, ...rows] = text(`divisions/${DIVISION}/${YEAR}.organs.csv`)
      .replace(/^\ufeff/, "")
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
    const at = heads!.findIndex((head) => head.includes(ROW) && head.includes("自然人"));
    const brief = rows.map((row) => [row[1], row[3], row[at]]);
    expect(brief).toEqual([
      ...BUREAUS.map(({ name }) => [name, "计入", "5"]),
      ["机关之和", "9个机关中的9个", "45"],
      [CITY.name, "政府的报告，不计入", "97"],
    ]);
    expect(rows.every((row) => row.length === heads!.length)).toBe(true);
  });
});

describe("with a roster", () => {
  /** As the bucket tells of it. */
  const told = async (version: number) => {
    const body = JSON.stringify({ Records: [{ s3: { object: { key: rosterKey(DIVISION, version) } } }] });
    const answer = await consume([{ messageId: "1", body }], { ...context, remind: async () => {} }, (error) => {
      throw error;
    });
    expect(answer.batchItemFailures).toEqual([]);
  };

  it("an organ that never filed is missed by name, and what is not under the government is not added", async () => {
    await file(TAX, 1000);
    await indexPlaces([{ uscc: TAX.uscc, year: YEAR }], context);
    await save([CITY, ...BUREAUS, NEVER, TAX, COUNTY]);
    await told(1);
    for (const path of PAGES) {
      const page = read(path);
      expect(page).toContain("机关之和（10个机关中的9个） 政府的报告 相差");
      expect(page).toContain(`${ROW} 45 97 +52`);
      expect(page).toContain(`没有现行的报告，未计入机关之和：${NEVER.name}`);
      expect(page).toContain(`未计入机关之和：${COUNTY.name}`);
      expect(page).toContain(`列在本区划而不相加的报告：${TAX.name}`);
      expect(page).toContain("名录中应公布的机关12个");
      expect(page).not.toContain("没有名录");
      // It has no page that could be linked to.
      expect(text(path)).not.toContain(NEVER.uscc);
      expect(page).toMatch(new RegExp(`${NEVER.name} ○ 未见公布`));
    }
    expect(read("provinces/99.html")).toMatch(/990100 12 91% 11 0 0 1 /);
    expect(sums()).toMatchObject({ byRoster: true, organs: { expected: 10, reported: 9 } });
  });

  it("a version saved just before a crash, of which nothing told, is found and indexed", async () => {
    expect(await laggingRosters(store)).toEqual([]);
    await save([CITY, ...BUREAUS, NEVER, TAX, COUNTY, LATER], 1);
    expect(await laggingRosters(store)).toEqual([DIVISION]);
    const pushed: string[] = [];
    const queue = { push: (key: string) => void pushed.push(key), start: async () => {} };
    await startIndexing(queue as unknown as IndexQueue, store, async () => ({ batchItemFailures: [] }));
    expect(pushed).toEqual([rosterKey(DIVISION, 1)]);
    await told(1);
    expect(await laggingRosters(store)).toEqual([]);
    expect(read(PAGES[0]!)).toContain(LATER.name);
    expect(JSON.parse(text(`divisions/${DIVISION}/roster.json`))).toEqual({ division: DIVISION, version: 2 });
  });

  it("the nightly look indexes such a version by itself, and finds nothing the night after", async () => {
    await save([CITY, ...BUREAUS, NEVER, TAX, COUNTY], 2);
    expect(await indexLaggingRosters(context)).toEqual([DIVISION]);
    expect(read(PAGES[0]!)).not.toContain(LATER.name);
    expect(await indexLaggingRosters(context)).toEqual([]);
    await save([CITY, ...BUREAUS, NEVER, TAX, COUNTY, LATER], 3);
    expect(await indexLaggingRosters(context)).toEqual([DIVISION]);
    expect(read(PAGES[0]!)).toContain(LATER.name);
  });

  it("is what a rebuild makes of it", async () => {
    expect(await reindex(context)).toMatchObject({ written: 0, removed: [], failed: [] });
  });

  it("deadlines are the roster's, and organs are held to the years in which they were there", async () => {
    const [first, second, ...others] = BUREAUS;
    await save(
      [
        CITY,
        { ...first!, deadline: "01-05" },
        { ...second!, until: "2024-05-01", mergedInto: first!.uscc },
        ...others,
        { ...NEVER, since: "2025-01-01" },
        TAX,
        COUNTY,
      ],
      4,
    );
    await told(5);
    const page = read(PAGES[0]!);
    expect(page).toContain("机关之和（8个机关中的8个）");
    expect(page).toContain(`${ROW} 40 97 +57`);
    expect(page).toContain(`列在本区划而不相加的报告：${second!.name}、${TAX.name}`);
    expect(page).toMatch(new RegExp(`${first!.name} ! 逾期公布 2025-01-05`));
    expect(page).not.toContain(NEVER.name);
    expect(await reindex(context)).toMatchObject({ written: 0, removed: [], failed: [] });
  });
});

describe("a township", () => {
  it.each(["云川旗达来苏木人民政府", "云川市柳林镇人民政府"])(
    "%s is no government that sums up others",
    async (name) => {
      const own = new MemoryStore();
      const at = { store: own, pages: portalPages({ publicUrl: "https://example.org" }) };
      for (const [number, called] of [
        [1, "云川市人民政府"],
        [2, name],
      ] as const)
        await commit(own, {
          ...{ uscc: codeOf(DIVISION, number), year: YEAR, version: 1, kind: "original", organ: called },
          ...{ received: number, day: 10 },
        });
      await indexPlaces(
        [1, 2].map((number) => ({ uscc: codeOf(DIVISION, number), year: YEAR })),
        at,
      );
      const there = own.objects.get(`published/divisions/${DIVISION}/${YEAR}.sums.json`)!;
      expect(JSON.parse(new TextDecoder().decode(there.body))).toMatchObject({
        organs: { expected: 1, reported: 1 },
        sum: { "/requests/received/total": 2 },
        government: { organ: "云川市人民政府" },
      });
    },
  );
});
