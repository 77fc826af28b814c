import {
  logIdentityFromEnvironment,
  logKeysFromEnvironment,
  witnessesFromEnvironment,
} from "../functions/sequencing.ts";
import { openLook } from "../src/fsck/fsck.ts";
import { describeProblem, describeTally, type Problem, type Tally } from "../src/fsck/problems.ts";
import { type CheckedShard, fsckShards } from "../src/fsck/tasks.ts";
import type { StoreFault } from "../src/store/probe.ts";
import { EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { printJson } from "./output.ts";
import { withStore } from "./store.ts";
import { checkPool, jobsFor } from "./store-pool.ts";
import { interruptible, openProgress, type ProgressOptions } from "./store-progress.ts";
import { tryStore } from "./trying-store.ts";

export interface CheckOptions extends ProgressOptions {
  readonly mend: boolean;
  readonly sweep: boolean;
  /** Hours. */
  readonly grace: number;
  /** Seconds. */
  readonly settle: number;
  readonly jobs?: number;
  readonly json: boolean;
}

interface Outcome {
  readonly faults: readonly StoreFault[];
  /** Absent when it was stopped. */
  readonly tally: Tally | undefined;
}

/** Verifies all that was published, on all cores and from where an earlier run was killed, and says what was found. */
export async function checkStore(options: CheckOptions): Promise<void> {
  const { json } = options;
  const found: Problem[] = [];
  const onProblem = (problem: Problem): void => {
    const { zh, en } = describeProblem(problem);
    if (json) found.push(problem);
    else console.log(say(zh, en));
  };
  const { faults, tally } = await look(options, onProblem);
  if (!tally) return;
  const { zh, en } = describeTally(tally);
  // Whichever shard was done first.
  found.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  if (json) printJson({ ...tally, store: faults.map((fault) => fault.en), found });
  else {
    for (const fault of faults) console.log(say(`问题  存储  ${fault.zh}`, `problem  the store  ${fault.en}`));
    console.log(say(zh, en));
  }
  process.exitCode = tally.problems + faults.length > 0 ? EXIT.wrong : EXIT.well;
}

const look = (options: CheckOptions, onProblem: (problem: Problem) => void): Promise<Outcome> =>
  withStore(async (store) => {
    const { mend, sweep, jobs } = options;
    const given = { mend, sweep, grace: options.grace * 3600_000, settle: options.settle * 1000 };
    const faults = await tryStore(store);
    const log = await logKeysFromEnvironment();
    const now = Date.now();
    const opened = await openLook(store, {
      ...given,
      bucket: store,
      log,
      witnesses: witnessesFromEnvironment(log),
      signs: mend ? await logIdentityFromEnvironment().log?.() : undefined,
      now: () => new Date(now),
      onProblem,
    });
    const against = opened.settings.log?.problems ?? [];
    const ledger = await openProgress<CheckedShard>("fsck", { ...given, against }, options);
    const pool = checkPool(jobsFor(store.dialect, jobs), { ...given, against, now });
    try {
      const run = (signal: AbortSignal) => fsckShards(store, { ...pool, look: opened, ledger, signal });
      return { faults, tally: await interruptible(run) };
    } finally {
      ledger.close();
      await pool.close();
    }
  });
