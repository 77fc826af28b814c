/**
 * Verifies everything that was published: `npm run fsck`, with `-- --mend` mending what can be had from elsewhere,
 * `-- --sweep` setting aside what no record refers to, `-- --json` as data. Without `BUCKET` in the environment it works
 * on the store of a running `npm start` (`S3_PORT`). Ends with 0 when all is well, 1 when something is wrong and was not
 * mended, 2 when it could not run.
 */
import { parseArgs } from "node:util";
import { storeFromEnvironment } from "../functions/store.ts";
import { useRunning } from "../local/environment.ts";
import { fsck } from "../src/fsck/fsck.ts";
import { describeProblem, describeTally, type Problem } from "../src/fsck/problems.ts";

const USAGE = `npm run fsck -- [--mend] [--sweep] [--grace 小时] [--settle 秒] [--json]

  --mend     补齐、修复能从别处得到的文件        write again what can be had from elsewhere
  --sweep    移出没有记录提到的文件              set aside files that no record refers to
  --grace    多久以前的无主文件才移出，默认24    hours before such a file is set aside
  --settle   多久以前的公布才算完成，默认300     seconds that a publication may take
  --json     以JSON输出                          as JSON`;

function end(message: string): never {
  console.error(message);
  process.exit(2);
}

function argumentsOf() {
  try {
    return parseArgs({
      options: {
        mend: { type: "boolean", default: false },
        sweep: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        grace: { type: "string", default: "24" },
        settle: { type: "string", default: "300" },
      },
    }).values;
  } catch (error) {
    end(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const { mend, sweep, json, grace, settle } = argumentsOf();
if (![grace, settle].every((value) => /^\d+(\.\d+)?$/.test(value))) end(USAGE);
useRunning();

const problems: Problem[] = [];
try {
  const report = await fsck(storeFromEnvironment(), {
    mend,
    sweep,
    grace: Number(grace) * 3600_000,
    settle: Number(settle) * 1000,
    onProblem: (problem) => {
      if (json) problems.push(problem);
      else console.log(describeProblem(problem));
    },
  });
  console.log(json ? JSON.stringify({ ...report, found: problems }, null, 2) : describeTally(report));
  process.exitCode = report.problems > 0 ? 1 : 0;
} catch (error) {
  const refused = (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
  end(
    refused
      ? `${process.env["S3_ENDPOINT"]} 没有回应：请先在另一个终端运行 npm start。 · No answer; run npm start first.`
      : `没能查完：${(error as Error).message} · could not finish`,
  );
}
