import type { Report } from "../generated/report.ts";
import { ENGINES, type EngineName } from "./engine.ts";
import { EngineProcess, writeInputs } from "./processes.ts";
import { longVariant, variant } from "./report.ts";
import { median } from "./stats.ts";

/** A figure for each engine. */
export type PerEngine<T> = Readonly<Record<EngineName, T>>;

async function perEngine<T>(work: (engine: EngineName) => Promise<T>): Promise<PerEngine<T>> {
  const entries: [EngineName, T][] = [];
  for (const engine of ENGINES) entries.push([engine, await work(engine)]);
  return Object.fromEntries(entries) as Record<EngineName, T>;
}

export interface Warm {
  /** The median, ms. */
  readonly ms: number;
  /** The median length of the PDF. */
  readonly bytes: number;
}

/** The median of `runs` renders after `warmup`: one process an engine, the engines taking turns, each run another text. */
export async function measureWarm(example: Report, runs: number, warmup: number): Promise<PerEngine<Warm>> {
  const reports = Array.from({ length: warmup + runs }, (_, i) => variant(example, i));
  const processes = await perEngine(async (name) =>
    EngineProcess.start(name, await writeInputs(name, "warm", reports)),
  );
  const times = await perEngine(async () => ({ ms: [] as number[], bytes: [] as number[] }));
  // The first report was rendered at the start.
  for (let run = 1; run < reports.length; run += 1) {
    for (const name of ENGINES) {
      const { ms, bytes } = await processes[name].render(run);
      if (run < warmup) continue;
      times[name].ms.push(ms);
      times[name].bytes.push(bytes);
    }
  }
  for (const name of ENGINES) await processes[name].stop();
  return perEngine(async (name) => ({ ms: median(times[name].ms), bytes: median(times[name].bytes) }));
}

/** From a process's start to its first PDF, ms: the median of `spawns`, after one that fills the compile cache. */
export async function measureFirst(example: Report, spawns: number): Promise<PerEngine<number>> {
  const times = await perEngine(async () => [] as number[]);
  for (let spawn = 0; spawn <= spawns; spawn += 1) {
    for (const name of ENGINES) {
      const process = await EngineProcess.start(name, await writeInputs(name, "first", [variant(example, spawn)]));
      await process.stop();
      if (spawn > 0) times[name].push(process.firstMs);
    }
  }
  return perEngine(async (name) => median(times[name]));
}

export interface Memory {
  /** The peak of a process that renders one report, MB. */
  readonly one: number;
  /** The peak of a process that renders many. */
  readonly many: number;
  /** The same with all processes that the engine started; 0 where it cannot be read. */
  readonly tree: number;
}

/** The peak memory of a fresh process that renders one report, and of one that renders `many`. */
export async function measureMemory(example: Report, many: number): Promise<PerEngine<Memory>> {
  const reports = Array.from({ length: many }, (_, i) => variant(example, i));
  return perEngine(async (name) => {
    const inputs = await writeInputs(name, "memory", reports);
    const single = await EngineProcess.start(name, await writeInputs(name, "first", reports.slice(0, 1)));
    await single.stop();
    const several = await EngineProcess.start(name, inputs, { renders: many, memory: true });
    await several.stop();
    return { one: single.ready.peak, many: several.ready.peak, tree: several.ready.tree };
  });
}

export interface Length {
  readonly characters: number;
  /** The median time of nianbao for the whole report, ms. */
  readonly ms: number;
}

/** Nianbao's time by the length of the narratives. */
export async function measureLengths(
  example: Report,
  lengths: readonly number[],
  runs: number,
): Promise<readonly Length[]> {
  const warmup = 5;
  const reports = lengths.flatMap((characters) =>
    Array.from({ length: warmup + runs }, (_, i) => longVariant(example, characters, i)),
  );
  const process = await EngineProcess.start("nianbao", await writeInputs("nianbao", "lengths", reports));
  const results: Length[] = [];
  for (const [i, characters] of lengths.entries()) {
    const times: number[] = [];
    for (let run = 0; run < warmup + runs; run += 1) {
      const { ms } = await process.render(i * (warmup + runs) + run);
      if (run >= warmup) times.push(ms);
    }
    results.push({ characters, ms: median(times) });
  }
  await process.stop();
  return results;
}
