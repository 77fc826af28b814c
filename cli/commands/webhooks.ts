import type { Command } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import { storeHelp } from "../store-help.ts";

export const webhooksCommand = (): Command =>
  command("webhooks", "nianbao webhooks", "BUCKET=reports AWS_REGION=cn-north-1 nianbao webhooks webhooks.json")
    .description(
      say(
        "设定催报发往哪里：自己的服务（Standard Webhooks）、企业微信或政务微信机器人、钉钉机器人；不写文件则列出现有的",
        "set where reminders are sent: a service of your own (Standard Webhooks), robots of WeCom and DingTalk; lists them without a file",
      ),
    )
    .argument("[file]", say('{"webhooks": […]}，代替现有的全部', '{"webhooks": […]}, in the place of all there are'))
    .addHelpText("after", storeHelp())
    .action(async (file?: string) => (await import("../webhooks.ts")).setWebhooks(file));
