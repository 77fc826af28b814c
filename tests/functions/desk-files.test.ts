/** What the office above makes of its desk: checks of all that is published, notices, a workbook. */
import { unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/basics/finding.ts";
import { type Checks, readChecks } from "../../src/desk/checks.ts";
import type { DeskRow } from "../../src/desk/rows.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { machinePages } from "../../src/index/pages.ts";
import { recordKey } from "../../src/publish/record.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";

const YEAR = 2024;
const { organs } = cityRoster();
const named = (name: string) => organs.find((organ) => organ.name === name)!;
const [EDUCATION, POLICE, WATER] = [named("云川市教育局"), named("云川市公安局"), named("云川市西山区水利局")];
const SUPERIOR = { sub: "superior", divisions: ["9901"], actions: ["oversee"] };
const COUNTY = { sub: "county", divisions: ["990103"], actions: ["oversee"] };
const CLERK = { sub: "clerk", divisions: ["9901"] };
const SAID = "上年结转已经核对，以本年为准。";
const EXPLAINED = { explanations: { "Y-CARRY": SAID, "Y-REPEAT": "工作机制没有变化，文字照旧。" } };
const CHECKS = `/checks/990100/${YEAR}`;
const noticeOf = (uscc: string, query = ""): string => `/notices/${uscc}/${YEAR}${query}`;

const store = new MemoryStore();
const { ask, decisions } = appOn(store);
const textOf = (docx: Uint8Array): string => new TextDecoder().decode(unzipSync(docx)["word/document.xml"]);

beforeAll(async () => {
  await ask("PUT", "/rosters/990100", { division: "990100", organs }, SUPERIOR);
  const places = [];
  for (const [organ, year, more] of [
    [EDUCATION, YEAR - 1, {}],
    [EDUCATION, YEAR, EXPLAINED],
    [POLICE, YEAR, {}],
    [WATER, YEAR, {}],
  ] as const) {
    expect((await ask("POST", "/reports", { ...cityReport(organ, year), ...more }, CLERK)).status).toBe(201);
    places.push({ uscc: organ.uscc, year });
  }
  await indexPlaces(places, { store, pages: machinePages("https://example.org") });
});

describe("the checks of all that is published", () => {
  it("are what the records have, with the rules that were explained", async () => {
    const answer = await ask("GET", CHECKS, undefined, SUPERIOR);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    const checks = (await answer.json()) as Checks;
    expect(checks.organs.map(({ name }) => name)).toEqual([EDUCATION.name, POLICE.name, WATER.name]);
    expect(checks).not.toHaveProperty("next");
    const [education, police] = checks.organs;
    expect(new Set(education!.findings.filter(({ level }) => level === "warning").map(({ id }) => id))).toEqual(
      new Set(["Y-CARRY", "Y-REPEAT"]),
    );
    expect(education!.explained.toSorted()).toEqual(["Y-CARRY", "Y-REPEAT"]);
    expect(police!.findings.filter(({ level }) => level === "warning")).toEqual([]);
    expect(decisions.at(-1)).toMatchObject({ action: "oversee", outcome: "read", division: "990100", year: YEAR });
  });

  it("are of the division that is asked for, and for those who oversee it alone", async () => {
    const { organs: found } = (await (await ask("GET", `/checks/990103/${YEAR}`, undefined, COUNTY)).json()) as Checks;
    expect(found.map(({ name }) => name)).toEqual([WATER.name]);
    for (const claims of [COUNTY, CLERK]) expect((await ask("GET", CHECKS, undefined, claims)).status).toBe(403);
    expect((await ask("GET", CHECKS)).status).toBe(401);
    expect((await ask("GET", "/checks/990100/1999", undefined, SUPERIOR)).status).toBe(404);
    expect((await ask("GET", `${CHECKS}?after=x`, undefined, SUPERIOR)).status).toBe(400);
  });

  it("come some organs at a time, each once, whatever their number", async () => {
    const many = new MemoryStore();
    const finding: Finding = { id: "Y-CARRY", level: "warning", message: "甲", messageEn: "a", cells: [] };
    const rows = Array.from({ length: 450 }, (_, i): DeskRow => {
      const uscc = String(i).padStart(18, "0");
      const state = i % 10 === 0 ? "withdrawn" : "published";
      return { uscc, name: uscc, division: "990100", state, due: "", late: false, review: "none", version: 1 };
    });
    const record = JSON.stringify({ findings: [finding], explanations: {} });
    for (const { uscc } of rows) await many.create(recordKey(uscc, YEAR, 1), record, { contentType: "x" });
    const found: string[] = [];
    for (let after: string | undefined = ""; after !== undefined; ) {
      const checks: Checks = await readChecks(many, rows, YEAR, after);
      expect(checks.organs.length).toBeLessThanOrEqual(200);
      found.push(...checks.organs.map(({ uscc }) => uscc));
      after = checks.next;
    }
    expect(found).toEqual(rows.filter(({ state }) => state === "published").map(({ uscc }) => uscc));
  });
});

describe("the notice to an organ", () => {
  it("says what is to be corrected or explained of what it published, as a document and as a page", async () => {
    const docx = await ask("GET", noticeOf(EDUCATION.uscc), undefined, SUPERIOR);
    expect(docx.headers.get("content-disposition")).toContain(`${EDUCATION.uscc}-${YEAR}-notice.docx`);
    const text = textOf(new Uint8Array(await docx.arrayBuffer()));
    for (const said of [`${EDUCATION.name}：`, "Y-CARRY", "Y-REPEAT", "已公布的第1版", "整改"])
      expect(text).toContain(said);
    const page = await ask("GET", noticeOf(EDUCATION.uscc, "?format=html"), undefined, SUPERIOR);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toContain("Y-CARRY");
  });

  it("tells of what is alike where it is, whatever is asked", async () => {
    const alike = async (own: string, ...others: string[]) =>
      ask("GET", noticeOf(own, `?format=html&alike=${others.join(".")}`), undefined, SUPERIOR);
    const police = await (await alike(POLICE.uscc, EDUCATION.uscc)).text();
    expect(police).toContain("B-ALIKE");
    expect(police).toContain(EDUCATION.name);
    // Of one that published nothing there is nothing to be alike to.
    expect((await alike(POLICE.uscc, organs[9]!.uscc)).status).toBe(404);
  });

  it("is for those who oversee the organ alone, and there is none where nothing is to be said", async () => {
    for (const claims of [COUNTY, CLERK])
      expect((await ask("GET", noticeOf(EDUCATION.uscc), undefined, claims)).status).toBe(403);
    for (const organ of [POLICE, organs[9]!])
      expect((await ask("GET", noticeOf(organ.uscc), undefined, SUPERIOR)).status).toBe(404);
  });
});

describe("the workbook", () => {
  it("has the organs that are asked for in that order, and none of elsewhere", async () => {
    const asked = [WATER.uscc, EDUCATION.uscc, "11990900MB00000001"];
    const answer = await ask("POST", `/desk/990100/${YEAR}/workbook`, { organs: asked }, SUPERIOR);
    expect(answer.status).toBe(200);
    const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
    const [heads, ...values] = sheets[0]!.rows;
    const at = (head: string): number => heads!.indexOf(head);
    expect(values.map((row) => [row[at("机关")], row[at("状态")], row[at("逾期")]])).toEqual([
      [WATER.name, "已公布", "逾期公布"],
      [EDUCATION.name, "已公布", "逾期公布"],
    ]);
    expect(values[1]![at("已说明")]).toBe(2);
    const refused = await ask("POST", `/desk/990100/${YEAR}/workbook`, { organs: "all" }, SUPERIOR);
    expect(refused.status).toBe(422);
    expect((await ask("POST", `/desk/990100/${YEAR}/workbook`, { organs: [] }, COUNTY)).status).toBe(403);
  });
});
