import { describe, expect, it } from "vitest";
import { isIdentityNumber, personalData } from "../src/rules/personal-data.ts";
import { validate } from "../src/validate/validate.ts";
import { example } from "./support/service.ts";

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
    ["a unified social credit code", "11330100002489015P"],
  ])("not %s: %s", (_, text) => {
    expect(personalData(text)).toEqual([]);
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
    for (const piece of ["1", "1 ", "1-3", "138-1234-", "11010519491231002", "1X"])
      expect(personalData(piece.repeat(300_000 / piece.length))).toEqual([]);
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
