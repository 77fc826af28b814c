import { ExplainedError } from "../../basics/explained-error.ts";
import { JSON_HEADERS, readJson } from "../../store/json.ts";
import { jobNamed, Parts } from "../../store/parts.ts";
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
/** The keys of a job. */
export const keysOf = (job: string) => {
  const at = `${WORK}${job}`;
  return {
    job: `${at}/job.json`,
    organs: `${at}/organs`,
    files: `${at}/files.json`,
    lines: (step: PartStep) => `${at}/lines/${step}/`,
    narratives: `${at}/narratives/`,
    /** The folder of results of all files, and of one. */
    allResults: `${at}/results/`,
    results: (id: FileId) => `${at}/results/${id}/`,
    /** Summaries and notices, by their names in the folder of results. */
    outcome: `${at}/outcome/`,
  } as const;
};

/** A job that was not put where it is looked for. */
export class NoJobError extends ExplainedError {}

/** The parts of a job's steps. */
export const partsOf = (store: Store, name: string): Parts => new Parts(store, `${WORK}${name}/`);

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
