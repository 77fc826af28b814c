import { describe, expect, it } from "vitest";
import { appOn } from "../support/app.ts";
import { cityReport, cityRoster } from "../support/city.ts";
import { MemoryStore } from "../support/memory-store.ts";

const BUREAU = cityRoster().organs[1]!;
const YEAR = 2024;
const PATH = `/drafts/${BUREAU.uscc}/${YEAR}`;
const own = (sub: string, ...actions: string[]) => ({ sub, organs: [BUREAU.uscc], actions });
const CLERK = own("clerk", "draft");
const COLLEAGUE = own("colleague", "draft");
const SUPERIOR = { sub: "superior", divisions: ["99"], actions: ["oversee"] };
const NEW = { "if-none-match": "*" };
const report = (title: string) => ({ ...cityReport(BUREAU, YEAR), note: title });
const draft = (title: string, base: number | null = null) => ({ submission: { report: report(title) }, base });

describe("the draft of a report", () => {
  it("is saved by one, gone on with by another, and read by whoever acts for the organ", async () => {
    const { ask } = appOn(new MemoryStore());
    const first = await ask("PUT", PATH, draft("甲"), CLERK, NEW);
    expect(first.status).toBe(201);
    const read = await ask("GET", PATH, undefined, COLLEAGUE);
    expect(read.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(read.headers.get("cache-control")).toBe("private, no-store");
    expect(await read.json()).toMatchObject({
      draft: { submission: { report: report("甲") }, base: null, savedBy: { subject: "clerk" } },
      state: "draft",
      base: null,
      policy: { review: "none" },
      events: [],
    });
    const second = await ask("PUT", PATH, draft("乙"), COLLEAGUE, { "if-match": read.headers.get("etag")! });
    expect([second.status, (await second.json()).draft.submission.report.note]).toEqual([200, "乙"]);
  });

  it("is never written over: whoever comes second is answered with what is there now", async () => {
    const { ask } = appOn(new MemoryStore());
    const tag = (await ask("PUT", PATH, draft("甲"), CLERK, NEW)).headers.get("etag")!;
    await ask("PUT", PATH, draft("乙"), COLLEAGUE, { "if-match": tag });
    for (const condition of [{ "if-match": tag }, NEW]) {
      const late = await ask("PUT", PATH, draft("丙"), CLERK, condition);
      expect(late.status).toBe(412);
      const { office } = await late.json();
      expect(office.draft.submission.report.note).toBe("乙");
      expect(office.draft.savedBy.subject).toBe("colleague");
    }
    expect((await ask("PUT", PATH, draft("丙"), CLERK)).status).toBe(428);
  });

  it("sent again, its answer lost, is saved", async () => {
    const { ask } = appOn(new MemoryStore());
    const tag = (await ask("PUT", PATH, draft("甲"), CLERK, NEW)).headers.get("etag")!;
    expect((await ask("PUT", PATH, draft("甲"), CLERK, NEW)).status).toBe(200);
    const saved = (await ask("PUT", PATH, draft("乙"), CLERK, { "if-match": tag })).headers.get("etag");
    const again = await ask("PUT", PATH, draft("乙"), CLERK, { "if-match": tag });
    expect([again.status, again.headers.get("etag")]).toEqual([200, saved]);
  });

  it("is thrown away under the same condition, and begun anew", async () => {
    const { ask } = appOn(new MemoryStore());
    const tag = (await ask("PUT", PATH, draft("甲"), CLERK, NEW)).headers.get("etag")!;
    expect((await ask("DELETE", PATH, undefined, CLERK, { "if-match": '"other"' })).status).toBe(412);
    expect((await ask("DELETE", PATH, undefined, CLERK)).status).toBe(428);
    expect((await ask("DELETE", PATH, undefined, CLERK, { "if-match": tag })).status).toBe(204);
    expect(await (await ask("GET", PATH, undefined, CLERK)).json()).toMatchObject({ draft: null, state: "none" });
    expect((await ask("PUT", PATH, draft("乙"), CLERK, { "if-match": tag })).status).toBe(412);
    expect((await ask("PUT", PATH, draft("乙"), CLERK, NEW)).status).toBe(201);
    expect((await ask("PUT", PATH, draft("丙"), COLLEAGUE, NEW)).status).toBe(412);
  });

  it.each([
    ["without a report", { submission: {}, base: null }],
    ["of a version that is none", { submission: { report: {} }, base: 0 }],
    ["without its version", { submission: { report: {} } }],
    ["with something else", { submission: { report: {} }, base: null, by: "x" }],
    ["of another shape", []],
  ])("%s is refused", async (_, body) => {
    const store = new MemoryStore();
    expect((await appOn(store).ask("PUT", PATH, body, CLERK, NEW)).status).toBe(422);
    expect(store.objects.size).toBe(0);
  });

  it("is not there for anybody else, whether it is there or not: the same answer", async () => {
    const { ask } = appOn(new MemoryStore());
    const strangers = [
      { sub: "x", organs: ["11990100MB00000000"] },
      own("x", "withdraw", "seal"),
      { sub: "x", divisions: ["98"], actions: ["oversee"] },
    ];
    const asked = () => Promise.all(strangers.map((claims) => ask("GET", PATH, undefined, claims)));
    const told = async (answers: Response[]) =>
      Promise.all(answers.map(async (answer) => [answer.status, { ...(await answer.json()), instance: "" }]));
    const before = await told(await asked());
    await ask("PUT", PATH, draft("甲"), CLERK, NEW);
    expect(await told(await asked())).toEqual(before);
    for (const [status] of before) expect(status).toBe(403);
    expect((await ask("GET", PATH)).status).toBe(401);
    expect((await ask("PUT", PATH, draft("乙"), SUPERIOR, NEW)).status).toBe(403);
    expect((await ask("PUT", PATH, draft("乙"), own("x", "review"), NEW)).status).toBe(403);
  });

  it("shows the office above that it is there, and nothing of it", async () => {
    const { ask } = appOn(new MemoryStore());
    await ask("PUT", PATH, draft("甲"), CLERK, NEW);
    const seen = await ask("GET", PATH, undefined, SUPERIOR);
    expect(await seen.json()).toMatchObject({ state: "draft", draft: null, events: [], may: ["comment"] });
  });
});
