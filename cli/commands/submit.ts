import { randomUUID } from "node:crypto";
import { type Command, InvalidArgumentError, Option } from "commander";
import { isCode } from "../../src/form/uscc.ts";
import { command, repeatable } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint } from "../exit.ts";
import { nameOf, readJson } from "../input.ts";
import { say } from "../language.ts";
import { printJson } from "../output.ts";
import { openService, type ServiceOptions, serverOption, tokenOption } from "../server-option.ts";
import type { Answer, Service } from "../service.ts";
import { outcomeOf, versionNumber } from "../submission.ts";

interface Options extends ServiceOptions {
  readonly dryRun?: boolean;
  readonly correct?: boolean;
  readonly supersedes?: number;
  readonly reason?: string;
  readonly explain?: Readonly<Record<string, string>>;
  readonly sources?: string;
  readonly idempotencyKey?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** A dry run publishes nothing: there is no version, nothing to wait for and nothing to be published once. */
export const submitCommand = (): Command =>
  refusing(described(), {
    apart: (["correct", "supersedes", "reason", "wait", "idempotencyKey"] as const).map((name) => ["dryRun", name]),
  });

const described = (): Command =>
  command(
    "submit",
    "nianbao submit report.json --server https://gov.example.cn --dry-run",
    "nianbao submit report.json --explain N-FEE=本年度没有收取信息处理费。",
    "nianbao submit corrected.json --correct --supersedes 1 --reason 漏报一件。",
    "nianbao submit 市政府.json --sources sources.json",
    "NIANBAO_TOKEN=… nianbao submit report.json --server https://gov.example.cn --wait --json",
  )
    .description(
      say(
        "向服务提交报告，通过校验即公布；未获公布时退出码为1",
        "send a report to a service, which publishes it when it passes the checks; exits 1 when it does not",
      ),
    )
    .argument("<file>", say("报告（JSON），- 为标准输入", "the report (JSON), - for standard input"))
    .addOption(serverOption())
    .addOption(tokenOption())
    .option("--dry-run", say("只校验，不公布", "only check, publish nothing"))
    .option("--correct", say("作为对已公布报告的更正", "as a correction of what is published"))
    .option("--supersedes <version>", say("更正的是第几版", "the version that is corrected"), versionNumber)
    .option("--reason <text>", say("更正的理由，随更正公布", "why it is corrected; published with it"))
    .addOption(
      repeatable(
        new Option(
          "--explain <rule=text>",
          say(
            "对一条警告的说明；可多次给出，每条规则一次",
            "an explanation of a warning; may be given again, once for a rule",
          ),
        ).argParser(explanation),
      ),
    )
    .option(
      "--sources <file>",
      say(
        "地区报告所依据的来源（rollup --sources 写出的），与公布记录一起保存、公开",
        "what a region's report stands on (as rollup --sources wrote it): kept with the record, and published",
      ),
    )
    .option(
      "--idempotency-key <key>",
      say(
        "重试时用同一个键，只公布一次；默认每次运行一个",
        "the same at every attempt: published once; one for each run by default",
      ),
    )
    .option("--wait", say("等到索引和页面都有了这一版", "wait until indexes and pages show the version"))
    .option("--json", say("以JSON输出服务的答复", "print what the service answers as JSON"))
    .action(submit);

function explanation(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, rule, explanation] = /^([A-Z][A-Z0-9-]*)=(.+)$/s.exec(text) ?? [];
  if (rule === undefined || explanation === undefined)
    throw new InvalidArgumentError(say("应为 规则编号=说明，如 N-FEE=……", "it must be RULE=text, e.g. N-FEE=…"));
  if (Object.hasOwn(before, rule))
    throw new InvalidArgumentError(say(`${rule} 已有说明`, `${rule} is explained already`));
  return { ...before, [rule]: explanation };
}

/** What is sent, and where. */
function requestOf(report: unknown, options: Options): { readonly path: string; readonly body: unknown } {
  const { correct, supersedes, reason, dryRun } = options;
  if (!correct && supersedes === undefined) {
    if (reason !== undefined)
      throw new Complaint(say("--reason 只用于更正（--correct）", "--reason is for --correct only"));
    return { path: dryRun ? "/reports?dryRun=true" : "/reports", body: report };
  }
  if (supersedes === undefined || reason === undefined)
    throw new Complaint(
      say(
        "更正须写明所更正的版本和理由：--correct --supersedes 1 --reason 理由",
        "a correction names the version that it corrects, and why: --correct --supersedes 1 --reason TEXT",
      ),
    );
  const { year, organ } = (report ?? {}) as { readonly year?: unknown; readonly organ?: { readonly uscc?: unknown } };
  if (!/^\d{4}$/.test(String(year)) || !isCode(organ?.uscc))
    throw new Complaint(
      say("报告里没有可用的年度和统一社会信用代码", "the report has no sound year and code of the organ"),
    );
  return { path: `/reports/${organ!.uscc}/${year}/corrections`, body: { supersedes, reason, report } };
}

/** A report with the explanations of its warnings. */
function explained(report: unknown, explain: Options["explain"], file: string): unknown {
  if (!explain) return report;
  if (typeof report !== "object" || report === null || Array.isArray(report))
    throw new Complaint(say(`${nameOf(file)}不是一份报告`, `${nameOf(file)} is no report`));
  const { explanations, ...rest } = report as { readonly explanations?: object };
  return { ...rest, explanations: { ...explanations, ...explain } };
}

/** A report with what it stands on, as much of that as is kept. */
async function withSources(report: unknown, file: string | undefined): Promise<unknown> {
  if (file === undefined) return report;
  const [{ isSources }, { sentSources }] = await Promise.all([
    import("../../src/rollup/redraw.ts"),
    import("../../src/rollup/compact.ts"),
  ]);
  const sources = await readJson(file);
  if (typeof report !== "object" || report === null || !isSources(sources))
    throw new Complaint(
      say(`${nameOf(file)}不是 rollup --sources 写出的来源`, `${nameOf(file)} is not what rollup --sources wrote`),
    );
  return { ...report, sources: sentSources(sources) };
}

async function submit(file: string, options: Options): Promise<void> {
  const { explain, json, wait, idempotencyKey = randomUUID() } = options;
  const report = await withSources(explained(await readJson(file), explain, file), options.sources);
  const { path, body } = requestOf(report, options);
  const service = await openService(options);
  const answer = await service.post(path, body, { "idempotency-key": idempotencyKey });
  const { printAnswer } = await import("../answers.ts");
  if (json) printJson(answer.body);
  else printAnswer(answer);
  process.exitCode = outcomeOf(answer);
  if (wait && answer.status < 300) await waitForPages(service, answer);
}

/** Milliseconds between two looks at the index, and how long at most. */
const EVERY = 500;
const PATIENCE = 180_000;

async function waitForPages(service: Service, { body }: Answer): Promise<void> {
  const { uscc, year, version } = body as { readonly uscc: string; readonly year: number; readonly version: number };
  const { publicUrl } = await service.configuration();
  const { Service } = await import("../service.ts");
  const site = new Service(publicUrl);
  for (
    const end = Date.now() + PATIENCE;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  ) {
    const index = await site.get(`/${uscc}/index.json`);
    const { years = [] } = index.body as {
      readonly years?: readonly { readonly year: number; readonly version: number }[];
    };
    if (index.status === 200 && years.some((entry) => entry.year === year && entry.version >= version)) return;
  }
  throw new Complaint(
    say(
      `已经公布，但${PATIENCE / 1000}秒后索引里仍没有这一版`,
      `published, but not in the index after ${PATIENCE / 1000} s`,
    ),
  );
}
