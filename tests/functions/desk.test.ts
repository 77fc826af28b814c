import { describe, expect, it } from "vitest";
import { indexPlaces } from "../../src/index/indexer.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { officeKey } from "../../src/office/rows.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { BUREAU, CLERK, drafting, LEADER, own, REVIEWER, report, SUPERIOR, YEAR } from "../support/drafting.ts";
import { MemoryStore } from "../support/memory-store.ts";

const DESK = `/desk/990100/${YEAR}`;
const REMINDERS = `/reminders/990100/${YEAR}`;
const roster = cityRoster();
const pages = machinePages("https://example.org");
const ANY = { sub: "any", divisions: ["99"] };

interface Row {
  readonly uscc: string;
  readonly [name: string]: unknown;
}
const rowsOf = async (answer: Response): Promise<Row[]> => {
  expect(answer.status, answer.ok ? "" : await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { rows: Row[] }).rows;
};

/** A division's desk, and one organ of it. */
function desked(review: "none" | "organ" | "superior" = "organ") {
  const office = drafting(review);
  const { ask, store } = office;
  const save = () => ask("PUT", "/rosters/990100", { division: "990100", organs: roster.organs }, SUPERIOR);
  const rows = async () => rowsOf(await ask("GET", DESK, undefined, SUPERIOR));
  const row = async (uscc = BUREAU.uscc) => (await rows()).find((each) => each.uscc === uscc)!;
  const index = () => indexPlaces([{ uscc: BUREAU.uscc, year: YEAR }], { store, pages });
  return { ...office, saveRoster: save, rows, row, index };
}

describe("the desk of the office above", () => {
  it("has every organ of the roster, those that did nothing too, with what is left of their time", async () => {
    const { saveRoster, rows } = desked();
    expect((await saveRoster()).status).toBe(201);
    const all = await rows();
    const held = roster.organs.filter(({ until }) => until === undefined || until > `${YEAR}-12-31`);
    expect(all.map(({ uscc }) => uscc)).toEqual(held.map(({ uscc }) => uscc).sort());
    expect(all[0]).toMatchObject({ state: "none", review: "organ" });
    // The clock of this service says 2025-02-01: a department's day is past, a government's is not.
    expect(all.find(({ uscc }) => uscc === BUREAU.uscc)).toEqual({
      uscc: BUREAU.uscc,
      name: BUREAU.name,
      division: "990100",
      kind: "department",
      superior: BUREAU.superior,
      state: "none",
      due: "2025-01-31",
      daysLeft: -1,
      late: true,
      review: "organ",
    });
    expect(all.find(({ kind }) => kind === "government")).toMatchObject({ late: false, daysLeft: 58 });
  });

  it("follows a draft on its way, and what it is published as", async () => {
    const { ask, saveRoster, save, add, on, row, index } = desked("superior");
    await saveRoster();
    const states: unknown[] = [];
    const see = async (): Promise<void> => void states.push((await row())["state"]);
    await save();
    await see();
    await add("submit", CLERK);
    await see();
    await add("return", REVIEWER, { comment: "再核" });
    await see();
    await add("submit", CLERK);
    await on("agree", REVIEWER);
    await see();
    await on("clear", SUPERIOR);
    await see();
    expect((await ask("POST", "/reports", report(), LEADER)).status).toBe(201);
    await index();
    await see();
    expect(states).toEqual(["draft", "submitted", "returned", "agreed", "cleared", "published"]);
    expect(await row()).toMatchObject({ version: 1, late: true, found: { warnings: 0, explained: 0 } });
    expect(await row()).not.toHaveProperty("daysLeft");
    await save({ report: report("2025-01-20"), reason: "日期有误。" }, 1);
    expect(await row()).toMatchObject({ state: "published", next: "draft" });
  });

  it("shows a correction and a withdrawal as such", async () => {
    const { ask, row, index, saveRoster } = desked("none");
    await saveRoster();
    const place = `/reports/${BUREAU.uscc}/${YEAR}`;
    await ask("POST", "/reports", report(), ANY);
    const body = { supersedes: 1, reason: "日期有误。", report: report("2025-01-20") };
    expect((await ask("POST", `${place}/corrections`, body, ANY)).status).toBe(201);
    await index();
    expect(await row()).toMatchObject({ state: "corrected", version: 2 });
    await ask("POST", `${place}/withdrawal`, { supersedes: 2, reason: "重复。" }, ANY);
    await index();
    expect(await row()).toMatchObject({ state: "withdrawn", version: 3 });
  });

  it("has what was published before there was a desk, and what no roster has", async () => {
    const { ask, rows, index, store, save } = desked();
    const other = roster.organs[2]!;
    await ask("PUT", "/policies/99", { review: "none", version: 0 }, { divisions: ["99"], actions: ["oversee"] });
    expect((await ask("POST", "/reports", cityReport(other, YEAR), ANY)).status).toBe(201);
    await indexPlaces([{ uscc: other.uscc, year: YEAR }], { store, pages });
    store.objects.delete(officeKey("990100", YEAR));
    await save();
    expect((await rows()).map(({ name, state }) => [name, state])).toEqual([
      [BUREAU.uscc, "draft"],
      [other.name, "published"],
    ]);
    // The next publication of the division takes up what was published before.
    await ask("POST", "/reports", report(), ANY);
    await index();
    expect((await rows()).map(({ name, state }) => [name, state])).toEqual([
      [BUREAU.name, "published"],
      [other.name, "published"],
    ]);
  });

  it("is made anew by a rebuild as it was", async () => {
    const { ask, store, save, add, index } = desked();
    await save();
    await add("submit", CLERK);
    await ask("PUT", `/policies/${BUREAU.uscc}`, { review: "none", version: 0 }, SUPERIOR);
    await ask("POST", "/reports", report(), ANY);
    await index();
    await save({ report: report("2025-01-20"), reason: "日期有误。" }, 1);
    const before = store.contents("office/");
    expect(Object.keys(before)).toEqual([officeKey("990100", YEAR)]);
    store.objects.delete(officeKey("990100", YEAR));
    await store.put("office/990100/1999.json", "{}", { contentType: "application/json" });
    await reindex({ store, pages });
    expect(store.contents("office/")).toEqual(before);
  });

  it("mends the row of an organ that is opened", async () => {
    const { store, save, row, read } = desked();
    await save();
    store.objects.delete(officeKey("990100", YEAR));
    await read(CLERK);
    expect(await row()).toMatchObject({ state: "draft" });
  });

  it("of a province has the organs of every roster in it, each from the one nearest to it", async () => {
    const store = new MemoryStore();
    const { ask } = appOn(store);
    const all = { sub: "p", divisions: ["99"], actions: ["oversee"] };
    const county = roster.organs.filter(({ uscc }) => uscc.startsWith("990102", 2));
    expect(county.length).toBeGreaterThan(1);
    await ask("PUT", "/rosters/990100", { division: "990100", organs: roster.organs }, all);
    const before = (await rowsOf(await ask("GET", `/desk/990000/${YEAR}`, undefined, all))).length;
    const [gone, ...rest] = county.toReversed();
    const organs = rest.map(({ superior, ...organ }) =>
      rest.some(({ uscc }) => uscc === superior) ? { ...organ, superior } : organ,
    );
    const saved = await ask("PUT", "/rosters/990102", { division: "990102", organs }, all);
    expect(saved.status, await saved.clone().text()).toBe(201);
    const rows = await rowsOf(await ask("GET", `/desk/990000/${YEAR}`, undefined, all));
    expect(rows).toHaveLength(before - 1);
    expect(rows.map(({ uscc }) => uscc)).not.toContain(gone!.uscc);
    expect(await rowsOf(await ask("GET", `/desk/990102/${YEAR}`, undefined, all))).toHaveLength(rest.length);
  });

  it("is for who oversees the division, of a year that there is a form for", async () => {
    const { ask } = desked();
    for (const claims of [CLERK, LEADER, ANY, { divisions: ["990102"], actions: ["oversee"] }])
      expect((await ask("GET", DESK, undefined, claims)).status).toBe(403);
    expect((await ask("GET", DESK)).status).toBe(401);
    expect((await ask("GET", "/desk/990100/1900", undefined, SUPERIOR)).status).toBe(404);
  });
});

describe("reminders", () => {
  const body = { organs: [BUREAU.uscc], text: "请于1月31日前公布。" };

  it("are kept as they were sent, and shown on the desk", async () => {
    const { ask, saveRoster, row } = desked();
    await saveRoster();
    expect((await ask("POST", REMINDERS, body, SUPERIOR)).status).toBe(201);
    expect((await ask("POST", REMINDERS, { ...body, text: "再催。" }, SUPERIOR)).status).toBe(201);
    const { reminders } = await (await ask("GET", REMINDERS, undefined, SUPERIOR)).json();
    expect(reminders).toMatchObject([
      { version: 1, ...body },
      { version: 2, text: "再催。" },
    ]);
    expect(JSON.stringify(reminders)).not.toContain("superior");
    expect(await row()).toMatchObject({ reminded: "2025-02-01T08:00:00+08:00" });
  });

  it("are sent once under one key, and of several at once none is lost", async () => {
    const { ask } = desked();
    const keyed = () => ask("POST", REMINDERS, body, SUPERIOR, { "idempotency-key": "k" });
    expect([(await keyed()).status, (await keyed()).status]).toEqual([201, 200]);
    const texts = ["甲", "乙", "丙"];
    await Promise.all(texts.map((text) => ask("POST", REMINDERS, { ...body, text }, SUPERIOR)));
    const { reminders } = await (await ask("GET", REMINDERS, undefined, SUPERIOR)).json();
    expect(reminders.map(({ text }: { text: string }) => text).sort()).toEqual([body.text, ...texts].sort());
  });

  it.each<[string, object, object, number]>([
    ["by who does not oversee", body, own("x", "draft"), 403],
    ["of nobody", { ...body, organs: [] }, SUPERIOR, 422],
    ["of another division's", { ...body, organs: ["11370100MB00000000"] }, SUPERIOR, 422],
    ["without a word", { ...body, text: " " }, SUPERIOR, 422],
  ])("%s are refused", async (_, sent, claims, status) => {
    expect((await desked().ask("POST", REMINDERS, sent, claims)).status).toBe(status);
  });
});
