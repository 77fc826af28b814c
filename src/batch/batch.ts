import { openFolder, sweep } from "./folder.ts";
import { fontSetOf } from "./font-set.ts";
import { type Organs, readOrgans } from "./organs.ts";
import { plan } from "./plan.ts";
import { EmptyFolderError } from "./problems.ts";
import { Run, type RunOptions } from "./run.ts";
import type { Settings } from "./settings.ts";
import type { Submission } from "./submit.ts";
import { type SumUpOptions, sumUp } from "./sum-up.ts";
import type { Summary } from "./summary.ts";
import { idsOf, walk } from "./walk.ts";

/** What a run is to do. */
export interface BatchOptions extends RunOptions, Omit<Settings, "fontSet">, SumUpOptions {
  /** Files in the folders that are not reports. */
  readonly except: readonly string[];
  readonly fresh: boolean;
  readonly submission?: Submission;
}

/**
 * Checks a folder of reports: every file is read, every report checked, beside last year's where there is one, the sound
 * ones rendered and sent, and all of it summed up. What a run did before it was killed is not done again.
 * @returns undefined when it was stopped before all was done
 * @throws ExplainedError when it cannot be carried out
 */
export async function batch(options: BatchOptions): Promise<Summary | undefined> {
  const { out, previous, except, signal, submission } = options;
  const organs: Organs | undefined = options.organs && readOrgans(options.organs.bytes, options.organs.name);
  const { program, fonts, render } = options;
  const settings: Settings = {
    ...{ program, fonts, out, render, fontSet: fontSetOf(fonts) },
    ...(options.organs ? { organs: options.organs } : {}),
  };
  const found = await walk(options.folder, [...except, out]);
  if (found.files.length === 0) throw new EmptyFolderError(options.folder);
  const files = idsOf("files", found);
  const before = previous === undefined ? [] : idsOf("previous", await walk(previous, [...except, out]));
  const folder = openFolder(out, options.fresh);
  try {
    const run = new Run(options, settings, folder.book);
    try {
      await run.read([...files, ...before]);
      if (signal.aborted) return undefined;
      await run.check(plan(files, before, folder.book, settings));
    } finally {
      await run.close();
    }
    if (signal.aborted) return undefined;
    const sent = submission && (await run.submit(files, submission));
    if (signal.aborted) return undefined;
    sweep(out, folder.book, new Set([...files, ...before]));
    return await sumUp({ files, others: found.others, organs, sent }, folder.book, options);
  } finally {
    folder.close();
  }
}
