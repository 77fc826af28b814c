import { JSON_HEADERS } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import type { Book } from "../book.ts";
import { openFolder } from "../folder.ts";
import { fontSetOf } from "../font-set.ts";
import { type FileId, JOURNAL } from "../journal.ts";
import { problems } from "../problems.ts";
import { Run } from "../run.ts";
import { ACCOUNT, type CheckTask, IMPORTED, type Settings } from "../settings.ts";
import { type Job, keysOf, type PartFile, type PartStep, partsOf, readJob } from "./job.ts";
import { Scratch } from "./scratch.ts";

/** What whoever does parts of a job has at hand. */
export interface Workshop {
  /** The bucket with the files and with all that is made of them. */
  readonly store: Store;
  /** The program and its version. */
  readonly program: string;
  /** The folder of prepared fonts. */
  readonly fonts: string;
  /** The program of a process (`../work.ts`), in which the files of others are read. */
  readonly worker: URL;
}

/** What was done of a part. */
export interface PartDone {
  readonly files: number;
  /** Of these, those with errors. */
  readonly wrong: number;
}

/** The settings of a job, its results in a folder. */
export async function settingsOf({ store, program, fonts }: Workshop, name: string, job: Job, out: string) {
  const organs = job.organs === undefined ? undefined : await store.get(keysOf(name).organs);
  const settings: Settings = {
    ...{ program, fonts, out, render: job.render, fontSet: fontSetOf(fonts) },
    ...(organs && job.organs !== undefined ? { organs: { bytes: organs.body, name: job.organs } } : {}),
  };
  return settings;
}

/** A part in work: a folder of results of its own, and the run that fills it. */
interface Bench {
  readonly job: Job;
  readonly scratch: Scratch;
  readonly book: Book;
  readonly run: Run;
}

/** The folders of a part: what it was brought, by side, and what it made. */
const [IN, OUT] = ["in", "out"] as const;

/** Works on a part, and takes away what it wrote down once it is done. */
async function inPart(
  workshop: Workshop,
  name: string,
  step: PartStep,
  part: string,
  work: (bench: Bench) => Promise<void>,
): Promise<PartDone> {
  const { store, worker } = workshop;
  const job = await readJob(store, name);
  using scratch = new Scratch(store);
  const out = scratch.at(OUT);
  const folder = openFolder(out, false);
  let [files, wrong] = [0, 0];
  try {
    const run = new Run(
      {
        ...{ folder: scratch.at(`${IN}/files`), previous: scratch.at(`${IN}/previous`), worker, jobs: 1 },
        ...{ timeout: job.timeout, memory: job.memory, signal: new AbortController().signal },
        onProgress: (progress) => {
          if (progress.done < progress.total) return;
          files += progress.total;
          wrong += progress.wrong;
        },
      },
      await settingsOf(workshop, name, job, out),
      folder.book,
    );
    await work({ job, scratch, book: folder.book, run }).finally(() => run.close());
  } finally {
    folder.close();
  }
  await scratch.take(`${OUT}/${JOURNAL}`, `${keysOf(name).lines(step)}${part}.jsonl`);
  return { files, wrong };
}

const MIB = 2 ** 20;

/**
 * Reads the files of a part: each is brought here, read in a process of its own as in a folder, and gone before the next
 * comes.
 * @throws what the store throws; a part may be done again
 */
export function readPart(workshop: Workshop, name: string, part: string): Promise<PartDone> {
  const { store } = workshop;
  const keys = keysOf(name);
  return inPart(workshop, name, "read", part, async ({ job, scratch, book, run }) => {
    for (const { id, key, size } of await partsOf(store, name).read<PartFile>("read", part)) {
      // What has no room in the process that would read it is not fetched for it.
      if (size > (job.memory * MIB) / 2) {
        const findings = [problems.memory(job.memory)];
        book.write({ step: "read", id, key: "", outcome: "failed", findings });
        continue;
      }
      await scratch.bring(key, `${IN}/${id}`);
      await run.read([id]);
      await scratch.takeAll(`${OUT}/${id}`, keys.results(id));
      scratch.remove(IN);
      scratch.remove(`${OUT}/${id}`);
    }
  });
}

/** Checks and renders the reports of a part, each beside last year's. */
export function checkPart(workshop: Workshop, name: string, part: string): Promise<PartDone> {
  const { store } = workshop;
  const keys = keysOf(name);
  return inPart(workshop, name, "check", part, async ({ scratch, book, run }) => {
    const narratives: Record<FileId, unknown> = {};
    for (const task of await partsOf(store, name).read<CheckTask>("check", part)) {
      const ids = [task.id, ...task.previous];
      for (const id of ids) await scratch.bring(`${keys.results(id)}${IMPORTED}`, `${OUT}/${id}/${IMPORTED}`);
      await run.check([task]);
      await scratch.takeAll(
        `${OUT}/${task.id}`,
        keys.results(task.id),
        (file) => file !== IMPORTED && file !== ACCOUNT,
      );
      const narrative = book.takeNarrative(task.id);
      if (narrative) narratives[task.id] = narrative;
      for (const id of ids) scratch.remove(`${OUT}/${id}`);
    }
    await store.put(`${keys.narratives}${part}.json`, JSON.stringify(narratives), JSON_HEADERS);
  });
}
