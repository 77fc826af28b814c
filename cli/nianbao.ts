/** The `nianbao` command: the same checks and the same page as the service, from a terminal. */
import { command } from "./command.ts";
import { diffCommand } from "./commands/diff.ts";
import { extractCommand } from "./commands/extract.ts";
import { fsckCommand } from "./commands/fsck.ts";
import { importCommand } from "./commands/import.ts";
import { loginCommand } from "./commands/login.ts";
import { logoutCommand } from "./commands/logout.ts";
import { reindexCommand } from "./commands/reindex.ts";
import { renderCommand } from "./commands/render.ts";
import { schemaCommand } from "./commands/schema.ts";
import { serveCommand } from "./commands/serve.ts";
import { submitCommand } from "./commands/submit.ts";
import { validateCommand } from "./commands/validate.ts";
import { say } from "./language.ts";
import { run } from "./run.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

const program = command("nianbao")
  .description(
    say(
      "政府信息公开工作年度报告：导入、校验、排版、公布",
      "imports, checks, typesets and publishes annual reports on open government information",
    ),
  )
  .version(NIANBAO_VERSION, "-V, --version", say("显示版本", "show the version"))
  .helpCommand("help [command]", say("显示一个命令的用法", "show how a command is used"));
const COMMANDS = [
  importCommand,
  validateCommand,
  renderCommand,
  extractCommand,
  diffCommand,
  submitCommand,
  loginCommand,
  logoutCommand,
  serveCommand,
  fsckCommand,
  reindexCommand,
  schemaCommand,
];
for (const make of COMMANDS) program.addCommand(make());

// Whatever is used of later versions is used by what a command loads.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
await run(program);
