/** `nianbao batch s3://… --cloud`: the batch is done by the state machine of a deployment; this starts it, waits, and fetches the summary. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { storeFromEnvironment } from "../functions/store.ts";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import { INBOX, type Job, keysOf, writeJob } from "../src/batch/parts/job.ts";
import { ForeignFolderError } from "../src/batch/problems.ts";
import type { Stage } from "../src/batch/run.ts";
import type { Summary } from "../src/batch/summary.ts";
import { Execution } from "../src/store/executions.ts";
import type { Store } from "../src/store/store.ts";
import type { GivenOptions } from "./batch-options.ts";
import { isWell, printSummaryJson, printTotals } from "./batch-outcome.ts";
import { Complaint, EXIT } from "./exit.ts";
import { reasonOf } from "./input.ts";
import { say } from "./language.ts";
import { ProgressReport } from "./progress.ts";

/** What was started, in the folder of results: who runs the same command again waits for it. */
const STARTED = "cloud.json";
interface Started {
  readonly machine: string;
  readonly job: string;
  readonly bucket: string;
}

/** Milliseconds between two looks: soon at first, then ever less often. */
const [SOON, LATER] = [500, 5000];

/** A prefix of the inbox. @throws {Complaint} */
function addressOf(address: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, rest = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]*)\/(.+?)\/*$/.exec(address) ?? [];
  const prefix = `${rest}/`;
  if (bucket === undefined || !prefix.startsWith(INBOX) || prefix === INBOX)
    throw new Complaint(
      say(
        `${address}应为 s3://桶/${INBOX}目录：桶是部署时输出的，文件先放到那里`,
        `${address} must be s3://BUCKET/${INBOX}FOLDER, of the bucket that the deployment printed`,
      ),
    );
  return { bucket, prefix };
}

function expectOwn(out: string): void {
  const entries = existsSync(out) ? readdirSync(out) : [];
  if (entries.length > 0 && !entries.includes(STARTED)) throw new ForeignFolderError(out);
}

/** What an earlier run of the command started and did not see the end of. */
function startedIn(out: string, bucket: string): Started | undefined {
  const path = join(out, STARTED);
  if (!existsSync(path)) return undefined;
  const started = JSON.parse(readFileSync(path, "utf8")) as Started;
  return started.bucket === bucket ? started : undefined;
}

/** The list of organs, as its file has it. */
const listOf = async (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw new Complaint(say(`读不到${path}：${reasonOf(error)}`, `cannot read ${path}: ${reasonOf(error)}`));
  });

function jobOf(prefix: string, bucket: string, options: GivenOptions): Job {
  const { previous, year, date, organs, render = [], notices = false, timeout, memory } = options;
  const before = previous === undefined ? undefined : addressOf(previous);
  if (before && before.bucket !== bucket)
    throw new Complaint(say("两个年度要在同一个桶里", "both years must be in one bucket"));
  return {
    ...{ format: 1, prefix, render, notices, timeout, memory },
    date: date ?? shanghaiTime(new Date()).slice(0, 10),
    title: basename(prefix),
    ...(before ? { previous: before.prefix } : {}),
    ...(year === undefined ? {} : { year }),
    ...(organs === undefined ? {} : { organs: basename(organs) }),
  };
}

const nameOf = (date: Date): string =>
  `batch-${date.toISOString().replace(/\D/g, "").slice(0, 14)}-${randomBytes(3).toString("hex")}`;

/** The maps of the machine by their labels, as stages of a batch. */
const STAGES: Readonly<Record<string, Stage>> = { Read: "read", Check: "check" };

/** Waits until an execution has ended. @throws {Complaint} when it did not succeed */
async function waitFor(execution: Execution, progress: ProgressReport | undefined): Promise<void> {
  for (let pause = SOON; ; pause = Math.min(LATER, pause * 1.5)) {
    const { status, why } = await execution.state();
    for (const { label, ...counts } of (await execution.maps()).slice(-1)) {
      const stage = STAGES[label];
      if (stage) progress?.show({ stage, done: counts.done, total: counts.total, wrong: counts.failed, kept: 0 });
    }
    if (status === "succeeded") return;
    if (status === "ended") {
      progress?.end();
      throw new Complaint(
        say(
          `云上没有做完：${why}。修好后在 Step Functions 里重新驱动（redrive），再运行同一条命令`,
          `the cloud did not finish: ${why}; mend it, redrive the execution in Step Functions, and run the same command again`,
        ),
      );
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** Fetches the summary and the notices. */
async function fetchOutcome(store: Store, job: string, out: string): Promise<Summary> {
  const { outcome } = keysOf(job);
  for await (const { key } of store.list(outcome)) {
    const object = await store.get(key);
    const path = join(out, key.slice(outcome.length));
    if (!object || !resolve(path).startsWith(resolve(out))) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, object.body);
  }
  return JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as Summary;
}

/** Has a deployment do a batch over files that lie in its bucket. */
export async function batchInCloud(address: string, options: GivenOptions): Promise<void> {
  const { bucket, prefix } = addressOf(address);
  const { machine, organs, fresh = false, json = false, quiet = false } = options;
  const job = jobOf(prefix, bucket, options);
  const out = resolve(options.output ?? `${job.title}-checked`);
  expectOwn(out);
  const before = fresh ? undefined : startedIn(out, bucket);
  const arn = before?.machine ?? machine;
  if (!arn)
    throw new Complaint(
      say(
        "缺 --machine：部署时输出的状态机ARN",
        "--machine is missing: the state machine's ARN, printed by the deployment",
      ),
    );
  const name = before?.job ?? nameOf(new Date());
  const execution = new Execution(arn, name);
  const store = storeFromEnvironment({ bucket, region: execution.region });
  if (!before) {
    await writeJob(store, name, job, organs === undefined ? undefined : await listOf(organs));
    await execution.start({ job: name });
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, STARTED), `${JSON.stringify({ machine: arn, job: name, bucket } satisfies Started)}\n`);
  }
  if (!quiet)
    console.error(
      say(
        `云上的任务${name}${before ? "（先前已开始）" : "已开始"}；中断这条命令不影响它，再次运行就接着等`,
        `Job ${name} ${before ? "was started before" : "has begun"}; interrupting this command does not end it, running it again goes on waiting`,
      ),
    );
  const progress = quiet ? undefined : new ProgressReport();
  await waitFor(execution, progress);
  progress?.end();
  const summary = await fetchOutcome(store, name, out);
  if (json) await printSummaryJson(out);
  else printTotals(summary, out, quiet);
  if (!quiet) {
    const results = `s3://${bucket}/${keysOf(name).allResults}`;
    console.error(say(`每个文件的结果：${results}`, `Results of each file: ${results}`));
  }
  process.exitCode = isWell(summary) ? EXIT.well : EXIT.wrong;
}
