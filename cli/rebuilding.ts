import { datasetFromEnvironment, pagesFromEnvironment } from "../functions/pages.ts";
import { logIdentityFromEnvironment } from "../functions/sequencing.ts";
import type { Rebuilt } from "../src/index/rebuild/rebuilt.ts";
import type { RebuiltDivision } from "../src/index/rebuild/tasks.ts";
import { rebuild } from "../src/index/reindex.ts";
import { EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { printJson } from "./output.ts";
import { withStore } from "./store.ts";
import { jobsFor, rebuildPool } from "./store-pool.ts";
import { interruptible, openProgress, type ProgressOptions } from "./store-progress.ts";

export interface RebuildOptions extends ProgressOptions {
  readonly all: boolean;
  readonly jobs?: number;
  readonly json: boolean;
}

/** Builds all that is derived anew, on all cores and from where an earlier run was killed, and says what was done. */
export async function rebuildStore(options: RebuildOptions): Promise<void> {
  const { all, json, jobs } = options;
  const started = performance.now();
  const done = await withStore(async (store) => {
    const context = {
      store,
      pages: pagesFromEnvironment(),
      dataset: datasetFromEnvironment(),
      ...logIdentityFromEnvironment(),
    };
    const ledger = await openProgress<RebuiltDivision>("reindex", { all }, options);
    const pool = rebuildPool(jobsFor(store.dialect, jobs), { all });
    const onDivision = (division: string, organs: number): void => void (json || console.log(`${division}  ${organs}`));
    try {
      return await interruptible((signal) => rebuild(context, { ...pool, ledger, signal, onDivision }));
    } finally {
      ledger.close();
      await pool.close();
    }
  });
  if (done) tell(done, json, ((performance.now() - started) / 1000).toFixed(1));
}

function tell(done: Rebuilt, json: boolean, seconds: string): void {
  const { organs, places, divisions, written, unchanged, removed, failed } = done;
  if (json) printJson(done);
  else {
    console.log(
      say(
        `${divisions}个区划、${organs}个机关的${places}份报告：写了${written}个文件，${unchanged}个没有变化，删去${removed.length}个，用时${seconds}秒。`,
        `${places} reports of ${organs} organs in ${divisions} divisions: ${written} files written, ${unchanged} unchanged, ${removed.length} removed, in ${seconds} s.`,
      ),
    );
    for (const path of removed) console.log(`  － ${path}`);
  }
  for (const { uscc, year, error } of failed) console.error(`  ！ ${uscc} ${year}${say("：", ": ")}${error}`);
  process.exitCode = failed.length > 0 ? EXIT.wrong : EXIT.well;
}
