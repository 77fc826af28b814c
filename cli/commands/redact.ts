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
  readonly of: number;
  readonly reason: string;
  readonly json?: boolean;
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

async function redact(uscc: string, year: string, { of, reason, json, ...where }: Options): Promise<void> {
  if (!isCode(uscc) || !/^\d{4}$/.test(year))
    throw new Complaint(
      say("请写明18位统一社会信用代码和四位年度", "name the organ's code of 18 characters and a year of four digits"),
    );
  const service = await openService(where);
  const path = `/reports/${uscc}/${year}/versions/${of}/redaction`;
  const answer = await service.post(path, { reason }, { "idempotency-key": randomUUID() });
  const { printAnswer } = await import("../answers.ts");
  if (json) printJson(answer.body);
  else printAnswer(answer);
  process.exitCode = answer.status === 404 ? EXIT.failed : outcomeOf(answer);
}
