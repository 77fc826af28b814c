import { jsonOf } from "../../basics/json.ts";
import type { Narrative } from "../../check/alike.ts";
import { concurrently } from "../../index/concurrently.ts";
import { PARALLEL } from "../../index/shared.ts";
import { readJson } from "../../store/json.ts";
import { inChunks } from "../../store/parts.ts";
import type { Store } from "../../store/store.ts";
import { type Folder, openFolder } from "../folder.ts";
import { type FileId, JOURNAL } from "../journal.ts";
import { readOrgans } from "../organs.ts";
import { plan } from "../plan.ts";
import { sumUp } from "../sum-up.ts";
import type { Summary } from "../summary.ts";
import { type Job, type JobFiles, keysOf, type PartStep, partsOf, readJob } from "./job.ts";
import { filesOfPart } from "./list.ts";
import { Scratch } from "./scratch.ts";
import { settingsOf, type Workshop } from "./work.ts";

const OUT = "out";

/** The objects under a prefix, in the order of keys, read side by side. */
async function allUnder(store: Store, prefix: string): Promise<Uint8Array[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  const bodies = await concurrently(keys, PARALLEL, async (key) => (await store.get(key))?.body);
  return bodies.filter((body) => body !== undefined);
}

/** The journal of a run that did what all the parts did: their lines, after the head that each of them has. */
async function journalOf(store: Store, name: string, steps: readonly PartStep[]): Promise<string> {
  const lines: string[] = [];
  let head = "";
  for (const step of steps)
    for (const body of await allUnder(store, keysOf(name).lines(step))) {
      const text = new TextDecoder().decode(body);
      const end = text.indexOf("\n") + 1;
      head = text.slice(0, end);
      lines.push(text.slice(end));
    }
  return head + lines.join("");
}

/** All of a job at hand: its files, and what the parts wrote down of them. */
interface Gathered {
  readonly job: Job;
  readonly files: JobFiles;
  readonly folder: Folder;
  readonly scratch: Scratch;
}

async function gathered<T>(
  { store }: Workshop,
  name: string,
  steps: readonly PartStep[],
  work: (all: Gathered) => Promise<T>,
): Promise<T> {
  const job = await readJob(store, name);
  const files = await readJson<JobFiles>(store, keysOf(name).files);
  if (!files) throw new Error(`the files of ${name} were not listed`);
  using scratch = new Scratch(store);
  scratch.write(`${OUT}/${JOURNAL}`, await journalOf(store, name, steps));
  const folder = openFolder(scratch.at(OUT), false);
  try {
    return await work({ job, files, folder, scratch });
  } finally {
    folder.close();
  }
}

/**
 * Says, once every part is read, what is to be checked beside what, and by which part.
 * @returns how many reports, in how many parts
 */
export function planJob(
  workshop: Workshop,
  name: string,
): Promise<{ readonly reports: number; readonly parts: number }> {
  return gathered(workshop, name, ["read"], async ({ job, files, folder, scratch }) => {
    const settings = await settingsOf(workshop, name, job, scratch.at(OUT));
    const tasks = plan(files.files, files.previous, folder.book, settings);
    const parts = await partsOf(workshop.store, name).write("check", inChunks(tasks, filesOfPart(job.timeout)));
    return { reports: tasks.length, parts };
  });
}

/** Sums up what all the parts found, as a run over a folder does. */
export function summarizeJob(workshop: Workshop, name: string): Promise<Summary["totals"]> {
  const { store, program } = workshop;
  const keys = keysOf(name);
  return gathered(workshop, name, ["read", "check"], async ({ job, files, folder, scratch }) => {
    for (const body of await allUnder(store, keys.narratives))
      for (const [id, narrative] of Object.entries(jsonOf<Record<FileId, Narrative>>(body)))
        folder.book.narrates(id as FileId, narrative);
    const { organs: list } = await settingsOf(workshop, name, job, scratch.at(OUT));
    const organs = list && readOrgans(list.bytes, list.name);
    const { date, title, notices, year } = job;
    const summary = await sumUp({ files: files.files, others: files.others, organs, sent: undefined }, folder.book, {
      ...{ program, date, title, notices, out: scratch.at(OUT), onProgress: () => {} },
      ...(year === undefined ? {} : { year }),
      signal: new AbortController().signal,
    });
    if (!summary) throw new Error("nobody told it to stop");
    await scratch.takeAll(OUT, keys.outcome, (file) => /^(?:summary\.|notices\/)/.test(file));
    return summary.totals;
  });
}
