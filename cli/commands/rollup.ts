import { type Command, InvalidArgumentError, Option } from "commander";
import { command, repeatable } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { say } from "../language.ts";
import type { RollupOptions } from "../rollup.ts";

export const rollupCommand = (): Command =>
  refusing(described(), {
    needs: [
      ["edited", "before"],
      ["before", "edited"],
    ],
  });

const described = (): Command =>
  command(
    "rollup",
    "nianbao rollup 2025年度报告-checked --roster roster.json --year 2025 -o draft.json",
    "nianbao rollup 报告 --roster roster.json --year 2025 --division 371502 -o draft.json",
    "nianbao rollup 报告 --roster roster.json --year 2025 --by-hand 某局.json --sources sources.json -o draft.json",
  )
    .summary(say("汇总：由各机关的报告起草本级政府的报告", "sum organs' reports up to their government's"))
    .description(
      say(
        "按名录把一个目录里各机关的报告（JSON，如批量核查的结果）汇总成本级政府的报告草稿：下级政府有自己的报告的，以它为准，不再加它的机关。\n" +
          "草稿的正文待改写、成文日期待填；缺哪些机关、哪些没有汇总，写到标准错误。退出码：0 各机关都有，1 有缺的，2 命令没有执行成。",
        "Sums the reports of organs in a folder (JSON, e.g. the results of a batch) up to a draft of their government's, by a roster: a lower government's own report stands for its organs.\n" +
          "The draft's text is to be written and its date to be filled in; who is missing and what was not counted goes to standard error. Exit codes: 0 all are there, 1 some are missing, 2 not carried out.",
      ),
    )
    .argument("<dir>", say("放着报告（JSON）的目录，任何深度", "the folder of reports (JSON), at any depth"))
    .requiredOption("--roster <file>", say("名录（JSON）", "the roster (JSON)"))
    .addOption(
      new Option("--year <year>", say("报告年度", "the report year"))
        .argParser((text: string): number => {
          if (!/^\d{4}$/.test(text))
            throw new InvalidArgumentError(say("应为四位年度", "it must be a year of four digits"));
          return Number(text);
        })
        .makeOptionMandatory(),
    )
    .option(
      "--division <code>",
      say("汇总哪个行政区划，默认为名录的", "the division to sum up, by default the roster's own"),
    )
    .option("-o, --output <file>", say("草稿写到哪个文件", "where to write the draft"), "-")
    .option(
      "--sources <file>",
      say("来源（各机关、各格）以JSON写到文件", "write the sources, organ by organ and cell by cell, there as JSON"),
    )
    .addOption(
      repeatable(
        new Option(
          "--by-hand <file>",
          say(
            "为没有公布的机关补录的报告，可以写几次",
            "a report for an organ that has not published; may be given again",
          ),
        )
          .argParser((file: string, files: readonly string[]) => [...files, file])
          .default([], say("没有", "none")),
      ),
    )
    .option(
      "--edited <file>",
      say("再次汇总：改过的草稿，改动之处保留", "draw up again: the draft as it was edited; what was changed stays"),
    )
    .option(
      "--before <file>",
      say(
        "再次汇总：该草稿的来源（--sources 写出的）",
        "draw up again: what it was drawn up from (as --sources wrote it)",
      ),
    )
    .action(async (dir: string, options: RollupOptions) => {
      const { rollUpFolder } = await import("../rollup.ts");
      await rollUpFolder(dir, options);
    });
