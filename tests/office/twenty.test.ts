import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDraft, saveDraft } from "../../src/office/draft.ts";
import type { Store } from "../../src/store/store.ts";
import { BUREAU, YEAR } from "../support/drafting.ts";
import { type Fault, FaultyStore, seeded, Wire } from "../support/faulty-store.ts";
import { MemoryStore } from "../support/memory-store.ts";

const PLACE = { uscc: BUREAU.uscc, year: YEAR };
const PEOPLE = Array.from({ length: 20 }, (_, i) => `第${i + 1}人`);
/** More than all the others need to come before somebody. */
const PATIENCE = 400;

type Told = "saved" | "not saved" | "unknown";

/** The lines of a draft as it lies in the store. */
async function linesOf(store: Store): Promise<readonly string[]> {
  const stored = await readDraft(store, PLACE);
  return (stored?.draft.submission?.report["lines"] as readonly string[] | undefined) ?? [];
}

/** Puts a line of one's own to what is there, as a page that shows who is told what differs; gives up after some tries. */
async function write(store: Store, person: string, tries: number): Promise<Told> {
  let told: Told = "not saved";
  for (let attempt = 0; attempt < tries; attempt += 1)
    try {
      const stored = await readDraft(store, PLACE);
      const lines = (stored?.draft.submission?.report["lines"] as string[] | undefined) ?? [];
      const savedBy = { issuer: "test", subject: person };
      const submission = { report: { lines: [...lines, person] } };
      const draft = {
        format: 1,
        ...PLACE,
        submission,
        base: null,
        savedAt: "2025-01-01T08:00:00+08:00",
        savedBy,
      } as const;
      const { outcome } = await saveDraft(store, draft, stored?.etag);
      if (outcome !== "lost") return "saved";
      told = "not saved";
    } catch {
      // Whether it was saved nobody knows: they look again.
      told = "unknown";
    }
  return told;
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("none" as const) },
  { weight: 1, arbitrary: fc.constantFrom("before", "after", "delay", "late", "duplicate") },
);

describe("twenty people who save one draft at the same time", () => {
  it("lose nobody's text without being told, whatever the order and the faults of the store", async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.array(fault, { maxLength: 30 }), { minLength: 20, maxLength: 20 }),
        fc.constantFrom(1, 3, PATIENCE),
        async (seed, faults, tries) => {
          const store = new MemoryStore();
          const wire = new Wire(store, seeded(seed));
          const answers = PEOPLE.map((person, i) => write(new FaultyStore(wire, faults[i]!), person, tries));
          await wire.run(answers);
          const told = await Promise.all(answers);
          await wire.settle();
          const lines = await linesOf(store);
          for (const [i, answer] of told.entries()) {
            seen[answer] = (seen[answer] ?? 0) + 1;
            const count = lines.filter((line) => line === PEOPLE[i]).length;
            if (answer === "saved") expect(count, `${PEOPLE[i]} was told that it is saved`).toBeGreaterThan(0);
          }
          if (tries === PATIENCE) expect(new Set(lines)).toEqual(new Set(PEOPLE));
        },
      ),
      { numRuns: 60, seed: 20 },
    );
    for (const answer of ["saved", "not saved", "unknown"]) expect(seen[answer], answer).toBeGreaterThan(0);
  });
});
