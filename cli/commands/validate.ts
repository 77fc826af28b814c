import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../../src/basics/finding.ts";
import type { Checked } from "../../src/check/conclude.ts";
import { command, repeatable } from "../command.ts";
import { expectOneStandardInput } from "../contradictions.ts";
import { Complaint, EXIT, worse } from "../exit.ts";
import { counted, printed } from "../findings.ts";
import { nameOf, readBytes, readJson } from "../input.ts";
import { say } from "../language.ts";
import { printJson, styled } from "../output.ts";

interface Options {
  readonly previous?: readonly string[];
  readonly json?: boolean;
}

/** Last year's report as far as it is sound, and a remark where it is not. */
interface LastYear {
  readonly report: Report;
  readonly flawed?: Finding;
}

/** What came of one file. */
interface Outcome {
  readonly file: string;
  readonly checked?: Checked;
  /** Why it was not checked. */
  readonly failed?: string;
}

export const validateCommand = (): Command =>
  command(
    "validate",
    "nianbao validate report.json",
    "nianbao validate reports/*.json --json > findings.json",
    "nianbao validate 2025.json --previous 2024.json",
    "curl -s https://…/report.json | nianbao validate -",
  )
    .description(say("校验报告；有错误时退出码为1", "check reports; exits 1 when one has errors"))
    .argument("<files...>", say("报告（JSON），- 为标准输入", "reports (JSON), - for standard input"))
    .addOption(
      repeatable(
        new Option(
          "--previous <file>",
          say(
            "上一年度的报告，import能读的文件都可以，用于与上年比对的规则；可多次给出",
            "last year's report, any file that import reads, for the rules that compare with it; may be given again",
          ),
        ).argParser((file: string, before: readonly string[] = []) => [...before, file]),
      ),
    )
    .option("--json", say("以JSON输出全部问题", "print everything found as JSON"))
    .action(validateFiles);

async function validateFiles(files: readonly string[], { previous = [], json }: Options): Promise<void> {
  expectOneStandardInput(...files, ...previous);
  const { checked } = await import("../checked.ts");
  const lastYears: LastYear[] = [];
  for (const file of previous) lastYears.push(await readPrevious(file));
  expectEachOnce(lastYears);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const outcome = await readJson(file).then(
      (value): Outcome => {
        const last = lastYears.find(isLastYearOf(value));
        const found = checked(value, last?.report);
        return { file, checked: last?.flawed ? { ...found, findings: [...found.findings, last.flawed] } : found };
      },
      (error: unknown): Outcome => {
        if (error instanceof Complaint) return { file, failed: error.message };
        throw error;
      },
    );
    outcomes.push(outcome);
    process.exitCode = worse(Number(process.exitCode ?? 0), exitCodeOf(outcome));
    if (!json) tell(outcome, files.length > 1);
  }
  if (json) printJson({ valid: outcomes.every((o) => exitCodeOf(o) === EXIT.well), files: outcomes.map(resultOf) });
}

const plain = (name: unknown): string => (typeof name === "string" ? name.normalize("NFKC").replace(/\s+/gu, "") : "");

/** By the organ's code; by its name where last year's file does not say one. */
const isLastYearOf =
  (value: unknown) =>
  ({ report: last }: LastYear): boolean => {
    const { year, organ } = (value ?? {}) as {
      readonly year?: unknown;
      readonly organ?: { readonly uscc?: unknown; readonly name?: unknown };
    };
    const { uscc, name } = last.organ;
    return last.year + 1 === year && (uscc ? uscc === organ?.uscc : name !== "" && plain(name) === plain(organ?.name));
  };

/** @throws {Complaint} when two reports of last year are of one organ and year: which of them counts? */
function expectEachOnce(lastYears: readonly LastYear[]): void {
  const seen = new Set<string>();
  for (const { report } of lastYears) {
    const { organ, year } = report;
    const place = `${organ.uscc || organ.name} ${year}`;
    if (seen.has(place))
      throw new Complaint(say(`--previous 有两份${place}的报告`, `--previous names two reports of ${place}`));
    seen.add(place);
  }
}

/** What is in a file of last year: a report's data, or any file that `import` reads, in a process of its own. */
async function lastYearIn(file: string): Promise<unknown> {
  const bytes = await readBytes(file);
  const { sniff } = await import("../../src/import/readers/sniff.ts");
  if (sniff(bytes, file) === "json") return readJson(file);
  const { readApart } = await import("../../functions/importer.ts");
  const { READER, READER_LIMITS } = await import("../reader.ts");
  const options = file === "-" ? {} : { name: basename(file) };
  const { body } = await readApart(READER, bytes, { task: "import", options }, READER_LIMITS);
  return (JSON.parse(Buffer.from(body).toString()) as { readonly report: unknown }).report;
}

/** @throws {Complaint} when the file is of no year and edition that is known */
async function readPrevious(file: string): Promise<LastYear> {
  const { previousFinding, soundPart } = await import("../../src/check/sound-part.ts");
  const sound = soundPart(await lastYearIn(file));
  const flawed = sound.errors === 0 ? undefined : previousFinding(nameOf(file), sound);
  if (!sound.previous)
    throw new Complaint(
      flawed ? say(flawed.message, flawed.messageEn) : say(`${file}不是报告`, `${file} is no report`),
    );
  return { report: sound.previous, ...(flawed ? { flawed } : {}) };
}

const exitCodeOf = ({ checked }: Outcome): number => (!checked ? EXIT.failed : checked.report ? EXIT.well : EXIT.wrong);

const resultOf = ({ file, checked, failed }: Outcome) =>
  checked
    ? {
        file,
        valid: checked.report !== undefined,
        findings: checked.findings,
        unexplained: checked.unexplained,
        computed: checked.computed,
        comparedWithLastYear: checked.comparedWithLastYear,
      }
    : { file, valid: false, failed };

function tell({ file, checked, failed }: Outcome, several: boolean): void {
  if (!checked) {
    console.error(`${styled("red", say("错误", "error"), process.stderr)}${say("：", ": ")}${failed}`);
    return;
  }
  const { findings, report, unexplained } = checked;
  if (several && findings.length > 0) console.log(styled("underline", nameOf(file)));
  for (const finding of findings) console.log(printed(finding));
  const found = counted(findings);
  const verdict = report
    ? styled("green", say("通过校验", "valid"), process.stderr)
    : styled("red", say("未通过校验", "not valid"), process.stderr);
  console.error(`${nameOf(file)}${say("：", ": ")}${verdict}${found ? say(`，${found}`, `, ${found}`) : ""}`);
  if (report && unexplained.length > 0)
    console.error(
      say(
        `  公布前须核实，或以 submit --explain ${unexplained[0]}=… 逐条说明：${unexplained.join("、")}`,
        `  to be mended or explained (submit --explain ${unexplained[0]}=…) before publication: ${unexplained.join(", ")}`,
      ),
    );
}
