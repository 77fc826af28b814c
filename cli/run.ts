import { type Command, CommanderError } from "commander";
import { ExplainedError } from "../src/basics/explained-error.ts";
import { Complaint, EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { styled } from "./output.ts";

/** Runs a command with the arguments of this process; errors end in a sentence and an exit code, never in a stack. */
export async function run(command: Command): Promise<void> {
  // Whoever reads may have had enough: `nianbao … | head`.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      throw error;
    });
  try {
    await command.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.well : EXIT.failed;
    else {
      console.error(`${styled("red", say("错误", "error"), process.stderr)}${say("：", ": ")}${explained(error)}`);
      if (process.env["NIANBAO_DEBUG"]) console.error(error);
      process.exitCode = EXIT.failed;
    }
  }
}

function explained(error: unknown): string {
  if (error instanceof ExplainedError) return say(error.message, error.messageEn);
  if (error instanceof Complaint) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return say(
    `没有料到的问题：${message}（设 NIANBAO_DEBUG=1 再运行，可看到出在哪里）`,
    `unexpected: ${message} (run again with NIANBAO_DEBUG=1 to see where)`,
  );
}
