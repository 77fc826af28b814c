/**
 * Checks so many distinct reports with `nianbao batch`: `npm run bench:batch -- 10000 [pdf,html,…]`. Prints how fast one
 * process and two are and what memory they take while it goes on, then kills a run again and again and shows that its
 * results are those of a run that nothing happened to: the same files, the same summary, nothing done twice.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../generated/report.ts";
import type { JournalLine } from "../src/batch/journal.ts";
import { validate } from "../src/check/validate.ts";
import { composedReport } from "../src/formats/content.ts";
import { write } from "../src/formats/html/write.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { launch, type Started } from "../tests/support/launcher.ts";

const amount = Number(process.argv[2] ?? 500);
const render = process.argv[3] ?? "pdf";
const KILLS = 3;
const PARTS = 10;

/** Every other one as data, the others as the page that is published; every tenth with a sum that is wrong. */
function writeReports(folder: string): void {
  for (let number = 1; number <= amount; number += 1) {
    const report = distinctReport(number);
    const place = join(folder, `第${Math.ceil(number / 100)}批`);
    mkdirSync(place, { recursive: true });
    if (number % 2 === 0) {
      // biome-ignore lint/suspicious/noExplicitAny: a report that is made wrong
      if (number % 10 === 0) (report as any).requests.received.naturalPerson += 1;
      writeFileSync(join(place, `${report.organ.name}.json`), JSON.stringify(report));
    } else
      writeFileSync(
        join(place, `${report.organ.name}.html`),
        write(composedReport({ of: "report", report: validate(report).report as Report }), {}),
      );
  }
  const rows = Array.from({ length: amount }, (_, i) => distinctReport(i + 1).organ);
  writeFileSync(
    join(folder, "organs.csv"),
    `名称,统一社会信用代码\n${rows.map((o) => `${o.name},${o.uscc}\n`).join("")}`,
  );
}

const directory = await mkdtemp(join(tmpdir(), "nianbao-batch-"));
const reports = join(directory, "reports");

const start = (out: string, jobs: number): Started =>
  launch("bin/nianbao.mjs", {}, [
    ...["batch", reports, "-o", join(directory, out), "--jobs", String(jobs), "--date", "2026-02-01", "--quiet"],
    ...["--organs", join(reports, "organs.csv")],
    ...(render === "none" ? [] : ["--render", render]),
  ]);

interface Sample {
  /** Seconds since the start. */
  readonly at: number;
  /** MB. */
  readonly resident: number;
  /** Seconds of all processes. */
  readonly cpu: number;
}

/** What a process has taken; nothing when it is over. */
function sample(id: number, at: number): Sample | undefined {
  try {
    // The command and the processes that it started.
    const args = ["-o", "rss=,cputimes=", "-p", String(id), "--ppid", String(id)];
    const lines = execFileSync("ps", args, { encoding: "utf8" }).trim().split("\n");
    const [kilobytes, cpu] = [0, 1].map((i) =>
      lines.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[i]), 0),
    );
    return { at, resident: kilobytes! / 1024, cpu: cpu! };
  } catch {
    return undefined;
  }
}
const journal = (out: string): JournalLine[] =>
  readFileSync(join(directory, out, "batch.jsonl"), "utf8")
    .split("\n")
    .slice(1, -1)
    .map((line) => JSON.parse(line) as JournalLine);
const written = (out: string): number => {
  try {
    return readFileSync(join(directory, out, "batch.jsonl")).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), -1);
  } catch {
    return 0;
  }
};
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs to the end. @returns seconds */
async function whole(out: string, jobs: number): Promise<number> {
  const began = performance.now();
  const run = start(out, jobs);
  const samples: Sample[] = [];
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  while (!over) {
    await wait(Math.min(2000, Math.max(200, amount)));
    const taken = sample(run.process.pid!, (performance.now() - began) / 1000);
    if (taken) samples.push(taken);
  }
  const code = await run.ended;
  const seconds = (performance.now() - began) / 1000;
  if (code !== 1) throw new Error(`ended with ${code}: ${run.output()}`);
  const rate = (amount / seconds).toFixed(1);
  const cpu = samples.at(-1)?.cpu ?? 0;
  console.log(`\n--jobs ${jobs}: ${seconds.toFixed(1)} s, ${rate} reports a second, some ${cpu} s of CPU`);
  const step = Math.max(1, Math.floor(samples.length / PARTS));
  const shown = samples.filter((_, i) => i % step === step - 1);
  const line = shown.map(({ at, resident }) => `${at.toFixed(0)} s ${resident.toFixed(0)}`).join(", ");
  console.log(`RSS, MB: ${line}; most ${Math.max(...samples.map(({ resident }) => resident)).toFixed(0)}`);
  return seconds;
}

/** Every file of a folder of results and the hash of its content; the journal says in which order, which is free. */
function filesOf(out: string): Map<string, string> {
  const root = join(directory, out);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "batch.jsonl")
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

try {
  writeReports(reports);
  console.log(`${amount} reports, half JSON and half HTML, rendered as ${render}`);
  const one = await whole("one", 1);
  const two = await whole("two", 2);
  console.log(`\ntwo processes against one: ${(one / two).toFixed(2)} times as fast`);

  const lines = written("two");
  let killed = 0;
  for (; killed < KILLS; killed += 1) {
    const run = start("killed", 2);
    const before = written("killed");
    const until = before + Math.floor(Math.random() * ((lines - before) * 0.6)) + 1;
    while (written("killed") < until && run.process.exitCode === null) await wait(20);
    run.process.kill("SIGKILL");
    await run.ended;
    console.log(`killed after ${written("killed")} of ${lines} steps`);
  }
  await whole("killed", 2);
  const [expected, found] = [filesOf("two"), filesOf("killed")];
  const different = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (path) => expected.get(path) !== found.get(path),
  );
  const steps = journal("killed").map(({ step, id }) => `${step} ${id}`);
  const twice = steps.length - new Set(steps).size;
  const lost = lines - new Set(steps).size;
  console.log(`\n${found.size} files, ${different.length} that differ from the run that was not killed`);
  console.log(`${steps.length} steps, ${twice} twice, ${lost} lost`);
  if (different.length + twice + lost > 0) {
    console.log(different.slice(0, 20).join("\n"));
    process.exitCode = 1;
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
