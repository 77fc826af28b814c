import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BusyError, Lanes } from "../../src/confined/lanes.ts";

/** Work that is done when it is told to, and what has begun, in order. */
function workshop(queue: Lanes) {
  const begun: string[] = [];
  const ends: { readonly caller: string; readonly end: () => void }[] = [];
  const settled: Promise<unknown>[] = [];
  return {
    begun,
    ends,
    settled,
    ask: (caller: string): Promise<void> => {
      const done = queue.run(caller, async () => {
        begun.push(caller);
        await new Promise<void>((resolve) => ends.push({ caller, end: resolve }));
      });
      settled.push(done.catch(() => undefined));
      return done;
    },
  };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the lanes of several callers", () => {
  it("keep one free for whoever has nothing under way", async () => {
    const { ask, begun, ends, settled } = workshop(new Lanes({ lanes: 3, waitingOfOne: 10, waiting: 100 }));
    for (let i = 0; i < 5; i += 1) void ask("greedy");
    await turn();
    expect(begun).toEqual(["greedy", "greedy"]);
    void ask("modest");
    await turn();
    expect(begun).toEqual(["greedy", "greedy", "modest"]);
    while (ends.length > 0) {
      ends.shift()!.end();
      await turn();
    }
    await Promise.all(settled);
    expect(begun).toHaveLength(6);
  });

  it("are given in turn, whatever somebody has waiting", async () => {
    const { ask, begun, ends } = workshop(new Lanes({ lanes: 2, waitingOfOne: 10, waiting: 100 }));
    for (let i = 0; i < 4; i += 1) void ask("a");
    for (let i = 0; i < 3; i += 1) void ask("b");
    void ask("c");
    for (let i = 0; i < 8; i += 1) {
      await turn();
      ends.shift()!.end();
    }
    await turn();
    expect(begun).toEqual(["a", "b", "a", "b", "c", "a", "b", "a"]);
  });

  it("refuse what is too much of one caller's, and what is too much of all", async () => {
    const queue = new Lanes({ lanes: 2, waitingOfOne: 2, waiting: 3 });
    const { ask } = workshop(queue);
    for (let i = 0; i < 3; i += 1) void ask("a");
    await expect(ask("a")).rejects.toMatchObject({ limit: "waitingOfOne" });
    void ask("b");
    void ask("b");
    await expect(ask("c")).rejects.toMatchObject({ limit: "waiting" });
    await expect(ask("c")).rejects.toThrow(BusyError);
  });

  it("do all that was taken, never more at once than there are lanes, nor than one caller may have", async () => {
    const callers = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        callers,
        fc.integer({ min: 2, max: 5 }),
        fc.infiniteStream(fc.nat(4)),
        async (asked, lanes, order) => {
          const { ask, begun, ends, settled } = workshop(new Lanes({ lanes, waitingOfOne: 100, waiting: 100 }));
          for (const caller of asked) void ask(caller);
          for (let done = 0; done < asked.length; done += 1) {
            await turn();
            expect(ends.length).toBeGreaterThan(0);
            expect(ends.length).toBeLessThanOrEqual(lanes);
            for (const some of Map.groupBy(ends, ({ caller }) => caller).values())
              expect(some.length).toBeLessThanOrEqual(lanes - 1);
            ends.splice(order.next().value! % ends.length, 1)[0]!.end();
          }
          await Promise.all(settled);
          expect([...begun].sort()).toEqual([...asked].sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});
