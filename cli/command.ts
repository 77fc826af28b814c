import { type Argument, Command, Help, type Option } from "commander";
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
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/m,
    "选项 $1 的值不能是 $2，可用的有：$3",
  ],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/m,
    "参数 $2 不能是 $1，可用的有：$3",
  ],
  [/^error: command-argument value '(.*)' is invalid for argument '(.*)'\.(.*)$/m, "参数 $2 的值 $1 不对：$3"],
  [/^error: option '(.*)' argument '(.*)' is invalid\.(.*)$/m, "选项 $1 的值 $2 不对：$3"],
  [/^\(Did you mean (?:one of )?(.*)\?\)$/m, "是不是 $1？"],
];

/** What the library says of the arguments, in the language of this process. */
const translated = (text: string): string =>
  language === "en" ? text : ERRORS.reduce((said, [pattern, zh]) => said.replace(pattern, zh), text);

/** What the library adds to descriptions, in the language of this process; `-` as a default says nothing more. */
const added = (text: string): string => {
  const shown = text.replace(/ \(default: "-"\)/, "");
  return language === "en"
    ? shown
    : shown
        .replace(/ ?\(choices: (.*?)(?=\)|, (?:default|env): )/, "（可用：$1")
        .replace(/ \((?=default|env)/, "（")
        .replace(/default: /, "默认：")
        .replace(/env: /, "环境变量：")
        .replace(/(（.*)\)$/, "$1）");
};

class LocalHelp extends Help {
  override optionDescription(option: Option): string {
    return added(super.optionDescription(option));
  }

  override argumentDescription(argument: Argument): string {
    return added(super.argumentDescription(argument));
  }

  override styleTitle(title: string): string {
    return language === "en" ? title : (HEADINGS[title] ?? title);
  }
}

const REPEATABLE = new WeakSet<Option>();

/** An option that may be given again, each time for another thing. */
export function repeatable(option: Option): Option {
  REPEATABLE.add(option);
  return option;
}

/** A command whose help and errors are in the language of this process, and whose options mean one thing each. */
class LocalCommand extends Command {
  override addOption(option: Option): this {
    super.addOption(option);
    let given = false;
    return this.on(`option:${option.name()}`, () => {
      if (given && !REPEATABLE.has(option))
        this.error(say(`选项 ${option.flags} 只能写一次`, `error: option '${option.flags}' may be given once`));
      given = true;
    });
  }

  override createHelp(): Help {
    return new LocalHelp();
  }

  override createCommand(name?: string): Command {
    return command(name);
  }
}

/** A command, to be described and given an action; `examples` end its help. */
export function command(name?: string, ...examples: readonly string[]): Command {
  const made = new LocalCommand(name)
    .helpOption("-h, --help", say("显示帮助", "show help"))
    .configureOutput({ outputError: (text, write) => write(translated(text)) })
    .showHelpAfterError(say("（--help 显示用法）", "(--help shows how it is used)"))
    .exitOverride();
  if (examples.length > 0)
    made.addHelpText("after", `\n${say("例：", "Examples:")}\n${examples.map((line) => `  ${line}`).join("\n")}`);
  return made;
}
