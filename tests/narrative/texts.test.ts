import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { validate } from "../../src/check/validate.ts";
import { isIdentityNumber, personalData } from "../../src/rules/personal-data.ts";
import { example, type MutableReport } from "../support/service.ts";

type Item = { readonly type: "heading" | "paragraph"; readonly level?: number; readonly text: string };
const heading = (text: string): Item => ({ type: "heading", level: 2, text });
const paragraph = (text: string): Item => ({ type: "paragraph", text });

/** What a rule says of a report of the form of 2021 with this text in one of its parts. */
async function messages(rule: string, section: "overview" | "other", body: readonly Item[]): Promise<string[]> {
  const report = await example("hangzhou-2025");
  report[section].body = body;
  return validate(report).findings.flatMap((f) => (f.id === rule ? [f.message] : []));
}

describe("F-PII", () => {
  it.each([
    "联系电话13812345678。",
    "联系电话：138 1234 5678",
    "联系电话138-1234-5678、",
    "联系电话138－1234－5678",
    "联系电话１３８１２３４５６７８（王某）",
    "联系电话+86 13812345678",
    "联系电话008613812345678",
    "86-138-1234-5678",
    "电话0635-8412345 13812345678",
    "2025 13812345678",
    "13812345678/0635-8412345",
    "联系电话138.1234.5678",
    "联系电话138、1234、5678。",
    "联系电话138/1234/5678",
    "（+86）138-1234-5678",
    "(138)1234-5678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "一三八一二三四五六七八",
    "138\u200b1234\u20665678",
    "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
  ])("a mobile number: %s", (text) => {
    expect(personalData(text)).toEqual([{ kind: "mobile", shown: "138…78" }]);
  });

  it("two numbers side by side are two", () => {
    expect(personalData("电话13812345678 13912345679")).toHaveLength(2);
    expect(personalData("13812345678、13912345679和13712345670")).toHaveLength(3);
    expect(personalData("110105 19491231 002X 13812345678").map((d) => d.kind)).toEqual(["identityCard", "mobile"]);
  });

  it.each([
    "11010519491231002X",
    "证件号11010519491231002x。",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105 19491231 002X",
    "110105-1949-1231-002X",
    "440524188001010014",
    "110105/19491231/002X",
    "110105.1949.12.31.002X",
    "110105、19491231、002X",
    "110105（19491231）002X",
    "[110105][19491231][002X]",
    "110105　19491231　００２Ｘ",
    "110105\n19491231002X",
    "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
    "11010519491231\u200b002X",
    "一一〇一〇五一九四九一二三一〇〇二X",
    "一一零一零五一九四九一二三一零零二X",
  ])("an identity number: %s", (text) => {
    expect(personalData(text).map((d) => d.kind)).toEqual(["identityCard"]);
  });

  it.each([
    ["a longer run of digits", "文号13812345678901"],
    ["a shorter one", "1381234567"],
    ["a number that no mobile begins with", "12812345678"],
    ["a telephone of an office", "0635-8412345"],
    ["a wrong check digit", "110105194912310021"],
    ["a date that there is not", "110105194913310024"],
    ["an old identity number of 15 digits", "110105491231002"],
    ["an amount of money", "收费13812345678元"],
    ["a large amount of money", "收费13812345678.50元"],
    ["digits after the point", "0.13812345678"],
    ["a count", "办理13812345678件"],
    ["figures in a row", "135 842 11234"],
    ["years", "2019-2020-2021"],
    ["the number of a document", "杭政函〔2021〕30号"],
    ["a number of a document with eleven digits", "罚决字〔2021〕第13812345678号"],
    ["a hotline", "12345政务服务便民热线"],
    ["a service number", "400-800-1234"],
    ["a large figure with separators", "138,123,456,789"],
    ["counts in a list", "138件、1234件、5678件"],
    ["counts and years in a list", "150、2019、2020年"],
    ["numbered points", "（一）138（二）1234"],
    ["dates", "2021年1月1日至2021-12-31 12:00:00"],
    ["the filing of a site", "京公网安备11010102000001号"],
    ["a decimal of many places", "3.14159265358979"],
    ["18 digits that no card has", "513700001028560185"],
    ["a card with a wrong check digit", "6222021234567890127"],
    ["a name after an at sign", "@张三 留言"],
    ["a unified social credit code", "11330100002489015P"],
  ])("not %s: %s", (_, text) => {
    expect(personalData(text)).toEqual([]);
  });

  it.each([
    "6222021234567890128",
    "6222 0212 3456 7890 128",
    "4111-1111-1111-1111",
    "６２２２０２１２３４５６７８９０１２８",
  ])("a bank card: %s", (text) => {
    expect(personalData(`卡号${text}。`).map((d) => d.kind)).toEqual(["bankCard"]);
  });

  it.each(["zhangsan@163.com", "zhangsan ＠ 163．com", "zhangsan[at]163.com"])("an e-mail address: %s", (text) => {
    expect(personalData(`请发至${text}，谢谢`)).toEqual([{ kind: "email", shown: "z…@163.com" }]);
  });

  it("stands in every text that becomes public: preamble, headings, paragraphs, the organ's name", async () => {
    const id = "11010519491231002X";
    const found = async (change: (report: MutableReport) => void) => {
      const report = await example("hangzhou-2025");
      change(report);
      return validate(report).findings.flatMap((f) => (f.id === "F-PII" ? [[f.level, f.cells[0]!.pointer]] : []));
    };
    expect(await found((r) => (r["preamble"] = [paragraph(id)]))).toEqual([["error", "/preamble/0/text"]]);
    expect(await found((r) => (r["organ"].name = `某局${id}`))).toEqual([["error", "/organ/name"]]);
    expect(await found((r) => (r["other"].body = [heading(id)]))).toEqual([["error", "/other/body/0/text"]]);
    const parted = [paragraph("证件号110105"), paragraph("19491231002X，已核对。")];
    expect(await found((r) => (r["other"].body = parted))).toEqual([["error", "/other/body/0/text"]]);
    const mail = [paragraph("请发至zhangsan@163.com。")];
    expect(await found((r) => (r["other"].body = mail))).toEqual([["warning", "/other/body/0/text"]]);
  });

  it("is found nowhere in the project's own texts, which have none", async () => {
    const folder = new URL("../fixtures/", import.meta.url);
    const texts: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === "string") texts.push(value);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
    };
    for (const file of await readdir(folder, { recursive: true }))
      if (file.endsWith(".json")) collect(JSON.parse(await readFile(new URL(file, folder), "utf8")));
    for (const name of ["liaocheng-2020", "hangzhou-2025"] as const) collect(await example(name));
    expect(texts.filter((text) => personalData(text).length > 0)).toEqual([]);
    const numbers = texts.flatMap((text) => text.match(/\d[\d.,，]*/g) ?? []);
    expect([texts.length > 500, numbers.length > 1000]).toEqual([true, true]);
    console.log(`F-PII: ${texts.length} texts, ${numbers.length} numbers in them`);
  });

  it("reckons every check digit (GB 11643)", () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    for (let order = 0; order < 1000; order += 1) {
      const body = `37150219800229${String(order).padStart(3, "0")}`;
      const sum = weights.reduce((s, weight, i) => s + weight * Number(body[i]), 0);
      // ISO 7064, MOD 11-2: the digit that makes the weighted sum 1.
      const right = [..."0123456789X"].filter((c) => (sum + (c === "X" ? 10 : Number(c))) % 11 === 1);
      expect([..."0123456789X"].filter((c) => isIdentityNumber(body + c))).toEqual(right);
    }
  });

  it("is linear in runs that look like the beginning of one", () => {
    for (const piece of [
      "1",
      "1 ",
      "1-3",
      "138-1234-",
      "11010519491231002",
      "1X",
      "@",
      "a@",
      "a@b.",
      "一",
      "（",
      "4111 ",
    ]) {
      const took = (length: number): number => {
        const text = piece.repeat(length / piece.length);
        const before = process.cpuUsage().user;
        expect(personalData(text).filter(({ kind }) => kind !== "email" && kind !== "bankCard")).toEqual([]);
        return (process.cpuUsage().user - before) / 1000;
      };
      took(50_000);
      // Linear: twice the text, twice the time; what is a few milliseconds says nothing.
      const [once, twice] = [took(250_000), took(500_000)];
      expect(twice, piece).toBeLessThan(3 * Math.max(once, 100));
    }
  });
});

describe("N-TOPIC", () => {
  const TOPICS = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"];
  const missing = (body: readonly Item[]) => messages("N-TOPIC", "overview", body);

  it("asks for each of the five topics", async () => {
    expect(await missing(TOPICS.map(heading))).toEqual([]);
    expect(await missing(TOPICS.map((topic) => paragraph(`${topic}情况。`)))).toEqual([]);
    for (const topic of TOPICS)
      expect(await missing(TOPICS.filter((t) => t !== topic).map(heading))).toEqual([`“总体情况”没有写到“${topic}”`]);
    expect(await missing([paragraph("无")])).toEqual([
      "“总体情况”没有写到“主动公开”、“依申请公开”、“政府信息管理”、“政府信息公开平台建设”、“监督保障”",
    ]);
  });

  it.each([
    ["主 动 公 开", "主动公开"],
    ["规范依申请办理", "依申请公开"],
    ["加强信息管理", "政府信息管理"],
    ["政府信息规范化管理", "政府信息管理"],
    ["政务公开平台", "政府信息公开平台建设"],
    ["强化监督考核", "监督保障"],
  ])("a heading “%s” is on %s", async (text, topic) => {
    expect(await missing([...TOPICS.filter((t) => t !== topic).map(heading), heading(text)])).toEqual([]);
  });

  it("a text that only touches a topic's words is not on it", async () => {
    const others = (topic: string) => TOPICS.filter((t) => t !== topic).map(heading);
    const text = paragraph("加强客户信息管理，组织监督检查，注销三个平台账号。");
    for (const topic of ["政府信息管理", "政府信息公开平台建设", "监督保障"])
      expect(await missing([...others(topic), text])).toEqual([`“总体情况”没有写到“${topic}”`]);
  });
});

describe("N-FEE", () => {
  const missing = (body: readonly Item[]) => messages("N-FEE", "other", body);
  it("asks for the 信息处理费, in a heading or a text", async () => {
    expect(await missing([paragraph("本年度未收取信息处理费。")])).toEqual([]);
    expect(await missing([heading("信息处理费收取情况"), paragraph("无")])).toEqual([]);
    expect(await missing([paragraph("本年度未收取信息 处理费。")])).toEqual([]);
    expect(await missing([paragraph("无")])).toHaveLength(1);
    expect(await missing([paragraph("本年度没有其他需要报告的事项，信息公开不收费。")])).toHaveLength(1);
  });
});
