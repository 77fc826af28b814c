/** The calls that a batch over a bucket makes, by the function that makes them. */
import { fileURLToPath } from "node:url";
import { type Job, writeJob } from "../../src/batch/parts/job.ts";
import { listJob } from "../../src/batch/parts/list.ts";
import { planJob, summarizeJob } from "../../src/batch/parts/whole.ts";
import { checkPart, readPart, type Workshop } from "../../src/batch/parts/work.ts";
import type { Part } from "../../src/store/parts.ts";
import { example } from "../support/service.ts";
import { type Calls, Recorded } from "./calls.ts";

const JOB: Job = {
  format: 1,
  prefix: "inbox/2020/",
  render: ["html"],
  date: "2021-02-01",
  title: "2020",
  notices: true,
  timeout: 120,
  memory: 512,
  organs: "organs.csv",
};

export async function callsOfBatch(): Promise<Readonly<Record<"Files" | "Whole", Calls>>> {
  const store = new Recorded();
  const headers = { contentType: "application/octet-stream" };
  await store.put("inbox/2020/a.json", JSON.stringify(await example("liaocheng-2020")), headers);
  await store.put("inbox/2020/b.json", "{}", headers);
  await writeJob(store, "job", JOB, Buffer.from("聊城市市场监督管理局,11371500MB28560185\n"));
  const built = (path: string): URL => new URL(`../../dist/lambda/batch/${path}`, import.meta.url);
  const workshop: Workshop = {
    ...{ store, program: "test", fonts: fileURLToPath(built("fonts")), worker: built("batch-process.mjs") },
  };
  const of: Record<"Files" | "Whole", Record<string, Set<string>>> = { Files: {}, Whole: {} };
  const by = async <T>(part: "Files" | "Whole", work: () => Promise<T>): Promise<T> => {
    store.forget();
    const done = await work();
    for (const [action, prefixes] of Object.entries(store.calls))
      of[part][action] = (of[part][action] ?? new Set()).union(prefixes);
    return done;
  };
  const parts = (step: "read" | "check"): Part[] =>
    JSON.parse(new TextDecoder().decode(store.objects.get(`work/job/${step}.json`)?.body)) as Part[];
  await by("Whole", () => listJob(store, "job"));
  for (const { part } of parts("read")) await by("Files", () => readPart(workshop, "job", part));
  await by("Whole", () => planJob(workshop, "job"));
  for (const { part } of parts("check")) await by("Files", () => checkPart(workshop, "job", part));
  const totals = await by("Whole", () => summarizeJob(workshop, "job"));
  if (totals.outcomes.failed > 0) throw new Error(JSON.stringify(totals));
  return of;
}
