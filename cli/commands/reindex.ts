import type { Command } from "commander";
import { command } from "../command.ts";
import { EXIT } from "../exit.ts";
import { say } from "../language.ts";
import { printJson } from "../output.ts";
import { storeHelp } from "../store-help.ts";

interface Options {
  readonly all: boolean;
  readonly json: boolean;
}

export const reindexCommand = (): Command =>
  command(
    "reindex",
    "nianbao reindex",
    "BUCKET=reports AWS_REGION=cn-north-1 PUBLIC_URL=https://… nianbao reindex --all",
  )
    .description(
      say(
        "只凭公布记录重建全部索引、页面和订阅",
        "build all indexes, pages and feeds anew from the publication records",
      ),
    )
    .option("--all", say("各版的公开文件也重新写出", "write the public files of every version too"), false)
    .option("--json", say("以JSON输出", "print what was done as JSON"), false)
    .addHelpText("after", storeHelp())
    .action(rebuild);

async function rebuild({ all, json }: Options): Promise<void> {
  const [{ withStore }, { pagesFromEnvironment }, { logIdentityFromEnvironment }, { reindex }] = await Promise.all([
    import("../store.ts"),
    import("../../functions/pages.ts"),
    import("../../functions/sequencing.ts"),
    import("../../src/index/reindex.ts"),
  ]);
  const started = performance.now();
  const done = await withStore(async (store) =>
    reindex(
      { store, pages: pagesFromEnvironment(), ...(await logIdentityFromEnvironment()) },
      { all, onDivision: (division, organs) => void (json || console.log(`${division}  ${organs}`)) },
    ),
  );
  const { organs, places, divisions, written, unchanged, removed, failed } = done;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (json) printJson({ ...done, failed: failed.map(({ place, error }) => ({ ...place, error: error.message })) });
  else {
    console.log(
      say(
        `${divisions}个区划、${organs}个机关的${places}份报告：写了${written}个文件，${unchanged}个没有变化，删去${removed.length}个，用时${seconds}秒。`,
        `${places} reports of ${organs} organs in ${divisions} divisions: ${written} files written, ${unchanged} unchanged, ${removed.length} removed, in ${seconds} s.`,
      ),
    );
    for (const path of removed) console.log(`  － ${path}`);
  }
  for (const { place, error } of failed)
    console.error(`  ！ ${place.uscc} ${place.year}${say("：", ": ")}${error.message}`);
  process.exitCode = failed.length > 0 ? EXIT.wrong : EXIT.well;
}
