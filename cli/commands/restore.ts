import { type Command, InvalidArgumentError } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { storeHelp } from "../store-help.ts";

/** A number of objects at once. */
function count(text: string): number {
  const number = Number(text);
  if (!/^\d{1,4}$/.test(text) || number < 1)
    throw new InvalidArgumentError(say("应为正整数", "it must be a positive integer"));
  return number;
}

export const restoreCommand = (): Command =>
  command(
    "restore",
    "BUCKET=reports AWS_REGION=ap-southeast-1 nianbao restore s3://reports-backup --region ap-northeast-1",
    "nianbao restore backup/",
  )
    .description(
      say(
        "从备份拷回公布记录、文件、印章、名录和公布日志；只新建，不覆盖，可以接着做",
        "copy records, files, seals, rosters and the log back from a backup; creates, never overwrites, and may be resumed",
      ),
    )
    .argument("<from>", say("备份：s3://桶，或本地目录", "the backup: s3://BUCKET, or a folder"))
    .option("--region <region>", say("备份的区域，默认同 AWS_REGION", "the backup's region, AWS_REGION by default"))
    .option(
      "--endpoint <url>",
      say("备份的 S3 地址，默认同 S3_ENDPOINT", "the backup's endpoint, S3_ENDPOINT by default"),
    )
    .option("--parallel <n>", say("同时拷多少个", "how many at once"), count, 64)
    .option("--json", say("以JSON输出", "print what was done as JSON"), false)
    .addHelpText("after", storeHelp())
    .action(async (from, options) => (await import("../restoring.ts")).restoreFrom(from, options));
