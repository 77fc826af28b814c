import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { isCode } from "../../src/form/uscc.ts";
import { command } from "../command.ts";
import { Complaint, EXIT } from "../exit.ts";
import { say } from "../language.ts";
import { printJson } from "../output.ts";
import { openService, type ServiceOptions, serverOption, tokenOption } from "../server-option.ts";
import { outcomeOf, versionNumber } from "../submission.ts";

interface Options extends ServiceOptions {
  readonly supersedes: number;
  readonly reason: string;
  readonly json?: boolean;
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

async function withdraw(uscc: string, year: string, { supersedes, reason, json, ...where }: Options): Promise<void> {
  if (!isCode(uscc) || !/^\d{4}$/.test(year))
    throw new Complaint(
      say("请写明18位统一社会信用代码和四位年度", "name the organ's code of 18 characters and a year of four digits"),
    );
  const service = await openService(where);
  const answer = await service.post(
    `/reports/${uscc}/${year}/withdrawal`,
    { supersedes, reason },
    { "idempotency-key": randomUUID() },
  );
  const { printAnswer } = await import("../answers.ts");
  if (json) printJson(answer.body);
  else printAnswer(answer);
  process.exitCode = answer.status === 404 ? EXIT.failed : outcomeOf(answer);
}
