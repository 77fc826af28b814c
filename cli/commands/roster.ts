import { type Command, InvalidArgumentError, Option } from "commander";
import { command } from "../command.ts";
import { say } from "../language.ts";
import type { MakeOptions } from "../rosters.ts";

export const rosterCommand = (): Command =>
  command(
    "roster",
    "nianbao roster draft 单位名单.xlsx --division 371500 -o roster.json",
    "nianbao roster check roster.json",
    "nianbao roster export roster.json -o 名录.xlsx",
    "nianbao roster import 名录.xlsx --division 371500 -o roster.json",
  )
    .summary(say("名录：应报送的机关及其上下级", "rosters: who must file, and who belongs to whom"))
    .description(
      say(
        "名录列出一个行政区划里应报送年度报告的机关，每个写明代码、名称、类别、上级、设立和撤销；汇总、未报送、逾期都以它为准。",
        "A roster lists the organs of a division that must file: code, name, kind, superior, dates. Roll-ups, the missing and the late are counted by it.",
      ),
    )
    .addCommand(checkCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .addCommand(draftCommand());

const checkCommand = (): Command =>
  command("check", "nianbao roster check roster.json", "nianbao roster check roster.json --json")
    .description(
      say(
        "校验名录：校验码、重名、找不到的上级、绕成一圈的上级、日期。退出码：0 没有错误，1 有错误，2 命令没有执行成。",
        "Checks a roster: check characters, names, unknown superiors, circles, dates. Exit codes: 0 no errors, 1 errors, 2 not carried out.",
      ),
    )
    .argument("<roster>", say("名录（JSON），- 为标准输入", "the roster (JSON), - for standard input"))
    .option("--json", say("以JSON输出", "print the findings as JSON"))
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { checkFile } = await import("../rosters.ts");
      await checkFile(file, options);
    });

const divisionOption = (): Option =>
  new Option("--division <code>", say("名录所属的行政区划，六位代码", "the division, six digits"))
    .argParser((text: string): string => {
      if (!/^\d{6}$/.test(text)) throw new InvalidArgumentError(say("应为六位数字", "it must be six digits"));
      return text;
    })
    .makeOptionMandatory();

const outputOption = (): Option =>
  new Option("-o, --output <file>", say("名录写到哪个文件", "where to write the roster")).default("-");

const importCommand = (): Command =>
  command("import", "nianbao roster import 名录.xlsx --division 371500 -o roster.json")
    .description(
      say(
        "由表格（CSV、XLSX）得出名录。表头：名称、统一社会信用代码，及行政区划、类别、上级（代码或名称）、曾用名、设立日期、撤销日期、并入、析出自、公布期限；没有写类别的按名称判断。",
        "Makes a roster of a table (CSV, XLSX) with the heads 名称, 统一社会信用代码 and, where known, 行政区划, 类别, 上级, 曾用名, 设立日期, 撤销日期, 并入, 析出自, 公布期限.",
      ),
    )
    .argument("<table>", say("表格", "the table"))
    .addOption(divisionOption())
    .addOption(outputOption())
    .action((file: string, options: MakeOptions) => make([file], options, false));

const draftCommand = (): Command =>
  command(
    "draft",
    "nianbao roster draft 单位名单.xlsx --division 371500 -o roster.json",
    "nianbao roster draft 名单.csv divisions/371500/index.json --division 371500 -o roster.json",
  )
    .description(
      say(
        "由名单起草名录：表格（名称、代码）、已公布的机关清单（divisions/…/index.json）、批量核查的汇总（summary.json）；类别按名称、上级按行政区划推定，须再核对。",
        "Drafts a roster of lists: tables of names and codes, divisions' published lists, a batch's summary.json. Kinds follow from names and superiors from divisions: look them over.",
      ),
    )
    .argument("<lists...>", say("名单", "the lists"))
    .addOption(divisionOption())
    .addOption(outputOption())
    .action((files: string[], options: MakeOptions) => make(files, options, true));

const exportCommand = (): Command =>
  command("export", "nianbao roster export roster.json -o 名录.xlsx", "nianbao roster export roster.json > 名录.csv")
    .description(say("把名录写成表格：CSV，或 .xlsx", "writes a roster as a table: CSV, or .xlsx"))
    .argument("<roster>", say("名录（JSON），- 为标准输入", "the roster (JSON), - for standard input"))
    .option("-o, --output <file>", say("写到哪个文件，.csv 或 .xlsx", "where to write it, .csv or .xlsx"), "-")
    .action(async (file: string, options: { readonly output: string }) => {
      const { exportFile } = await import("../rosters.ts");
      await exportFile(file, options);
    });

async function make(files: readonly string[], options: MakeOptions, guess: boolean): Promise<void> {
  const { makeRoster } = await import("../rosters.ts");
  await makeRoster(files, options, guess);
}
