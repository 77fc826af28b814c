/** `nianbao reindex` and `nianbao fsck` as they are run: on several threads, killed, and gone on with. */
import { existsSync, readFileSync, truncateSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { derivePublic } from "../../src/publish/public.ts";
import { openShell, type Running } from "../support/command.ts";
import { SortedStore, serveLoopback } from "../support/loopback-s3.ts";
import { commit } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";

const DAY = 24 * 3600_000;
let now = Date.now() - DAY;
const store = new SortedStore(() => now);
const shell = await openShell();
const journal = shell.path("journal.jsonl");
let env: Record<string, string>;
let close: () => Promise<void>;
let whole: string;

/** Everything that a rebuild answers for. */
const derived = (): string =>
  JSON.stringify(
    [...store.objects]
      .filter(([key]) => /^(published|office)\//.test(key))
      .map(([key, { body, headers }]) => [key, Buffer.from(body).toString(), headers])
      .sort(),
  );
const lines = (): string[] => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").slice(0, -1) : []);
const names = (): string[] =>
  lines()
    .slice(1)
    .map((line) => (JSON.parse(line) as { name: string }).name);
const command = (name: string, ...more: string[]): Running =>
  shell.start([name, "--jobs", "2", "--journal", journal, ...more], { env });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function forget(): Promise<void> {
  for (const key of [...store.objects.keys()]) if (/^(published|office|rebuild)\//.test(key)) await store.delete(key);
}

/** Runs a command and kills it once its journal says what it is to say. */
async function killedOnce(isTime: () => boolean, name: string, ...more: string[]): Promise<void> {
  const run = command(name, ...more);
  while (!isTime() && run.process.exitCode === null) await wait(1);
  expect(run.process.kill("SIGKILL")).toBe(true);
  await run.ended;
}

/** The same once its journal has so many lines. */
const killedAt = (count: number, name: string, ...more: string[]): Promise<void> =>
  killedOnce(() => lines().length > count, name, ...more);

/** A version of an organ's report, with the files that the public reads where a check is to find nothing. */
async function publish(uscc: string, version: number, whole = false): Promise<void> {
  const kind = version === 1 ? "original" : "correction";
  const record = await commit(store, {
    ...{ uscc, year: 2024, version, kind, organ: `Bureau ${uscc}`, received: version, day: 2 + version },
  });
  if (whole) await derivePublic(store, [record]);
}

beforeAll(async () => {
  for (let province = 91; province < 95; province += 1)
    for (let division = 1; division <= 5; division += 1)
      for (let organ = 1; organ <= 3; organ += 1) await publish(codeOf(`${province}010${division}`, organ), 1);
  const served = await serveLoopback(store, 2);
  close = served.close;
  env = {
    ...{ BUCKET: "b", AWS_REGION: "us-east-1", S3_ENDPOINT: served.endpoint, S3_FORCE_PATH_STYLE: "true" },
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", PUBLIC_URL: "https://example.org" },
  };
  const { code, stderr } = await shell.run(["reindex", "--jobs", "1", "--journal", journal, "--json"], { env });
  expect([code, stderr]).toEqual([0, ""]);
  whole = derived();
});
afterAll(() => close());

describe("a rebuild that is killed", { timeout: 300_000 }, () => {
  it("is gone on with wherever it was killed: what was done is not done again, and the same bytes come of it", async () => {
    for (const at of [1, 9]) {
      await forget();
      await killedAt(at, "reindex");
      const before = names();
      expect(before.length).toBeGreaterThanOrEqual(at);
      const puts = new Map([...store.objects].map(([key, { modified }]) => [key, modified]));
      now += 1;
      const { code, stdout, stderr } = await command("reindex", "--json").ended;
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(`接着上次的做：先前做完的${before.length}部分`);
      expect(JSON.parse(stdout)).toMatchObject({ places: 60, organs: 60, divisions: 20, failed: [] });
      expect(derived()).toBe(whole);
      for (const division of before) {
        const note = `rebuild/recent/${division}.json`;
        expect([note, store.objects.get(note)?.modified]).toEqual([note, puts.get(note)]);
      }
      expect(existsSync(journal)).toBe(false);
    }
  });

  it("does a division again where its records or what was made of them changed since, and one whose line was cut short", async () => {
    await forget();
    await killedAt(6, "reindex");
    const [first, second, third] = names() as [string, string, string];
    const bytes = readFileSync(journal);
    truncateSync(journal, bytes.length - 5);
    const cut = (JSON.parse(bytes.toString().trimEnd().split("\n").at(-1)!) as { name: string }).name;
    await store.put(`published/divisions/${first}/index.html`, "harmed", { contentType: "text/html" });
    await publish(codeOf(second, 9), 1);
    await publish(codeOf(third, 1), 2);
    const again = new Set([first, second, third, cut]);
    const left = names().filter((division) => !again.has(division));
    const modified = (division: string) => store.objects.get(`rebuild/recent/${division}.json`)?.modified;
    const before = new Map(left.map((division) => [division, modified(division)]));
    now += 1;
    expect((await command("reindex").ended).code).toBe(0);
    for (const division of again) expect([division, modified(division)]).toEqual([division, now]);
    for (const division of left) expect([division, modified(division)]).toEqual([division, before.get(division)]);
    // Anew from nothing it is the same.
    const resumed = derived();
    await forget();
    expect((await command("reindex").ended).code).toBe(0);
    expect(derived()).toBe(resumed);
  });

  it("begins anew where it is asked to, or is to do something else; two at once are not", async () => {
    await forget();
    await killedAt(3, "reindex");
    let open = (): void => {};
    store.gate = new Promise((resolve) => {
      open = resolve;
    });
    const other = command("reindex", "--all");
    const holder = (): string => (existsSync(`${journal}.lock`) ? readFileSync(`${journal}.lock`, "utf8") : "");
    while (holder() !== String(other.process.pid)) await wait(1);
    const second = await command("reindex").ended;
    expect([second.code, second.stdout]).toEqual([2, ""]);
    expect(second.stderr).toContain("正在处理同一个存储");
    open();
    const { code, stderr } = await other.ended;
    expect([code, stderr]).toEqual([0, ""]);
    await forget();
    await killedAt(3, "reindex");
    const fresh = await command("reindex", "--fresh").ended;
    expect([fresh.code, fresh.stderr]).toEqual([0, ""]);
  });

  it("ends at the first Ctrl-C when what is in hand is done, and goes on from there", async () => {
    await forget();
    const run = command("reindex");
    while (lines().length < 3) await wait(1);
    run.process.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("再次运行同一条命令，从停下的地方继续");
    expect((await command("reindex").ended).code).toBe(0);
  });
});

describe("a check that is killed", { timeout: 300_000 }, () => {
  it("is gone on with: what was looked at is not looked at again, and the same is said in the end", async () => {
    store.clear();
    for (let division = 1; division <= 9; division += 1)
      for (let organ = 1; organ <= 4; organ += 1) await publish(codeOf(`91010${division}`, organ), 1, true);
    const harmed = `published/${codeOf("910101", 2)}/2024/v1/report.json`;
    await store.put(harmed, "harmed", { contentType: "text/plain" });
    const args = ["--json", "--settle", "0"];
    const sound = await command("fsck", ...args).ended;
    expect(sound.code, sound.stderr).toBe(1);
    expect(JSON.parse(sound.stdout)).toMatchObject({ organs: 36, versions: 36, problems: 1, found: [{ key: harmed }] });
    await killedAt(4, "fsck", ...args);
    const rest = await command("fsck", ...args).ended;
    expect([rest.code, rest.stdout]).toEqual([1, sound.stdout]);
    expect(rest.stderr).toContain("接着上次的做");
    // What changed since is looked at again.
    await killedOnce(() => names().includes("11910101"), "fsck", ...args);
    await store.delete(harmed);
    const missing = await command("fsck", ...args).ended;
    expect(JSON.parse(missing.stdout)).toMatchObject({ problems: 1, found: [{ kind: "public-missing", key: harmed }] });
    const mended = await command("fsck", ...args, "--mend").ended;
    expect(mended.code, mended.stdout).toBe(0);
    expect(JSON.parse(mended.stdout)).toMatchObject({ problems: 0, mended: 1 });
  });
});
