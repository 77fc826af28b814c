/**
 * From `git clone` to the first PDF, by the README's commands: `npm run bench:clone`, with `-- all` for `npm ci` with all that
 * tests and deployments need. Clones what is committed here into a folder of its own, which is gone afterwards; npm fetches
 * what its cache lacks. Prints what each step takes by the clock and by the processors.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "../tests/support/launcher.ts";
import { indexed, machine, sleep } from "./measured.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const install = process.argv[2] === "all" ? "npm ci" : "npm ci --omit=dev";
const folder = await mkdtemp(join(tmpdir(), "nianbao-clone-"));
const clone = join(folder, "nianbao");
const [port, s3Port] = await freePorts();
const url = `http://localhost:${port}`;

/** As in a shell of its own: nothing of the npm that runs this, and no Node of this folder. */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$/.test(name))),
  PATH: process.env["PATH"]!.split(":")
    .filter((path) => !path.includes("node_modules"))
    .join(":"),
  ...{ PORT: String(port), S3_PORT: String(s3Port), DATA_DIR: join(folder, "data") },
};

/** What children that have ended took of the processors, s; undefined where the system does not tell. */
function spent(): number | undefined {
  try {
    // proc(5): cutime and cstime, in hundredths of a second.
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return undefined;
  }
}

const begun = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s`;
const row = (name: string, ...cells: readonly string[]): void => console.log(`${name.padEnd(28)}${cells.join("")}`);

/** @throws when it fails, with what it said */
function run(command: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, shell: true, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
  return stdout;
}

function timed(command: string, cwd: string): void {
  const [since, before] = [performance.now(), spent()];
  run(command, cwd);
  const now = spent();
  row(
    command.replace(root, "…/"),
    seconds(since),
    now === undefined || before === undefined ? "" : `  CPU ${(now - before).toFixed(1)} s`,
  );
}

/** Resolves when the service answers. @throws when it ended instead */
async function answering(): Promise<void> {
  for (;;) {
    if (over) throw new Error(`npm start ended: ${said}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
}

async function firstPdf(): Promise<void> {
  const token = run("npm run --silent token -- clerk", clone).trim();
  const body = await readFile(join(clone, "examples/liaocheng-2020.json"));
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const receipt = await fetch(`${url}/reports`, { method: "POST", headers, body });
  if (receipt.status !== 201) throw new Error(`${receipt.status} ${await receipt.text()}`);
  const { artefacts } = (await receipt.json()) as { readonly artefacts: readonly { name: string; url: string }[] };
  const pdf = await fetch(artefacts.find(({ name }) => name === "report.pdf")!.url);
  const bytes = Buffer.from(await pdf.arrayBuffer());
  if (!pdf.ok || bytes.toString("latin1", 0, 5) !== "%PDF-") throw new Error(`${pdf.status}: no PDF`);
}

let server: ChildProcess | undefined;
let over = false;
let said = "";
/** Ends npm and all that it started. */
const stop = (): void => {
  if (server?.pid && !over) process.kill(-server.pid, "SIGTERM");
};
process.once("SIGINT", stop);
try {
  console.log(machine());
  timed(`git clone --quiet ${root} nianbao`, folder);
  timed(`${install} --no-audit --no-fund`, clone);
  const since = performance.now();
  server = spawn("npm start", { cwd: clone, env, shell: true, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [server.stdout!, server.stderr!])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = once(server, "close").then(() => {
    over = true;
  });
  await answering();
  row("npm start, until it answers", seconds(since));
  const posting = performance.now();
  await firstPdf();
  row("token, POST, GET of the PDF", seconds(posting));
  row("git clone to the first PDF", seconds(begun));
  await indexed(url);
  stop();
  await ended;
} finally {
  stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
console.log(machine());
