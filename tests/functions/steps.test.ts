import { describe, expect, it } from "vitest";
import { appOn } from "../support/app.ts";
import { BUREAU, CLERK, DRAFT, drafting, LEADER, own, REVIEWER, report, SUPERIOR, YEAR } from "../support/drafting.ts";
import { MemoryStore } from "../support/memory-store.ts";

const BOTH = own("both", "draft", "review");

describe("a draft under a policy that asks for review", () => {
  it("is handed over, returned with a remark on a cell, handed over again, agreed to", async () => {
    const { read, save, add, on, decisions } = drafting();
    await save();
    expect((await read()).may).toEqual(["submit", "comment"]);
    const submitted = await add("submit", CLERK, { comment: "请审核" });
    expect(submitted.status).toBe(201);
    expect(await submitted.json()).toMatchObject({
      event: { number: 1, kind: "submit", role: "draft", by: { subject: "clerk" }, comment: "请审核", base: null },
      state: "submitted",
    });
    const comments = [{ pointer: "/requests/received/total", text: "与台账不符" }];
    expect((await add("return", REVIEWER, { comments })).status).toBe(201);
    const { state, events, may } = await read();
    expect([state, events[1].comments, may]).toEqual(["returned", comments, ["submit", "comment"]]);
    await save({ report: report("2025-01-11") });
    expect((await read()).state).toBe("returned");
    expect((await add("submit", CLERK)).status).toBe(201);
    expect((await on("agree", REVIEWER)).status).toBe(201);
    expect((await read(LEADER)).may).toEqual(["return", "comment", "sign"]);
    const steps = decisions.filter(({ outcome }) => /^(?:submit|return|agree)$/.test(outcome));
    expect(steps.map(({ action, outcome, caller }) => [action, outcome, caller?.subject])).toEqual([
      ["draft", "submit", "clerk"],
      ["review", "return", "reviewer"],
      ["draft", "submit", "clerk"],
      ["review", "agree", "reviewer"],
    ]);
  });

  it("is not agreed to by who handed it over, nor by who may not review, nor unseen", async () => {
    const { save, add, on } = drafting();
    await save();
    await add("submit", BOTH);
    expect((await on("agree", BOTH)).status).toBe(409);
    expect((await on("agree", LEADER)).status).toBe(409);
    expect((await on("agree", { sub: "x", organs: [BUREAU.uscc] })).status).toBe(409);
    expect((await add("agree", REVIEWER, { content: "0".repeat(64) })).status).toBe(409);
    expect((await add("agree", REVIEWER)).status).toBe(422);
    expect((await on("agree", own("y", "draft", "review"))).status).toBe(201);
  });

  it("is seen first by the office above where the policy says so, from when the organ agreed", async () => {
    const { ask, read, save, add, on } = drafting("superior");
    await save();
    await add("submit", CLERK);
    const { content } = await read();
    expect(await read(SUPERIOR)).toMatchObject({ state: "submitted", draft: null, may: ["comment"] });
    expect((await ask("GET", `${DRAFT}/contents/${content}`, undefined, SUPERIOR)).status).toBe(404);
    await on("agree", REVIEWER, { comment: "可以" });
    expect((await read(LEADER)).may).toEqual(["return", "comment"]);
    const seen = await read(SUPERIOR);
    expect(seen).toMatchObject({ state: "agreed", content, draft: null, may: ["return", "clear", "comment"] });
    expect(seen.events.map(({ by, comment }: { by?: object; comment?: string }) => [by, comment])).toEqual([
      [undefined, undefined],
      [undefined, "可以"],
    ]);
    const opened = await (await ask("GET", `${DRAFT}/contents/${content}`, undefined, SUPERIOR)).json();
    expect(opened).toMatchObject({ sha256: content, report: { signed: "2025-01-10" }, unexplained: [] });
    expect((await on("clear", REVIEWER)).status).toBe(409);
    expect((await on("clear", SUPERIOR)).status).toBe(201);
    expect((await read(LEADER)).may).toContain("sign");
  });

  it("takes one step of two that are taken at once, and tells the other how things stand", async () => {
    const { ask, save, add, read } = drafting();
    await save();
    await add("submit", CLERK);
    const { content } = await read();
    const [agreed, returned] = await Promise.all([
      ask("POST", `${DRAFT}/events`, { kind: "agree", after: 1, content }, REVIEWER),
      ask("POST", `${DRAFT}/events`, { kind: "return", after: 1, comment: "再核" }, LEADER),
    ]);
    expect([agreed.status, returned.status].sort()).toEqual([201, 409]);
    const [late] = [agreed, returned].filter(({ status }) => status === 409);
    expect(await late!.json()).toMatchObject({ code: "not-the-latest", office: { events: [{}, {}] } });
  });

  it("takes a step that is sent again, its answer lost, as the one that it is", async () => {
    const { ask, save, read } = drafting();
    await save();
    const submit = { kind: "submit", after: 0 };
    const first = await ask("POST", `${DRAFT}/events`, submit, CLERK);
    const again = await ask("POST", `${DRAFT}/events`, submit, CLERK);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect((await again.json()).event).toEqual((await first.json()).event);
    await save({ report: report("2025-01-11") });
    expect((await ask("POST", `${DRAFT}/events`, submit, CLERK)).status).toBe(409);
    expect((await read()).events).toHaveLength(1);
  });

  it("is not handed over with errors, or as another's report, or where it changed meanwhile", async () => {
    const { ask, save, add, store, read } = drafting();
    await save({ report: { ...report(), requests: {} } });
    const refused = await add("submit", CLERK);
    expect([refused.status, (await refused.json()).findings[0].level]).toEqual([422, "error"]);
    await save({ report: { ...report(), year: YEAR - 1, signed: "2024-01-10" } });
    expect((await (await add("submit", CLERK)).json()).findings).toMatchObject([{ id: "S-PLACE" }]);
    await save();
    const { etag } = (await read()).draft;
    await save({ report: report("2025-01-12") });
    const changed = await ask("POST", `${DRAFT}/events`, { kind: "submit", after: 0 }, CLERK, { "if-match": etag });
    expect(changed.status).toBe(412);
    expect([...store.objects.keys()].filter((key) => /events|contents/.test(key))).toEqual([]);
  });

  it.each([
    ["a return without a word", { kind: "return", after: 0 }],
    ["a signature", { kind: "sign", after: 0 }],
    ["an unknown kind", { kind: "approve", after: 0 }],
    ["no number", { kind: "submit" }],
    ["a remark without a place", { kind: "comment", after: 0, comments: [{ text: "x" }] }],
    ["something else", { kind: "comment", after: 0, comment: "x", by: "me" }],
  ])("refuses %s", async (_, body) => {
    const { ask } = drafting();
    expect((await ask("POST", `${DRAFT}/events`, body, CLERK)).status).toBe(422);
  });
});

describe("policies", () => {
  const by =
    (place: string, review: string, version: number, claims: object = SUPERIOR) =>
    (ask: ReturnType<typeof appOn>["ask"]) =>
      ask("PUT", `/policies/${place}`, { review, version }, claims);

  it("are set by who oversees, and the nearest holds", async () => {
    const { ask } = appOn(new MemoryStore());
    const effective = async () =>
      (await (await ask("GET", `/policies/${BUREAU.uscc}`, undefined, CLERK)).json()).effective;
    expect(await effective()).toEqual({ review: "none" });
    expect((await by("9901", "organ", 0)(ask)).status).toBe(201);
    expect(await effective()).toEqual({ review: "organ", place: "9901", version: 1 });
    expect((await by(BUREAU.uscc, "superior", 0)(ask)).status).toBe(201);
    expect(await effective()).toEqual({ review: "superior", place: BUREAU.uscc, version: 1 });
    expect((await by(BUREAU.uscc, "none", 1)(ask)).status).toBe(201);
    expect(await effective()).toEqual({ review: "none", place: BUREAU.uscc, version: 2 });
  });

  it("are set by nobody else, and not over a later version", async () => {
    const { ask } = appOn(new MemoryStore());
    for (const claims of [CLERK, LEADER, { divisions: ["990102"], actions: ["oversee"] }, { divisions: ["9901"] }])
      expect((await by("9901", "none", 0, claims)(ask)).status).toBe(403);
    expect((await by("99", "none", 0)(ask)).status).toBe(403);
    await by("9901", "organ", 0)(ask);
    expect((await by("9901", "organ", 0)(ask)).status).toBe(200);
    expect((await by("9901", "none", 0)(ask)).status).toBe(409);
    expect((await by("9901", "all", 1)(ask)).status).toBe(422);
    expect((await ask("GET", "/policies/9801", undefined, SUPERIOR)).status).toBe(403);
  });
});

describe("one's own account", () => {
  it("is told as the service understood it", async () => {
    const { ask } = appOn(new MemoryStore());
    expect(await (await ask("GET", "/me", undefined, REVIEWER)).json()).toEqual({
      issuer: "https://issuer.example",
      subject: "reviewer",
      organs: [BUREAU.uscc],
      divisions: [],
      actions: ["review"],
    });
    // A token from before there were such things may do what it might.
    const { actions } = await (await ask("GET", "/me", undefined, { organs: [BUREAU.uscc] })).json();
    expect(actions).toEqual(["file", "correct", "withdraw", "seal"]);
  });
});
