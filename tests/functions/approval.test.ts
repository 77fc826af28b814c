import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/basics/hash.ts";
import { eventKey } from "../../src/office/event.ts";
import { type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import { BUREAU, CLERK, DRAFT, drafting, LEADER, own, REVIEWER, report, SUPERIOR, YEAR } from "../support/drafting.ts";
import { MemoryStore } from "../support/memory-store.ts";

const PLACE = { uscc: BUREAU.uscc, year: YEAR };
const OLD = { sub: "old", organs: [BUREAU.uscc] };
type Drafting = ReturnType<typeof drafting>;

/** Goes as far as the organ's agreement, and over the superior's first look where there is one. */
async function approved({ save, add, on }: Drafting, above = false): Promise<void> {
  await save();
  await add("submit", CLERK);
  await on("agree", REVIEWER);
  if (above) await on("clear", SUPERIOR);
}

const recordOf = (store: MemoryStore, version = 1): PublicationRecord | undefined => {
  const object = store.objects.get(recordKey(PLACE.uscc, PLACE.year, version));
  return object && (JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord);
};
const bytesAt = (store: MemoryStore, key: string): Uint8Array => store.objects.get(key)!.body;

describe("a publication under a policy that asks for review", () => {
  it("is what was agreed to, signed, with its steps in the record and nowhere else", async () => {
    const office = drafting();
    const { ask, store, read } = office;
    await approved(office);
    const { content } = await read();
    const { request } = await (await ask("GET", `${DRAFT}/contents/${content}`, undefined, LEADER)).json();
    const published = await ask("POST", request.path, request.body, LEADER);
    expect(published.status).toBe(201);
    const record = recordOf(store)!;
    expect(record.submission).toBe(content);
    expect(record.approval).toEqual({
      policy: { review: "organ" },
      events: 3,
      hash: sha256(bytesAt(store, eventKey(PLACE, 3))),
      steps: [
        { kind: "submit", role: "draft", by: { issuer: expect.any(String), subject: "clerk" }, at: expect.any(String) },
        { kind: "agree", role: "review", by: expect.objectContaining({ subject: "reviewer" }), at: expect.any(String) },
        { kind: "sign", role: "publish", by: expect.objectContaining({ subject: "leader" }), at: expect.any(String) },
      ],
    });
    expect(JSON.stringify(await published.json())).not.toContain("approval");
    for (const [key, { body }] of store.objects)
      if (key.startsWith("published/")) expect(new TextDecoder("latin1").decode(body), key).not.toContain("reviewer");
    expect(await read(LEADER)).toMatchObject({ state: "published", base: 1, may: ["comment"] });
    const again = await ask("POST", request.path, request.body, LEADER);
    expect(again.status).toBe(200);
  });

  it.each([
    ["before it is handed over", [], "submit"],
    ["before it is agreed to", ["submit"], "agree"],
    ["that was returned", ["submit", "return"], "submit"],
    ["that was recalled", ["submit", "recall"], "submit"],
  ] as const)("%s is refused: 409, and nothing is published", async (_, steps, missing) => {
    const office = drafting();
    await office.save();
    for (const kind of steps)
      await office.add(kind, kind === "return" ? REVIEWER : CLERK, kind === "return" ? { comment: "再核" } : {});
    for (const claims of [LEADER, OLD, { sub: "x", divisions: ["99"] }]) {
      const refused = await office.ask("POST", "/reports", report(), claims);
      expect([refused.status, await refused.json()]).toEqual([
        409,
        expect.objectContaining({ code: "not-approved", missing }),
      ]);
    }
    const published = [...office.store.objects.keys()].filter((key) => /^(?:records|artefacts|published)\//.test(key));
    expect(published).toEqual([]);
  });

  it("is refused of other content than was agreed to, however small the difference", async () => {
    const office = drafting();
    await approved(office);
    const other = await office.ask("POST", "/reports", report("2025-01-11"), LEADER);
    expect([other.status, (await other.json()).missing]).toEqual([409, "submit"]);
    const same = await office.ask("POST", "/reports", report(), LEADER);
    expect(same.status).toBe(201);
  });

  it("waits for the office above where the policy says so", async () => {
    const office = drafting("superior");
    await approved(office);
    const early = await office.ask("POST", "/reports", report(), LEADER);
    expect([early.status, (await early.json()).missing]).toEqual([409, "clear"]);
    await office.on("clear", SUPERIOR);
    expect((await office.ask("POST", "/reports", report(), LEADER)).status).toBe(201);
    expect(recordOf(office.store)!.approval!.steps.map(({ kind }) => kind)).toEqual([
      "submit",
      "agree",
      "clear",
      "sign",
    ]);
  });

  it("is signed by who may publish or file, and by nobody else", async () => {
    const office = drafting();
    await approved(office);
    for (const claims of [CLERK, REVIEWER, SUPERIOR, own("x", "correct")])
      expect((await office.ask("POST", "/reports", report(), claims)).status).toBe(403);
    expect((await office.ask("POST", "/reports", report(), OLD)).status).toBe(201);
  });

  it("goes on after a crash between the signature and the record, with the signature that there is", async () => {
    let broken = true;
    const store = new MemoryStore({
      before: (operation, key) => {
        if (broken && operation === "create" && key.startsWith("records/")) throw new Error("crash");
      },
    });
    const office = drafting("organ", store);
    await approved(office);
    await expect(office.ask("POST", "/reports", report(), LEADER)).rejects.toThrow("crash");
    expect(await office.read()).toMatchObject({ state: "signed" });
    broken = false;
    const other = await office.ask("POST", "/reports", report("2025-01-11"), LEADER);
    expect(other.status).toBe(409);
    expect((await office.ask("POST", "/reports", report(), own("deputy", "publish"))).status).toBe(201);
    expect((await office.read()).events.map(({ kind }: { kind: string }) => kind)).toEqual(["submit", "agree", "sign"]);
    expect(recordOf(store)).toMatchObject({
      filedBy: { subject: "deputy" },
      approval: { events: 3, steps: [{}, {}, { by: { subject: "leader" } }] },
    });
  });

  it("is fenced from a return at the same time: one of them comes first", async () => {
    for (const first of ["return", "sign"] as const) {
      let race = async (): Promise<void> => {};
      let raced = false;
      const store = new MemoryStore({
        before: async (operation, key) => {
          if (operation !== "create" || key !== eventKey(PLACE, 3) || raced) return;
          raced = true;
          await race();
        },
      });
      const office = drafting("organ", store);
      await approved(office);
      const returning = () =>
        office.ask("POST", `${DRAFT}/events`, { kind: "return", after: 2, comment: "停一下" }, LEADER);
      const signing = () => office.ask("POST", "/reports", report(), LEADER);
      let other: Response | undefined;
      race = async () => {
        other = await (first === "return" ? returning() : signing());
      };
      const late = await (first === "return" ? signing() : returning());
      expect([other!.status, late.status], first).toEqual([201, 409]);
      expect(recordOf(store) !== undefined, first).toBe(first === "sign");
    }
  });

  it("of a correction needs its own approval", async () => {
    const office = drafting();
    const { ask, save, add, on, store } = office;
    await approved(office);
    await ask("POST", "/reports", report(), LEADER);
    const body = { supersedes: 1, reason: "日期有误。", report: report("2025-01-12") };
    const path = `/reports/${PLACE.uscc}/${YEAR}/corrections`;
    expect((await ask("POST", path, body, LEADER)).status).toBe(409);
    await save({ report: body.report, reason: body.reason }, 1);
    expect(await office.read()).toMatchObject({ state: "draft", base: 1 });
    expect((await add("submit", CLERK)).status).toBe(201);
    await on("agree", REVIEWER);
    const { content } = await office.read();
    const { request } = await (await ask("GET", `${DRAFT}/contents/${content}`, undefined, LEADER)).json();
    expect(request.path).toBe(path);
    expect((await ask("POST", path, { ...request.body, reason: "日期写错。" }, LEADER)).status).toBe(409);
    expect((await ask("POST", path, request.body, LEADER)).status).toBe(201);
    expect(recordOf(store, 2)).toMatchObject({ kind: "correction", submission: content, approval: { events: 6 } });
  });

  it("of a withdrawal and a redaction waits for nobody", async () => {
    const office = drafting();
    const { ask } = office;
    await approved(office);
    await ask("POST", "/reports", report(), LEADER);
    const place = `/reports/${PLACE.uscc}/${YEAR}`;
    expect((await ask("POST", `${place}/withdrawal`, { supersedes: 1, reason: "有误。" }, OLD)).status).toBe(201);
    expect((await ask("POST", `${place}/versions/1/redaction`, { reason: "含个人信息。" }, OLD)).status).toBe(201);
  });

  it("is as it was where no policy asks for anything: no events, no approval", async () => {
    const { ask, store } = drafting("none");
    expect((await ask("POST", "/reports", report(), OLD)).status).toBe(201);
    expect(recordOf(store)).not.toHaveProperty("approval");
    expect([...store.objects.keys()].some((key) => key.startsWith("drafts/"))).toBe(false);
  });
});
