import { ExplainedError } from "../../basics/explained-error.ts";
import { JSON_HEADERS, readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import type { FileId } from "../journal.ts";

/** Where files are put that are to be checked, and where all lies that is made of them. */
export const INBOX = "inbox/";
export const WORK = "work/";

/** What a job is to do: a batch over files that lie in a bucket, done in parts by whoever has each in hand. */
export interface Job {
  readonly format: 1;
  /** What the keys of the files begin with, `inbox/…/`, and those of last year's. */
  readonly prefix: string;
  readonly previous?: string;
  /** As for a folder (`BatchOptions`). */
  readonly render: readonly string[];
  readonly year?: number;
  readonly date: string;
  readonly title: string;
  readonly notices: boolean;
  /** Seconds and MiB for a file. */
  readonly timeout: number;
  readonly memory: number;
  /** What the list of organs is called, which lies beside the job. */
  readonly organs?: string;
}

/** A file that a part is to read. */
export interface PartFile {
  readonly id: FileId;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** The files of a job, as a run over a folder finds them. */
export interface JobFiles {
  readonly files: readonly FileId[];
  readonly previous: readonly FileId[];
  readonly others: readonly string[];
}

/** What is done part by part. */
export type PartStep = "read" | "check";
/** A part, as the list of a step's parts names it. */
export interface Part {
  readonly part: string;
}

/** The keys of a job. */
export const keysOf = (job: string) => {
  const at = `${WORK}${job}`;
  return {
    job: `${at}/job.json`,
    organs: `${at}/organs`,
    files: `${at}/files.json`,
    /** The list of a step's parts. */
    parts: (step: PartStep) => `${at}/${step}.json`,
    part: (step: PartStep, part: string) => `${at}/${step}/${part}.json`,
    lines: (step: PartStep) => `${at}/lines/${step}/`,
    narratives: `${at}/narratives/`,
    /** The folder of results of all files, and of one. */
    allResults: `${at}/results/`,
    results: (id: FileId) => `${at}/results/${id}/`,
    /** Summaries and notices, by their names in the folder of results. */
    outcome: `${at}/outcome/`,
  } as const;
};

/** What a job is called: it is part of keys and the name of an execution. */
const isName = (job: unknown): job is string => typeof job === "string" && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(job);

/** @throws TypeError for what is no name of a job */
export function jobNamed(name: unknown): string {
  if (!isName(name)) throw new TypeError(`no name of a job: ${JSON.stringify(name)?.slice(0, 80)}`);
  return name;
}

/** @throws TypeError for what is no part of a list of parts */
export function partNamed(part: unknown): string {
  if (typeof part !== "string" || !/^\d{5,8}$/.test(part))
    throw new TypeError(`no part of a job: ${JSON.stringify(part)?.slice(0, 80)}`);
  return part;
}

/** A job that was not put where it is looked for. */
export class NoJobError extends ExplainedError {}

export async function readJob(store: Store, name: string): Promise<Job> {
  const job = await readJson<Job>(store, keysOf(name).job);
  if (job?.format !== 1)
    throw new NoJobError(`没有任务${name}，或者是别的版本写的`, `there is no job ${name}, or another version wrote it`);
  return job;
}

/** Puts a job where its parts look for it. */
export async function writeJob(store: Store, name: string, job: Job, organs?: Uint8Array): Promise<void> {
  const keys = keysOf(jobNamed(name));
  if (organs) await store.put(keys.organs, organs, { contentType: "application/octet-stream" });
  await store.put(keys.job, JSON.stringify(job), JSON_HEADERS);
}
