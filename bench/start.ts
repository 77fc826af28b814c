/**
 * The same report with every engine that the machine has: time when warm, time to the first PDF of a fresh process, memory, size.
 * RUNS, WARMUP, SPAWNS and MEMORY_RUNS shorten it for a quick try. The last line of stdout is JSON.
 */
import { cpus, loadavg } from "node:os";
import { prepare } from "./build.ts";
import { ENGINES, LABELS } from "./engine.ts";
import { measureFirst, measureLengths, measureMemory, measureWarm } from "./measure.ts";
import { readExample } from "./report.ts";
import { printTable, rounded, setting } from "./stats.ts";

const load = (): string => loadavg()[0]!.toFixed(1);
const runs = setting("RUNS", 50);
const warmup = setting("WARMUP", 10);
const spawns = setting("SPAWNS", 5);
const memoryRuns = setting("MEMORY_RUNS", 30);

await prepare();
const example = await readExample();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${process.platform}, load average ${load()}\n`,
);

const first = await measureFirst(example, spawns);
const warm = await measureWarm(example, runs, warmup);
const memory = await measureMemory(example, memoryRuns);
const lengths = await measureLengths(example, [2_000, 20_000, 200_000], Math.min(runs, 10));

const megabytes = (value: number): string => (value > 0 ? value.toFixed(0) : "–");
console.log(`Warm: median of ${runs} renders after ${warmup}; first: process start to PDF, median of ${spawns};`);
console.log(`peak: of the process after 1 and ${memoryRuns} renders; with all the processes that it started (PSS).\n`);
printTable(
  [
    "engine",
    "warm ms",
    "nianbao/it",
    "first ms",
    "nianbao/it",
    "peak MB (1)",
    `(${memoryRuns})`,
    "all MB",
    "bytes",
    "nianbao/it",
  ],
  ENGINES.map((name) => [
    LABELS[name],
    warm[name].ms.toFixed(1),
    (warm.nianbao.ms / warm[name].ms).toFixed(3),
    first[name].toFixed(0),
    (first.nianbao / first[name]).toFixed(3),
    megabytes(memory[name].one),
    megabytes(memory[name].many),
    megabytes(memory[name].tree),
    warm[name].bytes.toFixed(0),
    (warm.nianbao.bytes / warm[name].bytes).toFixed(3),
  ]),
);

console.log(`\nload average at the end ${load()}`);
console.log("\nnianbao by the length of the narratives:\n");
printTable(
  ["characters", "ms", "ms per 1,000"],
  lengths.map(({ characters, ms }) => [
    characters.toLocaleString("en"),
    ms.toFixed(1),
    ((1000 * ms) / characters).toFixed(2),
  ]),
);

console.log(
  `\n${JSON.stringify({
    warmRatioTypst: rounded(warm.nianbao.ms / warm.typst.ms, 3),
    warmRatioShell: rounded(warm.nianbao.ms / warm.shell.ms, 3),
    bytesRatioTypst: rounded(warm.nianbao.bytes / warm.typst.bytes, 3),
    firstMs: rounded(first.nianbao, 1),
    bytes: Math.round(warm.nianbao.bytes),
    rssMb: rounded(memory.nianbao.many, 1),
  })}`,
);
