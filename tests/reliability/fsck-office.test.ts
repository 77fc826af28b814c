import { beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { contentKey } from "../../src/office/content.ts";
import { draftKey } from "../../src/office/draft.ts";
import { eventKey } from "../../src/office/event.ts";
import { recordKey } from "../../src/publish/record.ts";
import { BUREAU, CLERK, drafting, LEADER, REVIEWER, report, SUPERIOR, YEAR } from "../support/drafting.ts";
import { MemoryStore } from "../support/memory-store.ts";

const PLACE = { uscc: BUREAU.uscc, year: YEAR };
const TYPE = { contentType: "application/json; charset=utf-8" };
let published: MemoryStore;
let content: string;
beforeAll(async () => {
  const office = drafting("superior");
  await office.save();
  await office.add("submit", CLERK);
  await office.on("agree", REVIEWER);
  await office.on("clear", SUPERIOR);
  ({ content } = await office.read());
  expect((await office.ask("POST", "/reports", report(), LEADER)).status).toBe(201);
  published = office.store;
});

/** What is found in a copy of the store after something was done to it. */
async function foundAfter(harm: (store: MemoryStore) => unknown): Promise<string[]> {
  const store = new MemoryStore();
  for (const [key, object] of published.objects) store.objects.set(key, object);
  await harm(store);
  const problems: Problem[] = [];
  await fsck(store, { now: () => new Date("2025-06-01T00:00:00Z"), onProblem: (problem) => problems.push(problem) });
  return problems.map(({ kind, key }) => `${kind} ${key}`);
}

/** Another content of an object that is JSON, in its canonical form. */
const changed = (key: string, change: object) => (store: MemoryStore) => {
  const before = JSON.parse(new TextDecoder().decode(store.objects.get(key)!.body)) as object;
  return store.put(key, canonicalJson({ ...before, ...change }), TYPE);
};
const gone = (key: string) => (store: MemoryStore) => void store.objects.delete(key);
const torn = (key: string) => (store: MemoryStore) =>
  store.put(key, store.objects.get(key)!.body.subarray(0, 20), TYPE);

describe("fsck of what led to a publication", () => {
  it("finds nothing where all is as it was written", async () => {
    expect(await foundAfter(() => {})).toEqual([]);
  });

  it("finds an event that was changed, by the one after it and by the record", async () => {
    const found = await foundAfter(changed(eventKey(PLACE, 2), { comment: "同意" }));
    expect(found).toEqual([`event-chain-broken ${eventKey(PLACE, 3)}`]);
    const forged = await foundAfter(changed(eventKey(PLACE, 2), { by: { issuer: "x", subject: "nobody" } }));
    expect(forged).toContain(`approval-unbacked ${recordKey(PLACE.uscc, PLACE.year, 1)}`);
  });

  it("finds a signature that is gone, or is of other content", async () => {
    const unbacked = `approval-unbacked ${recordKey(PLACE.uscc, PLACE.year, 1)}`;
    expect(await foundAfter(gone(eventKey(PLACE, 4)))).toEqual([unbacked]);
    expect(await foundAfter(changed(eventKey(PLACE, 4), { content: "0".repeat(64) }))).toContain(unbacked);
  });

  it("finds a gap, and what is torn", async () => {
    expect(await foundAfter(gone(eventKey(PLACE, 2)))).toContain(`event-gap ${eventKey(PLACE, 2)}`);
    expect(await foundAfter(torn(eventKey(PLACE, 2)))).toContain(`event-damaged ${eventKey(PLACE, 2)}`);
    expect(await foundAfter(torn(draftKey(PLACE)))).toEqual([`draft-damaged ${draftKey(PLACE)}`]);
  });

  it("finds what was handed over and is gone or changed", async () => {
    const key = contentKey(PLACE, content);
    expect(await foundAfter(gone(key))).toEqual([`content-missing ${key}`]);
    expect(await foundAfter(changed(key, { signed: "2025-01-11" }))).toEqual([`content-damaged ${key}`]);
  });

  it("finds an approval without a step that its policy asks for", async () => {
    const key = recordKey(PLACE.uscc, PLACE.year, 1);
    const { approval } = JSON.parse(new TextDecoder().decode(published.objects.get(key)!.body)) as {
      approval: { steps: { kind: string }[] };
    };
    const steps = approval.steps.filter(({ kind }) => kind !== "clear");
    const found = await foundAfter(changed(key, { approval: { ...approval, steps } }));
    expect(found).toContain(`approval-unbacked ${key}`);
  });

  it("finds an approval in a record that nothing led to", async () => {
    const found = await foundAfter((store) => {
      for (const key of [...store.objects.keys()]) if (key.startsWith("drafts/")) store.objects.delete(key);
    });
    expect(found).toEqual([`approval-unbacked ${recordKey(PLACE.uscc, PLACE.year, 1)}`]);
  });

  it("looks at drafts of organs that never published anything", async () => {
    const { store, save } = drafting();
    await save();
    await torn(draftKey(PLACE))(store);
    const problems: Problem[] = [];
    await fsck(store, { onProblem: (problem) => problems.push(problem) });
    expect(problems).toMatchObject([{ kind: "draft-damaged" }]);
  });
});
