/** A PDF is read in a time that grows as its size does, whatever is repeated in it, or is refused. */
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { BOMBS } from "../support/import/bomb-pdf.ts";
import { LONG } from "../support/import/long-pdf.ts";
import { readPdf } from "../support/import/readers.ts";

const SIZES = [10_000, 20_000, 40_000, 80_000];
/** What takes less is noise, ms of processor time. */
const NOISE = 60;

/** How long reading takes, ms of this process's processor time: others on the machine do not count. */
async function timeOf(bytes: Uint8Array): Promise<number> {
  const began = process.cpuUsage();
  await readPdf(bytes).catch((error: unknown) => {
    expect(error).toBeInstanceOf(ImportError);
  });
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** The least of some runs, as many as it takes to be no more than thrice the time before. */
async function leastOf(bytes: Uint8Array, before: number): Promise<number> {
  let least = await timeOf(bytes);
  for (let run = 1; run < 4 && least > 3 * Math.max(before, NOISE); run += 1)
    least = Math.min(least, await timeOf(bytes));
  return least;
}

describe("twice as many take no more than thrice the time", () => {
  it.each(Object.keys(LONG))(
    "%s",
    async (name) => {
      const times: number[] = [];
      for (const size of SIZES) times.push(await leastOf(LONG[name]!(size), times.at(-1) ?? Number.POSITIVE_INFINITY));
      for (const [i, time] of times.entries())
        if (i > 0) expect(time, `${times.map(Math.round)} ms`).toBeLessThanOrEqual(3 * Math.max(times[i - 1]!, NOISE));
    },
    300_000,
  );
});

describe("a small file that asks for much is refused with a reason, or has nothing to read", () => {
  it.each(Object.keys(BOMBS))("%s", async (name) => {
    await expect(readPdf(BOMBS[name]!())).rejects.toBeInstanceOf(ImportError);
  });
});
