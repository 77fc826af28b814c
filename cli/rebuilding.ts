import { datasetFromEnvironment, pagesFromEnvironment } from "../functions/pages.ts";
import { logIdentityFromEnvironment } from "../functions/sequencing.ts";
import { reindex } from "../src/index/reindex.ts";
import { EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { printJson } from "./output.ts";
import { withStore } from "./store.ts";

interface Options {
  readonly all: boolean;
  readonly json: boolean;
}

/** Builds all that is derived anew, and says what it did. */
export async function rebuild({ all, json }: Options): Promise<void> {
  const started = performance.now();
  const done = await withStore(async (store) =>
    reindex(
      { store, pages: pagesFromEnvironment(), dataset: datasetFromEnvironment(), ...logIdentityFromEnvironment() },
      { all, onDivision: (division, organs) => void (json || console.log(`${division}  ${organs}`)) },
    ),
  );
  const { organs, places, divisions, written, unchanged, removed, failed } = done;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
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
