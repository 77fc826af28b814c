/**
 * Builds all that is derived anew from the records: `npm run reindex`, with `-- --all` the files of every version too.
 * Without `BUCKET` in the environment it works on the store of a running `npm start` (`S3_PORT`, `PORT`).
 */
import { pagesFromEnvironment } from "../functions/pages.ts";
import { storeFromEnvironment } from "../functions/store.ts";
import { useRunning } from "../local/environment.ts";
import { reindex } from "../src/index/reindex.ts";

useRunning();

const started = performance.now();
const done = await reindex(
  { store: storeFromEnvironment(), pages: pagesFromEnvironment() },
  { all: process.argv.includes("--all"), onDivision: (division, organs) => console.log(`${division}  ${organs}`) },
).catch((error: unknown) => {
  if ((error as NodeJS.ErrnoException).code !== "ECONNREFUSED") throw error;
  console.error(
    `${process.env["S3_ENDPOINT"]} 没有回应：请先在另一个终端运行 npm start。 · No answer; run npm start first.`,
  );
  process.exit(1);
});
const { organs, places, divisions, written, unchanged, removed, failed } = done;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${divisions}个区划、${organs}个机关的${places}份报告：写了${written}个文件，${unchanged}个没有变化，删去${removed.length}个，用时${seconds}秒。`,
);
console.log(
  `${places} reports of ${organs} organs in ${divisions} divisions: ${written} files written, ${unchanged} unchanged, ${removed.length} removed.`,
);
for (const path of removed) console.log(`  － ${path}`);
for (const { place, error } of failed) console.error(`  ！ ${place.uscc} ${place.year}：${error.message}`);
if (failed.length > 0) process.exitCode = 1;
