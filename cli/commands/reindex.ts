import type { Command } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { progressOptions } from "../progress-options.ts";
import { storeHelp } from "../store-help.ts";

export const reindexCommand = (): Command =>
  progressOptions(options())
    .addHelpText("after", storeHelp())
    .action(async (given) => (await import("../rebuilding.ts")).rebuildStore(given));

const options = (): Command =>
  command(
    "reindex",
    "nianbao reindex",
    "BUCKET=reports AWS_REGION=cn-north-1 PUBLIC_URL=https://… nianbao reindex --all",
  )
    .description(
      say(
        "只凭公布记录重建全部索引、页面和订阅",
        "build all indexes, pages and feeds anew from the publication records",
      ),
    )
    .option("--all", say("各版的公开文件也重新写出", "write the public files of every version too"), false)
    .option("--json", say("以JSON输出", "print what was done as JSON"), false);
