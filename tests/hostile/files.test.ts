import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issuerUrl, openSigner } from "../../local/issuer.ts";
import { startS3 } from "../../local/s3.ts";
import { runBatch } from "../support/batch.ts";
import { openShell } from "../support/command.ts";
import { type HostileFile, hostileFiles } from "../support/hostile-files.ts";
import { AUDIENCE, startIssuer } from "../support/issuer.ts";
import { freePorts, launch, ready, type Started } from "../support/launcher.ts";
import { watchTree } from "../support/process-tree.ts";

/** What issue 13 asks for. */
const ANSWER = 20_000;
const MEMORY = 1.2e9;
const HEALTH = 250;
const GOOD = 5000;

const GOOD_FILE = new URL("../fixtures/cases/liaocheng-2020.tables.html", import.meta.url);
const files = hostileFiles();
const folder = await mkdtemp(join(tmpdir(), "nianbao-hostile-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A service that is attacked: `bad` sends what is hostile, `good` what is not. */
interface Target {
  readonly started: Started;
  readonly url: string;
  readonly bad: (file: number) => Promise<string>;
  readonly good: () => Promise<string>;
  readonly close: () => Promise<void>;
}

async function npmStart(): Promise<Target> {
  const [port, s3Port] = await freePorts();
  const directory = join(folder, "data");
  const env = { PORT: String(port), S3_PORT: String(s3Port), DATA_DIR: directory, LOG_FORMAT: "none" };
  const started = launch("local/main.ts", env);
  const url = `http://localhost:${port}`;
  await ready(started, url);
  const signer = await openSigner(directory, issuerUrl(port));
  return {
    ...{ started, url, close: async () => {} },
    bad: () => signer.accessToken("clerk"),
    good: () => signer.accessToken("superior"),
  };
}

async function serve(): Promise<Target> {
  const [port] = await freePorts();
  const s3 = await startS3({ port: 0, directory: join(folder, "s3"), bucket: "nianbao-test" });
  const issuer = await startIssuer();
  const url = `http://127.0.0.1:${port}`;
  const started = launch("dist/server/index.mjs", {
    ...{ OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, BUCKET: "nianbao-test", PORT: String(port) },
    ...{ HOST: "127.0.0.1", PUBLIC_URL: url, AWS_REGION: "us-east-1", S3_ENDPOINT: s3.endpoint },
    ...{ AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey },
    ...{ S3_FORCE_PATH_STYLE: "true", LOG_FORMAT: "none" },
  });
  await ready(started, url);
  return {
    ...{ started, url, close: () => s3.close() },
    bad: () => issuer.token({ sub: "bad" }),
    good: () => issuer.token({ sub: "good" }),
  };
}

interface Answered {
  readonly name: string;
  readonly status: number;
  readonly duration: number;
  readonly text: string;
}

async function send(url: string, { name, bytes }: HostileFile, token: string): Promise<Answered> {
  const began = performance.now();
  const answer = await fetch(`${url}/imports?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
    body: new Uint8Array(bytes),
  });
  const text = await answer.text();
  return { name, status: answer.status, duration: performance.now() - began, text };
}

/** Asks for something again and again until told to stop; how long each answer took, ms, sorted. */
function again(ask: () => Promise<unknown>, pause: number): { readonly stop: () => Promise<number[]> } {
  let stopped = false;
  const durations: number[] = [];
  const asking = (async () => {
    while (!stopped) {
      const began = performance.now();
      await ask();
      durations.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await asking;
      return durations.sort((a, b) => a - b);
    },
  };
}

const figures: string[] = [];
afterAll(() => {
  if (process.env["FIGURES"]) console.log(figures.join("\n"));
});

/** An answer that says no in two languages, or yes. */
function expectAnswered({ name, status, duration, text }: Answered, most: number): void {
  expect(status >= 200 && status < 500, `${name}: ${status} ${text.slice(0, 300)}`).toBe(true);
  expect(duration, name).toBeLessThan(most);
  if (status >= 400)
    expect(JSON.parse(text), name).toMatchObject({ status, detail: expect.stringMatching(/\p{Script=Han}/u) });
}

describe.each([
  ["npm start", npmStart],
  ["serve", serve],
] as const)("%s", (what, start) => {
  let target: Target;
  let good: HostileFile;
  beforeAll(async () => {
    target = await start();
    good = { name: "good.html", bytes: new Uint8Array(await readFile(GOOD_FILE)) };
  });
  afterAll(async () => {
    target.started.process.kill("SIGTERM");
    await target.started.ended;
    await target.close();
  });

  it("lives through every file: one after another, then four at once, while another caller's are read", async () => {
    const { url, started } = target;
    const health = () => fetch(`${url}/healthz`).then((answer) => answer.arrayBuffer());
    const import_ = async () => expect((await send(url, good, await target.good())).status).toBe(200);
    // What this machine does when nothing is the matter: a busy one is not what is tested.
    const idle = { health: again(health, 20), good: again(import_, 100) };
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const [idleHealth, idleGood] = [await idle.health.stop(), await idle.good.stop()];

    const tree = watchTree(started.process.pid!);
    const under = { health: again(health, 20), good: again(import_, 500) };
    const answers: Answered[] = [];
    for (const [i, file] of files.entries()) answers.push(await send(url, file, await target.bad(i)));
    for (let i = 0; i < files.length; i += 4) {
      const four = files.slice(i, i + 4);
      answers.push(...(await Promise.all(four.map(async (file, j) => send(url, file, await target.bad(i + j))))));
    }
    const [healths, goods, memory] = [await under.health.stop(), await under.good.stop(), tree.stop()];
    const p99 = healths[Math.floor(healths.length * 0.99)]!;
    const slowest = Math.max(...answers.map(({ duration }) => duration));
    figures.push(
      `${what}: ${files.length} files; slowest answer ${(slowest / 1000).toFixed(1)} s; memory ${(memory / 1e6).toFixed(0)} MB; ` +
        `/healthz p99 ${p99.toFixed(0)} ms (idle ${idleHealth[Math.floor(idleHealth.length * 0.99)]!.toFixed(0)}); ` +
        `good import at most ${(goods.at(-1)! / 1000).toFixed(2)} s (idle ${(idleGood.at(-1)! / 1000).toFixed(2)})`,
    );
    if (process.env["FIGURES"])
      console.log(
        answers
          .filter(({ duration }) => duration > 2000)
          .map(({ name, status, duration }) => `${name} ${status} ${Math.round(duration)}`)
          .join("\n"),
      );
    // What the machine itself adds to any answer is not what is tested.
    for (const answer of answers) expectAnswered(answer, ANSWER + idleGood.at(-1)!);
    expect(started.process.exitCode ?? started.process.signalCode).toBe(null);
    expect(memory).toBeLessThan(MEMORY);
    expect(p99).toBeLessThan(Math.max(HEALTH, 4 * idleHealth[Math.floor(idleHealth.length * 0.99)]!));
    expect(goods.at(-1)).toBeLessThan(Math.max(GOOD, 4 * idleGood.at(-1)!));
  }, 3_600_000);
});

describe("the command", () => {
  it("answers every file that is imported, and stays small", async () => {
    const { run, start, write } = await openShell();
    let most = 0;
    for (const { name, bytes } of files) {
      const path = await write(name, bytes);
      const began = performance.now();
      const importing = start(["import", path, "--check", "-o", `${path}.out`]);
      const tree = watchTree(importing.process.pid!);
      const { code, stderr } = await importing.ended;
      most = Math.max(most, tree.stop());
      expect([0, 1, 2], `${name}: ${stderr.slice(0, 300)}`).toContain(code);
      expect(stderr, name).not.toContain("没有料到的问题：");
      expect(performance.now() - began, name).toBeLessThan(ANSWER);
    }
    figures.push(`import: memory ${(most / 1e6).toFixed(0)} MB`);
    expect(most).toBeLessThan(MEMORY);
    expect((await run(["import", await write("good.html", await readFile(GOOD_FILE))])).code).toBeLessThan(2);
  }, 3_600_000);

  it("goes through a folder of them, and checks the good one beside", async () => {
    const reports = await mkdtemp(join(folder, "reports-"));
    for (const { name, bytes } of files) await writeFile(join(reports, name), bytes);
    await cp(GOOD_FILE, join(reports, "好.html"));
    const out = join(folder, "out");
    const { status, stderr } = await runBatch([reports, "-o", out, "--quiet", "--timeout", "20"]);
    expect(status, stderr).toBe(1);
    const journal = (await readFile(join(out, "batch.jsonl"), "utf8")).trim().split("\n").slice(1);
    const lines = journal.map((line) => JSON.parse(line) as { step: string; id: string; outcome: string });
    expect(lines.find(({ step, id }) => step === "read" && id === "files/好.html")?.outcome).toBe("read");
    expect(new Set(lines.filter(({ step }) => step === "read").map(({ id }) => id)).size).toBe(files.length + 1);
  }, 3_600_000);
});
