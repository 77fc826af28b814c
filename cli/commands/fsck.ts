import { type Command, InvalidArgumentError } from "commander";
import type { Problem } from "../../src/fsck/problems.ts";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { EXIT } from "../exit.ts";
import { say } from "../language.ts";
import { printJson } from "../output.ts";
import { storeHelp } from "../store-help.ts";

interface Options {
  readonly mend: boolean;
  readonly sweep: boolean;
  readonly grace: number;
  readonly settle: number;
  readonly json: boolean;
}

/** A number that is not negative. */
function amount(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError(say("应为数字", "it must be a number"));
  return Number(text);
}

export const fsckCommand = (): Command => refusing(described(), { needs: [["grace", "sweep"]] });

const described = (): Command =>
  command(
    "fsck",
    "nianbao fsck",
    "nianbao fsck --mend --sweep",
    "BUCKET=reports AWS_REGION=cn-north-1 nianbao fsck --json",
  )
    .description(
      say(
        "核对已公布的全部记录、哈希链、文件和公开副本；有问题没有修复时退出码为1",
        "verify everything that was published; exits 1 when something is wrong and was not mended",
      ),
    )
    .option("--mend", say("补齐、修复能从别处得到的文件", "write again what can be had from elsewhere"), false)
    .option("--sweep", say("移出没有记录提到的文件", "set aside files that no record refers to"), false)
    .option(
      "--grace <hours>",
      say("多久以前的无主文件才移出，小时", "age at which such a file is set aside, hours"),
      amount,
      24,
    )
    .option(
      "--settle <seconds>",
      say("多久以前的公布才算完成，秒", "how long a publication may take, seconds"),
      amount,
      300,
    )
    .option("--json", say("以JSON输出", "print what was found as JSON"), false)
    .addHelpText("after", storeHelp())
    .action(check);

async function check({ mend, sweep, grace, settle, json }: Options): Promise<void> {
  const [
    { withStore },
    { tryStore },
    { logIdentityFromEnvironment, logKeysFromEnvironment, witnessesFromEnvironment },
    { fsck },
    { describeProblem, describeTally },
  ] = await Promise.all([
    import("../store.ts"),
    import("../trying-store.ts"),
    import("../../functions/sequencing.ts"),
    import("../../src/fsck/fsck.ts"),
    import("../../src/fsck/problems.ts"),
  ]);
  const found: Problem[] = [];
  const { faults, report } = await withStore(async (store) => {
    const faults = await tryStore(store);
    const log = await logKeysFromEnvironment();
    const report = await fsck(store, {
      bucket: store,
      log,
      witnesses: witnessesFromEnvironment(log),
      signs: mend ? await logIdentityFromEnvironment().log?.() : undefined,
      mend,
      sweep,
      grace: grace * 3600_000,
      settle: settle * 1000,
      onProblem: (problem) => {
        const { zh, en } = describeProblem(problem);
        if (json) found.push(problem);
        else console.log(say(zh, en));
      },
    });
    return { faults, report };
  });
  const { zh, en } = describeTally(report);
  if (json) printJson({ ...report, store: faults.map((fault) => fault.en), found });
  else {
    for (const fault of faults) console.log(say(`问题  存储  ${fault.zh}`, `problem  the store  ${fault.en}`));
    console.log(say(zh, en));
  }
  process.exitCode = report.problems + faults.length > 0 ? EXIT.wrong : EXIT.well;
}
