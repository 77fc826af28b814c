/**
 * How long bundles of the API take to load in a fresh process, side by side: `node cold-start.ts BEFORE AFTER`, each the
 * path of an `index.mjs` with its fonts beside it. They take turns, so that what else the machine does falls on all alike.
 * RUNS (25) is how often each is loaded, after one load that is not counted. The last line of stdout is JSON.
 */
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { median, printTable, rounded, setting } from "./stats.ts";

/** What the bundle asks of its environment when it is loaded. Nothing of it is reached. */
const ENVIRONMENT = {
  BUCKET: "bench",
  AWS_REGION: "us-east-1",
  PUBLIC_URL: "https://example.org",
  OIDC_ISSUER: "https://issuer.example",
  OIDC_AUDIENCE: "nianbao",
  LOG_FORMAT: "none",
};

/** What loading a bundle takes, ms: by the clock, and of the processors, which a busy machine lengthens less. */
interface Load {
  readonly ms: number;
  readonly cpu: number;
}

/** Loads a bundle in a process that does nothing else. */
async function load(bundle: string): Promise<Load> {
  const script = `const [began, before] = [performance.now(), process.cpuUsage()];
await import(${JSON.stringify(pathToFileURL(resolve(bundle)).href)});
const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(before)];
process.stdout.write(JSON.stringify({ ms, cpu: (user + system) / 1000 }), () => process.exit(0));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: ENVIRONMENT,
  });
  return JSON.parse(stdout) as Load;
}

const bundles = process.argv.slice(2);
if (bundles.length < 2) throw new Error("node cold-start.ts BEFORE/index.mjs AFTER/index.mjs");
const runs = setting("RUNS", 25);
const measured = bundles.map((): Load[] => []);
const loads = [loadavg()[0]!];
for (let run = 0; run <= runs; run += 1)
  // Each goes first as often as last.
  for (const [i, bundle] of [...bundles.entries()].sort(([a], [b]) => (run % 2 === 0 ? a - b : b - a))) {
    const took = await load(bundle);
    if (run > 0) measured[i]!.push(took);
  }
loads.push(loadavg()[0]!);

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${process.platform}, load average ${loads.map((l) => l.toFixed(1)).join(" to ")}\n`,
);
const times = measured.map((all) => all.map(({ ms }) => ms));
const [clock, cpu] = [times.map(median), measured.map((all) => median(all.map((one) => one.cpu)))];
printTable(
  ["bundle", "KB", "load ms", "to the first", "least", "most", "CPU ms", "to the first"],
  bundles.map((bundle, i) => [
    bundle,
    (statSync(bundle).size / 1000).toFixed(0),
    clock[i]!.toFixed(1),
    (clock[i]! / clock[0]!).toFixed(3),
    Math.min(...times[i]!).toFixed(1),
    Math.max(...times[i]!).toFixed(1),
    cpu[i]!.toFixed(1),
    (cpu[i]! / cpu[0]!).toFixed(3),
  ]),
);
console.log(
  `\n${JSON.stringify({ loadRatio: rounded(clock.at(-1)! / clock[0]!, 3), cpuRatio: rounded(cpu.at(-1)! / cpu[0]!, 3) })}`,
);
