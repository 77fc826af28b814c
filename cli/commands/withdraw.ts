import type { Command } from "commander";
import { type AmendmentOptions, amend } from "../amendment.ts";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { serverOption, tokenOption } from "../server-option.ts";
import { versionNumber } from "../submission.ts";

interface Options extends AmendmentOptions {
  readonly supersedes: number;
}

export const withdrawCommand = (): Command =>
  command("withdraw", "nianbao withdraw 11330100002489015P 2025 --supersedes 2 --reason 报送主体有误。")
    .description(
      say(
        "撤回已公布的报告：以撤回说明代替，各版仍在",
        "withdraw a published report: a notice takes its place, every version stays",
      ),
    )
    .argument("<uscc>", say("统一社会信用代码", "the organ's code"))
    .argument("<year>", say("年度", "the report year"))
    .requiredOption(
      "--supersedes <version>",
      say("撤回的是第几版，应为最新一版", "the version that is withdrawn, the latest"),
      versionNumber,
    )
    .requiredOption(
      "--reason <text>",
      say("撤回的理由，随撤回说明公布", "why it is withdrawn; published with the notice"),
    )
    .addOption(serverOption())
    .addOption(tokenOption())
    .option("--json", say("以JSON输出服务的答复", "print what the service answers as JSON"))
    .action(withdraw);

const withdraw = (uscc: string, year: string, { supersedes, reason, ...options }: Options): Promise<void> =>
  amend([uscc, year], "withdrawal", { supersedes, reason }, options);
