import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LeaseLostError } from "../../src/store/lease.ts";
import { LeasedStore, type Replaceless } from "../../src/store/leased.ts";
import type { Store } from "../../src/store/store.ts";
import {
  Crash,
  FAULTS,
  type Fault,
  FaultyStore,
  InjectedError,
  LATE,
  seeded,
  Turns,
  Wire,
} from "../support/faulty-store.ts";
import { MemoryStore } from "../support/memory-store.ts";

const TEXT = { contentType: "application/json" };
/** In turns, and short: a delayed call takes longer than a term, now and then. */
const TIMES = { term: 30, patience: 60, request: 60 + LATE, poll: 5 };
const KEYS = ["published/a", "published/b"];
/** A store that can create and write over, and no more. */
const replaceless = (memory: MemoryStore): Replaceless => ({
  get: memory.get.bind(memory),
  create: memory.create.bind(memory),
  put: memory.put.bind(memory),
  delete: memory.delete.bind(memory),
  list: memory.list.bind(memory),
});

/** Adds an item to the list at a key, as the indexer adds to its lists. @throws what the store throws */
async function add(store: Store, key: string, item: string): Promise<void> {
  for (;;) {
    const there = await store.get(key);
    const items = there ? (JSON.parse(new TextDecoder().decode(there.body)) as string[]) : [];
    const text = JSON.stringify([...items, item]);
    if (await (there ? store.replace(key, text, TEXT, there.etag) : store.create(key, text, TEXT))) return;
  }
}

interface Writer {
  readonly items: readonly number[];
  readonly faults: readonly Fault[];
  readonly dies: number | undefined;
}
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("none" as const) },
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
  { weight: 2, arbitrary: fc.constantFrom("late" as const, "delay" as const) },
);
const writer: fc.Arbitrary<Writer> = fc.record({
  items: fc.array(fc.nat(KEYS.length - 1), { minLength: 1, maxLength: 4 }),
  faults: fc.array(fault, { maxLength: 40 }),
  dies: fc.option(fc.nat(40), { nil: undefined, freq: 2 }),
});
const rounds = fc.array(fc.record({ writers: fc.array(writer, { minLength: 2, maxLength: 4 }), seed: fc.integer() }), {
  minLength: 1,
  maxLength: 4,
});

const numRuns = Number(process.env["MODEL_RUNS"] ?? 200);
const seed = Number(process.env["MODEL_SEED"] ?? (numRuns > 200 ? Date.now() % 0x7fffffff : 7));

describe("many who replace by one lease", () => {
  it(`lose nothing that one was told is there, whoever dies and whatever comes late (${numRuns} runs, MODEL_SEED=${seed})`, {
    timeout: 3600_000,
  }, async () => {
    let [added, taken, died] = [0, 0, 0];
    const nothingLost = fc.asyncProperty(rounds, async (drawn) => {
      const memory = new MemoryStore();
      const turns = new Turns();
      const told = new Map<string, string[]>(KEYS.map((key) => [key, []]));
      for (const [n, round] of drawn.entries()) {
        const wire = new Wire(replaceless(memory), seeded(round.seed), turns);
        const ends = round.writers.map(async ({ items, faults, dies }, w) => {
          const faulty = new FaultyStore(wire, faults, dies);
          const onTakeover = (): void => void (taken += 1);
          const store = new LeasedStore(faulty, { times: TIMES, clock: turns, onTakeover });
          try {
            for (const [i, k] of items.entries()) {
              const item = `${n}.${w}.${i}`;
              await add(store, KEYS[k]!, item);
              told.get(KEYS[k]!)!.push(item);
              added += 1;
            }
          } catch (error) {
            const expected = [Crash, InjectedError, LeaseLostError, SyntaxError].some((kind) => error instanceof kind);
            if (!expected) throw error;
            if (error instanceof Crash) died += 1;
          } finally {
            await store.close();
          }
        });
        await wire.run(ends);
        await Promise.all(ends);
        await wire.settle();
        for (const [key, items] of told) {
          const there = memory.objects.get(key);
          const list = there ? (JSON.parse(new TextDecoder().decode(there.body)) as string[]) : [];
          expect(
            items.filter((item) => !list.includes(item)),
            key,
          ).toEqual([]);
        }
      }
    });
    await fc.assert(nothingLost, { numRuns, seed });
    for (const count of [added, taken, died]) expect(count).toBeGreaterThan(20);
  });
});
