import { basename, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Finding } from "../../src/basics/finding.ts";
import type { Imported, ImportOptions } from "../../src/import/account.ts";
import { withoutRepeats } from "../../src/import/repeats.ts";
import { date } from "../../src/rules/date.ts";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint, EXIT } from "../exit.ts";
import { printed } from "../findings.ts";
import { readBytes } from "../input.ts";
import { say } from "../language.ts";
import { styled, writeOutput } from "../output.ts";

interface Options extends Omit<ImportOptions, "name"> {
  readonly output: string;
  readonly account?: string;
  readonly name?: string;
  readonly check?: boolean;
  readonly every?: boolean;
}

/** The answer to a file, as far as it is printed here. */
interface Checked extends Imported {
  readonly findings: readonly Finding[];
}

export const importCommand = (): Command => refusing(described(), { apart: [["every", "account"]] });

const described = (): Command =>
  command(
    "import",
    "nianbao import 2024年度报告.html -o report.json",
    "nianbao import 2024年度报告.docx --uscc 11330100002489015P --account account.json > report.json",
    "nianbao import 2024年度报告.pdf | nianbao validate -",
    "nianbao import https://…/art_1.html --check -o report.json",
  )
    .summary(
      say(
        "从已有的文件（网页、Word、Excel、PDF 等）导入报告",
        "make a report of a file: page, Word, Excel, PDF and others",
      ),
    )
    .description(
      say(
        "从已有的报告文件导入：网页（UTF-8、GBK、GB18030）、DOCX、XLSX、CSV/TSV、文本、有文字的PDF、OFD、JSON，以及本系统的任何文件。\n报告JSON写到标准输出，说明每一格怎样得来的账目写到标准错误。账目有错误时退出码为1，报告照样输出，缺的格留空。",
        "Makes a report of a file: HTML (UTF-8, GBK, GB18030), DOCX, XLSX, CSV/TSV, text, PDF with text, OFD, JSON, or any of this system's own.\nThe report's JSON goes to standard output, the account of how every cell came by its value to standard error.\nExits 1 when the account has errors; the report is written all the same, without the cells that are missing.",
      ),
    )
    .argument(
      "<file>",
      say(
        "已有的报告文件，- 为标准输入；也可以是公开网页的地址（http、https）",
        "the file, - for standard input, or the address of a public page (http, https)",
      ),
    )
    .option("-o, --output <file>", say("报告写到哪个文件", "where to write the report"), "-")
    .option(
      "--account <file>",
      say("账目以JSON写到文件，不写到标准错误", "write the account there as JSON, not to standard error"),
    )
    .option("--uscc <code>", say("统一社会信用代码（文件里通常没有）", "the organ's code (few files have it)"))
    .option("--organ <name>", say("机关名称，代替文件里的", "the organ's name, in place of the file's"))
    .addOption(
      new Option("--year <year>", say("报告年度，代替文件里的", "the report year, in place of the file's")).argParser(
        year,
      ),
    )
    .addOption(
      new Option(
        "--signed <date>",
        say("成文日期，代替文件里的，如 2025-01-20", "the date of signing, in place of the file's, e.g. 2025-01-20"),
      ).argParser(signingDate),
    )
    .option("--name <name>", say("从标准输入读取时的文件名", "the file's name, of standard input"))
    .option("--check", say("随后校验，校验有错误时退出码也是1", "validate it too; exits 1 on its errors as well"))
    .option(
      "--every",
      say(
        "账目列出每一格，也列照原文读入的",
        "list every cell in the account, also those that are as the file has them",
      ),
    )
    .action(importFile);

function year(text: string): number {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError(say("应为四位年度", "it must be a year of four digits"));
  return Number(text);
}

function signingDate(text: string): string {
  if (!date(text))
    throw new InvalidArgumentError(say("应为 年-月-日，如 2025-01-20", "it must be a date like 2025-01-20"));
  return text;
}

async function importFile(file: string, options: Options): Promise<void> {
  const { output, account: accountFile, check, every, uscc, organ, year, signed } = options;
  if (output === "-" && accountFile === "-")
    throw new Complaint(
      say("报告和账目不能都写到标准输出", "the report and the account cannot both go to standard output"),
    );
  expectApart(isAddress(file) ? undefined : file, output, accountFile);
  if (options.name !== undefined && file !== "-")
    throw new Complaint(
      say("--name 只用于标准输入（-）；文件有自己的名称", "--name is for standard input (-); a file has its own name"),
    );
  const page = isAddress(file) ? await (await import("../fetching.ts")).fetchPage(file) : undefined;
  const name = options.name ?? page?.name ?? (file === "-" ? undefined : basename(file));
  const given = { name, uscc, organ, year, signed };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { report, account, findings } = await read(page?.bytes ?? (await readBytes(file)), known);
  await writeOutput(output, jsonOf(report));
  if (accountFile === undefined) (await import("../account.ts")).printAccount(account, every === true);
  else await writeOutput(accountFile, jsonOf(account));
  const { hasErrors } = await import("../../src/basics/finding.ts");
  if (check) printFindings(withoutRepeats(findings, account.findings), hasErrors(findings));
  process.exitCode = hasErrors(account.findings) || (check && hasErrors(findings)) ? EXIT.wrong : EXIT.well;
}

/** Whether what is to be imported is an address and no file. */
const isAddress = (file: string): boolean => /^https?:\/\//i.test(file);

/** Has the file read and checked in a process of its own. */
async function read(bytes: Uint8Array, options: ImportOptions): Promise<Checked> {
  const { readApart } = await import("../../functions/importer.ts");
  const { READER, READER_LIMITS } = await import("../reader.ts");
  const { FONTS: fonts } = process.env;
  const task = { task: "import", options, ...(fonts === undefined ? {} : { fonts }) } as const;
  const { body } = await readApart(READER, bytes, task, READER_LIMITS);
  return JSON.parse(Buffer.from(body).toString()) as Checked;
}

/** @throws {Complaint} when one file would be written over another, or over what is read */
function expectApart(...files: readonly (string | undefined)[]): void {
  const named = files.filter((file) => file !== undefined && file !== "-").map((file) => resolve(file!));
  const twice = named.find((file, i) => named.indexOf(file) !== i);
  if (twice === undefined) return;
  throw new Complaint(
    say(`${basename(twice)}既是要读的又是要写的，或要写两次`, `${basename(twice)} would be written over`),
  );
}

const jsonOf = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** Says on standard error what the checks found. */
function printFindings(findings: readonly Finding[], wrong: boolean): void {
  for (const finding of findings) console.error(printed(finding, process.stderr));
  console.error(
    wrong
      ? styled("red", say("未通过校验", "not valid"), process.stderr)
      : styled("green", say("通过校验", "valid"), process.stderr),
  );
}
