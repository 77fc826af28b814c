import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Indexing } from "../../src/index/indexer.ts";
import { reindex } from "../../src/index/reindex.ts";
import { Remembered } from "../../src/index/remembered.ts";
import { mirrors, step, versionsOf } from "../support/index-steps.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit, type Wanted } from "../support/records.ts";

/** One of several processes that index: one thing after another, and what it has placed and not settled. */
class Process {
  readonly #store: MemoryStore;
  #indexing: Indexing;
  #placed: Wanted[] = [];
  last: Promise<void> = Promise.resolve();

  constructor(store: MemoryStore) {
    this.#store = store;
    this.#indexing = this.#begin();
  }

  #begin = (): Indexing => new Indexing({ store: this.#store, pages: mirrors });

  place(batch: readonly Wanted[]): void {
    this.last = this.last.then(async () => {
      expect(await this.#indexing.place(batch)).toEqual([]);
      this.#placed.push(...batch);
    });
  }

  settle(): void {
    this.last = this.last.then(async () => {
      this.#placed = [];
      await this.#indexing.settle();
    });
  }

  /** Killed before it settled: another is told of it all again. */
  die(other: Process): void {
    this.last = this.last.then(() => {
      other.place(this.#placed.splice(0));
      this.#indexing = this.#begin();
    });
  }
}

describe("what is placed by several processes, and settled by each when it likes", () => {
  it("comes to what a rebuild from the records derives, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 14 }),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        fc.scheduler(),
        async (steps, chance, scheduler) => {
          const random = (below: number): number => chance.next().value! % below;
          const all = versionsOf(steps);
          const store = new MemoryStore({ before: () => scheduler.schedule(Promise.resolve()) });
          const processes = [0, 1, 2].map(() => new Process(store));
          const any = (): Process => processes[random(3)]!;
          for (let committed = 0; committed < all.length; ) {
            const from = committed;
            const until = Math.min(all.length, committed + 1 + random(4));
            for (; committed < until; committed += 1) await scheduler.waitFor(commit(store, all[committed]!));
            const told = all.slice(from * random(2), committed);
            while (told.length > 0) any().place(told.splice(random(told.length), 1 + random(4)));
            if (random(3) === 0) any().settle();
            if (random(4) === 0) any().die(any());
            if (random(3) === 0) await scheduler.waitFor(any().last);
          }
          const ended = () => Promise.all(processes.map(({ last }) => last));
          // Who dies last tells another, who may have ended by then.
          for (let i = 0; i < 4; i += 1) await scheduler.waitFor(ended());
          for (const process of processes) process.settle();
          await scheduler.waitFor(ended());

          const rebuilt = new MemoryStore();
          for (const [key, object] of store.objects)
            if (!key.startsWith("published/")) rebuilt.objects.set(key, object);
          expect((await reindex({ store: rebuilt, pages: mirrors })).failed).toEqual([]);
          expect(store.contents("published/")).toEqual(rebuilt.contents("published/"));
          const settled = new MemoryStore();
          for (const [key, object] of store.objects) settled.objects.set(key, object);
          expect(await reindex({ store: settled, pages: mirrors })).toMatchObject({ written: 0, removed: [] });
        },
      ),
      { numRuns: 150 },
    );
  }, 240_000);
});

describe("what a process remembers of what it wrote", () => {
  it("has a bound, and forgets what it has not touched for longest", () => {
    const remembered = new Remembered(100);
    for (let i = 0; i < 100; i += 1) remembered.note(`page ${i}`, "a");
    remembered.note("page 0", "b");
    remembered.note("page 100", "a");
    expect(remembered.size).toBe(100);
    expect(remembered.differs("page 0", "a")).toBe(true);
    expect(remembered.differs("page 0", "b")).toBe(false);
    // Of what it has forgotten it knows nothing: it is to be looked at.
    expect(remembered.differs("page 1", "b")).toBe(false);
    expect(remembered.differs("page 2", "b")).toBe(true);
  });
});
