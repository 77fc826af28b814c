import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { LookOptions } from "../src/fsck/fsck.ts";
import type { ShardAnswer, ShardTask } from "../src/fsck/tasks.ts";
import type { RebuildAnswer, RebuildTask } from "../src/index/rebuild/tasks.ts";
import type { DialectName } from "../src/store/dialect.ts";

export interface RebuildSettings {
  readonly all: boolean;
}

export interface CheckSettings extends Required<Pick<LookOptions, "mend" | "sweep" | "grace" | "settle" | "against">> {
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a thread is asked. */
export interface Job<Settings, Task> {
  readonly settings: Settings;
  readonly task: Task;
}

/** Tasks that a thread has in hand: while one waits for the store another computes. */
const IN_HAND = 2;

/** In a store where one at a time may replace, several would wait for each other. */
export const jobsFor = (dialect: DialectName, jobs: number | undefined): number =>
  jobs ?? (dialect === "s3" ? availableParallelism() : 1);

/** Threads that work on the store that the environment names; they end with this process, however it ends. */
export interface StorePool<Task, Answer> {
  readonly atOnce: number;
  readonly work: (task: Task) => Promise<Answer>;
  close(): Promise<void>;
}

function open<Settings, Task, Answer>(name: string, jobs: number, settings: Settings): StorePool<Task, Answer> {
  // As it is built, and as it is run from its source.
  const script = import.meta.url.endsWith(".ts") ? "./store-worker.ts" : "./store-worker.mjs";
  const threads = new Piscina<Job<Settings, Task>, Answer>({
    filename: new URL(script, import.meta.url).href,
    name,
    minThreads: jobs,
    maxThreads: jobs,
    concurrentTasksPerWorker: IN_HAND,
    recordTiming: false,
  });
  return { atOnce: jobs * IN_HAND, work: (task) => threads.run({ settings, task }), close: () => threads.destroy() };
}

export const rebuildPool = (jobs: number, settings: RebuildSettings): StorePool<RebuildTask, RebuildAnswer> =>
  open("rebuild", jobs, settings);

export const checkPool = (jobs: number, settings: CheckSettings): StorePool<ShardTask, ShardAnswer> =>
  open("check", jobs, settings);
