import type { Command } from "commander";
import { command } from "../command.ts";
import { EXIT } from "../exit.ts";
import { nameOf, readBytes } from "../input.ts";
import { say } from "../language.ts";
import { writeOutput } from "../output.ts";

export const extractCommand = (): Command =>
  command("extract", "nianbao extract report.pdf > report.json", "nianbao extract report.pdf | nianbao validate -")
    .description(
      say(
        "取出本系统的PDF或OFD附带的报告数据；被改动过的文件不予取出，退出码为1",
        "take out the data that a PDF or an OFD of this system carries; exits 1 when it was altered",
      ),
    )
    .argument(
      "<file>",
      say("本系统生成的PDF或OFD，- 为标准输入", "a PDF or an OFD of this system, - for standard input"),
    )
    .option("-o, --output <file>", say("写到哪个文件", "where to write them"), "-")
    .action(async (file: string, { output }: { readonly output: string }) => {
      const { UnreadableError, readApart } = await import("../../functions/importer.ts");
      const { READER, READER_LIMITS } = await import("../reader.ts");
      const bytes = await readBytes(file);
      try {
        await writeOutput(output, (await readApart(READER, bytes, { task: "extract" }, READER_LIMITS)).body);
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        console.error(`${nameOf(file)}${say("：", ": ")}${say(error.message, error.messageEn)}`);
        process.exitCode = EXIT.wrong;
      }
    });
