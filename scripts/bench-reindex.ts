/**
 * Measures a rebuild by `nianbao reindex`, and a check: `npm run bench:reindex [-- reports [latency]]`. A store in memory on the
 * loopback, in a process of its own, every answer of which takes so many milliseconds (40 unless named; S3 takes some tens), has so
 * many reports (10,000) over some hundred divisions of all provinces, each with its files, and no list or page of several.
 * It is rebuilt with one thread and with two, and with two from where it was killed (SIGKILL) half way: each time the same
 * bytes are to come of it. Then everything is checked by `nianbao fsck`.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Asked, Told } from "./bench-reindex-store.ts";

const at = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const [count, latency] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 40)];
const folder = mkdtempSync(join(tmpdir(), "nianbao-bench-"));
const journal = join(folder, "journal.jsonl");

const store = fork(at("scripts/bench-reindex-store.ts"), [String(count), String(latency)]);
const told = (): Promise<Told> =>
  new Promise((resolve) => store.once("message", (message) => resolve(message as Told)));
const ask = (asked: Asked): Promise<Told> => {
  const answer = told();
  store.send(asked);
  return answer;
};

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly seconds: number; readonly said: string; readonly code: number | null }>;
}

/** Runs the command on the store, its progress in this run's folder. */
function nianbao(command: "reindex" | "fsck", endpoint: string, jobs: number): Run {
  const began = performance.now();
  const kept = command === "reindex" ? journal : `${journal}.fsck`;
  const child = spawn(
    process.execPath,
    [at("dist/cli/nianbao.mjs"), command, "--jobs", String(jobs), "--journal", kept, "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        ...{ BUCKET: "bench", AWS_REGION: "us-east-1", S3_ENDPOINT: endpoint, S3_FORCE_PATH_STYLE: "true" },
        ...{ AWS_ACCESS_KEY_ID: "bench", AWS_SECRET_ACCESS_KEY: "bench", NIANBAO_LANG: "en" },
        ...{ PUBLIC_URL: "https://reports.example.org", API_URL: "https://reports.example.org" },
      },
    },
  );
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<Awaited<Run["ended"]>>((resolve) =>
    child.once("close", (code) => resolve({ seconds: (performance.now() - began) / 1000, said, code })),
  );
  return { child, ended };
}

/** Lines of the journal: what names it, and one for each division. */
const lines = (): number => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length - 1 : 0);

/** Rebuilds, and says what came of it. @throws when it could not */
async function whole(
  endpoint: string,
  jobs: number,
): Promise<{ readonly seconds: number; readonly divisions: number }> {
  const { seconds, said, code } = await nianbao("reindex", endpoint, jobs).ended;
  if (code !== 0) throw new Error(`reindex ended with ${code}`);
  const { places, divisions } = JSON.parse(said) as { readonly places: number; readonly divisions: number };
  if (places !== count) throw new Error(`${places} reports of ${count}`);
  return { seconds, divisions };
}

/** Looks at everything. @throws when not all was looked at */
async function checked(endpoint: string): Promise<{ readonly found: number; readonly took: number }> {
  const { seconds: took, said } = await nianbao("fsck", endpoint, 2).ended;
  const { versions, problems: found } = JSON.parse(said) as { readonly versions: number; readonly problems: number };
  if (versions !== count) throw new Error(`${versions} reports of ${count} were looked at`);
  return { found, took };
}

const say = (what: string, value: string): void => console.log(`${what.padEnd(48)}${value}`);
const load = (): string => `load average ${loadavg()[0]!.toFixed(1)}`;

try {
  const { endpoint = "", objects = 0 } = await told();
  say("store", `${count} reports, ${objects} objects, ${latency} ms an answer, ${load()}`);
  const times = new Map<number, number>();
  const hashes: string[] = [];
  let divisions = 0;
  for (const jobs of [1, 2]) {
    const { cpu: before = 0 } = await ask("forget");
    const done = await whole(endpoint, jobs);
    divisions = done.divisions;
    times.set(jobs, done.seconds);
    const { hash = "", objects: made, cpu = 0 } = await ask("hash");
    hashes.push(hash);
    const each = ((done.seconds / count) * 1000).toFixed(1);
    say(
      `${jobs} thread${jobs > 1 ? "s" : ""}`,
      `${done.seconds.toFixed(1)} s, ${each} ms a report (the store computes ${(cpu - before).toFixed(1)} s of it), ${made} objects, ${load()}`,
    );
  }
  say("times as fast", (times.get(1)! / times.get(2)!).toFixed(2));

  await ask("forget");
  const { child, ended } = nianbao("reindex", endpoint, 2);
  while (lines() < divisions / 2 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
  const killed = child.kill("SIGKILL");
  const { seconds } = await ended;
  say(
    "killed",
    `${killed ? "after" : "too late, after"} ${seconds.toFixed(1)} s, ${lines() - 1} of ${divisions} divisions done`,
  );
  const rest = await whole(endpoint, 2);
  hashes.push((await ask("hash")).hash ?? "");
  say("gone on with", `${rest.seconds.toFixed(1)} s`);
  const same = new Set(hashes).size === 1;
  say("bytes", same ? "the same of all three" : `DIFFERENT: ${hashes.join(" ")}`);
  const { found, took } = await checked(endpoint);
  say(
    "checked by fsck, 2 threads",
    `${took.toFixed(1)} s, ${((took / count) * 1000).toFixed(1)} ms a report, ${found} problems`,
  );
  if (!same || !killed || found > 0) process.exitCode = 1;
} finally {
  store.kill();
  rmSync(folder, { recursive: true, force: true });
}
