import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keysOf } from "../../src/batch/parts/job.ts";
import type { Store } from "../../src/store/store.ts";
import { global, template } from "../infra/support.ts";
import {
  hashesOf,
  inGb18030,
  newFolder,
  organList,
  pageOf,
  reportFiles,
  runBatch,
  writeFiles,
} from "../support/batch.ts";
import { loadBundle } from "../support/bundle.ts";
import { distinctReport } from "../support/distinct.ts";
import { startJobsBucket } from "../support/jobs-bucket.ts";
import { definitionOf } from "../support/states.ts";
import { MACHINE, TestStepFunctions } from "../support/step-functions.ts";

const report = (number: number, year?: number) => {
  const made = distinctReport(number);
  return JSON.stringify(year === undefined ? made : { ...made, year, signed: `${year + 1}-01-20` });
};

/** The files of a folder by path. */
const filesIn = (root: string): Record<string, Uint8Array> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path)]),
  );

/** What lies under a prefix, by the rest of the key. */
async function objectsUnder(store: Store, prefix: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { key } of store.list(prefix))
    found.set(key.slice(prefix.length), (await store.get(key))?.body ?? new Uint8Array());
  return found;
}

const upload = async (store: Store, prefix: string, root: string): Promise<void> => {
  for (const [path, bytes] of Object.entries(filesIn(root)))
    await store.put(`${prefix}${path}`, bytes, { contentType: "application/octet-stream" });
};

const YEAR = distinctReport(1).year;

describe("a batch over a bucket, by the state machine and the bundle that are deployed", () => {
  const root = newFolder();
  const out = join(root, "核查");
  const folder = writeFiles(join(root, "reports"), {
    ...reportFiles(9),
    "市直/网页.html": inGb18030(new TextDecoder().decode(pageOf(distinctReport(20)))),
    "市直/网页_files/广告.html": "<p>广告",
    "市直/印章.png": "png",
    "错误/列不平.json": report(21).replace(/"naturalPerson":(\d+)/, (_, n) => `"naturalPerson":${Number(n) + 1}`),
    "错误/坏了.pdf": "%PDF-1.7 这不是PDF",
    "错误/坏了.xlsx": "PK\u0003\u0004 这不是压缩包",
    "错误/不是报告.html": "<!doctype html><title>通知</title><p>关于召开会议的通知</p>",
    "重复/甲.json": report(22),
    "重复/乙.json": JSON.stringify(distinctReport(22, 1)),
    "重复/丙.json": report(1),
    ".隐藏/报告.json": report(90),
  });
  const before = writeFiles(join(root, "去年"), {
    "甲.json": report(1, YEAR - 1),
    "乙.json": report(2, YEAR - 1),
  });
  const list = join(writeFiles(join(root, "list"), { "organs.csv": organList(12) }), "organs.csv");
  const fetched = join(root, "云上");
  const steps: string[] = [];
  let store: Store;
  let handler: (event: unknown) => Promise<unknown>;
  let services: TestStepFunctions;
  let run: Awaited<ReturnType<typeof runBatch>>;
  let name: string;
  const inCloud = () =>
    runBatch(
      [
        "s3://nianbao-jobs/inbox/2026/reports",
        "--cloud",
        "--machine",
        MACHINE,
        "-o",
        fetched,
        "--timeout",
        "60",
      ].concat([
        "--organs",
        list,
        "--previous",
        "s3://nianbao-jobs/inbox/2026/去年/",
        "--render",
        "pdf,html",
        "--notices",
      ]),
      { AWS_ENDPOINT_URL_SFN: services.url },
    );

  beforeAll(async () => {
    const options = ["--organs", list, "--previous", before, "--render", "pdf,html", "--notices"];
    const { status, stderr } = await runBatch([folder, "-o", out, ...options]);
    expect(status, stderr).toBe(1);
    store = await startJobsBucket();
    await upload(store, "inbox/2026/reports/", folder);
    await upload(store, "inbox/2026/去年/", before);
    ({ handler } = await loadBundle<{ handler: typeof handler }>("batch"));
    services = await TestStepFunctions.start(definitionOf(template(global), /^Batch/), {
      bucket: store,
      invoke: (_, payload) => handler(payload),
      onStep: (step) => steps.push(step),
    });
    run = await inCloud();
    name = [...services.runs.keys()][0]?.split(":").at(-1) ?? "";
  });
  afterAll(() => services.close());

  it("is started, waited for and told of as one of this machine is", () => {
    expect(run.status, run.stderr).toBe(1);
    expect(run.stdout).toContain("名单中12个机关，未报送");
    expect(run.stderr).toMatch(/(?:读取|校验) \d+\/\d+/);
    expect(run.stderr).toContain(`每个文件的结果：s3://nianbao-jobs/work/${name}/results/`);
  });

  it("is done in parts", () => {
    expect([...new Set(steps)]).toEqual([
      ...["List the files", "Read", "Read a part", "Plan", "Check", "Check a part", "Sum up"],
    ]);
    expect(steps.filter((step) => step === "Read a part").length).toBeGreaterThan(3);
  });

  it("has the summary and the notices of a run over a folder with the same files, byte for byte", async () => {
    const { "cloud.json": _, ...outcome } = filesIn(fetched);
    const own = Object.entries(filesIn(out)).filter(([path]) => /^(?:summary\.|notices\/)/.test(path));
    expect(Object.keys(outcome).sort()).toEqual(own.map(([path]) => path).sort());
    expect(own.length).toBeGreaterThan(5);
    for (const [path, bytes] of own) expect(Buffer.compare(bytes, outcome[path] as Uint8Array), path).toBe(0);
  });

  it("has the results of every file that such a run has", async () => {
    const results = await objectsUnder(store, keysOf(name).allResults);
    const cloud = writeFiles(join(root, "cloud"), Object.fromEntries(results));
    const own = Object.entries(hashesOf(out)).filter(([path]) => /^(?:files|previous)\//.test(path));
    expect(Object.fromEntries(own)).toEqual(hashesOf(cloud));
  });

  it("may be done again, part by part, with the same outcome", async () => {
    const was = await objectsUnder(store, keysOf(name).outcome);
    await handler({ step: "read", job: name, part: "00001" });
    await handler({ step: "check", job: name, part: "00001" });
    await handler({ step: "summarize", job: name });
    expect(await objectsUnder(store, keysOf(name).outcome)).toEqual(was);
  });

  it("is not begun anew by who runs the command again, and ends the same", async () => {
    const again = await inCloud();
    expect([again.status, again.stdout], again.stderr).toEqual([run.status, run.stdout]);
    expect(again.stderr).toContain("先前已开始");
    expect(services.runs.size).toBe(1);
  });

  it("says what kept it from being done", async () => {
    const root = ["s3://nianbao-jobs/inbox/nothing", "--cloud", "--machine", MACHINE, "-o", join(newFolder(), "out")];
    const { status, stderr } = await runBatch(root, { AWS_ENDPOINT_URL_SFN: services.url });
    expect(stderr).toMatch(/云上没有做完：FAILED .*没有可以当作报告读取的文件/);
    expect(status).toBe(2);
  });
});
