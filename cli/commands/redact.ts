import type { Command } from "commander";
import { type AmendmentOptions, amend } from "../amendment.ts";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { serverOption, tokenOption } from "../server-option.ts";
import { versionNumber } from "../submission.ts";

interface Options extends AmendmentOptions {
  readonly of: number;
}

export const redactCommand = (): Command =>
  command("redact", "nianbao redact 11330100002489015P 2025 --of 1 --reason 其中有个人信息。")
    .description(
      say(
        "撤下已被取代的一版的内容：不再公开，以撤下说明代替",
        "take a superseded version's content out of the public: a notice takes its place",
      ),
    )
    .argument("<uscc>", say("统一社会信用代码", "the organ's code"))
    .argument("<year>", say("年度", "the report year"))
    .requiredOption(
      "--of <version>",
      say("撤下的是第几版；最新一版应先更正或撤回", "the version; the latest has to be corrected or withdrawn first"),
      versionNumber,
    )
    .requiredOption(
      "--reason <text>",
      say("撤下的理由，随撤下说明公布", "why it is redacted; published with the notice"),
    )
    .addOption(serverOption())
    .addOption(tokenOption())
    .option("--json", say("以JSON输出服务的答复", "print what the service answers as JSON"))
    .action(redact);

const redact = (uscc: string, year: string, { of, reason, ...options }: Options): Promise<void> =>
  amend([uscc, year], `versions/${of}/redaction`, { reason }, options);
