import { type HostileInput, MARK } from "./hostile-input.ts";
import type { MutableReport } from "./service.ts";

type Change = (report: MutableReport) => unknown;
type Row = readonly [what: string, id: string, says: string, change: Change];

const paragraphs = (text: unknown): unknown => [{ type: "paragraph", text }];
const cell =
  (value: unknown): Change =>
  (r) =>
    void (r["requests"].received.research = value);
const amount =
  (value: unknown): Change =>
  (r) =>
    void (r["disclosure"].fees.amount.amount = value);
const uscc =
  (value: unknown): Change =>
  (r) =>
    void (r["organ"].uscc = value);
const organ =
  (value: unknown): Change =>
  (r) =>
    void (r["organ"].name = value);
const signed =
  (value: unknown): Change =>
  (r) =>
    void (r["signed"] = value);
const other =
  (body: unknown): Change =>
  (r) =>
    void (r["other"].body = body);
const year =
  (value: unknown): Change =>
  (r) =>
    void (r["year"] = value);
const edition =
  (value: unknown): Change =>
  (r) =>
    void (r["edition"] = value);
const explained =
  (value: unknown): Change =>
  (r) =>
    void (r["explanations"] = value);
const extra =
  (key: string, value: unknown = 1): Change =>
  (r) =>
    void (r[key] = value);

/** JSON, and no report. */
const NO_REPORT: readonly Row[] = [
  ["null", "S-EDITION", "格式版本", () => null],
  ["false", "S-EDITION", "没有", () => false],
  ["a number", "S-EDITION", "没有", () => 7],
  ["a string", "S-EDITION", "没有", () => "报告"],
  ["an empty list", "S-EDITION", "没有", () => []],
  ["a list of reports", "S-EDITION", "没有", (r) => [r, r]],
  ["an empty object", "S-EDITION", "没有", () => ({})],
  ["a report in an envelope", "S-EDITION", "没有", (r) => ({ data: r })],
  ["a GraphQL query", "S-EDITION", "没有", () => ({ query: "{ __schema { types { name } } }" })],
  ["a JSON-RPC call", "S-EDITION", "没有", () => ({ jsonrpc: "2.0", method: "publish", params: [], id: 1 })],
  ["a JSON Patch", "S-EDITION", "没有", () => [{ op: "replace", path: "/year", value: 1 }]],
  ["nothing but the edition", "S-REQUIRED", "缺少", (r) => ({ edition: r["edition"] })],
  ["the edition as null", "S-EDITION", "null", edition(null)],
  ["the edition as a number", "S-EDITION", "应为", edition(2021)],
  ["the edition as a list of one", "S-EDITION", "应为", edition(["2021"])],
  ["the edition as an object", "S-EDITION", "应为", edition({ toString: "2021" })],
  ["an inherited name as the edition", "S-EDITION", "应为", edition("constructor")],
  ["the prototype as the edition", "S-EDITION", "应为", edition("__proto__")],
  ["hasOwnProperty as the edition", "S-EDITION", "应为", edition("hasOwnProperty")],
  ["a path as the edition", "S-EDITION", "应为", edition("../../package")],
  ["an edition of 300,000 characters", "S-EDITION", "应为", edition("2021".repeat(75_000))],
  ["an edition of bidirectional controls", "S-EDITION", "应为", edition("\u202e1202")],
  ["an edition of escape sequences", "S-EDITION", "应为", edition("\u001b]0;x\u0007")],
  ["an edition of half a million items", "S-EDITION", "应为", edition(new Array(100_000).fill(0))],
];

const YEARS: readonly Row[] = [
  ["the year as text", "S-TYPE", "整数", year("2025")],
  ["half a year", "S-TYPE", "2025.5", year(2025.5)],
  ["year 0", "S-RANGE", "2008", year(0)],
  ["year −1", "S-RANGE", "-1", year(-1)],
  ["year 9999", "S-RANGE", "9998", year(9999)],
  ["year 1e21", "S-RANGE", "1e+21", year(1e21)],
  ["the year as an object that says its value", "S-TYPE", "整数", year({ valueOf: 2025 })],
  ["the year in a list", "S-TYPE", "[…]", year([2025])],
  ["the year with a way out", "S-TYPE", "../2025", year("../2025")],
  ["a year of the other edition", "F-EDITION", "2019年版", year(2020)],
];

const CODES: readonly Row[] = [
  ["a code that is too short", "S-FORMAT", "统一社会信用代码", uscc("1133")],
  ["a code that is too long", "S-FORMAT", "统一社会信用代码", uscc("11330100002489015P0")],
  ["no code", "S-FORMAT", "统一社会信用代码", uscc("")],
  ["a code in small letters", "S-FORMAT", "统一社会信用代码", uscc("11330100002489015p")],
  ["a code in full-width digits", "S-FORMAT", "统一社会信用代码", uscc("１１３３０１００００２４８９０１５Ｐ")],
  ["a code with a Cyrillic letter", "S-FORMAT", "统一社会信用代码", uscc("11330100002489015Р")],
  ["a code with the letter O for zero", "S-FORMAT", "统一社会信用代码", uscc("1133O100002489015P")],
  ["a code with Arabic digits", "S-FORMAT", "统一社会信用代码", uscc("١١330100002489015P")],
  ["a code with a line break behind", "S-FORMAT", "\\u{000a}", uscc("11330100002489015P\n")],
  ["a code with a NUL behind", "S-FORMAT", "\\u{0000}", uscc("11330100002489015P\0")],
  ["a code with a space before", "S-FORMAT", "统一社会信用代码", uscc(" 11330100002489015P")],
  ["a way up as the code", "S-FORMAT", "统一社会信用代码", uscc("../../../records/x")],
  ["a way up in Windows' fashion", "S-FORMAT", "统一社会信用代码", uscc("..\\..\\..\\records\\x")],
  ["a way up with percent signs", "S-FORMAT", "统一社会信用代码", uscc("%2e%2e%2f%2e%2e%2f")],
  ["an absolute path as the code", "S-FORMAT", "统一社会信用代码", uscc("/etc/passwd")],
  ["a device's name as the code", "S-FORMAT", "统一社会信用代码", uscc("CON")],
  ["an S3 address as the code", "S-FORMAT", "统一社会信用代码", uscc("s3://bucket/key")],
  ["a code with a slash within", "S-FORMAT", "统一社会信用代码", uscc("11330100/02489015P")],
  ["a code with a query behind", "S-FORMAT", "统一社会信用代码", uscc("11330100002489015P?versionId=1")],
  ["dots as the code", "S-FORMAT", "统一社会信用代码", uscc("..................")],
  ["a code with a right-to-left override", "S-FORMAT", "\\u{202e}", uscc("\u202eP510984200001033")],
  ["SQL as the code", "S-FORMAT", "统一社会信用代码", uscc("' OR '1'='1' --   ")],
  ["script as the code", "S-FORMAT", "统一社会信用代码", uscc("<script>1</script>")],
  ["a code of 300,000 characters", "S-FORMAT", "统一社会信用代码", uscc("1".repeat(300_000))],
  ["a code of a division's digits alone", "F-USCC", "校验码", uscc("113301000024890152")],
  ["the code as a number", "S-TYPE", "字符串", uscc(11330100002489)],
  ["the code as a list", "S-TYPE", "字符串", uscc(["11330100002489015P"])],
  ["the code as true", "S-TYPE", "true", uscc(true)],
];

const DATES: readonly Row[] = [
  ["a day that is none", "S-FORMAT", "实有的日期", signed("2026-02-30")],
  ["a month that is none", "S-FORMAT", "实有的日期", signed("2026-13-01")],
  ["a leap day of no leap year", "S-FORMAT", "实有的日期", signed("2027-02-29")],
  ["a date with a time", "S-FORMAT", "实有的日期", signed("2026-01-26T00:00:00Z")],
  ["a date of five digits", "S-FORMAT", "实有的日期", signed("+12026-01-26")],
  ["a date in full-width digits", "S-FORMAT", "实有的日期", signed("２０２６-01-26")],
  ["a date in words", "S-FORMAT", "实有的日期", signed("今天")],
  ["a date with a line break", "S-FORMAT", "\\u{000a}", signed("2026-01-26\n")],
  ["a date as a number", "S-TYPE", "字符串", signed(20260126)],
  ["a date before the year's end", "F-DATE", "早于", signed("2025-12-01")],
];

const FIGURES: readonly Row[] = [
  ["a negative count", "S-RANGE", "不能小于0", cell(-1)],
  ["half a count", "S-TYPE", "0.5", cell(0.5)],
  ["a count a little more than whole", "S-TYPE", "整数", cell(1.0000000000000002)],
  ["a count beyond 2^53−1", "S-RANGE", "9007199254740991", cell(2 ** 53)],
  ["a count of 1e308", "S-RANGE", "1e+308", cell(1e308)],
  ["a count as text", "S-TYPE", '"9"', cell("9")],
  ["a count as an empty text", "S-TYPE", "整数", cell("")],
  ["a count as a formula", "S-TYPE", "整数", cell("=SUM(A1:A9)")],
  ["a count as null", "S-TYPE", "null", cell(null)],
  ["a count as true", "S-TYPE", "true", cell(true)],
  ["a count as a list", "S-TYPE", "[…]", cell([1])],
  ["a count as an object", "S-TYPE", "{…}", cell({ $gt: 0 })],
  ["a row as a list", "S-TYPE", "对象", (r) => void (r["requests"].received = [1, 2, 3])],
  ["a row as null", "S-TYPE", "null", (r) => void (r["requests"].received = null)],
  ["a table as a text", "S-TYPE", "对象", (r) => void (r["requests"] = MARK)],
  ["a total off by one", "T3-ROW-TOTAL", "相差1", (r) => void (r["requests"].received.total += 1)],
  [
    "a total beyond what adds up exactly",
    "T3-ROW-TOTAL",
    "总计",
    (r) => void (r["requests"].received.total = 2 ** 53 - 1),
  ],
  [
    "counts that add up beyond 2^53",
    "T3-ROW-TOTAL",
    "总计",
    (r) => {
      for (const key of ["naturalPerson", "commercial", "research"]) r["requests"].received[key] = 2 ** 53 - 1;
    },
  ],
  ["money as a float", "S-TYPE", "字符串", amount(316441.5)],
  ["money in Chinese", "S-FORMAT", "金额", amount("三十一万")],
  ["money with separators", "S-FORMAT", "316,441", amount("316,441")],
  ["negative money", "S-FORMAT", "金额", amount("-1")],
  ["money with an exponent", "S-FORMAT", "金额", amount("1e9")],
  ["money without end", "S-FORMAT", "金额", amount("9".repeat(400_000))],
  ["money with a point and nothing", "S-FORMAT", "金额", amount("1.")],
  ["money that is not a number", "S-FORMAT", "金额", amount("NaN")],
  ["money with a line break", "S-FORMAT", "\\u{000a}", amount("1\n")],
  ["money in dollars", "S-VALUE", "万元", (r) => void (r["disclosure"].fees.amount.unit = "美元")],
  ["the unit as an object", "S-VALUE", "万元", (r) => void (r["disclosure"].fees.amount.unit = {})],
];

const KEYS: readonly Row[] = [
  ["a key from nowhere", "S-UNKNOWN", "没有“xyzzy”", extra("xyzzy")],
  ["the service's own publishedAt", "S-UNKNOWN", "没有“publishedAt”", extra("publishedAt", "2020-01-01")],
  ["a version of the filer's own", "S-UNKNOWN", "没有“version”", extra("version", 7)],
  ["a filer of the filer's own", "S-UNKNOWN", "没有“filedBy”", extra("filedBy", { subject: "admin" })],
  ["a hash of the filer's own", "S-UNKNOWN", "没有“previous”", extra("previous", null)],
  ["findings of the filer's own", "S-UNKNOWN", "没有“findings”", extra("findings", [])],
  ["constructor", "S-UNKNOWN", "没有“constructor”", extra("constructor", { prototype: { admin: true } })],
  ["toString", "S-UNKNOWN", "没有“toString”", extra("toString", null)],
  ["valueOf", "S-UNKNOWN", "没有“valueOf”", extra("valueOf", null)],
  ["then", "S-UNKNOWN", "没有“then”", extra("then", "x")],
  ["toJSON", "S-UNKNOWN", "没有“toJSON”", extra("toJSON", "x")],
  ["length", "S-UNKNOWN", "没有“length”", extra("length", 1e9)],
  ["$ref", "S-UNKNOWN", "没有“$ref”", extra("$ref", "file:///etc/passwd")],
  ["$id", "S-UNKNOWN", "没有“$id”", extra("$id", "https://nianbao.org/schemas/report-2019.schema.json")],
  ["$defs", "S-UNKNOWN", "没有“$defs”", extra("$defs", {})],
  ["a Mongo operator", "S-UNKNOWN", "没有“$where”", extra("$where", "sleep(1000)")],
  ["the empty key", "S-UNKNOWN", "没有“”", extra("")],
  ["a key of spaces", "S-UNKNOWN", "这一项", extra("   ")],
  ["a known key with a space behind", "S-UNKNOWN", "是否应为“year”", extra("year ")],
  ["a known key in capitals", "S-UNKNOWN", "是否应为“year”", extra("YEAR")],
  ["a known key with a Cyrillic letter", "S-UNKNOWN", "是否应为“year”", extra("yeаr")],
  ["a pointer as a key", "S-UNKNOWN", "没有“/organ/uscc”", extra("/organ/uscc")],
  ["a tilde escape as a key", "S-UNKNOWN", "没有“~0~1”", extra("~0~1")],
  ["a dotted path as a key", "S-UNKNOWN", "没有“organ.uscc”", extra("organ.uscc")],
  ["a key of script", "S-UNKNOWN", "这一项", extra("<img src=x onerror=alert(1)>")],
  ["a key with a line break", "S-UNKNOWN", "\\u{000a}", extra("a\nb")],
  ["a key with a NUL", "S-UNKNOWN", "\\u{0000}", extra("a\0b")],
  ["a key of bidirectional controls", "S-UNKNOWN", "\\u{202e}", extra("\u202eraey")],
  ["a key with a zero-width joiner", "S-UNKNOWN", "\\u{200d}", extra("ye\u200dar")],
  ["a key of escape sequences", "S-UNKNOWN", "\\u{001b}", extra("\u001b[2J")],
  ["a key with a C1 control", "S-UNKNOWN", "\\u{009b}", extra("\u009b2J")],
  ["a key of a lone surrogate", "S-UNKNOWN", "\\u{d800}", extra("\ud800")],
  ["a key of 900,000 letters", "S-UNKNOWN", "这一项", extra("k".repeat(900_000))],
  ["a prototype in a row", "S-UNKNOWN", "没有“constructor”", (r) => void (r["requests"].received.constructor = 1)],
  ["a key in the organ", "S-UNKNOWN", "没有“admin”", (r) => void (r["organ"].admin = true)],
  ["a narrative in a table", "S-UNKNOWN", "没有“text”", (r) => void (r["requests"].received.text = MARK)],
  [
    "markup in a paragraph's frame",
    "S-UNKNOWN",
    "没有“html”",
    other([{ type: "paragraph", text: "信息处理费", html: "<b>" }]),
  ],
  [
    "a link in a paragraph's frame",
    "S-UNKNOWN",
    "没有“link”",
    other([{ type: "paragraph", text: "信息处理费", link: "javascript:1" }]),
  ],
  [
    "an image in a paragraph's frame",
    "S-UNKNOWN",
    "没有“image”",
    other([{ type: "paragraph", text: "信息处理费", image: "file:///etc/passwd" }]),
  ],
];

const NARRATIVES: readonly Row[] = [
  ["an empty narrative", "S-LENGTH", "“无”", other([])],
  ["a narrative as a text", "S-TYPE", "数组", other(MARK)],
  [
    "a narrative as an object like a list",
    "S-TYPE",
    "数组",
    other({ 0: { type: "paragraph", text: "无" }, length: 1 }),
  ],
  ["a block that is null", "S-TYPE", "null", other([null])],
  ["a block that is a text", "S-TYPE", "对象", other([MARK])],
  ["a block that is a list", "S-TYPE", "对象", other([[]])],
  ["a block of no kind", "S-VALUE", "paragraph", other([{ type: "table", text: "无" }])],
  ["a block of an inherited kind", "S-VALUE", "paragraph", other([{ type: "__proto__", text: "无" }])],
  ["a block whose kind is a list", "S-VALUE", "paragraph", other([{ type: ["paragraph"], text: "无" }])],
  ["a block without a kind", "S-REQUIRED", "type", other([{ text: "无" }])],
  ["a paragraph without a text", "S-REQUIRED", "文字", other([{ type: "paragraph" }])],
  ["a paragraph whose text is a list", "S-TYPE", "字符串", other(paragraphs(["无"]))],
  [
    "a paragraph whose text is an object of pdfmake",
    "S-TYPE",
    "字符串",
    other(paragraphs({ text: "无", link: "https://example.org" })),
  ],
  ["a paragraph whose text is null", "S-TYPE", "null", other(paragraphs(null))],
  ["an empty paragraph", "S-LENGTH", "不能为空", other(paragraphs(""))],
  ["a paragraph of 100,001 characters", "S-LENGTH", "100000", other(paragraphs("公".repeat(100_001)))],
  ["a heading of level 1", "S-VALUE", "2、3、4", other([{ type: "heading", level: 1, text: "费用" }])],
  ["a heading of level 1e9", "S-VALUE", "2、3、4", other([{ type: "heading", level: 1e9, text: "费用" }])],
  ["a heading whose level is a text", "S-VALUE", "2、3、4", other([{ type: "heading", level: "2", text: "费用" }])],
  ["a heading of 201 characters", "S-LENGTH", "200", other([{ type: "heading", level: 2, text: "费".repeat(201) }])],
  ["a heading with its number", "S-HEADING", "（一）", other([{ type: "heading", level: 2, text: "（一）费用" }])],
  ["5,001 blocks", "S-LENGTH", "5000", other(new Array(5001).fill({ type: "paragraph", text: "无" }))],
  [
    "51 paragraphs before the first part",
    "S-LENGTH",
    "50",
    (r) => void (r["preamble"] = new Array(51).fill({ type: "paragraph", text: "无" })),
  ],
  [
    "a heading before the first part",
    "S-VALUE",
    "paragraph",
    (r) => void (r["preamble"] = [{ type: "heading", level: 2, text: "前言" }]),
  ],
  ["a name of 101 characters", "S-LENGTH", "100", organ("局".repeat(101))],
  ["a name of 300,000 characters", "S-LENGTH", "100", organ("局".repeat(300_000))],
  ["no name", "S-LENGTH", "不能为空", organ("")],
  ["a name that is an object", "S-TYPE", "字符串", organ({ toString: "局" })],
  ["an organ that is a list", "S-TYPE", "对象", (r) => void (r["organ"] = ["局"])],
  ["an organ that is a text", "S-TYPE", "对象", (r) => void (r["organ"] = "局")],
  ["explanations as a text", "S-TYPE", "对象", explained(MARK)],
  ["an explanation that is null", "S-TYPE", "字符串", explained({ "N-FEE": null })],
  ["an explanation that is an object", "S-TYPE", "字符串", explained({ "N-FEE": {} })],
  ["an explanation of 501 characters", "S-LENGTH", "500", explained({ "N-FEE": "说".repeat(501) })],
  ["an empty explanation", "S-LENGTH", "不能为空", explained({ "N-FEE": "" })],
  ["an explanation of what is no rule", "S-FORMAT", "规则编号", explained({ "../N-FEE": "说明" })],
];

/** Much of one thing: the answer stays short and comes soon. */
const MUCH: readonly Row[] = [
  [
    "a hundred thousand unknown keys",
    "S-UNKNOWN",
    "另有",
    (r) => {
      for (let i = 0; i < 60_000; i += 1) r[`key${i}`] = 0;
    },
  ],
  ["half a million wrong blocks", "S-TYPE", "另有", other(new Array(450_000).fill(0))],
  ["a hundred thousand blocks of no kind", "S-VALUE", "另有", other(new Array(40_000).fill({ type: "x" }))],
  [
    "five thousand texts with a control",
    "S-TEXT",
    "另有",
    other(new Array(5000).fill({ type: "paragraph", text: "费\u0007" })),
  ],
  ["a list of empty objects", "S-REQUIRED", "另有", other(new Array(300_000).fill({}))],
  [
    "sixty thousand explanations",
    "S-FORMAT",
    "另有",
    (r) => {
      r["explanations"] = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`x${i}`, ""]));
    },
  ],
  [
    "thousands of characters without a glyph",
    "F-GLYPH",
    "没有可用的字形",
    other(
      paragraphs(
        `信息处理费${Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x12000 + (i % 900))).join("")}`,
      ),
    ),
  ],
];

const input =
  (kind: string) =>
  ([what, id, says, change]: Row): HostileInput => ({ what: `${kind}: ${what}`, status: 422, id, says, change });

/** Numbers and keys that only JSON's own text can have. */
const WRITTEN: readonly (readonly [string, string, string, (text: string) => string])[] = [
  ["the prototype as a key", "S-UNKNOWN", "__proto__", (t) => t.replace("{", '{"__proto__": {"polluted": true}, ')],
  [
    "the prototype in a row",
    "S-UNKNOWN",
    "__proto__",
    (t) => t.replace('"received":{', '"received":{"__proto__":{"total":1},'),
  ],
  [
    "the prototype in a block",
    "S-UNKNOWN",
    "__proto__",
    (t) => t.replace('{"type":"paragraph"', '{"__proto__":{"text":"x"},"type":"paragraph"'),
  ],
  [
    "the prototype as the organ's",
    "S-UNKNOWN",
    "__proto__",
    (t) => t.replace('"organ":{', '"organ":{"__proto__":null,'),
  ],
  [
    "the prototype among the explanations",
    "S-FORMAT",
    "规则编号",
    (t) => t.replace("{", '{"explanations": {"__proto__": "x"}, '),
  ],
  ["1e400", "S-TYPE", "Infinity", (t) => t.replace('"research":0', '"research":1e400')],
  ["minus 1e400", "S-TYPE", "-Infinity", (t) => t.replace('"research":0', '"research":-1e400')],
  [
    "an exponent of a hundred thousand digits",
    "S-TYPE",
    "Infinity",
    (t) => t.replace('"research":0', `"research":1e${"9".repeat(100_000)}`),
  ],
  [
    "a count of 400,000 digits",
    "S-TYPE",
    "Infinity",
    (t) => t.replace('"research":0', `"research":${"9".repeat(400_000)}`),
  ],
  [
    "a fraction of 400,000 digits",
    "S-TYPE",
    "整数",
    (t) => t.replace('"research":0', `"research":0.${"3".repeat(400_000)}`),
  ],
  ["1e400 as the year", "S-TYPE", "Infinity", (t) => t.replace('"year":2025', '"year":1e400')],
  [
    "2^53+1, which no double has",
    "S-RANGE",
    "9007199254740991",
    (t) => t.replace('"research":0', '"research":9007199254740993'),
  ],
];

/** JSON that is no report, or none that may be published: 422 with the rule. */
export const REPORT_INPUTS: readonly HostileInput[] = [
  ...NO_REPORT.map(input("no report")),
  ...YEARS.map(input("year")),
  ...CODES.map(input("identifier")),
  ...DATES.map(input("date")),
  ...FIGURES.map(input("figure")),
  ...KEYS.map(input("keys")),
  ...NARRATIVES.map(input("narrative")),
  ...MUCH.map(input("much")),
  ...WRITTEN.map(
    ([what, id, says, rewrite]): HostileInput => ({ what: `written: ${what}`, status: 422, id, says, rewrite }),
  ),
];
