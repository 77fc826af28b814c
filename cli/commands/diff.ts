import type { Command } from "commander";
import type { Report } from "../../generated/report.ts";
import type { Change } from "../../src/check/changes.ts";
import { command } from "../command.ts";
import { expectOneStandardInput } from "../contradictions.ts";
import { Complaint, EXIT } from "../exit.ts";
import { nameOf, readJson } from "../input.ts";
import { say } from "../language.ts";
import { printJson, styled } from "../output.ts";

interface Options {
  readonly json?: boolean;
  readonly figures?: boolean;
}

export const diffCommand = (): Command =>
  command(
    "diff",
    "nianbao diff 2024.json 2025.json",
    "nianbao diff v1/report.json v2/report.json --json",
    "curl -s https://…/2024/report.json | nianbao diff - 2025.json --figures",
  )
    .summary(say("比较两份报告，或一个机关的两个年度", "compare two reports, or two years of an organ"))
    .description(
      say(
        "逐格比较两份报告（两版、两个机关，或一个机关的两个年度），列出数字的增减和文字的变动。\n退出码：0 相同，1 不同，2 不能比较。",
        "Compares two reports (versions, organs, or years of one organ) cell by cell: figures with their change, and texts.\nExit codes: 0 the same, 1 different, 2 could not compare.",
      ),
    )
    .argument("<before>", say("前一份报告（JSON），- 为标准输入", "the report before (JSON), - for standard input"))
    .argument("<after>", say("后一份报告（JSON）", "the report after (JSON)"))
    .option("--figures", say("只比较数字", "compare figures only"))
    .option("--json", say("以JSON输出", "print the differences as JSON"))
    .action(diff);

/** A report to compare: errors in its figures are no reason not to, a shape that is none is. */
async function readReport(file: string): Promise<Report> {
  const { draftOf } = await import("../../src/check/draft.ts");
  const made = draftOf(await readJson(file));
  if ("draft" in made) return made.draft;
  const [first] = made.findings;
  const why = first ? say(first.message, first.messageEn) : "";
  throw new Complaint(say(`${nameOf(file)}不是一份报告：${why}`, `${nameOf(file)} is no report: ${why}`));
}

async function diff(beforeFile: string, afterFile: string, { json, figures }: Options): Promise<void> {
  expectOneStandardInput(beforeFile, afterFile);
  const before = await readReport(beforeFile);
  const after = await readReport(afterFile);
  const { changes } = await import("../../src/check/changes.ts");
  const found = changes(before, after).filter(({ kind }) => !figures || kind === "figure");
  const headOf = ({ organ, year, edition }: Report) => ({ organ: organ.name, uscc: organ.uscc, year, edition });
  if (json)
    printJson({
      same: found.length === 0,
      before: headOf(before),
      after: headOf(after),
      differences: found.map(({ kind: _, ...change }) => change),
    });
  else tell(before, after, found);
  process.exitCode = found.length === 0 ? EXIT.well : EXIT.wrong;
}

function tell(before: Report, after: Report, found: readonly Change[]): void {
  const called = ({ organ, year }: Report): string => `${organ.name} ${year}`;
  console.log(styled("bold", `${called(before)} → ${called(after)}`));
  for (const change of found) {
    if (change.kind === "figure") {
      const { before: a, after: b, change: by, percent } = change;
      const grown = by === undefined ? "" : `  ${styled(by.startsWith("-") ? "red" : "green", by)}`;
      const rate = percent === undefined ? "" : styled("dim", `  ${percent}`);
      console.log(`${change.label}  ${a ?? "—"} → ${b ?? "—"}${grown}${rate}`);
      continue;
    }
    console.log(change.label);
    for (const line of change.before?.split("\n") ?? []) console.log(styled("red", `  - ${line}`));
    for (const line of change.after?.split("\n") ?? []) console.log(styled("green", `  + ${line}`));
  }
  const texts = found.filter(({ kind }) => kind === "text").length;
  console.error(
    found.length === 0
      ? say("没有不同", "no differences")
      : say(
          `${found.length - texts}个数字、${texts}处文字不同`,
          `${found.length - texts} figures and ${texts} texts differ`,
        ),
  );
}
