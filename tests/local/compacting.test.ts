import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Compacting } from "../../server/compacting.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A dataset that takes so long to be taken up, and when that began. */
function dataset(takes: number) {
  const [begun, faults]: [number[], string[]] = [[], []];
  const compacting = new Compacting({
    compact: async () => {
      begun.push(Date.now());
      await new Promise((resolve) => setTimeout(resolve, takes));
      if (begun.length === 1 && takes === 0) throw new Error("no answer");
    },
    delay: 3000,
    onFault: ({ message }) => void faults.push(message),
    now: () => Date.now(),
  });
  const start = Date.now();
  return { compacting, faults, begun: () => begun.map((at) => at - start) };
}

/** Something is published every second. */
async function publishing(compacting: Compacting, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    compacting.touch();
    await vi.advanceTimersByTimeAsync(1000);
  }
}

describe("the dataset of a server at which reports are published all the time", () => {
  it("is taken up some seconds after the first, with all that came meanwhile", async () => {
    const { compacting, begun } = dataset(10);
    await publishing(compacting, 12);
    expect(begun()).toEqual([3000, 6000, 9000, 12_000]);
  });

  it("takes a tenth of the time at most, however long it takes", async () => {
    const { compacting, begun } = dataset(2000);
    await publishing(compacting, 90);
    const [first, ...later] = begun();
    expect(first).toBe(3000);
    // Asked for again while it went on at first, when nothing was known of it yet.
    expect(later.slice(1).map((at, i) => at - later[i]!)).toEqual([20_000, 20_000, 20_000, 20_000]);
  });

  it("is taken up every two minutes at least", async () => {
    const { compacting, begun } = dataset(60_000);
    await publishing(compacting, 500);
    const times = begun();
    for (const [i, at] of times.slice(2).entries()) expect(at - times[i + 1]!).toBeLessThanOrEqual(121_000);
    expect(times.length).toBeGreaterThan(3);
  });

  it("is tried again with the next publication where it failed, which is told", async () => {
    const { compacting, begun, faults } = dataset(0);
    await publishing(compacting, 8);
    expect(faults).toEqual(["no answer"]);
    expect(begun().length).toBe(2);
    await compacting.stop();
    await publishing(compacting, 8);
    expect(begun().length).toBe(2);
  });
});
