import { Argument, type Command } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

export const completionCommand = (): Command =>
  command(
    "completion",
    'eval "$(nianbao completion bash)"        # ~/.bashrc',
    'eval "$(nianbao completion zsh)"         # ~/.zshrc',
    "nianbao completion fish > ~/.config/fish/completions/nianbao.fish",
  )
    .description(say("输出shell的补全脚本", "print a script with which the shell completes commands and options"))
    .addArgument(new Argument("<shell>", "shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      const { default: tabtab } = await import("@pnpm/tabtab");
      console.log(await tabtab.getCompletionScript({ name: "nianbao", completer: "nianbao", shell }));
    });

/** What the scripts call: prints what may stand where the cursor is. */
export const completionServerCommand = (): Command =>
  command("completion-server")
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      const [{ default: tabtab }, { completions }] = await Promise.all([
        import("@pnpm/tabtab"),
        import("../completions.ts"),
      ]);
      const shell = tabtab.getShellFromEnv(process.env);
      const { line, point } = tabtab.parseEnv(process.env);
      // Words behind the cursor do not count; the last is the one that is being typed.
      const before = line.slice(0, point).split(/\s+/).slice(1);
      const found = completions(self.parent!, before.length > 0 ? before : words.slice(1));
      // Bash completes the names of files by itself where nothing else is found.
      if (found) tabtab.log([...found], shell);
      else if (shell !== "bash") tabtab.logFiles();
    });
