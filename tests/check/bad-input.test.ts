import { beforeAll, describe, expect, it } from "vitest";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

/** Every bad input gets a problem document in Chinese and English, and nothing is stored. */
async function problemOf(response: Response, status: number): Promise<Record<string, unknown>> {
  const body = (await response.json()) as Record<string, unknown>;
  expect(response.status, JSON.stringify(body)).toBe(status);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(body["status"]).toBe(status);
  expect(body["title"]).toMatch(/\p{Script=Han}/u);
  expect(body["titleEn"]).toBeTruthy();
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.m?[jt]s:\d+/);
  const keys: string[] = [];
  for await (const { key } of service.store.list("")) keys.push(key);
  expect(keys).toEqual([]);
  return body;
}

describe("what is no JSON: 400 with the place", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "第1行第1列"],
    ["a word", "报告", "第1行第1列"],
    ["a missing brace", '{\n  "year": 2020\n', "第3行第1列"],
    ["a trailing comma", '{\n  "year": 2020,\n}', "第3行第1列"],
    ["a comment", '{ // x\n "year": 2020 }', "第1行第3列"],
    ["single quotes", "{'year': 2020}", "第1行"],
    ["an unclosed string", '{"edition": "2021', "第1行"],
    ["a bad escape", '{"edition": "\\x"}', "第1行"],
    ["a raw line break in a string", '{"edition": "a\nb"}', "第1行"],
    ["NaN", '{"year": NaN}', "第1行第10列"],
    ["a leading zero", '{"year": 02020}', "第1行"],
    ["two values", "{} {}", "第1行第4列"],
    ["the same key twice", '{"year": 2020,\n "year": 2021}', "第2行第2列"],
    ["the same key twice deep down", '{"a": [{"b": 1, "b": 2}]}', "出现两次"],
    ["nesting without end", "[".repeat(100_000), "嵌套"],
    ["nesting without end in objects", '{"a":'.repeat(50_000), "嵌套"],
    ["bytes that are not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), "UTF-8"],
    ["GBK", new Uint8Array([0x22, 0xc4, 0xea, 0xb1, 0xa8, 0x22]), "UTF-8"],
    ["a byte order mark of UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), "UTF-8"],
  ])("%s", async (_, body, said) => {
    const response = await service.app.request("/reports", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: service.authorization },
      body: body as BodyInit,
    });
    const problem = await problemOf(response, 400);
    expect(String(problem["detail"])).toContain(said);
    expect(problem["line"]).toBeGreaterThan(0);
    expect(problem["column"]).toBeGreaterThan(0);
  });
});

describe("what is JSON but no report: 422 with every finding", () => {
  const cases: [string, string, string, (r: MutableReport) => unknown][] = [
    ["null", "S-EDITION", "格式版本", () => null],
    ["a number", "S-EDITION", "格式版本", () => 7],
    ["a list", "S-EDITION", "格式版本", () => []],
    ["no edition", "S-EDITION", "没有", (r) => void delete r["edition"]],
    ["an edition that is none", "S-EDITION", "1999", (r) => void (r["edition"] = "1999")],
    ["the edition as a number", "S-EDITION", "2021", (r) => void (r["edition"] = 2021)],
    ["no year", "S-REQUIRED", "报告年度", (r) => void delete r["year"]],
    ["the year as text", "S-TYPE", "整数", (r) => void (r["year"] = "2025")],
    ["a year and a half", "S-TYPE", "整数", (r) => void (r["year"] = 2025.5)],
    ["no organ", "S-REQUIRED", "行政机关", (r) => void delete r["organ"]],
    ["an organ without a name", "S-LENGTH", "名称", (r) => void (r["organ"].name = "")],
    ["a name that is too long", "S-LENGTH", "100", (r) => void (r["organ"].name = "局".repeat(101))],
    ["a short code", "S-FORMAT", "统一社会信用代码", (r) => void (r["organ"].uscc = "1133")],
    [
      "a code in small letters",
      "S-FORMAT",
      "统一社会信用代码",
      (r) => void (r["organ"].uscc = r["organ"].uscc.toLowerCase()),
    ],
    [
      "a code with a way out of the folder",
      "S-FORMAT",
      "统一社会信用代码",
      (r) => void (r["organ"].uscc = "../../../records/x"),
    ],
    [
      "a code with a wrong check character",
      "F-USCC",
      "校验码应为P",
      (r) => void (r["organ"].uscc = "113301000024890152"),
    ],
    ["no date", "S-REQUIRED", "成文日期", (r) => void delete r["signed"]],
    ["a day that is none", "S-FORMAT", "实有的日期", (r) => void (r["signed"] = "2026-02-30")],
    ["a date in words", "S-FORMAT", "2026-01-26", (r) => void (r["signed"] = "2026年1月26日")],
    ["a date with a time", "S-FORMAT", "实有的日期", (r) => void (r["signed"] = "2026-01-26T00:00:00Z")],
    ["a misspelt section", "S-UNKNOWN", "是否应为“requests”", (r) => void (r["request"] = {})],
    ["a misspelt row", "S-UNKNOWN", "是否应为“received”", (r) => void (r["requests"].recieved = {})],
    [
      "a misspelt column",
      "S-UNKNOWN",
      "是否应为“naturalPerson”",
      (r) => void (r["requests"].received.naturalPersons = 1),
    ],
    ["a key from nowhere", "S-UNKNOWN", "没有“xyzzy”", (r) => void (r["xyzzy"] = 1)],
    ["the service's own fields", "S-UNKNOWN", "没有“publishedAt”", (r) => void (r["publishedAt"] = "2020-01-01")],
    ["a version of the filer's own", "S-UNKNOWN", "没有“version”", (r) => void (r["version"] = 7)],
    ["a row that is missing", "S-REQUIRED", "/requests/carriedOut", (r) => void delete r["requests"].carriedOut],
    ["a cell that is missing", "S-REQUIRED", "科研机构", (r) => void delete r["requests"].received.research],
    ["a negative count", "S-RANGE", "不能小于0", (r) => void (r["requests"].received.research = -1)],
    ["half an application", "S-TYPE", "0.5", (r) => void (r["requests"].received.research = 0.5)],
    ["a count as text", "S-TYPE", '"9"', (r) => void (r["requests"].received.research = "9")],
    ["a count as a blank", "S-TYPE", "整数", (r) => void (r["requests"].received.research = "")],
    ["a count as null", "S-TYPE", "null", (r) => void (r["requests"].received.research = null)],
    ["a count as true", "S-TYPE", "true", (r) => void (r["requests"].received.research = true)],
    ["a count beyond 2^53−1", "S-RANGE", "9007199254740991", (r) => void (r["requests"].received.research = 2 ** 53)],
    ["a row that is a list", "S-TYPE", "对象", (r) => void (r["requests"].received = [1, 2, 3])],
    ["a total that is wrong", "T3-ROW-TOTAL", "相差1", (r) => void (r["requests"].received.total += 1)],
    ["money as a number", "S-TYPE", "对象", (r) => void (r["disclosure"].fees.amount = 316441)],
    ["money as a float", "S-TYPE", "字符串", (r) => void (r["disclosure"].fees.amount.amount = 316441.5)],
    ["money with separators", "S-FORMAT", "316,441", (r) => void (r["disclosure"].fees.amount.amount = "316,441")],
    ["negative money", "S-FORMAT", "金额", (r) => void (r["disclosure"].fees.amount.amount = "-1")],
    ["money in dollars", "S-VALUE", "万元", (r) => void (r["disclosure"].fees.amount.unit = "美元")],
    ["yuan where the form says 万元", "S-VALUE", "万元", (r) => void (r["disclosure"].fees.amount.unit = "元")],
    ["an empty narrative", "S-LENGTH", "“无”", (r) => void (r["other"].body = [])],
    ["a narrative as text", "S-TYPE", "数组", (r) => void (r["other"].body = "无")],
    ["a block of no kind", "S-VALUE", "paragraph", (r) => void (r["other"].body = [{ type: "table", text: "无" }])],
    ["a block without a type", "S-REQUIRED", "type", (r) => void (r["other"].body = [{ text: "无" }])],
    ["a paragraph without text", "S-REQUIRED", "文字", (r) => void (r["other"].body = [{ type: "paragraph" }])],
    ["an empty paragraph", "S-LENGTH", "不能为空", (r) => void (r["other"].body = [{ type: "paragraph", text: "" }])],
    [
      "a line break",
      "S-TEXT",
      "换行符",
      (r) => void (r["other"].body = [{ type: "paragraph", text: "信息处理费\n无" }]),
    ],
    ["a tab", "S-TEXT", "制表符", (r) => void (r["other"].body = [{ type: "paragraph", text: "信息处理费\t无" }])],
    ["a NUL", "S-TEXT", "U+0000", (r) => void (r["other"].body = [{ type: "paragraph", text: "信息处理费\u0000无" }])],
    [
      "a bidirectional control",
      "S-TEXT",
      "U+202E",
      (r) => void (r["other"].body = [{ type: "paragraph", text: "信息处理费\u202e无" }]),
    ],
    [
      "a zero-width space",
      "S-TEXT",
      "不可见",
      (r) => void (r["other"].body = [{ type: "paragraph", text: "信息\u200b处理费信息处理费" }]),
    ],
    [
      "a lone surrogate",
      "S-TEXT",
      "代理项",
      (r) => void (r["other"].body = [{ type: "paragraph", text: "信息处理费\ud800无" }]),
    ],
    [
      "an indent of spaces",
      "S-TEXT",
      "首尾不能有空格",
      (r) => void (r["other"].body = [{ type: "paragraph", text: "　　信息处理费" }]),
    ],
    [
      "a heading with its number",
      "S-HEADING",
      "（一）",
      (r) => void r["other"].body.push({ type: "heading", level: 2, text: "（一）费用" }),
    ],
    [
      "a heading of level 1",
      "S-VALUE",
      "2、3、4",
      (r) => void r["other"].body.push({ type: "heading", level: 1, text: "费用" }),
    ],
    [
      "a character that no font has",
      "F-GLYPH",
      "U+1F600",
      (r) => void r["other"].body.push({ type: "paragraph", text: "谢谢😀" }),
    ],
    ["the wrong edition for the year", "F-EDITION", "2019年版", (r) => void (r["year"] = 2020)],
    ["a date before the year's end", "F-DATE", "早于", (r) => void (r["signed"] = "2025-12-01")],
  ];
  it.each(cases)("%s", async (_, id, said, change) => {
    const report = await example("hangzhou-2025");
    const changed = change(report);
    const response = await service.post("/reports", changed === undefined ? report : changed);
    const problem = await problemOf(response, 422);
    const findings = problem["findings"] as { id: string; message: string; messageEn: string }[];
    const finding = findings.find((f) => f.id === id);
    expect(finding, JSON.stringify(findings)).toBeDefined();
    expect(
      findings.filter((f) => f.id === id).some((f) => f.message.includes(said)),
      JSON.stringify(findings),
    ).toBe(true);
    expect(finding?.messageEn).toBeTruthy();
  });

  it("a key that reaches for the prototype", async () => {
    const text = JSON.stringify(await example("hangzhou-2025")).replace("{", '{"__proto__": {"polluted": true}, ');
    const problem = await problemOf(await service.post("/reports", text), 422);
    expect(JSON.stringify(problem["findings"])).toContain("__proto__");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("an exponent beyond all numbers", async () => {
    const text = JSON.stringify(await example("hangzhou-2025")).replace('"research":0', '"research":1e400');
    await problemOf(await service.post("/reports", text), 422);
  });

  it("script in a narrative stays text", async () => {
    const report = await example("hangzhou-2025");
    report["organ"].name = "<script>alert(1)</script>";
    const response = await service.post("/reports?dryRun=true", report);
    expect(response.status).toBe(200);
  });
});

describe("what is not asked in the right way", () => {
  it.each<[string, RequestInit & { path?: string }, number]>([
    ["no content type", { method: "POST", body: "{}" }, 415],
    ["text", { method: "POST", body: "{}", headers: { "content-type": "text/plain" } }, 415],
    ["a form", { method: "POST", body: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    [
      "JSON in another charset",
      { method: "POST", body: "{}", headers: { "content-type": "application/json; charset=gbk" } },
      415,
    ],
    [
      "gzip",
      { method: "POST", body: "{}", headers: { "content-type": "application/json", "content-encoding": "gzip" } },
      415,
    ],
    [
      "more than 1 MiB",
      { method: "POST", body: `"${"x".repeat(1024 * 1024)}"`, headers: { "content-type": "application/json" } },
      413,
    ],
    [
      "dryRun that is neither",
      { path: "/reports?dryRun=yes", method: "POST", body: "{}", headers: { "content-type": "application/json" } },
      400,
    ],
    ["GET of what takes POST", { method: "GET" }, 405],
    ["DELETE of a report", { path: "/reports/11330100002489015P/2025", method: "DELETE" }, 405],
    ["PUT of a report", { path: "/reports/11330100002489015P/2025", method: "PUT", body: "{}" }, 405],
    ["a page that is none", { path: "/nothing", method: "GET" }, 404],
    ["a report that is none", { path: "/reports/11330100002489015P/2025", method: "GET" }, 404],
    ["a code that is none", { path: "/reports/abc/2025", method: "GET" }, 404],
    ["a year that is none", { path: "/reports/11330100002489015P/20x5", method: "GET" }, 404],
    ["a way out of the folder", { path: "/reports/..%2F..%2Fetc/2025", method: "GET" }, 404],
    ["a schema that is none", { path: "/schemas/report-1999.schema.json", method: "GET" }, 404],
    [
      "a preview of nothing",
      { path: "/reports/preview", method: "POST", body: "", headers: { "content-type": "application/json" } },
      400,
    ],
    [
      "a preview of no report",
      { path: "/reports/preview", method: "POST", body: "{}", headers: { "content-type": "application/json" } },
      422,
    ],
  ])("%s", async (_, { path = "/reports", ...init }, status) => {
    const headers = { ...init.headers, authorization: service.authorization };
    const response = await service.app.request(path, { ...init, headers });
    await problemOf(response, status);
    if (status === 405) expect(response.headers.get("allow")).toBeTruthy();
  });

  it("a body over 1 MiB that hides its length", async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 32) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await service.app.request("/reports", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: service.authorization },
      body,
      duplex: "half",
    } as RequestInit);
    await problemOf(response, 413);
  });
});
