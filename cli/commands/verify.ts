import type { Command } from "commander";
import { command } from "../command.ts";
import { keyOption } from "../key-option.ts";
import { say } from "../language.ts";

export const verifyCommand = (): Command =>
  command(
    "verify",
    "nianbao verify https://…/11371500MB28560185/2020/report.pdf",
    "nianbao verify report.pdf --site https://… --key reports.example.cn/log+…",
    "nianbao verify report.pdf --proof record.tlog-proof --key reports.example.cn/log+…",
  )
    .description(
      say(
        "由文件的哈希查到公布日志中签了名的检查点：这个文件公布过，日志没有改过",
        "go from a file's hash to the signed checkpoint of the log of publications",
      ),
    )
    .argument("<file>", say("公布的文件或其网址", "a file that was published, or its address"))
    .option("--site <url>", say("公布它的网站（给网址时不必写）", "the site that published it (an address names it)"))
    .addOption(
      keyOption(
        say(
          "日志的公钥，更换期间可写几次；不写就用网站自己给的",
          "the log's public key, again for another while it is being replaced; the site's own word otherwise",
        ),
      ),
    )
    .option(
      "--since <checkpoint>",
      say("以前存下的检查点：日志是否从它接着写", "an older checkpoint that the log must go on from"),
    )
    .option(
      "--proof <file>",
      say(
        "与文件一起存下的证明：不上网，只凭公钥验证",
        "a proof that was kept with the file: verifies by the key alone, offline",
      ),
    )
    .option("-o, --output <file>", say("把证明写到文件（C2SP tlog-proof）", "write the proof (C2SP tlog-proof)"))
    .action(async (file, options) => (await import("../verifying.ts")).verify(file, options));
