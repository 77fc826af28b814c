import { type Command, Option } from "commander";
import type { Report } from "../../generated/report.ts";
import type { Checked } from "../../src/check/conclude.ts";
import { command, repeatable } from "../command.ts";
import { expectOneStandardInput } from "../contradictions.ts";
import { Complaint, EXIT, worse } from "../exit.ts";
import { counted, printed } from "../findings.ts";
import { nameOf, readJson } from "../input.ts";
import { say } from "../language.ts";
import { printJson, styled } from "../output.ts";

interface Options {
  readonly previous?: readonly string[];
  readonly json?: boolean;
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
            "上一年度的报告，用于与上年比对的规则；可多次给出",
            "last year's report, for the rules that compare with it; may be given again",
          ),
        ).argParser((file: string, before: readonly string[] = []) => [...before, file]),
      ),
    )
    .option("--json", say("以JSON输出全部问题", "print everything found as JSON"))
    .action(validateFiles);

async function validateFiles(files: readonly string[], { previous = [], json }: Options): Promise<void> {
  expectOneStandardInput(...files, ...previous);
  const { checked } = await import("../checked.ts");
  const lastYears = await Promise.all(previous.map(readPrevious));
  expectEachOnce(lastYears);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const outcome = await readJson(file).then(
      (value): Outcome => ({ file, checked: checked(value, lastYears.find(isLastYearOf(value))) }),
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

const isLastYearOf = (value: unknown) => (last: Report) => {
  const { year, organ } = (value ?? {}) as { readonly year?: unknown; readonly organ?: { readonly uscc?: unknown } };
  return last.year + 1 === year && last.organ.uscc === organ?.uscc;
};

/** @throws {Complaint} when two reports of last year are of one organ and year: which of them counts? */
function expectEachOnce(reports: readonly Report[]): void {
  const seen = new Set<string>();
  for (const { organ, year } of reports) {
    const place = `${organ.uscc} ${year}`;
    if (seen.has(place))
      throw new Complaint(say(`--previous 有两份${place}的报告`, `--previous names two reports of ${place}`));
    seen.add(place);
  }
}

async function readPrevious(file: string): Promise<Report> {
  const { validate } = await import("../../src/check/validate.ts");
  const { report } = validate(await readJson(file));
  if (!report)
    throw new Complaint(
      say(
        `上一年度的报告${nameOf(file)}自身有错误，不能用来比对；请先校验它`,
        `last year's report ${nameOf(file)} has errors itself and cannot be compared with; validate it first`,
      ),
    );
  return report;
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
