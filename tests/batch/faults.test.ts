import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  faultyCommand,
  filesOf,
  journalOf,
  newFolder,
  reportFiles,
  runBatch,
  startBatch,
  summaryOf,
  writeFiles,
} from "../support/batch.ts";
import { distinctReport } from "../support/distinct.ts";

const json = (number: number): string => JSON.stringify(distinctReport(number));

describe("a file that brings its process down", () => {
  const root = newFolder();
  const out = join(root, "out");
  const reports = writeFiles(join(root, "reports"), {
    ...reportFiles(12),
    "坏/挂起.json": json(50),
    "坏/退出.json": json(51),
    "坏/内存.json": json(52),
    "坏/数组.json": json(55),
    "坏/异常.json": json(53),
    "坏/中断.json": json(54),
  });
  const once = join(root, "once");
  const args = [reports, "-o", out, "--timeout", "20", "--memory", "256"];

  it("costs that file alone, and each is told by what it did", { timeout: 180_000 }, async () => {
    const { status, stderr } = await runBatch(args, {}, faultyCommand(once));
    expect(status, stderr).toBe(1);
    const files = filesOf(summaryOf(out));
    const ids = (path: string) => files.get(path)?.findings.map(({ id }) => id);
    expect(ids("坏/挂起.json")).toEqual(["B-TIMEOUT"]);
    expect(ids("坏/退出.json")).toEqual(["B-FAILED"]);
    expect(ids("坏/内存.json")).toEqual(["B-MEMORY"]);
    expect(ids("坏/数组.json")).toEqual(["B-MEMORY"]);
    expect(ids("坏/异常.json")).toEqual(["B-FAILED"]);
    const others = [...files.values()].filter(({ path }) => !path.startsWith("坏/"));
    expect(others).toHaveLength(12);
    expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => "sound"));
  });

  it("is tried once more by another process, for it may not have been the file", () => {
    expect(existsSync(once)).toBe(true);
    expect(filesOf(summaryOf(out)).get("坏/中断.json")?.outcome).toBe("sound");
  });

  it("is tried again by the next run, and the others are not", async () => {
    const before = journalOf(out).length;
    const { status } = await runBatch(args);
    expect(status).toBe(0);
    const again = journalOf(out).slice(before);
    expect(new Set(again.map(({ id }) => id))).toEqual(
      new Set(["挂起", "退出", "内存", "数组", "异常"].map((name) => `files/坏/${name}.json`)),
    );
  });
});

describe("Ctrl-C", () => {
  it("finishes the files in hand, says how to go on and exits 130; the next run goes on", async () => {
    const root = newFolder();
    const out = join(root, "out");
    const reports = writeFiles(join(root, "reports"), reportFiles(40));
    const run = startBatch([reports, "-o", out, "--render", "pdf"]);
    while (journalOf(out).length < 45 && run.process.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    run.process.kill("SIGINT");
    const { status, stderr } = await run.ended;
    expect(stderr).toContain("再次运行同一条命令");
    expect(status).toBe(130);
    const lines = journalOf(out).length;
    expect(lines).toBeLessThan(80);
    expect(existsSync(join(out, "summary.json"))).toBe(false);
    expect(existsSync(join(out, "batch.lock"))).toBe(false);

    expect((await runBatch([reports, "-o", out, "--render", "pdf"])).status).toBe(0);
    expect(journalOf(out)).toHaveLength(80);
  });
});

it("runs from a folder whose path has spaces and Chinese, and results inside the folder of reports are no reports", async () => {
  const reports = writeFiles(join(newFolder(), "年度 报告"), reportFiles(3));
  const args = [reports, "-o", join(reports, "结果")];
  expect((await runBatch(args)).status).toBe(0);
  expect((await runBatch(args)).status).toBe(0);
  expect(summaryOf(join(reports, "结果")).totals.files).toBe(3);
});
