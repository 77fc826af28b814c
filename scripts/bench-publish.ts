/**
 * How fast it is published, beside how fast a page is set: `npm run bench:publish -- [reports] [connections]` (600, 8).
 * Starts `npm start` with an empty folder and prints of one run: what setting a version's files takes and what a lone
 * publication takes, in turns; so many reports at a time, how far the indexer is behind at the end, and the server's
 * memory; pages and PDFs that readers are given, in turns. The clock is the machine's, which other work may keep busy: the
 * ratios tell, and CPU time beside them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../generated/report.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import { composed } from "../src/formats/content.ts";
import { versionFiles } from "../src/formats/files.ts";
import { PUBLISHED } from "../src/formats/registry.ts";
import { writeAs } from "../src/formats/write.ts";
import { credentials } from "../tests/support/credentials.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { ready } from "../tests/support/launcher.ts";
import {
  cpuOf,
  indexed,
  indexerOf,
  machine,
  publishMany,
  quantile,
  readsPerSecond,
  residentOf,
  startServer,
} from "./measured.ts";

const amount = Number(process.argv[2] ?? 600);
const connections = Number(process.argv[3] ?? 8);
/** Lone publications that are measured, and what comes before them. */
const [LONE, WARM] = [40, 80];
const PARTS = 6;
/** Of the readers: how many at a time, turns, and seconds of each. */
const [READERS, TURNS, SECONDS] = [32, 3, 3];

const fonts = openFonts(fileURLToPath(new URL("../dist/fonts", import.meta.url)));
const pdf = PUBLISHED.find(({ name }) => name === "pdf")!;
const directory = await mkdtemp(join(tmpdir(), "nianbao-publish-"));
const { started, port, url } = await startServer(directory, connections);

/** Work with its times by the clock and by the processors, ms. */
class Timed {
  readonly clock: number[] = [];
  readonly cpu: number[] = [];
  async take(work: () => Promise<unknown>, cpu: () => number): Promise<void> {
    const [since, spent] = [performance.now(), cpu()];
    await work();
    this.clock.push(performance.now() - since);
    this.cpu.push(cpu() - spent);
  }
}
const own = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const server = (): number => cpuOf(started);
const ms = (value: number): string => value.toFixed(1).padStart(8);
const row = (name: string, { clock, cpu }: Timed, { clock: base, cpu: baseCpu }: Timed): void => {
  const [p50, p95, spent] = [quantile(clock, 0.5), quantile(clock, 0.95), quantile(cpu, 0.5)];
  const ratios = [p50 / quantile(base, 0.5), p95 / quantile(base, 0.5), spent / quantile(baseCpu, 0.5)];
  console.log(`${name.padEnd(30)}${[p50, p95, spent].map(ms).join("")}${ratios.map((r) => ms(r)).join("")}`);
};

try {
  await ready(started, url);
  const headers = { "content-type": "application/json", ...(await credentials(directory, port)) };
  let number = 0;
  const post = async (path: string): Promise<void> => {
    const body = JSON.stringify(distinctReport(number));
    const answer = await fetch(`${url}${path}`, { method: "POST", headers: { ...headers, connection: "close" }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  };
  const [all, pages, dry, published, indexing] = [new Timed(), new Timed(), new Timed(), new Timed(), new Timed()];

  console.log(`${machine()}\n`);
  await publishMany({ url, headers, amount: WARM, connections: 4, onAnswer: () => {} });
  number = WARM;
  const warm = new Timed();
  for (let i = 0; i < LONE + WARM; i += 1) {
    number += 1;
    const report = distinctReport(number) as unknown as Report;
    const measured = i >= WARM;
    const [files, paper] = measured ? [all, pages] : [warm, warm];
    await files.take(() => versionFiles({ of: "report", report }, fonts), own);
    const surroundings = { fonts: () => fonts, beside: PUBLISHED };
    await paper.take(() => Promise.resolve(writeAs(pdf, composed({ of: "report", report }), surroundings)), own);
    if (!measured) continue;
    await indexed(url);
    await dry.take(() => post("/reports?dryRun=true"), server);
    await published.take(() => post("/reports"), server);
    await indexing.take(() => indexed(url), server);
  }
  console.log("one after another, ms            p50     p95     CPU    p50/A   p95/A   CPU/A");
  row("A  a version's files set", all, all);
  row("B  its PDF alone", pages, all);
  row("C  a report checked (dry run)", dry, all);
  row("D  a report published, to 201", published, all);
  row("E  then indexed", indexing, all);
  console.log(`D to B: ${(quantile(published.clock, 0.5) / quantile(pages.clock, 0.5)).toFixed(1)}\n`);

  console.log(`${amount} reports, ${connections} at a time; ${machine()}\n\n  reports   per s  p50 ms  p95 ms  RSS MB`);
  let times: number[] = [];
  let since = performance.now();
  let done = 0;
  const begun = performance.now();
  const onAnswer = (status: number, time: number): void => {
    if (status !== 201) throw new Error(`answered ${status}`);
    times.push(time);
    done += 1;
    if (times.length < amount / PARTS && done < amount) return;
    const rate = (times.length / (performance.now() - since)) * 1000;
    const cells = [done, rate.toFixed(1), quantile(times, 0.5).toFixed(0), quantile(times, 0.95).toFixed(0)];
    console.log([...cells, residentOf(started).toFixed(0)].map((cell) => String(cell).padStart(8)).join(""));
    times = [];
    since = performance.now();
  };
  await publishMany({ url, headers, amount, connections, after: number, onAnswer });
  const elapsed = (performance.now() - begun) / 1000;
  const { waiting, behindSeconds } = await indexerOf(url);
  const last = performance.now();
  await indexed(url, 200);
  console.log(
    `\n${(amount / elapsed).toFixed(1)} publications a second; at the last answer ${waiting} wait for the indexer, the oldest for ${behindSeconds} s; done ${((performance.now() - last) / 1000).toFixed(1)} s later, ${residentOf(started).toFixed(0)} MB\n`,
  );

  const { uscc } = distinctReport(number).organ;
  const rates = new Map<string, number[]>();
  const readers = ["index.html", "2020/report.html", "2020/report.pdf"];
  for (let turn = 0; turn < TURNS; turn += 1)
    for (const file of readers)
      rates.set(file, [...(rates.get(file) ?? []), await readsPerSecond(`${url}/${uscc}/${file}`, READERS, SECONDS)]);
  console.log(`read by ${READERS} at a time, a second; ${machine()}`);
  for (const [file, found] of rates) console.log(`  ${file.padEnd(18)}${quantile(found, 0.5).toFixed(0).padStart(6)}`);
} finally {
  started.process.kill("SIGTERM");
  await started.ended;
  await rm(directory, { recursive: true, force: true });
}
