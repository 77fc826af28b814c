import { type Command, InvalidArgumentError, Option } from "commander";
import type { Finding } from "../../src/basics/finding.ts";
import {
  type ConformanceCase,
  type ConformanceSuite,
  differences,
  type ExpectedFinding,
  expectedOf,
  merged,
  reportsOf,
} from "../../src/check/conformance.ts";
import { isCode } from "../../src/form/uscc.ts";
import { command } from "../command.ts";
import { Complaint, EXIT } from "../exit.ts";
import { say } from "../language.ts";
import { printJson, styled } from "../output.ts";
import { openService, type ServiceOptions, tokenOption } from "../server-option.ts";
import { editionForm } from "./schema.ts";

interface Options extends ServiceOptions {
  readonly organ?: string;
  readonly json?: boolean;
}

/** What is found in a case; undefined where that cannot be asked. */
type Checker = (reports: ReturnType<typeof reportsOf>) => Promise<readonly Finding[] | undefined>;

interface Result {
  readonly rule: string;
  readonly breaks: boolean;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "passed over";
  readonly missing: readonly string[];
  readonly more: readonly string[];
}

export const conformanceCommand = (): Command =>
  command(
    "conformance",
    "nianbao conformance",
    "nianbao conformance 2021 --server https://gov.example.cn --organ 11330100002489015P",
  )
    .description(
      say(
        "用公开的符合性测试逐条试校验规则，不写 --server 就试本程序；有不符的退出码为1",
        "try every rule with the public conformance suite, of this program unless --server is given; exits 1 when one fails",
      ),
    )
    .argument("[edition]", say("格式版本，不写就是全部", "the edition of the form; all unless named"))
    .addOption(
      new Option("--server <url>", say("以这个服务的试运行来试，不公布任何内容", "try a service by its dry run")),
    )
    .addOption(tokenOption())
    .option(
      "--organ <uscc>",
      say("以这个机关的代码提交，令牌须可用于它", "file as the organ of this code, which the token must allow"),
      (code: string) => {
        if (isCode(code)) return code;
        throw new InvalidArgumentError(say("应为十八位的统一社会信用代码", "it must be a code of 18 characters"));
      },
    )
    .option("--json", say("以JSON输出", "print the results as JSON"))
    .action(conformance);

/** Checks as this program does. */
async function here(): Promise<Checker> {
  const [{ checked }, { validate }] = await Promise.all([
    import("../checked.ts"),
    import("../../src/check/validate.ts"),
  ]);
  return async ({ report, previous }) => {
    const last = previous === undefined ? undefined : validate(previous).report;
    return checked(report, last).findings;
  };
}

/** Asks a service by its dry run. It compares with what it has published, and with nothing that is sent. */
async function there(options: Options): Promise<Checker> {
  const service = await openService(options);
  return async ({ report, previous }) => {
    if (previous !== undefined) return undefined;
    const { status, body } = await service.post("/reports?dryRun=true", report);
    const { findings } = body;
    if ((status === 200 || status === 422) && Array.isArray(findings)) return findings as Finding[];
    const why = say(String(body["detail"] ?? body["title"]), String(body["detailEn"] ?? body["titleEn"]));
    throw new Complaint(say(`服务没有校验（${status}）：${why}`, `the service did not check (${status}): ${why}`));
  };
}

async function resultOf(suite: ConformanceSuite, own: ConformanceCase, check: Checker): Promise<Result> {
  const { rule, breaks, title, titleEn, findings } = own;
  const known = { rule, breaks, title: say(title, titleEn) };
  const found = await check(reportsOf(suite, own));
  if (!found) return { ...known, outcome: "passed over", missing: [], more: [] };
  const { missing, more } = differences(findings, found.map(expectedOf) as ExpectedFinding[]);
  return { ...known, outcome: missing.length + more.length === 0 ? "passed" : "failed", missing, more };
}

function tell({ rule, breaks, title, outcome, missing, more }: Result): void {
  const [mark, colour] =
    outcome === "passed"
      ? [say("通过", "passed"), "green" as const]
      : outcome === "failed"
        ? [say("不符", "failed"), "red" as const]
        : [say("略过", "passed over"), "dim" as const];
  const kind = breaks ? say("违反", "breaks it") : say("恰好不违反", "just does not");
  console.log(`${styled(colour, mark)}  ${styled("bold", rule)}  ${kind}${say("：", ": ")}${title}`);
  for (const one of missing) console.log(`    ${say("没有查出", "not found")}${say("：", ": ")}${one}`);
  for (const one of more) console.log(`    ${say("多查出", "found besides")}${say("：", ": ")}${one}`);
}

async function conformance(edition: string | undefined, options: Options): Promise<void> {
  if (options.organ !== undefined && options.server === undefined)
    throw new Complaint(say("--organ 与 --server 同用", "--organ goes with --server"));
  const { suites } = await import("../../generated/conformance.ts");
  const wanted = edition === undefined ? undefined : (await editionForm(edition)).edition;
  const check = await (options.server === undefined ? here() : there(options));
  const results: (Result & { readonly edition: string })[] = [];
  for (const suite of suites.filter((own) => wanted === undefined || own.edition === wanted)) {
    const organ = options.organ === undefined ? undefined : { organ: { uscc: options.organ } };
    const used = { ...suite, report: merged(suite.report, organ) };
    if (!options.json) console.log(styled("underline", say(`${suite.edition}年版`, `edition ${suite.edition}`)));
    for (const own of suite.cases) {
      // The code of the organ is what the service allows by.
      const foreign = options.server !== undefined && own.rule === "F-USCC";
      const result = await resultOf(used, own, foreign ? async () => undefined : check);
      results.push({ edition: suite.edition, ...result });
      if (!options.json) tell(result);
    }
  }
  const count = (outcome: Result["outcome"]): number => results.filter((own) => own.outcome === outcome).length;
  const [passed, failed, over] = [count("passed"), count("failed"), count("passed over")];
  if (options.json) printJson({ passed, failed, passedOver: over, results });
  else
    console.error(
      say(
        `${passed}项通过，${failed}项不符${over > 0 ? `，${over}项略过（须与上年比对，或涉及机关代码）` : ""}`,
        `${passed} passed, ${failed} failed${over > 0 ? `, ${over} passed over (they compare with last year, or are about the organ's code)` : ""}`,
      ),
    );
  if (failed > 0) process.exitCode = EXIT.wrong;
}
