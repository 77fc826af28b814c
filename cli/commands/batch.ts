import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { RENDERED } from "../../src/batch/settings.ts";
import { IMPORTED, listed } from "../../src/formats/registry.ts";
import { type GivenOptions, optionsOf } from "../batch-options.ts";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint, EXIT } from "../exit.ts";
import { readBytes } from "../input.ts";
import { say } from "../language.ts";
import { integerFrom, isoDate, namesOf } from "../option-values.ts";
import { serverOption } from "../server-option.ts";

const NAMES = RENDERED.map(({ name }) => name as string);
/** What files of a folder are looked at. */
const FOUND = listed(IMPORTED);

/** 128 and the number of SIGINT, as shells have it. */
const INTERRUPTED = 130;

export const batchCommand = (): Command =>
  refusing(running(submitting(checking(described()))).action(batchFolder), {
    needs: [
      ...(["acceptAssumptions", "server", "token"] as const).map((name) => [name, "submit"] as const),
      ["machine", "cloud"],
    ],
    apart: (["submit", "urls", "jobs"] as const).map((name) => ["cloud", name]),
  });

const described = (): Command =>
  command(
    "batch",
    "nianbao batch 2025年度报告 --organs organs.csv",
    "nianbao batch 2025年度报告 -o 核查 --previous 2024年度报告 --render pdf,html",
    "nianbao batch 2025年度报告 --submit --server https://gov.example.cn",
    "nianbao batch 2025年度报告 --urls 网址.txt",
    "nianbao batch 2025年度报告 --json | jq .totals",
    "nianbao batch s3://nianbao-jobs/inbox/2025 --cloud --machine arn:aws:states:…",
  )
    .summary(say("批量导入、校验、排版或提交一个目录里的报告", "import, check, render or submit a folder of reports"))
    .description(
      say(
        `导入并校验一个目录里的全部报告（任何深度；${FOUND.zh}），可以排版或提交，并写出汇总：\n` +
          "summary.html、summary.xlsx、summary.json，按规则、按机关列出全部问题。中断后再次运行，从停下的地方继续。\n" +
          "退出码：0 全部没有错误，1 有文件有错误，2 命令没有执行成，130 被Ctrl-C中断。",
        `Imports and checks all reports of a folder (at any depth; ${FOUND.en}), renders or submits them, and sums up what\n` +
          "was found by rule and by organ: summary.html, summary.xlsx, summary.json. Run again after an interruption, it goes on where it stopped.\n" +
          "Exit codes: 0 no file has errors, 1 some has, 2 it could not be carried out, 130 interrupted by Ctrl-C.",
      ),
    )
    .argument(
      "<dir>",
      say(
        "放着报告的目录，或云上的 s3://桶/inbox/目录",
        "the folder of reports, or s3://BUCKET/inbox/FOLDER in the cloud",
      ),
    );

/** What is checked and how it is shown. */
const checking = (made: Command): Command =>
  made
    .option(
      "-o, --output <dir>",
      say(
        "结果目录，默认为当前目录下的 目录名-checked",
        "the folder of results, by default NAME-checked in the current one",
      ),
    )
    .option(
      "--render <kinds>",
      say(
        `没有错误的排成：${NAMES.join("、")}，以逗号隔开`,
        `render the sound ones as: ${NAMES.join(", ")}, separated by commas`,
      ),
      namesOf(NAMES),
    )
    .option(
      "--organs <file>",
      say(
        "应报送机关的名录（JSON），或CSV名单：名称,统一社会信用代码[,行政区划]；列出未报送的，并补上文件没有写的代码",
        "the organs that should file: a roster (JSON), or CSV with name, code[, division]; tells who has not, and completes codes that files do not say",
      ),
    )
    .option(
      "--urls <file>",
      say(
        "公开网页的地址，一行一个；先读到目录里（已有的不再读），遵守 robots.txt，每个网站每秒至多一次",
        "addresses of public pages, one a line: fetched into the folder first, unless they are there; heeds robots.txt, at most one a second from a site",
      ),
    )
    .option(
      "--previous <dir>",
      say(
        "放着上一年度报告的目录，用于与上年比对；两个年度也可以在同一个目录里",
        "the folder of last year's reports to compare with; both years may be in one folder too",
      ),
    )
    .option(
      "--year <year>",
      say("应报送的年度，默认为多数报告的年度", "the year that is due, by default that of most reports"),
      integerFrom(1),
    )
    .option(
      "--date <date>",
      say("写在汇总上的日期，默认为今天", "the date that the summary bears, today by default"),
      isoDate,
    );

/** What is sent to a service. */
const submitting = (made: Command): Command =>
  made
    .option(
      "--notices",
      say(
        "给有问题的机关各写一份整改通知（DOCX和网页），放在结果目录的 notices 里；印发单位、日期和期限留空",
        "write a notice to each organ with something to correct (DOCX and HTML) into notices/; office, date and deadline are left blank",
      ),
    )
    .option(
      "--submit",
      say(
        "没有错误和待说明警告的，提交给服务公布",
        "send those without errors and open warnings to a service, which publishes them",
      ),
    )
    .option(
      "--accept-assumptions",
      say("导入时有推定（如空格作0）的也提交", "submit those too whose import assumed something, e.g. a blank to be 0"),
    )
    .addOption(serverOption())
    .addOption(
      new Option("--token <token>", say("令牌；不写就用登录的", "a token; that of the login unless given")).env(
        "NIANBAO_TOKEN",
      ),
    );

/** How much at a time, and what is shown. */
const running = (made: Command): Command =>
  made
    .option("--jobs <n>", say("同时处理几个文件", "how many files at a time"), integerFrom(1), availableParallelism())
    .option("--timeout <seconds>", say("一个文件最多处理多少秒", "seconds for one file at most"), integerFrom(1), 20)
    .option(
      "--memory <mb>",
      say("处理一个文件最多用多少MB内存", "MB of memory for one file at most"),
      integerFrom(256),
      512,
    )
    .option(
      "--cloud",
      say(
        "由部署在云上的状态机来做，等它做完，取回汇总；凭据同 AWS 命令行",
        "have it done by the state machine of a deployment, wait, and fetch the summary; credentials are those of AWS's own tools",
      ),
    )
    .addOption(
      new Option("--machine <arn>", say("状态机的ARN", "the state machine's ARN")).env("NIANBAO_BATCH_MACHINE"),
    )
    .option("--fresh", say("不接着上次的，从头再来", "begin anew instead of going on"))
    .option("--json", say("把汇总以JSON输出到标准输出", "print the summary as JSON"))
    .option("-q, --quiet", say("不显示进度", "show no progress"));

/** Fetches the pages of a list, and says which could not be had. @returns whether all are there */
async function fetchList(dir: string, list: string): Promise<boolean> {
  const { addressesIn, fetchInto } = await import("../fetching.ts");
  const addresses = addressesIn(new TextDecoder().decode(await readBytes(list)));
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const failures = await fetchInto(dir, addresses, interruption.signal).finally(() =>
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt),
  );
  for (const { address, reason } of failures) console.error(`${address}  ${reason}`);
  if (interruption.signal.aborted) throw new Complaint(say("已中断", "Interrupted"));
  return failures.length === 0;
}

async function batchFolder(dir: string, options: GivenOptions): Promise<void> {
  if (options.cloud) return (await import("../cloud-batch.ts")).batchInCloud(dir, options);
  if (dir.startsWith("s3://"))
    throw new Complaint(say("桶里的文件用 --cloud 来做", "files of a bucket are done with --cloud"));
  const fetched = options.urls === undefined || (await fetchList(dir, options.urls));
  const run = await optionsOf(dir, options);
  const [{ batch }, { isWell, printSummaryJson, printTotals }, { ProgressReport }] = await Promise.all([
    import("../../src/batch/batch.ts"),
    import("../batch-outcome.ts"),
    import("../progress.ts"),
  ]);
  const progress = new ProgressReport();
  const interruption = new AbortController();
  const goOn = say("再次运行同一条命令，从停下的地方继续。", "Run the same command again to go on from here.");
  const interrupt = (): void => {
    // Whoever asks twice does not want to wait; nothing is lost either way.
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort();
    progress.end();
    console.error(
      say(
        "正在完成手上的文件；再按一次Ctrl-C立即退出。",
        "Finishing the files in hand; Ctrl-C again to leave at once.",
      ),
    );
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const summary = await batch({
      ...run,
      signal: interruption.signal,
      onProgress: options.quiet ? () => {} : progress.show,
    });
    progress.end();
    if (!summary) {
      console.error(say(`已中断。${goOn}`, `Interrupted. ${goOn}`));
      process.exitCode = INTERRUPTED;
      return;
    }
    if (options.json) await printSummaryJson(run.out);
    else printTotals(summary, run.out, options.quiet);
    process.exitCode = isWell(summary) && fetched ? EXIT.well : EXIT.wrong;
  } catch (error) {
    progress.end();
    if (progress.begun) console.error(goOn);
    throw error;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
