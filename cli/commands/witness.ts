import type { Command } from "commander";
import { command } from "../command.ts";
import { keyOption } from "../key-option.ts";
import { say } from "../language.ts";

export const witnessCommand = (): Command =>
  command("witness", "nianbao witness https://… --folder /var/lib/nianbao-witness --name paper.example.cn")
    .description(
      say(
        "见证一个网站的公布日志：从上次见到的检查点接着写的，签名、存下，连同全部条目；不是的，或者网站所列与日志不符，退出码为1。由cron运行",
        "cosign and keep the checkpoint of a site's log with its entries when it goes on from the last one seen; exits 1 when not, or when the site shows something else than its log; for cron",
      ),
    )
    .argument("<url>", say("公布报告的网站", "the site that publishes the reports"))
    .requiredOption(
      "--folder <folder>",
      say("存放检查点和见证人密钥的目录", "where checkpoint and the witness's key lie"),
    )
    .requiredOption("--name <name>", say("见证人的名称，如域名", "the witness's name, such as a domain"))
    .addOption(
      keyOption(
        say(
          "日志的公钥，更换期间可写几次；不写就用第一次见到的",
          "the log's public key, again for another while it is being replaced; the one seen first otherwise",
        ),
      ),
    )
    .action(async (url, options) => (await import("../witnessing.ts")).witness(url, options));
