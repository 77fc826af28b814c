import { describe, expect, it } from "vitest";
import { at, openShell } from "../support/command.ts";

const REPORT = at("examples/liaocheng-2020.json");
const SERVER = ["--server", "https://gov.example.cn"];
const { run } = await openShell();

/** What cannot all be meant: nothing is done, and a sentence says why. */
const REFUSED: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
  // Given twice where one is meant: the last counted.
  ["two outputs", ["render", REPORT, "-o", "a.pdf", "-o", "b.pdf"], /-o, --output <file> 只能写一次/],
  ["an output in short and in full", ["render", REPORT, "-o", "a.pdf", "--output=b.pdf"], /--output <file> 只能写一次/],
  ["two formats", ["render", REPORT, "-o", "-", "--format", "csv", "--format", "html"], /--format <format> 只能写一次/],
  ["two servers", ["submit", REPORT, ...SERVER, ...SERVER], /--server <url> 只能写一次/],
  ["two tokens", ["submit", REPORT, ...SERVER, "--token", "a", "--token", "b"], /--token <token> 只能写一次/],
  [
    "two reasons",
    ["withdraw", "11330100002489015P", "2025", "--supersedes", "1", "--reason", "一", "--reason", "二"],
    /--reason <text> 只能写一次/,
  ],
  [
    "two versions",
    ["submit", REPORT, "--correct", "--supersedes", "1", "--supersedes", "2"],
    /--supersedes <version> 只能写一次/,
  ],
  ["two years", ["import", REPORT, "--year", "2020", "--year", "2021"], /--year <year> 只能写一次/],
  ["a rule explained twice", ["submit", REPORT, "--explain", "N-FEE=一", "--explain", "N-FEE=二"], /N-FEE 已有说明/],
  ["a kind twice", ["batch", ".", "--render", "pdf,html,pdf"], /重复/],
  ["two reports", ["render", REPORT, REPORT, "-o", "a.pdf"], /参数太多/],
  // Standard input, which can be read once.
  ["standard input for both reports", ["diff", "-", "-"], /标准输入（-）只能读一次/],
  ["standard input for two files", ["validate", "-", "-"], /标准输入（-）只能读一次/],
  ["standard input for both years", ["validate", "-", "--previous", "-"], /标准输入（-）只能读一次/],
  ["standard input for report and seal", ["render", "-", "-o", "a.pdf", "--seal", "-"], /标准输入（-）只能读一次/],
  // What says two things.
  [
    "a format and another name",
    ["render", REPORT, "--format", "pdf", "-o", "a.html"],
    /--format pdf 与文件名 a\.html 不符/,
  ],
  ["a format and another name in capitals", ["render", REPORT, "--format", "csv", "-o", "a.PDF"], /不符/],
  ["a seal on a page", ["render", REPORT, "-o", "a.html", "--seal", "seal.png"], /只用于PDF/],
  ["a preview of data", ["render", REPORT, "-o", "a.csv", "--preview"], /只用于PDF/],
  ["the report and the account in one stream", ["import", REPORT, "--account", "-"], /不能都写到标准输出/],
  ["the report and the account in one file", ["import", REPORT, "-o", "a.json", "--account", "./a.json"], /a\.json/],
  ["the report over what it is read from", ["import", REPORT, "-o", REPORT], /liaocheng-2020\.json/],
  [
    "every cell of an account that is not shown",
    ["import", REPORT, "-o", "a.json", "--account", "b.json", "--every"],
    /--every 不能与 --account/,
  ],
  ["another name for a file", ["import", REPORT, "-o", "a.json", "--name", "b.html"], /--name 只用于标准输入/],
  ["a dry run that waits", ["submit", REPORT, ...SERVER, "--dry-run", "--wait"], /--dry-run 不能与 --wait/],
  ["a dry run of a correction", ["submit", REPORT, ...SERVER, "--dry-run", "--correct"], /--dry-run 不能与 --correct/],
  [
    "a dry run with a version",
    ["submit", REPORT, ...SERVER, "--dry-run", "--supersedes", "1"],
    /--dry-run 不能与 --supersedes/,
  ],
  [
    "a dry run with a reason",
    ["submit", REPORT, ...SERVER, "--dry-run", "--reason", "一"],
    /--dry-run 不能与 --reason/,
  ],
  [
    "a dry run that is to be published once",
    ["submit", REPORT, ...SERVER, "--dry-run", "--idempotency-key", "k"],
    /--dry-run 不能与 --idempotency-key/,
  ],
  [
    "a correction of no version",
    ["submit", REPORT, ...SERVER, "--correct", "--reason", "一"],
    /--correct --supersedes 1 --reason/,
  ],
  [
    "a correction without a reason",
    ["submit", REPORT, ...SERVER, "--correct", "--supersedes", "1"],
    /--correct --supersedes 1 --reason/,
  ],
  ["a reason of no correction", ["submit", REPORT, ...SERVER, "--reason", "一"], /--reason 只用于更正/],
  ["a dry run by the address", ["submit", REPORT, "--server", "https://gov.example.cn/?dryRun=true"], /不能有参数/],
  ["a password in the address", ["submit", REPORT, "--server", "https://a:b@gov.example.cn"], /口令/],
  ["an empty token", ["submit", REPORT, ...SERVER, "--token", ""], /--token 是空的/],
  ["a server to submit nothing to", ["batch", ".", ...SERVER], /--server 只与 --submit 同用/],
  ["a token to submit nothing with", ["batch", ".", "--token", "x"], /--token 只与 --submit 同用/],
  [
    "assumptions accepted of what is not submitted",
    ["batch", ".", "--accept-assumptions"],
    /--accept-assumptions 只与 --submit 同用/,
  ],
  ["a machine that nothing is left to", ["batch", ".", "--machine", "x"], /--machine 只与 --cloud 同用/],
  ["a cloud that submits", ["batch", "s3://b/inbox/a", "--cloud", "--submit"], /--cloud 不能与 --submit/],
  [
    "a cloud with processes of this machine",
    ["batch", "s3://b/inbox/a", "--cloud", "--jobs", "2"],
    /--cloud 不能与 --jobs/,
  ],
  ["files of a bucket on this machine", ["batch", "s3://b/inbox/a"], /--cloud/],
  ["a folder in the cloud", ["batch", ".", "--cloud"], /s3:\/\/桶\/inbox\//],
  ["a whole inbox", ["batch", "s3://b/inbox/", "--cloud"], /s3:\/\/桶\/inbox\//],
  ["a cloud without a machine", ["batch", "s3://b/inbox/a", "--cloud"], /--machine/],
  ["all logins of one server", ["login", "--status", ...SERVER], /--status 不能与 --server/],
  ["all logins of one client", ["login", "--status", "--client-id", "x"], /--status 不能与 --client-id/],
  ["an age of what is not swept", ["fsck", "--grace", "1"], /--grace 只与 --sweep 同用/],
  ["this machine alone, on an address", ["serve", "--local", "--host", "0.0.0.0"], /--local 不能与 --host/],
  ["this machine alone, for everybody", ["serve", "--local", "--public"], /--local 不能与 --public/],
  ["all editions, and one", ["schema", "2019", "--list"], /--list 列出全部版本/],
];

describe("parameters of the command that contradict each other, or come twice where one is meant: 2, and a sentence", () => {
  it.each(REFUSED)("%s", async (_, args, says) => {
    const { code, stdout, stderr } = await run(args, { input: "{}" });
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/没有料到|at .*\.m?js:\d+/);
  });

  it("are named in English too", async () => {
    const env = { NIANBAO_LANG: "en" };
    const twice = await run(["render", REPORT, "-o", "a.pdf", "-o", "b.pdf"], { env });
    expect(twice.stderr).toContain("option '-o, --output <file>' may be given once");
    const apart = await run(["submit", REPORT, "--dry-run", "--wait"], { env });
    expect(apart.stderr).toContain("--dry-run cannot be used with --wait");
  });

  it("two reports of one organ and year are not both last year's", async () => {
    const { code, stderr } = await run(["validate", REPORT, "--previous", REPORT, "--previous", REPORT]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--previous 有两份11371500MB28560185 2020的报告")]);
  });
});

describe("parameters that may stand together", () => {
  it("what the environment says for every command contradicts none", async () => {
    const env = { NIANBAO_SERVER: "https://gov.example.cn", NIANBAO_TOKEN: "x" };
    // Not logged in anywhere: asked and answered.
    expect((await run(["login", "--status"], { env })).stderr).toContain("没有登录任何服务");
    const { stderr } = await run(["batch", "no-such-folder"], { env });
    expect(stderr).toContain("no-such-folder");
  });

  it.each([
    ["a format and its own name", ["render", REPORT, "--format", "html", "-o", "page.htm"]],
    ["a format and a name of none", ["render", REPORT, "--format", "csv", "-o", "figures.txt"]],
    ["several files", ["validate", REPORT, at("examples/hangzhou-2025.json")]],
  ])("%s", async (_, args) => {
    expect((await run(args)).code).toBe(0);
  });
});
