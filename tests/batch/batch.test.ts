import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JournalLine } from "../../src/batch/journal.ts";
import { extractSource } from "../../src/formats/pdf/extract.ts";
import {
  filesOf,
  hashesOf,
  inGb18030,
  journalOf,
  newFolder,
  organList,
  pageOf,
  reportFiles,
  runBatch,
  summaryOf,
  writeFiles,
} from "../support/batch.ts";
import { type DistinctReport, distinctReport } from "../support/distinct.ts";

/** A report with something changed. */
// biome-ignore lint/suspicious/noExplicitAny: a report that is made wrong
function changed(number: number, change: (report: any) => void): DistinctReport {
  const report = structuredClone(distinctReport(number));
  change(report);
  return report;
}
/** The page of a report as a site of another kind has it: navigation around it, and nothing that says whose it is but its words. */
const foreignPage = (report: DistinctReport): string =>
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>${report.organ.name}</title></head>
<body><div><a href="/">首页</a> <a href="/zfxxgk/">政府信息公开</a></div>
${new TextDecoder()
  .decode(pageOf(report))
  .replace(/^.*<article>/s, "")
  .replace(/<\/article>.*$/s, "")}
<div>主办单位 网站地图</div></body></html>`;
const json = (value: unknown): string => JSON.stringify(value);
const later = (number: number, year: number): DistinctReport =>
  changed(number, (report) => {
    report.year = year;
    report.signed = `${year + 1}-01-20`;
  });

describe("a superior office checks a folder of reports", () => {
  const root = newFolder();
  const out = join(root, "核查");
  const bureau = changed(35, (report) => (report.organ.name = "青山市司法局"));
  const reports = writeFiles(join(root, "reports"), {
    ...reportFiles(24),
    "organs.csv": `${organList(26)}${bureau.organ.name},${bureau.organ.uscc}\n`,
    // As another system publishes it: in GB18030, without the code.
    "市直/司法局.html": inGb18030(foreignPage(bureau)),
    "错误/列不平.json": json(changed(31, (r) => (r.requests.received.naturalPerson += 1))),
    "错误/代码.json": json(changed(32, (r) => (r.organ.uscc = `${r.organ.uscc.slice(0, 17)}-`))),
    "错误/不是报告.html": "<!doctype html><title>通知</title><p>关于召开会议的通知</p>",
    "错误/坏了.pdf": "%PDF-1.7 这不是PDF",
    "错误/坏了.xlsx": "PK\u0003\u0004 这不是压缩包",
    "错误/空.docx": "",
    "错误/旧格式.doc": new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)]),
    "重复/甲.json": json(distinctReport(33)),
    "重复/乙.json": json(distinctReport(33, 1)),
    "重复/丙.json": json(distinctReport(1)),
    ".隐藏/报告.json": json(distinctReport(90)),
    "~$报告.docx": "office",
    "市直/印章.png": "png",
    "市直/网页_files/广告.html": "<p>广告",
    "市直/网页.html": pageOf(distinctReport(34)),
  });
  const args = [reports, "-o", out, "--render", "pdf,html,csv,docx", "--organs", join(reports, "organs.csv")];

  it("sums up every file, and exits 1 for some have errors", async () => {
    const { status, stdout, stderr } = await runBatch(args);
    expect(status, stderr).toBe(1);
    expect(stdout).toContain("名单中27个机关，未报送2个");
    expect(stderr).toMatch(/读取 \d+\/\d+/);
    expect(stderr).not.toContain("\r");

    const summary = summaryOf(out);
    const files = filesOf(summary);
    expect(summary.date).toBe("2026-02-01");
    expect(summary.totals.files).toBe(files.size);
    expect([...files.keys()].filter((path) => /隐藏|~\$|广告|organs/.test(path))).toEqual([]);
    expect(summary.others).toEqual(["市直/印章.png"]);
    const outcome = (path: string) => files.get(path)?.outcome;
    expect(outcome("市直/示例机关第1号.json")).toBe("sound");
    expect(outcome("错误/列不平.json")).toBe("errors");
    expect(files.get("错误/列不平.json")?.findings.map(({ id }) => id)).toContain("T3-BALANCE");
    for (const path of ["错误/坏了.pdf", "错误/坏了.xlsx", "错误/空.docx", "错误/旧格式.doc"])
      expect(outcome(path), path).toBe("unreadable");
    expect(outcome("错误/不是报告.html")).not.toBe("sound");
  });

  it("tells of two files of one organ and year, and of the same report twice", () => {
    const summary = summaryOf(out);
    const files = filesOf(summary);
    const said = (path: string) => files.get(path)?.findings.filter(({ id }) => id === "B-DUPLICATE") ?? [];
    expect(said("重复/甲.json")).toMatchObject([{ level: "error", message: expect.stringContaining("重复/乙.json") }]);
    expect(said("重复/乙.json")).toMatchObject([{ level: "error", message: expect.stringContaining("重复/甲.json") }]);
    expect(files.get("重复/甲.json")?.outputs).toEqual([]);
    expect(summary.duplicates.map(({ paths }) => paths)).toEqual([["重复/乙.json", "重复/甲.json"]]);
    expect(said("重复/丙.json")).toMatchObject([{ level: "information" }]);
    expect(files.get("重复/丙.json")?.outcome).toBe("same");
  });

  it("completes the code of a page that does not say it from the list, and tells who is not on the list", () => {
    const files = filesOf(summaryOf(out));
    const page = files.get("市直/司法局.html");
    expect(page?.findings.map(({ id }) => id)).toContain("B-CODE");
    expect(page?.findings.map(({ id }) => id)).not.toContain("I-USCC");
    expect(page?.outcome).toBe("sound");
    expect(files.get("市直/网页.html")?.findings.map(({ id }) => id)).toContain("B-UNLISTED");
  });

  it("names the organs of the list that have not filed", () => {
    const { notFiled, totals } = summaryOf(out);
    expect(notFiled.map(({ name }) => name)).toEqual([25, 26].map((n) => distinctReport(n).organ.name));
    expect(totals.notFiled).toBe(2);
  });

  it("counts for every rule the organs", () => {
    const { rules, organs } = summaryOf(out);
    const rule = rules.find(({ id }) => id === "T3-BALANCE");
    const named = rule?.organs.map((key) => organs.find((organ) => organ.key === key)?.name);
    expect(named).toEqual([distinctReport(31).organ.name]);
  });

  it("renders what is sound, and a PDF carries the report", async () => {
    const { outputs, id } = filesOf(summaryOf(out)).get("市直/示例机关第1号.json")!;
    expect(outputs).toEqual(["report.pdf", "report.docx", "report.html", "report.csv"]);
    const carried = JSON.parse(
      new TextDecoder().decode(await extractSource(readFileSync(join(out, id, "report.pdf")))),
    );
    expect(carried.organ).toEqual(distinctReport(1).organ);
    const wrong = filesOf(summaryOf(out)).get("错误/列不平.json")!;
    expect(wrong.outputs).toEqual([]);
    expect(Object.keys(hashesOf(join(out, wrong.id)))).toEqual(["imported.json"]);
  });

  it("does nothing twice when it is run again, and ends with the same bytes", async () => {
    const [before, lines] = [hashesOf(out), journalOf(out).length];
    const { status, stderr } = await runBatch(args);
    expect(status).toBe(1);
    expect(stderr).toContain("先前已完成");
    expect(journalOf(out).length).toBe(lines);
    expect(hashesOf(out)).toEqual(before);
  });

  it("does again what was taken away, changed or asked for otherwise, and nothing else", async () => {
    const done = (): JournalLine[] => journalOf(out);
    const before = done().length;
    rmSync(join(out, "files/市直/示例机关第1号.json/report.pdf"));
    writeFileSync(join(reports, "县区/示例机关第2号.json"), json(distinctReport(2, 1)));
    rmSync(join(reports, "错误/代码.json"));
    await runBatch(args);
    const again = done().slice(before);
    expect(again.map(({ step, id }) => `${step} ${id}`).sort()).toEqual([
      "check files/县区/示例机关第2号.json",
      "check files/市直/示例机关第1号.json",
      "read files/县区/示例机关第2号.json",
    ]);
    expect(Object.keys(hashesOf(out)).filter((path) => path.includes("代码.json"))).toEqual([]);

    const all = hashesOf(out);
    const { status } = await runBatch([...args, "--fresh"]);
    expect(status).toBe(1);
    expect(hashesOf(out)).toEqual(all);
  });

  it("prints the summary as JSON with --json and says nothing else with --quiet", async () => {
    const { stdout, stderr } = await runBatch([...args, "--json", "--quiet"]);
    expect(stdout).toBe(readFileSync(join(out, "summary.json"), "utf8"));
    expect(stderr).toBe("");
  });
});

describe("comparison with last year", () => {
  it("finds last year's reports in a folder of their own", async () => {
    const root = newFolder();
    const now = writeFiles(join(root, "2020"), {
      "a.json": json(changed(1, (r) => (r.requests.carriedIn = { ...r.requests.carriedIn }))),
      "b.json": json(distinctReport(2)),
    });
    const before = writeFiles(join(root, "2019"), {
      "a.html": pageOf(
        changed(1, (r) => {
          r.year = 2019;
          r.signed = "2020-01-20";
          r.disclosure.licensing.previous += 1;
        }),
      ),
      "organs.csv": organList(2),
    });
    const { status, stderr } = await runBatch([
      ...[now, "-o", join(root, "out"), "--previous", before, "--organs", join(before, "organs.csv")],
    ]);
    expect(status, stderr).toBe(0);
    const files = filesOf(summaryOf(join(root, "out")));
    expect(files.get("a.json")).toMatchObject({ compared: true, outcome: "unexplained" });
    expect(files.get("a.json")?.findings.map(({ id }) => id)).toContain("Y-PRIOR");
    expect(files.get("b.json")).toMatchObject({ compared: false, outcome: "sound" });
  });

  it("finds them in the same folder, and tells when one cannot be compared with", async () => {
    const root = newFolder();
    const reports = writeFiles(join(root, "reports"), {
      "一.json": json(distinctReport(1)),
      "一上年.json": json(later(1, 2019)),
      "二.json": json(distinctReport(2)),
      "二上年.json": json({ ...later(2, 2019), signed: "没有" }),
      "三.json": json(distinctReport(3)),
      "三上年甲.json": json(later(3, 2019)),
      "三上年乙.json": json({ ...later(3, 2019), signed: "2020-01-21" }),
    });
    await runBatch([reports, "-o", join(root, "out")]);
    const files = filesOf(summaryOf(join(root, "out")));
    expect(files.get("一.json")?.compared).toBe(true);
    for (const [path, text, compared] of [
      ["二.json", "自身有1处错误；各格数字都可用", true],
      ["三.json", "内容不同的几份", false],
    ] as const) {
      expect(files.get(path)?.compared).toBe(compared);
      expect(files.get(path)?.findings).toContainEqual(
        expect.objectContaining({ id: "B-PREVIOUS", message: expect.stringContaining(text) }),
      );
    }
  });
});

describe("a region's report with what it stands on", () => {
  it("is checked with it, and both are sent as they are", async () => {
    const root = newFolder();
    const out = join(root, "核查");
    const report = distinctReport(1);
    const { uscc, name } = report.organ;
    const division = uscc.slice(2, 8);
    const sources = {
      ...{ format: 1, division, year: report.year, edition: report.edition, government: { uscc, name } },
      ...{ roster: { division }, organs: { expected: 0, reported: 0, missing: 0 } },
      ...{ sources: [], missing: [], replaced: [], notCounted: [] },
    };
    const reports = writeFiles(join(root, "reports"), {
      "汇总.json": json({ ...report, sources }),
      "错.json": json({ ...distinctReport(2), sources }),
    });
    const { stderr } = await runBatch([reports, "-o", out]);
    const files = filesOf(summaryOf(out));
    expect(files.get("汇总.json")?.outcome, stderr).toBe("sound");
    expect(files.get("汇总.json")?.findings.map(({ id }) => id)).not.toContain("I-UNPLACED");
    expect(files.get("错.json")?.findings.map(({ id }) => id)).toContain("R-PLACE");
    const kept = JSON.parse(readFileSync(join(out, files.get("汇总.json")!.id, "imported.json"), "utf8"));
    expect(kept).toEqual({ ...report, sources });
  });
});

describe("what a run refuses, with a sentence and exit code 2", () => {
  const root = newFolder();
  const reports = writeFiles(join(root, "reports"), { "a.json": json(distinctReport(1)) });

  it.each([
    ["no such folder", [join(root, "none")], "没有这个"],
    ["a folder without reports", [writeFiles(join(root, "empty"), { "照片.jpg": "" })], "没有可以当作报告"],
    ["a file", [join(reports, "a.json")], "不是目录"],
    ["a folder of results with other files", [reports, "-o", reports], "别的文件"],
    ["a list that is not there", [reports, "-o", join(root, "o"), "--organs", join(root, "none.csv")], "none.csv"],
    ["an unknown kind", [reports, "--render", "pdf,odt"], "没有odt"],
    ["a date that is none", [reports, "--date", "2026-02-30"], "应为日期"],
    ["no threads", [reports, "--jobs", "0"], "不小于1"],
  ])("%s", async (_, args, text) => {
    const { status, stderr } = await runBatch(args);
    expect(stderr).toContain(text);
    expect(status).toBe(2);
    expect(stderr).not.toContain("    at ");
  });

  it("a list with a wrong row names the row", async () => {
    const organs = join(root, "organs.csv");
    writeFileSync(organs, `${organList(3)}错误机关,110000000000000000\n`);
    const { status, stderr } = await runBatch([reports, "-o", join(root, "o"), "--organs", organs]);
    expect(status).toBe(2);
    expect(stderr).toContain("第5行");
  });

  it("results that another run works on", async () => {
    const out = join(root, "in-use");
    await runBatch([reports, "-o", out]);
    writeFileSync(join(out, "batch.lock"), String(process.pid));
    const { status, stderr } = await runBatch([reports, "-o", out]);
    expect(status).toBe(2);
    expect(stderr).toContain(`进程${process.pid}`);
  });
});
