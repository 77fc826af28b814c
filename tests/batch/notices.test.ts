import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/basics/finding.ts";
import { noticeOf } from "../../src/batch/notice.ts";
import { noticeDocx, noticeHtml, noticeNames } from "../../src/batch/notice-files.ts";
import type { FileSummary, OrganSummary } from "../../src/batch/summary.ts";
import { newFolder, reportFiles, runBatch, summaryOf, writeFiles } from "../support/batch.ts";
import { axe, launchBrowser } from "../support/browser.ts";
import { distinctReport } from "../support/distinct.ts";
import { checked } from "../support/html.ts";

const none = { error: 0, warning: 0, information: 0 };
const file = (path: string, year?: number): FileSummary => ({
  id: `files/${path}`,
  path,
  outcome: "errors",
  ...(year === undefined ? {} : { year }),
  compared: false,
  counts: none,
  ofContent: none,
  outputs: [],
});
const organ = (name: string, files: readonly FileSummary[], key = "organ-1"): OrganSummary => ({
  key,
  name,
  outcome: "errors",
  counts: none,
  ofContent: none,
  files,
});
const finding = (id: string, level: Finding["level"], message: string, cells: Finding["cells"] = []): Finding => ({
  id,
  level,
  message,
  messageEn: "…",
  cells,
});

const FOUND: readonly Finding[] = [
  finding("I-NORMALIZED", "information", "全角数字"),
  finding("N-GOV", "warning", "没有写到考核、评议、责任追究"),
  finding("T3-BALANCE", "error", "自然人一列：3＋0≠2＋0，相差1", [
    { pointer: "/requests/received/naturalPerson", label: "表三“一／自然人”", value: 3 },
    { pointer: "/requests/results/total/naturalPerson", label: "表三“三（七）／自然人”", value: 2 },
  ]),
  finding("T3-BALANCE", "error", "总计一列：3＋0≠2＋0，相差1", []),
  finding("B-TIMEOUT", "error", "处理这个文件超过20秒"),
  finding("T2-STOCK", "information", "现行有效与上年相差1"),
];
const notice = (found: readonly Finding[] = FOUND) =>
  noticeOf(organ("青山县水利局", [file("水利局.html", 2024)]), () => found);
const textsOf = (found?: readonly Finding[]) =>
  notice(found)!.blocks.map((block) => {
    if (block.kind === "title") return block.lines.join();
    if (block.kind === "signature") return `${block.organ} ${block.date}`;
    return block.kind === "table" ? "" : `${block.kind === "heading" ? block.number : ""}${block.text}`;
  });

describe("a notice", () => {
  it("says by severity and rule what is wrong, where, and what is to be done; office and dates are left open", () => {
    expect(textsOf()).toEqual([
      "关于政府信息公开工作年度报告整改的通知",
      "青山县水利局：",
      "经核查，你单位报送的政府信息公开工作年度报告有以下问题，现予通知，请逐项核实、整改。",
      "一、2024年政府信息公开工作年度报告",
      "核查的文件：水利局.html。",
      "（一）错误，改正后才能公布（2处）",
      expect.stringMatching(/^1\..+（T3-BALANCE）$/),
      "（1）自然人一列：3＋0≠2＋0，相差1。",
      "位置：表三“一／自然人”＝3；表三“三（七）／自然人”＝2。",
      "（2）总计一列：3＋0≠2＋0，相差1。",
      expect.stringMatching(/^怎么改：对照台账核对/),
      "（二）须核实的问题，改正或者书面说明原因（1处）",
      expect.stringMatching(/^2\..*考核.*（N-GOV）$/),
      "没有写到考核、评议、责任追究。",
      expect.stringMatching(/^怎么改：写明工作考核/),
      "（三）提示，供参考，不必答复（1处）",
      expect.stringMatching(/^3\..*（T2-STOCK）$/),
      "现行有效与上年相差1。",
      expect.stringMatching(/^怎么改：/),
      "请于＿＿＿＿年＿＿月＿＿日前完成整改，将改正后的报告和有关说明报送我单位。",
      "（印发单位） ＿＿＿＿年＿＿月＿＿日",
    ]);
  });

  it("is written to nobody who has nothing to correct or explain, and about no fault of the program", () => {
    for (const found of [[], [FOUND[0]!], [FOUND[5]!], [FOUND[4]!]]) expect(notice(found)).toBeUndefined();
  });

  it("has a part for each report of the organ; of the same report twice one", () => {
    const files = [file("甲.html", 2024), { ...file("乙.html", 2024), outcome: "same" as const }, file("丙.html")];
    const texts = noticeOf(organ("水利局", files), () => FOUND)!.blocks.flatMap((b) =>
      b.kind === "heading" && b.level === 1 ? [`${b.number}${b.text}`] : [],
    );
    expect(texts).toEqual(["一、2024年政府信息公开工作年度报告", "二、政府信息公开工作年度报告（没有读出年度）"]);
  });

  it("is the same bytes every time, as DOCX and as a page that is sound and accessible", async () => {
    const docx = await noticeDocx(notice()!);
    expect(Buffer.from(await noticeDocx(notice()!)).equals(Buffer.from(docx))).toBe(true);
    const parts = unzipSync(docx);
    expect(strFromU8(parts["word/document.xml"]!)).toContain("（1）自然人一列：3＋0≠2＋0，相差1。");
    expect(strFromU8(parts["docProps/core.xml"]!)).not.toContain("dcterms:created");
    const html = new TextDecoder().decode(noticeHtml(notice()!));
    expect(checked(html)).toEqual([]);
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.setContent(html);
    expect(await axe(page)).toEqual([]);
    await browser.close();
  });

  it("is called by the organ's name, as any file system takes it, and no two alike", () => {
    const nameFor = noticeNames();
    expect(
      ["水利局", "水利局", "Ａ/b:c", "..\\x", "长".repeat(200)].map((name, i) =>
        nameFor(organ(name, [], `organ-${i}`)),
      ),
    ).toEqual(["水利局", "水利局-organ-1", "Ａ_b_c", "__x", "长".repeat(60)]);
  });
});

describe("nianbao batch --notices", () => {
  const root = newFolder();
  const out = join(root, "out");
  const wrong = structuredClone(distinctReport(31)) as unknown as {
    organ: { name: string };
    requests: { received: { naturalPerson: number } };
  };
  wrong.requests.received.naturalPerson += 1;
  wrong.organ.name = "青山市<b>水利</b>局";
  const reports = writeFiles(join(root, "reports"), {
    ...reportFiles(3),
    "水利局.json": JSON.stringify(wrong),
    "纯文本.txt": "不是报告。",
    "说明.md": "# 说明\n\n不是报告。",
  });

  it("writes to each organ with something to correct, and lists them in the summary", async () => {
    const { status, stderr } = await runBatch([reports, "-o", out, "--notices"]);
    expect(status, stderr).toBe(1);
    const summary = summaryOf(out);
    const noticed = summary.organs.filter(({ notice: own }) => own !== undefined);
    expect(summary.totals.notices).toBe(noticed.length);
    for (const { notice: own } of noticed)
      for (const ending of ["docx", "html"]) expect(existsSync(join(out, "notices", `${own}.${ending}`))).toBe(true);
    expect(readdirSync(join(out, "notices"))).toHaveLength(2 * noticed.length);
    const one = noticed.find(({ name }) => name?.includes("水利"))!;
    expect(one.notice).toBe("青山市_b_水利__b_局");
    const html = readFileSync(join(out, "summary.html"), "utf8");
    expect(html).toContain(`href="notices/${encodeURIComponent(one.notice!)}.docx"`);
    expect(checked(html)).toEqual([]);
    const page = readFileSync(join(out, "notices", `${one.notice}.html`), "utf8");
    expect(page).toContain("青山市&lt;b&gt;水利&lt;/b&gt;局：");
  });

  it("has the workbook in the order of the page, with the same counts", async () => {
    const book = await readXlsx(readFileSync(join(out, "summary.xlsx")));
    const [head, ...rows] = book.sheets.find(({ name }) => name === "按机关")!.rows;
    const html = readFileSync(join(out, "summary.html"), "utf8");
    const part = html.slice(html.indexOf('id="organs"'), html.indexOf('id="findings"'));
    const paths = [...part.matchAll(/<td class="path">([^<]*)<\/td>/g)].map(([, path]) => path);
    expect(rows.map((row) => row[head!.indexOf("文件")])).toEqual(paths);
    const sum = (column: string) => rows.reduce((all, row) => all + Number(row[head!.indexOf(column)]), 0);
    const { error, warning } = summaryOf(out).totals.findings;
    expect([sum("数字和文字的错误") + sum("其他错误"), sum("警告")]).toEqual([error, warning]);
  });

  it("takes text and Markdown for reports", () => {
    const { organs, others } = summaryOf(out);
    const paths = organs.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).toEqual(expect.arrayContaining(["纯文本.txt", "说明.md"]));
    expect(others).toEqual([]);
  });

  it("leaves no notices of an earlier run", async () => {
    await runBatch([reports, "-o", out]);
    expect(existsSync(join(out, "notices"))).toBe(false);
    expect(readFileSync(join(out, "summary.html"), "utf8")).not.toContain("整改通知");
  });
});
