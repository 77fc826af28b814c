import type { Finding, Message } from "../src/basics/finding.ts";
import { visible } from "../src/basics/visible.ts";
import { counted, printed } from "./findings.ts";
import { say } from "./language.ts";
import { styled } from "./output.ts";
import type { Answer } from "./service.ts";

/** What the command reads of receipts, answers to checks and problem documents. */
interface Body {
  readonly title?: string;
  readonly titleEn?: string;
  readonly detail?: string;
  readonly detailEn?: string;
  readonly note?: string;
  readonly noteEn?: string;
  readonly instance?: string;
  readonly findings?: readonly Finding[];
  readonly unexplained?: readonly string[];
  readonly organ?: string;
  readonly year?: number;
  readonly version?: number;
  readonly kind?: "original" | "correction" | "withdrawal" | "redaction";
  readonly redacts?: number;
  readonly artefacts?: readonly { readonly name: string; readonly url: string }[];
  readonly state?: { readonly message: string; readonly messageEn: string };
  readonly receipt?: { readonly version: number };
}

const DONE: Readonly<Record<NonNullable<Body["kind"]>, Message>> = {
  original: { zh: "已公布", en: "published" },
  correction: { zh: "已更正", en: "corrected" },
  withdrawal: { zh: "已撤回", en: "withdrawn" },
  redaction: { zh: "已撤下", en: "redacted" },
};

/** Prints what a service answered: what was published or found on standard output, why not on standard error. */
export function printAnswer({ status, body }: Answer): void {
  const answer = body as Body;
  // What is published has its addresses there.
  const stream = answer.version === undefined ? process.stdout : process.stderr;
  for (const finding of answer.findings ?? []) stream.write(`${printed(finding, stream)}\n`);
  if (status < 300) printSuccess(status, answer);
  else printProblem(status, answer);
}

function printSuccess(
  status: number,
  {
    version,
    redacts,
    kind = "original",
    organ,
    year,
    artefacts = [],
    findings = [],
    unexplained = [],
    note,
    noteEn,
    state,
  }: Body,
): void {
  const green = (text: string): string => styled("green", text, process.stderr);
  if (version === undefined) {
    const found = counted(findings);
    console.error(`${green(say("通过校验", "valid"))}${found ? say(`，${found}`, `, ${found}`) : ""}`);
    if (unexplained.length > 0) console.error(hint(unexplained));
  } else {
    const verb = status === 201 ? say(DONE[kind]) : say("早已公布，没有变化", "published before, unchanged");
    console.error(
      `${green(verb)}${say("：", ": ")}${organ} ${year} ${say(`第${redacts ?? version}版`, `version ${redacts ?? version}`)}`,
    );
    if (state) console.error(styled("yellow", visible(say(state.message, state.messageEn)), process.stderr));
    for (const { url } of artefacts) console.log(url);
  }
  if (note) console.error(styled("dim", say(note, noteEn ?? note), process.stderr));
}

const hint = (unexplained: readonly string[]): string =>
  say(
    `  核实后改正，或逐条说明：${unexplained.map((id) => `--explain ${id}=说明`).join(" ")}`,
    `  correct the report, or explain: ${unexplained.map((id) => `--explain ${id}=TEXT`).join(" ")}`,
  );

function printProblem(
  status: number,
  { title = "", titleEn = "", detail = "", detailEn = "", unexplained = [], receipt, instance }: Body,
): void {
  const head = styled("red", visible(say(title, titleEn)), process.stderr);
  const why = visible(say(detail, detailEn));
  console.error(why ? `${head}${say("：", ": ")}${why}` : head);
  if (unexplained.length > 0) console.error(hint(unexplained));
  if (status === 409 && receipt)
    console.error(
      say(
        `  更正：nianbao submit 文件 --correct --supersedes ${receipt.version} --reason 理由`,
        `  to correct it: nianbao submit FILE --correct --supersedes ${receipt.version} --reason TEXT`,
      ),
    );
  if (status === 401) console.error(say("  nianbao login 登录", "  nianbao login logs in"));
  if (status >= 500 && instance)
    console.error(styled("dim", say(`  请求编号 ${instance}`, `  request ${instance}`), process.stderr));
}
