import { type Command, InvalidArgumentError } from "commander";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { say } from "../language.ts";
import { progressOptions } from "../progress-options.ts";
import { storeHelp } from "../store-help.ts";

/** A number that is not negative. */
function amount(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError(say("应为数字", "it must be a number"));
  return Number(text);
}

export const fsckCommand = (): Command => refusing(described(), { needs: [["grace", "sweep"]] });

const described = (): Command =>
  progressOptions(options())
    .addHelpText("after", storeHelp())
    .action(async (given) => (await import("../checking-store.ts")).checkStore(given));

const options = (): Command =>
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
    .option("--json", say("以JSON输出", "print what was found as JSON"), false);
