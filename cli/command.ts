import { Command } from "commander";
import { language, say } from "./language.ts";

/** The words of the library that people read, in Chinese. */
const HEADINGS: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
};
const ERRORS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*)'$/m, "没有选项 $1"],
  [/^error: unknown command '(.*)'$/m, "没有命令 $1"],
  [/^error: missing required argument '(.*)'$/m, "缺少参数 $1"],
  [/^error: option '(.*)' argument missing$/m, "选项 $1 缺少值"],
  [/^error: required option '(.*)' not specified$/m, "缺少选项 $1"],
  [/^error: option '(.*)' cannot be used with option '(.*)'$/m, "选项 $1 不能与 $2 同时使用"],
  [/^error: too many arguments.*$/m, "参数太多"],
  [
    /^error: (?:option|command-argument value) '?(.*?)'? (?:argument )?'?(.*?)'? is invalid\. Allowed choices are (.*)\.$/m,
    "$1 不能是 $2，可用的有 $3",
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\.(.*)$/m, "选项 $1 的值 $2 不对：$3"],
  [/^\(Did you mean (?:one of )?(.*)\?\)$/m, "是不是 $1？"],
];

/** What the library says of the arguments, in the language of this process. */
const translated = (text: string): string =>
  language === "en" ? text : ERRORS.reduce((said, [pattern, zh]) => said.replace(pattern, zh), text);

/** A command whose help and errors are in the language of this process. */
class LocalCommand extends Command {
  override createCommand(name?: string): Command {
    return command(name);
  }
}

/** A command, to be described and given an action; `examples` end its help. */
export function command(name?: string, ...examples: readonly string[]): Command {
  const made = new LocalCommand(name)
    .helpOption("-h, --help", say("显示帮助", "show help"))
    .configureHelp({ styleTitle: (title) => (language === "en" ? title : (HEADINGS[title] ?? title)) })
    .configureOutput({ outputError: (text, write) => write(translated(text)) })
    .showHelpAfterError(say("（--help 显示用法）", "(--help shows how it is used)"))
    .exitOverride();
  if (examples.length > 0)
    made.addHelpText("after", `\n${say("例：", "Examples:")}\n${examples.map((line) => `  ${line}`).join("\n")}`);
  return made;
}
