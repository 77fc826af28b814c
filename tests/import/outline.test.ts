import { beforeAll, describe, expect, it, test } from "vitest";
import type { Report } from "../../generated/report.ts";
import { body, found, htmlTable, imported, raised, tableRows } from "../support/import-page.ts";
import { example } from "../support/service.ts";

let report2025: Report;
beforeAll(async () => {
  report2025 = (await example("hangzhou-2025")) as unknown as Report;
});

const page = (parts: Parameters<typeof body>[1] = {}) => imported(body(report2025, parts));
/** A page with an overview of these lines. */
const overview = async (...lines: string[]) => {
  const { report, account } = await page({ overview: lines.map((line) => `<p>${line}</p>`).join("\n") });
  return { items: (report["overview"] as { body: unknown[] }).body, account };
};
const h = (level: 2 | 3 | 4, text: string) => ({ type: "heading", level, text });
const p = (text: string) => ({ type: "paragraph", text });

describe("the title", () => {
  test.each<[string, string, number]>([
    ["<h1>某市民政局2025年政府信息公开工作年度报告</h1>", "某市民政局", 2025],
    ["<p>某市民政局</p><p>2025年政府信息公开工作年度报告</p>", "某市民政局", 2025],
    ["<p>某市民政局</p><p>2025年度政府信息公开</p><p>工作年度报告</p>", "某市民政局", 2025],
    ["<p>某市民政局2025年</p><p>政府信息公开工作年度报告</p>", "某市民政局", 2025],
    ["<p>2025年某市民政局政府信息公开工作年度报告</p>", "某市民政局", 2025],
    ["<p>某市民政局关于２０２５年度政府信息公开工作的报告</p>", "某市民政局", 2025],
    ["<p>　某市民政局 2025 年政府信息公开年度报告 </p>", "某市民政局", 2025],
    ["<p>某市民政局二〇二五年政府信息公开工作年度报告</p>", "某市民政局", 2025],
    ["<p>某市民政局政府信息公开工作年度报告（2025年度）</p>", "某市民政局", 2025],
    ["<p>某市（开发区）民政局2025年政府信息公开工作年度报告</p>", "某市（开发区）民政局", 2025],
  ])("%s", async (title, organ, year) => {
    const name = title.includes("开发区") ? organ : "某市民政局";
    const { report, account } = await page({ title, signature: `<p>${name}</p><p>2026年1月26日</p>` });
    expect(report).toMatchObject({ year, organ: { name: organ } });
    expect(report["preamble"]).toBeUndefined();
    expect(raised(account)).toEqual(["I-USCC"]);
  });

  it("is that over the report and not of another year's in a menu", async () => {
    const menu =
      "<p>某市民政局2023年政府信息公开工作年度报告</p><p>某市民政局2024年政府信息公开工作年度报告</p><p>更多</p>";
    const { report } = await page({ title: `${menu}<h1>某市民政局2025年政府信息公开工作年度报告</h1>` });
    expect(report).toMatchObject({ year: 2025 });
  });

  it("that names two years gives none", async () => {
    const { report, account } = await page({
      title: "<p>杭州市人民政府2024—2025年政府信息公开工作年度报告</p>",
    });
    expect(report["year"]).toBeUndefined();
    expect(report).toMatchObject({ organ: { name: "杭州市人民政府" } });
    expect(account.findings.find(({ id }) => id === "I-YEAR")).toMatchObject({ level: "error" });
  });

  it("comes from what the file calls itself, or its name, where the text has none, and this is said", async () => {
    const none = body(report2025, { title: "", signature: "" });
    const named = await imported(`<title>某市民政局2025年政府信息公开工作年度报告 - 某市政府</title>${none}`);
    expect(named.report).toMatchObject({ year: 2025, organ: { name: "某市民政局" } });
    expect(found(named.account, "I-TITLE").map(([level]) => level)).toEqual(["warning"]);
    const file = await imported(none, { name: "某市民政局2025年政府信息公开工作年度报告.html" });
    expect(file.report).toMatchObject({ year: 2025, organ: { name: "某市民政局" } });
    expect(file.account.findings.find(({ id }) => id === "I-TITLE")!.message).toContain("文件名");
    const nothing = await imported(none);
    expect(nothing.report["year"]).toBeUndefined();
    expect(raised(nothing.account)).toEqual(["I-ORGAN", "I-SIGNED", "I-TITLE", "I-USCC", "I-YEAR"]);
  });

  it("and the signature may name the organ otherwise: the fuller name is taken, and both are told", async () => {
    const { report, account } = await page({ title: "<p>杭州市2025年政府信息公开工作年度报告</p>" });
    expect(report).toMatchObject({ organ: { name: "杭州市人民政府" } });
    expect(account.findings.find(({ id }) => id === "I-ORGAN")!.message).toMatch(/“杭州市”.*“杭州市人民政府”/);
  });

  it("gives way to what the one who imports says", async () => {
    const { report, account } = await imported(body(report2025), {
      organ: "某市民政局",
      year: 2024,
      signed: "2025-01-20",
      uscc: "11330100002489015P",
    });
    expect(report).toMatchObject({
      organ: { name: "某市民政局", uscc: "11330100002489015P" },
      year: 2024,
      signed: "2025-01-20",
    });
    expect(raised(account)).toEqual(["I-ORGAN", "I-SIGNED", "I-YEAR"]);
  });
});

describe("the sections", () => {
  const headings = (change: (text: string) => string) =>
    imported(body(report2025).replace(/<p>([一二三四五六])、([^<]*)<\/p>/g, (whole) => change(whole)));
  const whole = {
    overview: { body: [h(2, "主动公开"), p("全年按目录公开各类信息。")] },
    problems: { body: [p("问题是更新不够及时，已经改进。")] },
    other: { body: [p("无")] },
  };

  test.each<[string, (text: string) => string]>([
    ["spaces in them", (text) => text.replace("<p>", "<p>　").replace("、", "、 ").replace("情况", "情 况")],
    ["no numbers", (text) => text.replace(/[一二三四五六]、/, "")],
    ["other marks after the number", (text) => text.replace(/([一二三四五六])、/, "$1．")],
    ["in bold", (text) => text.replace(/<p>(.*)<\/p>/, "<p><strong>$1</strong></p>")],
    ["as headings", (text) => text.replace(/<p>(.*)<\/p>/, "<h2>$1</h2>")],
    ["on two lines", (text) => text.replace("行政复议、", "行政复议、<br>")],
    ["行政复议和行政诉讼 joined", (text) => text.replace("行政复议、行政诉讼", "行政复议和行政诉讼")],
    [
      "行政复议、行政诉讼 with 提起",
      (text) => text.replace("政府信息公开行政复议、行政诉讼情况", "因政府信息公开申请行政复议、提起行政诉讼情况"),
    ],
    [
      "shorter words",
      (text) => text.replace("存在的主要问题及改进情况", "存在问题和改进措施").replace("需要报告的事项", "事项"),
    ],
    ["a colon at the end", (text) => text.replace("</p>", "：</p>")],
    [
      "their numbers in digits",
      (text) => text.replace(/[一二三四五六]、/, (n) => `${"一二三四五六".indexOf(n[0]!) + 1}、`),
    ],
  ])("with %s", async (_, change) => {
    const { report, account } = await headings(change);
    expect(report).toMatchObject(whole);
    expect(report).toMatchObject({ requests: report2025.requests, remedies: report2025.remedies });
    expect(raised(account)).toEqual(["I-USCC"]);
  });

  it("begin where the report does, not in a list of contents before it nor in a menu after it", async () => {
    const list = [
      "总体情况",
      "主动公开政府信息情况",
      "收到和处理政府信息公开申请情况",
      "政府信息公开行政复议、行政诉讼情况",
      "存在的主要问题及改进情况",
      "其他需要报告的事项",
    ]
      .map((label, i) => `<p>${"一二三四五六"[i]}、${label}</p>`)
      .join("");
    const html = body(report2025);
    const at = html.indexOf("<p>一、总体情况");
    for (const content of [
      `${html.slice(0, at)}<p>目录</p>${list}${html.slice(at)}`,
      `${html}<p>本页内容</p>${list}`,
    ]) {
      const { report } = await imported(content);
      expect(report).toMatchObject(whole);
      expect(report).toMatchObject({ signed: "2026-01-26" });
    }
  });

  it("with their text on the heading's line", async () => {
    const html = body(report2025).replace(
      "<p>六、其他需要报告的事项</p>\n<p>无</p>",
      "<p>六、其他需要报告的事项：无。</p>",
    );
    expect((await imported(html)).report).toMatchObject({ other: { body: [p("无。")] } });
  });

  it("that are not there are told", async () => {
    const html = body(report2025).replace(
      "<p>五、存在的主要问题及改进情况</p>\n<p>问题是更新不够及时，已经改进。</p>",
      "",
    );
    const { report, account } = await imported(html);
    expect(report["problems"]).toBeUndefined();
    expect(report).toMatchObject({ other: { body: [p("无")] } });
    expect(account.findings.find(({ id }) => id === "I-SECTION")).toMatchObject({
      level: "error",
      message: "没有找到“五、存在的主要问题及改进情况”的标题",
    });
  });

  it("have the paragraphs that stand before and after their tables; captions are none", async () => {
    const { report, account } = await page({
      remedies: `<p>下列案件按立案的年度统计。</p><p>表四　单位：件</p>${htmlTable(tableRows(report2025, "remedies"))}<p>注：含两件跨年审理的案件。</p>`,
    });
    const remedies = report["remedies"] as Record<string, unknown>;
    expect(remedies["before"]).toEqual([p("下列案件按立案的年度统计。")]);
    expect(remedies["after"]).toEqual([p("注：含两件跨年审理的案件。")]);
    expect(Object.keys(remedies)).toEqual(["before", "review", "litigation", "after"]);
    expect(found(account, "I-UNPLACED")).toEqual([]);
  });

  it("have what stands in the middle of a table after it, and this is said", async () => {
    const rows = tableRows(report2025, "disclosure");
    const { report, account } = await page({
      disclosure: `${htmlTable(rows.slice(0, 4))}<p>规范性文件的现行有效件数已按清理结果调整。</p>${htmlTable(rows.slice(4))}`,
    });
    expect(report["disclosure"]).toMatchObject({ after: [p("规范性文件的现行有效件数已按清理结果调整。")] });
    expect(found(account, "I-BETWEEN").map(([level]) => level)).toEqual(["information"]);
  });

  it("take no line for a paragraph that is none: it is told and listed", async () => {
    const { report, account } = await page({
      remedies: `<p>点击下载附件</p>${htmlTable(tableRows(report2025, "remedies"))}`,
    });
    expect(Object.keys(report["remedies"] as object)).toEqual(["review", "litigation"]);
    expect(found(account, "I-UNPLACED")).toEqual([["warning", []]]);
    expect(account.leftOut.map(({ text }) => text)).toContain("点击下载附件");
  });
});

describe("the preamble", () => {
  it("is what stands between the title and the first section, but for what the page says of itself", async () => {
    const { report } = await page({
      title: `<h1>杭州市人民政府2025年政府信息公开工作年度报告</h1><p>索引号：000014349/2026-00001</p><p>2026-01-28 10:00</p><p>来源：本网</p>
        <p>　　本报告按条例编制。</p><p>　　数据截至2025年12月31日。</p>`,
    });
    expect(report["preamble"]).toEqual([p("本报告按条例编制。"), p("数据截至2025年12月31日。")]);
  });
});

describe("the signature", () => {
  test.each([
    ["2026年1月26日", "2026-01-26"],
    ["２０２６年１月２６日", "2026-01-26"],
    ["二〇二六年一月二十六日", "2026-01-26"],
    ["二○二六年一月十日", "2026-01-10"],
    ["2026-01-26", "2026-01-26"],
    ["2026 年 1 月 26 日", "2026-01-26"],
    ["2026.1.26", "2026-01-26"],
  ])("dated %s", async (date, signed) => {
    for (const signature of [
      `<p align=right>杭州市人民政府</p><p align=right>${date}</p>`,
      `<p align=right>杭州市人民政府<br>${date}</p>`,
      `<p>杭州市人民政府　　${date}</p>`,
      `<p>${date}</p><p>杭州市人民政府</p>`,
      `<p>${date}</p>`,
    ]) {
      const { report, account } = await page({ signature });
      expect(report).toMatchObject({ signed, other: { body: [p("无")] } });
      expect(raised(account)).toEqual(["I-USCC"]);
    }
  });

  it.each(["2026年2月30日", "2026年1月", ""])("“%s” is no date", async (date) => {
    const { report, account } = await page({ signature: `<p>杭州市人民政府</p><p>${date}</p>` });
    expect(report["signed"]).toBeUndefined();
    expect(found(account, "I-SIGNED").map(([level]) => level)).toEqual(["error"]);
  });

  it("ends the report: what follows is set aside", async () => {
    const { report, account } = await page({
      signature: "<p>杭州市人民政府</p><p>2026年1月26日</p><p>上一篇：没有了</p><p>2026-01-28</p><p>主办：某办公室</p>",
    });
    expect(report).toMatchObject({ signed: "2026-01-26", other: { body: [p("无")] } });
    expect(account.leftOut.map(({ text }) => text)).toEqual(["报告以外的文字3处，共24字"]);
  });
});

describe("a paragraph after the signature", () => {
  it("may have been part of the report: it is told", async () => {
    const { report, account } = await page({
      signature: "<p>杭州市人民政府</p><p>2026年1月26日</p><p>本机关还设立了三个查阅点，方便公众查阅。</p>",
    });
    expect(report).toMatchObject({ other: { body: [p("无")] } });
    expect(found(account, "I-UNPLACED").map(([level]) => level)).toEqual(["warning"]);
    expect(account.leftOut.map(({ text }) => text)).toEqual(["本机关还设立了三个查阅点，方便公众查阅。"]);
  });
});

describe("the narrative", () => {
  it("has headings by their numbers, which are printed anew and so left off", async () => {
    const { items, account } = await overview(
      "2025年，本机关推进公开。",
      "（一）主动公开",
      "全年公开信息。",
      "(二) 依申请公开",
      "1.办理情况",
      "依法答复。",
      "２、便民渠道",
      "（1）当面",
      "设窗口。",
      "（2）网络",
      "可查询。",
      "（三）监督保障情况",
      "纳入考核。",
    );
    expect(items).toEqual([
      p("2025年，本机关推进公开。"),
      h(2, "主动公开"),
      p("全年公开信息。"),
      h(2, "依申请公开"),
      h(3, "办理情况"),
      p("依法答复。"),
      h(3, "便民渠道"),
      h(4, "当面"),
      p("设窗口。"),
      h(4, "网络"),
      p("可查询。"),
      h(2, "监督保障情况"),
      p("纳入考核。"),
    ]);
    expect(raised(account)).toEqual(["I-USCC"]);
  });

  it("has numbered paragraphs as they are, numbers and all", async () => {
    const lines = [
      "1.加强培训，全年组织两次；",
      "2.完善目录，做到应公开尽公开。",
      "（一）主动公开方面，全年围绕重点领域逐项核对清单，凡依法应当公开的都在二十个工作日内发布。",
      "12.5%的申请来自企业。",
      "1、2两项合并计算。",
      "2025年共办理三件。",
      "一是抓目录。二是抓平台。",
    ];
    const { items, account } = await overview(...lines);
    expect(items).toEqual(lines.map(p));
    expect(raised(account)).toEqual(["I-USCC"]);
  });

  it("parts a heading from the paragraph that it begins, losing nothing, and says so", async () => {
    const { items, account } = await overview("（一）主动公开。全年公开信息50条。", "（二）依申请公开。依法答复。");
    expect(items).toEqual([h(2, "主动公开。"), p("全年公开信息50条。"), h(2, "依申请公开。"), p("依法答复。")]);
    expect(found(account, "I-PARTED").map(([level]) => level)).toEqual(["information"]);
  });

  it("keeps headings as paragraphs whose numbers would be printed otherwise, and says so", async () => {
    const { items, account } = await overview("（二）主动公开", "公开。", "（三）监督保障", "考核。");
    expect(items).toEqual([p("（二）主动公开"), p("公开。"), p("（三）监督保障"), p("考核。")]);
    expect(found(account, "I-NUMBER").map(([level]) => level)).toEqual(["warning"]);
  });

  it("has headings that the file marks and does not number, and says that they will be numbered", async () => {
    const { report, account } = await page({
      overview: "<h3>主动公开</h3><p>公开。</p><h4>目录</h4><p>更新。</p><h3>监督保障</h3><p>考核。</p>",
    });
    expect(report["overview"]).toEqual({
      body: [h(2, "主动公开"), p("公开。"), h(3, "目录"), p("更新。"), h(2, "监督保障"), p("考核。")],
    });
    expect(found(account, "I-NUMBER").map(([level]) => level)).toEqual(["information"]);
  });

  it("is cleaned of what cannot be printed, and says so", async () => {
    const { items, account } = await overview("　　公开&nbsp;信息\u200b与\u0007办理\u202e。", "不动。");
    expect(items).toEqual([p("公开 信息与办理。"), p("不动。")]);
    expect(found(account, "I-TIDIED").map(([level]) => level)).toEqual(["information"]);
  });

  it("leaves inner spaces, brackets and signs as they are", async () => {
    const text = "申请表见 https://example.org/a?b=1&amp;c=2 ，“一网通办”  两个空格，1.5倍，a &lt; b。";
    const { items } = await overview(text);
    expect(items).toEqual([p(text.replace("&amp;", "&").replace("&lt;", "<"))]);
  });
});

describe("the code", () => {
  const [own, another] = ["11330100002489015P", "11371500MB28560185"];

  it("that stands in the text is taken, and said to be", async () => {
    const { report, account } = await page({ overview: `<p>本机关统一社会信用代码为${own}。</p>` });
    expect(report).toMatchObject({ organ: { uscc: own } });
    expect(found(account, "I-USCC")).toEqual([["information", ["统一社会信用代码"]]]);
    expect(raised(account)).toEqual([]);
  });

  it("is nobody's where there are two, and not the one with a wrong check character", async () => {
    const two = await page({ overview: `<p>本机关${own}，承办单位${another}。</p>` });
    expect(two.report["organ"]).not.toHaveProperty("uscc");
    expect(two.account.findings.find(({ id }) => id === "I-USCC")!.message).toContain(`${own}、${another}`);
    const wrong = await page({ overview: `<p>本机关${own.slice(0, -1)}A。</p>` });
    expect(wrong.report["organ"]).not.toHaveProperty("uscc");
  });
});
