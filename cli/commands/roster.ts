import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Finding } from "../../src/basics/finding.ts";
import type { Roster } from "../../src/roster/roster.ts";
import type { ListedRow } from "../../src/roster/table.ts";
import { command } from "../command.ts";
import { Complaint, EXIT } from "../exit.ts";
import { printed } from "../findings.ts";
import { nameOf, readBytes, readJson, reasonOf } from "../input.ts";
import { say } from "../language.ts";
import { printJson, styled, writeOutput } from "../output.ts";

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
    .action(checkFile);

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
    .action(exportFile);

interface MakeOptions {
  readonly division: string;
  readonly output: string;
}

function tell(findings: readonly Finding[]): void {
  for (const finding of findings) console.error(printed(finding, process.stderr));
}

/**
 * A roster of a file that has no errors.
 * @throws {Complaint} when it has
 */
export async function readRoster(file: string): Promise<Roster> {
  const { checkRoster } = await import("../../src/roster/check.ts");
  const { roster, findings } = checkRoster(await readJson(file));
  if (roster) return roster;
  tell(findings.filter(({ level }) => level === "error"));
  throw new Complaint(say(`${nameOf(file)}不是没有错误的名录`, `${nameOf(file)} is no roster without errors`));
}

async function checkFile(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { checkRoster } = await import("../../src/roster/check.ts");
  const { roster, findings } = checkRoster(await readJson(file));
  if (json) printJson({ valid: roster !== undefined, organs: roster?.organs.length, findings });
  else tell(findings);
  if (!json && roster)
    console.error(
      styled("green", say(`名录有${roster.organs.length}个机关`, `${roster.organs.length} organs`), process.stderr),
    );
  process.exitCode = roster ? EXIT.well : EXIT.wrong;
}

/** What a list says; what cannot be taken goes to standard error. @returns the rows and whether all were taken */
async function rowsOf(file: string): Promise<{ readonly rows: readonly ListedRow[]; readonly sound: boolean }> {
  const { readList } = await import("../../src/roster/read.ts");
  const bytes = file === "-" ? await readBytes(file) : await readFile(file).catch(unreadable(file));
  const { rows, problems, beside } = await readList(bytes, basename(file));
  for (const { where, zh, en } of problems) console.error(`${nameOf(file)} ${where}  ${say(zh, en)}`);
  for (const text of beside)
    console.error(say(`${nameOf(file)} 没有读入：${text}`, `${nameOf(file)} not taken: ${text}`));
  return { rows, sound: problems.length === 0 };
}

const unreadable = (file: string) => (error: unknown) => {
  throw new Complaint(say(`读不到${file}：${reasonOf(error)}`, `cannot read ${file}: ${reasonOf(error)}`));
};

async function make(files: readonly string[], { division, output }: MakeOptions, guess: boolean): Promise<void> {
  const { draftRoster } = await import("../../src/roster/draft.ts");
  const { checkRoster } = await import("../../src/roster/check.ts");
  const lists = [];
  for (const file of files) lists.push(await rowsOf(file));
  const { roster, problems, guessed } = draftRoster(
    division,
    lists.flatMap(({ rows }) => rows),
    guess,
  );
  for (const { where, zh, en } of problems) console.error(`${where}  ${say(zh, en)}`);
  await writeOutput(output, new TextEncoder().encode(`${JSON.stringify(roster, null, 2)}\n`));
  const checked = checkRoster(roster);
  tell(checked.findings);
  const { kinds, superiors } = guessed;
  console.error(
    say(
      `${roster.organs.length}个机关${kinds + superiors > 0 ? `；按名称推定类别${kinds}个，按行政区划推定上级${superiors}个，请核对` : ""}`,
      `${roster.organs.length} organs${kinds + superiors > 0 ? `; ${kinds} kinds by name, ${superiors} superiors by division: look them over` : ""}`,
    ),
  );
  const sound = checked.roster && problems.length === 0 && lists.every((list) => list.sound);
  process.exitCode = sound ? EXIT.well : EXIT.wrong;
}

async function exportFile(file: string, { output }: { readonly output: string }): Promise<void> {
  const roster = await readRoster(file);
  const { rosterCsv, rosterXlsx } = await import("../../src/roster/write.ts");
  const kind = extname(output).toLowerCase();
  if (output !== "-" && kind !== ".csv" && kind !== ".xlsx")
    throw new Complaint(say(`${output}应以 .csv 或 .xlsx 结尾`, `${output} must end in .csv or .xlsx`));
  await writeOutput(output, kind === ".xlsx" ? await rosterXlsx(roster) : rosterCsv(roster));
}
