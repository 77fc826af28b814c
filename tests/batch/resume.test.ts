import { cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  hashesOf,
  journalOf,
  newFolder,
  organList,
  reportFiles,
  runBatch,
  startBatch,
  writeFiles,
} from "../support/batch.ts";

/** `BATCH_KILLS` says how many runs are killed. */
const RUNS = Number(process.env["BATCH_KILLS"] ?? 4);
const COUNT = 30;

describe("a run that is killed", () => {
  const root = newFolder();
  const reports = writeFiles(join(root, "reports"), { ...reportFiles(COUNT), "坏.html": "<p>坏" });
  const organs = join(writeFiles(root, { "organs.csv": organList(COUNT + 2) }), "organs.csv");
  const whole = join(root, "whole");
  const args = (out: string): readonly string[] => [
    ...[reports, "-o", out, "--render", "pdf,csv", "--organs", organs, "--quiet"],
  ];
  const sizeOf = (out: string): number => {
    const path = join(out, "batch.jsonl");
    return existsSync(path) ? statSync(path).size : 0;
  };

  beforeAll(async () => {
    const { status, stderr } = await runBatch(args(whole));
    expect(status, stderr).toBe(1);
  });

  /** Kills a run when its journal has so much of what the whole run's has; whether it was still running. */
  async function killed(out: string, part: number): Promise<boolean> {
    const until = part * sizeOf(whole);
    const run = startBatch(args(out));
    while (sizeOf(out) < until && run.process.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
    const running = run.process.kill("SIGKILL");
    await run.ended;
    return running;
  }

  it("is gone on with wherever it was killed: everything once, and the same bytes", { timeout: 600_000 }, async () => {
    const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(parts, async (when) => {
        const out = join(root, "killed");
        rmSync(out, { recursive: true, force: true });
        for (const part of when.toSorted((a, b) => a - b)) await killed(out, part);
        const { status, stderr } = await runBatch(args(out));
        expect(status, stderr).toBe(1);
        expect(hashesOf(out)).toEqual(hashesOf(whole));
        const steps = (from: string) => journalOf(from).map(({ step, id }) => `${step} ${id}`);
        expect(steps(out).sort()).toEqual(steps(whole).sort());
      }),
      { numRuns: RUNS },
    );
  });

  it("loses the line that was cut short, and nothing before it", { timeout: 300_000 }, async () => {
    const length = readFileSync(join(whole, "batch.jsonl")).length;
    const head = readFileSync(join(whole, "batch.jsonl")).indexOf(10) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length }), async (kept) => {
        const out = join(root, "torn");
        rmSync(out, { recursive: true, force: true });
        cpSync(whole, out, { recursive: true });
        truncateSync(join(out, "batch.jsonl"), kept);
        const before = journalOf(out);
        const { status, stderr } = await runBatch(args(out));
        expect(status, stderr).toBe(1);
        expect(hashesOf(out)).toEqual(hashesOf(whole));
        expect(journalOf(out).slice(0, before.length)).toEqual(before);
        expect(journalOf(out).length).toBe(journalOf(whole).length);
      }),
      { numRuns: RUNS, examples: [[0], [Math.floor(head / 2)], [head], [length - 1]] },
    );
  });
});
