/** Where nianbao's time goes: a CPU profile of warm renders, the functions with the most time of their own. */
import { readdir, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundleOf, prepare } from "./build.ts";
import { EngineProcess, writeInputs } from "./processes.ts";
import { readExample, variant } from "./report.ts";
import { printTable, setting } from "./stats.ts";

/** What the bench reads of V8's profile. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** For each line of a bundle the source file that it comes from: esbuild writes its name above each file's code. */
async function sourceLines(bundle: string): Promise<readonly string[]> {
  let source = "";
  return (await readFile(bundle, "utf8")).split("\n").map((line) => {
    source = /^ {0,4}\/\/ ((?:\.\.\/|node_modules\/|[\w-]+\.ts).*)$/.exec(line)?.[1] ?? source;
    return source;
  });
}

const sum = (map: Map<string, number>, key: string, value: number): void =>
  void map.set(key, (map.get(key) ?? 0) + value);
const warmup = setting("WARMUP", 30);
const runs = setting("RUNS", 200);
const top = setting("TOP", 30);
const folder = fileURLToPath(new URL("dist/profile", import.meta.url));

await prepare();
await rm(folder, { recursive: true, force: true });
const example = await readExample();
const reports = Array.from({ length: warmup + runs }, (_, i) => variant(example, i));
const child = await EngineProcess.start("nianbao", await writeInputs("nianbao", "profile", reports), {
  renders: warmup,
  node: ["--cpu-prof", `--cpu-prof-dir=${folder}`, "--cpu-prof-interval=200"],
});
const start = performance.now();
for (let run = warmup; run < reports.length; run += 1) await child.render(run);
const wall = performance.now() - start;
await child.stop();

const [file] = await readdir(folder);
const profile = JSON.parse(await readFile(`${folder}/${file}`, "utf8")) as Profile;
const lines = await sourceLines(bundleOf("nianbao"));
const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
const byFunction = new Map<string, number>();
const byFile = new Map<string, number>();
// Only the last `wall` ms: what comes before is the start and the warming up.
let left = wall * 1000;
for (let i = profile.samples.length - 1; i >= 0 && left > 0; i -= 1) {
  const delta = profile.timeDeltas[i]!;
  left -= delta;
  const frame = nodes.get(profile.samples[i]!)!;
  if (frame.functionName === "(idle)") continue;
  const source = frame.url.endsWith("nianbao.mjs") ? lines[frame.lineNumber]! : frame.url || "(engine)";
  sum(byFile, source, delta);
  sum(byFunction, `${frame.functionName || "(anonymous)"}  ${source}:${frame.lineNumber + 1}`, delta);
}
const total = [...byFile.values()].reduce((all, value) => all + value, 0);
const show = (title: string, map: Map<string, number>): void => {
  console.log("");
  printTable(
    [title, "ms/render", "%"],
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, top)
      .map(([name, value]) => [name, (value / 1000 / runs).toFixed(3), ((100 * value) / total).toFixed(1)]),
  );
};
console.log(`${runs} renders after ${warmup}, ${(wall / runs).toFixed(1)} ms each; ${folder}/${file}`);
show("function (line of dist/nianbao.mjs)", byFunction);
show("file", byFile);
