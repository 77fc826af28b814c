/** The `nianbao` command: the same checks and the same page as the service, from a terminal. */
import { command } from "./command.ts";
import { batchCommand } from "./commands/batch.ts";
import { completionCommand, completionServerCommand } from "./commands/completion.ts";
import { conformanceCommand } from "./commands/conformance.ts";
import { diffCommand } from "./commands/diff.ts";
import { extractCommand } from "./commands/extract.ts";
import { fsckCommand } from "./commands/fsck.ts";
import { importCommand } from "./commands/import.ts";
import { loginCommand } from "./commands/login.ts";
import { logoutCommand } from "./commands/logout.ts";
import { queryCommand } from "./commands/query.ts";
import { redactCommand } from "./commands/redact.ts";
import { reindexCommand } from "./commands/reindex.ts";
import { renderCommand } from "./commands/render.ts";
import { restoreCommand } from "./commands/restore.ts";
import { rollupCommand } from "./commands/rollup.ts";
import { rosterCommand } from "./commands/roster.ts";
import { rulesCommand } from "./commands/rules.ts";
import { schemaCommand } from "./commands/schema.ts";
import { serveCommand } from "./commands/serve.ts";
import { submitCommand } from "./commands/submit.ts";
import { validateCommand } from "./commands/validate.ts";
import { verifyCommand } from "./commands/verify.ts";
import { webhooksCommand } from "./commands/webhooks.ts";
import { withdrawCommand } from "./commands/withdraw.ts";
import { witnessCommand } from "./commands/witness.ts";
import { say } from "./language.ts";
import { run } from "./run.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

const afterHelp = (): string =>
  say(
    `
退出码：0 一切正常；1 报告有错误（或两份报告不同、没有获准公布）；2 命令没有执行成；130 被中断（batch）。
文件名 - 表示标准输入；结果写到标准输出，说明写到标准错误。

环境变量：
  NIANBAO_LANG    语言，zh 或 en；不设时看 LC_ALL、LC_MESSAGES、LANG，没有写明语言（如 C）就用中文
  NIANBAO_SERVER  服务的网址（submit、batch、login、logout）
  NIANBAO_TOKEN   令牌（submit、batch）
  NIANBAO_DEBUG   设为 1 时显示没有料到的问题出在哪里
  FONTS           本机关自有字体的目录
  NO_COLOR、FORCE_COLOR  不用或强制使用颜色

nianbao help 命令 显示一个命令的用法和例子。`,
    `
Exit codes: 0 all is well; 1 the report has errors (or two differ, or it was not published); 2 the command could not be carried out; 130 interrupted (batch).
A file named - is standard input; results go to standard output, remarks to standard error.

Environment:
  NIANBAO_LANG    the language, zh or en; else by LC_ALL, LC_MESSAGES, LANG; Chinese where these name none (C)
  NIANBAO_SERVER  the service (submit, batch, login, logout)
  NIANBAO_TOKEN   a token (submit, batch)
  NIANBAO_DEBUG   1 shows where something unexpected happened
  FONTS           a folder of an organ's own prepared faces
  NO_COLOR, FORCE_COLOR  never or always use colours

nianbao help COMMAND shows how a command is used, with examples.`,
  );

const program = command("nianbao")
  .description(
    say(
      "政府信息公开工作年度报告：导入、校验、排版、公布",
      "imports, checks, typesets and publishes annual reports on open government information",
    ),
  )
  .version(NIANBAO_VERSION, "-V, --version", say("显示版本", "show the version"))
  .addHelpText("after", afterHelp())
  .helpCommand("help [command]", say("显示一个命令的用法", "show how a command is used"));
const COMMANDS = [
  importCommand,
  validateCommand,
  renderCommand,
  extractCommand,
  diffCommand,
  submitCommand,
  withdrawCommand,
  redactCommand,
  verifyCommand,
  witnessCommand,
  batchCommand,
  rosterCommand,
  rollupCommand,
  loginCommand,
  logoutCommand,
  serveCommand,
  fsckCommand,
  reindexCommand,
  webhooksCommand,
  restoreCommand,
  schemaCommand,
  rulesCommand,
  queryCommand,
  conformanceCommand,
  completionCommand,
];
for (const make of COMMANDS) program.addCommand(make());
program.addCommand(completionServerCommand(), { hidden: true });

// Whatever is used of later versions is used by what a command loads.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
await run(program);
