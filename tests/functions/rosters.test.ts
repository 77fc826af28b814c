import { describe, expect, it } from "vitest";
import type { Roster } from "../../src/roster/roster.ts";
import { latestRoster, rosterKey, rosterOver } from "../../src/roster/stored.ts";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { organ } from "../support/roster.ts";

const OVERSEER = { divisions: ["9901"], actions: ["oversee"] };
const CITY = organ(1, "云川市人民政府", "government");
const EDUCATION = organ(2, "云川市教育局", "department", { superior: CITY.uscc });
const roster = (organs = [CITY, EDUCATION], version?: number): Roster => ({
  division: "990100",
  ...(version === undefined ? {} : { version }),
  organs,
});
const PATH = "/rosters/990100";

describe("rosters", () => {
  it("are saved as versions, each made from the one before, and read by anybody without who saved them", async () => {
    const store = new MemoryStore();
    const { ask, decisions } = appOn(store);
    expect((await ask("GET", PATH)).status).toBe(404);
    const first = await ask("PUT", PATH, roster(), OVERSEER);
    expect([first.status, await first.json()]).toEqual([
      201,
      { division: "990100", version: 1, savedAt: "2025-04-01T08:00:00+08:00", organs: 2, findings: [] },
    ]);
    const read = await ask("GET", PATH);
    expect(await read.json()).toEqual(roster(undefined, 1));
    expect(read.headers.get("access-control-allow-origin")).toBe("*");
    expect((await ask("PUT", PATH, roster([CITY], 1), OVERSEER)).status).toBe(201);
    expect(await (await ask("GET", PATH)).json()).toEqual(roster([CITY], 2));
    expect([...store.objects.keys()]).toEqual([rosterKey("990100", 1), rosterKey("990100", 2)]);
    expect(decisions.filter(({ outcome }) => outcome === "saved")).toMatchObject([
      { action: "oversee", division: "990100", version: 1 },
      { action: "oversee", division: "990100", version: 2 },
    ]);
  });

  it("sent again are the version that they are, whatever version they were made from", async () => {
    const { ask } = appOn(new MemoryStore());
    await ask("PUT", PATH, roster(), OVERSEER);
    const again = await ask("PUT", PATH, roster(), OVERSEER);
    expect([again.status, (await again.json()).version]).toEqual([200, 1]);
  });

  it("made from a version that is no longer the latest are not saved: 409 with the latest", async () => {
    const { ask } = appOn(new MemoryStore());
    await ask("PUT", PATH, roster(), OVERSEER);
    await ask("PUT", PATH, roster([CITY], 1), OVERSEER);
    const late = await ask(
      "PUT",
      PATH,
      roster(
        [EDUCATION].map(({ superior: _, ...own }) => own),
        1,
      ),
      OVERSEER,
    );
    expect([late.status, await late.json()]).toEqual([409, expect.objectContaining({ version: 2 })]);
    expect((await ask("PUT", PATH, roster([EDUCATION, CITY]), OVERSEER)).status).toBe(409);
  });

  it("of several saved at once become one version", async () => {
    const store = new MemoryStore();
    const { ask } = appOn(store);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        ask("PUT", PATH, roster([CITY, organ(10 + n, `云川市第${n}局`, "department")]), OVERSEER),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect((await latestRoster(store, "990100"))?.version).toBe(1);
  });

  it("with errors are refused with where they are, and nothing is stored", async () => {
    const store = new MemoryStore();
    const { ask } = appOn(store);
    const wrong = await ask("PUT", PATH, roster([EDUCATION]), OVERSEER);
    expect(wrong.status).toBe(422);
    const { findings } = await wrong.json();
    expect(findings[0]).toMatchObject({ id: "R-SUPERIOR", cells: [{ pointer: "/organs/0/superior" }] });
    const elsewhere = await ask("PUT", "/rosters/990102", { ...roster(), division: "990100" }, OVERSEER);
    expect(elsewhere.status).toBe(422);
    expect(store.objects.size).toBe(0);
  });

  it.each<[string, object | undefined, number]>([
    ["nobody", undefined, 401],
    ["who files for the whole province", { divisions: ["99"] }, 403],
    ["who oversees another city", { divisions: ["9902"], actions: ["oversee"] }, 403],
    ["who oversees a county of it", { divisions: ["990102"], actions: ["oversee"] }, 403],
    ["who oversees the province", { divisions: "99", actions: "oversee" }, 201],
  ])("are saved by %s: %3$s", async (_, claims, status) => {
    expect((await appOn(new MemoryStore()).ask("PUT", PATH, roster(), claims)).status).toBe(status);
  });

  it("of the division around it are those of a division without one", async () => {
    const store = new MemoryStore();
    await appOn(store).ask("PUT", PATH, roster(), OVERSEER);
    expect((await rosterOver(store, "990102"))?.division).toBe("990100");
    expect(await rosterOver(store, "980100")).toBeUndefined();
  });

  it("are found past the ninth version, and past what a listing shows", async () => {
    const store = new MemoryStore();
    const { ask } = appOn(store);
    for (let version = 0; version < 11; version += 1)
      await ask(
        "PUT",
        PATH,
        roster([CITY, organ(20 + version, `云川市第${version}局`, "department")], version),
        OVERSEER,
      );
    expect((await latestRoster(store, "990100"))?.version).toBe(11);
    const list = store.list.bind(store);
    store.list = async function* (prefix: string) {
      for await (const row of list(prefix)) if (!row.key.endsWith("v11.json")) yield row;
    };
    expect((await latestRoster(store, "990100"))?.version).toBe(11);
  });
});

describe("the official name of an organ", () => {
  const organs = cityRoster().organs.map((own, i) => (i === 1 ? { ...own, formerNames: ["云川市计划委员会"] } : own));
  const [, bureau] = organs;
  const report = (name: string) => cityReport({ ...bureau!, name }, 2024);
  const filing = { divisions: ["99"] };

  it("is asked for by its code, by anybody", async () => {
    const { ask } = appOn(new MemoryStore());
    await ask("PUT", PATH, { division: "990100", organs }, OVERSEER);
    expect(await (await ask("GET", `/organs/${bureau!.uscc}`)).json()).toEqual(bureau);
    // A county's organ is found in the city's roster.
    const county = organs.find(({ name }) => name === "云川市东湖区教育局")!;
    expect(await (await ask("GET", `/organs/${county.uscc}`)).json()).toMatchObject({ name: county.name });
    expect((await ask("GET", `/organs/${organ(999, "", "other").uscc}`)).status).toBe(404);
  });

  it("and a report under another name needs an explanation (F-NAME), one under a name of before none", async () => {
    const { ask } = appOn(new MemoryStore());
    await ask("PUT", PATH, { division: "990100", organs }, OVERSEER);
    const other = await ask("POST", "/reports", report("云川市发改局"), filing);
    const { unexplained, findings } = await other.json();
    expect([other.status, unexplained]).toEqual([422, ["F-NAME"]]);
    expect(findings[0].message).toContain("与名录中的“云川市发展和改革委员会”不同");
    expect((await ask("POST", "/reports", report("云川市计划委员会"), filing)).status).toBe(201);
  });

  it("is held against nothing where there is no roster", async () => {
    const { ask } = appOn(new MemoryStore());
    expect((await ask("POST", "/reports", report("云川市发改局"), filing)).status).toBe(201);
  });
});
