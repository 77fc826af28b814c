import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { readDocx } from "../../src/import/readers/docx.ts";
import { DOCX_REPEATS, type Repeat, XLSX_REPEATS } from "../support/import/office-repeats.ts";
import { readXlsx } from "../support/import/readers.ts";

/** Doubling may do no more than this to the time. */
const MOST = 3;
/** Shorter than this (ms) is noise; as long as this is too long for any file of a few MiB. */
const NOISE = 60;
const TIMES = [10_000, 20_000, 40_000, 80_000] as const;

type Read = (bytes: Uint8Array) => Promise<unknown>;

/** How long a file takes at its best of a few readings (ms of this process, not of the clock, which others share). */
async function taken(read: Read, bytes: Uint8Array, runs: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage();
    await read(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    if (best < NOISE) break;
  }
  return best;
}

/** Where doubling more than triples the time, twice measured. */
async function steep(read: Read, make: Repeat[1]): Promise<string[]> {
  const times: number[] = [];
  for (const count of TIMES) times.push(await taken(read, make(count), 2));
  const found: string[] = [];
  for (const [i, time] of times.entries()) {
    const before = Math.max(times[i - 1] ?? time, NOISE / 2);
    if (i === 0 || time < NOISE || time <= before * MOST) continue;
    const [less, more] = [await taken(read, make(TIMES[i - 1]!), 4), await taken(read, make(TIMES[i]!), 4)];
    if (more > Math.max(less, NOISE / 2) * MOST)
      found.push(`${TIMES[i]}: ${Math.round(less)} → ${Math.round(more)} ms`);
  }
  return found;
}

describe("what a DOCX has many of takes no longer each", () =>
  it.each(DOCX_REPEATS)("%s", async (_, make) => expect(await steep(readDocx, make)).toEqual([])));

describe("what an XLSX has many of takes no longer each", () =>
  it.each(XLSX_REPEATS)("%s", async (_, make) => expect(await steep(readXlsx, make)).toEqual([])));
