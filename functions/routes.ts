/** The one table of routes: of it are made Hono's routing, the 405s, OpenAPI and API Gateway. */
import { CODE_PATTERN } from "../src/form/uscc.ts";
import { IMPORTED, listed } from "../src/formats/registry.ts";
import { FILE_BODY, FILE_TYPES, JSON_BODY, PNG_BODY, ROSTER_BODY } from "./body-rule.ts";
import { importProblems } from "./openapi-imports.ts";
import { rollupRequest } from "./openapi-rollups.ts";
import { AMENDMENTS, anyReport, ref } from "./openapi-schemas.ts";
import type { Json, Parameter, Route } from "./route.ts";
import { flag, idempotencyKey, json, location, READING, reading, SECURED, SIGNED_IN, writing } from "./route-parts.ts";
import { DESK_ROUTES } from "./routes-desk.ts";
import { OFFICE_ROUTES } from "./routes-office.ts";

const retried = idempotencyKey("重试用的键：同一机关、同一年度内，同一个键只对应一次提交");
const receipt = (description: string, more: Json = {}): Json => ({
  description,
  ...more,
  content: json(ref("Receipt")),
});

/** What whoever sends a file knows of it. */
const IMPORTING: readonly Parameter[] = [
  {
    name: "name",
    schema: { maxLength: 255 },
    description: "文件名，供判断年度、机关和格式",
    expected: { zh: "文件名，不超过255个字符", en: "a file name of at most 255 characters" },
  },
  {
    name: "uscc",
    schema: { pattern: CODE_PATTERN },
    description: "统一社会信用代码，网页和文档里通常没有",
    expected: { zh: "18位统一社会信用代码", en: "a credit code of 18 characters" },
  },
  {
    name: "organ",
    schema: { maxLength: 100 },
    description: "机关全称，代替文件里的",
    expected: { zh: "机关全称，不超过100字", en: "a name of at most 100 characters" },
  },
  {
    name: "year",
    schema: { pattern: "^[0-9]{4}$" },
    description: "年度，代替文件里的",
    expected: { zh: "四位年度", en: "a year of four digits" },
  },
  {
    name: "signed",
    schema: { format: "date" },
    description: "成文日期，代替文件里的",
    expected: { zh: "日期，如 2026-01-26", en: "a date such as 2026-01-26" },
  },
];

const PDF: Json = { "application/pdf": {} };
const pdfFlag = flag("pdf", "只返回将要公布的PDF（与公布的逐字节相同），不公布");

/** What is done to a published report: it takes the next version's place, and answers with its receipt. */
const amending = {
  ...writing,
  method: "POST",
  headers: [retried],
  answers: { "200": receipt("这次提交已经公布过"), "201": receipt("已公布", { headers: location }) },
  problems: [404, 409, 422, ...SECURED],
} as const;

export const ROUTES = [
  {
    ...writing,
    operation: "publishReport",
    method: "POST",
    path: "/reports",
    summary: "校验并公布报告",
    action: "file",
    query: [flag("dryRun", "只校验，不公布；有令牌即可"), pdfFlag],
    headers: [retried],
    body: { ...JSON_BODY, content: json(anyReport) },
    answers: {
      "200": {
        description: "同一报告已经公布，或只校验且没有错误，或将要公布的PDF",
        content: { ...json({ anyOf: [ref("Receipt"), ref("Check")] }), ...PDF },
      },
      "201": receipt("已公布", { headers: location }),
    },
    problems: [409, 422, ...SECURED],
  },
  {
    ...amending,
    operation: "correctReport",
    path: "/reports/{uscc}/{year}/corrections",
    summary: "更正：公布下一版，末页附更正说明，前一版保留",
    action: "correct",
    query: [pdfFlag],
    answers: {
      ...amending.answers,
      "200": { description: "这次提交已经公布过，或将要公布的PDF", content: { ...json(ref("Receipt")), ...PDF } },
    },
    body: { ...JSON_BODY, content: json(ref(AMENDMENTS.correction)) },
  },
  {
    ...amending,
    operation: "withdrawReport",
    path: "/reports/{uscc}/{year}/withdrawal",
    summary: "撤回：以撤回说明代替，各版保留",
    action: "withdraw",
    body: { ...JSON_BODY, content: json(ref(AMENDMENTS.withdrawal)) },
  },
  {
    ...amending,
    operation: "redactVersion",
    path: "/reports/{uscc}/{year}/versions/{version}/redaction",
    summary: "撤下：不再公开已被取代的一版的内容，以撤下说明代替，记录和哈希值保留",
    action: "withdraw",
    body: { ...JSON_BODY, content: json(ref(AMENDMENTS.redaction)) },
  },
  {
    ...writing,
    operation: "previewReport",
    method: "POST",
    path: "/reports/preview",
    summary: "预览PDF，不保存；有令牌即可",
    action: "preview",
    rate: "preview",
    query: [flag("draft", "填报中的报告：只须有格式版本和年度，缺少或有误的格留空")],
    body: { ...JSON_BODY, content: json({ anyOf: [anyReport, { type: "object" }] }) },
    answers: { "200": { description: "每页标有“预览”的PDF", content: PDF } },
    problems: [422, ...SIGNED_IN],
  },
  {
    operation: "importReport",
    method: "POST",
    path: "/imports",
    summary: `由已有的文件（${listed(IMPORTED).zh}）得出报告并说明每一格怎样得来，不保存；有令牌即可`,
    token: "required",
    open: false,
    action: "import",
    handledBy: "imports",
    rate: "import",
    query: IMPORTING,
    body: {
      ...FILE_BODY,
      content: Object.fromEntries(FILE_TYPES.map((type) => [type, {}])),
      description:
        "文件本身。不是UTF-8编码的（如GBK的网页）须以 application/octet-stream 提交 · the file itself; what is not UTF-8 must be sent as application/octet-stream",
    },
    answers: { "200": { description: "报告、导入说明和校验结果", content: json(ref("Imported")) }, ...importProblems },
    problems: SIGNED_IN.filter((status) => !Object.hasOwn(importProblems, status)),
  },
  {
    ...reading,
    operation: "getReport",
    path: "/reports/{uscc}/{year}",
    summary: "查一份已公布的报告；带有为该机关办理事项的令牌时，附有对警告的说明",
    token: "optional",
    answers: { "200": receipt("回执") },
    problems: [...READING, 401, 404, 503],
  },
  {
    ...writing,
    operation: "putSeal",
    method: "PUT",
    path: "/organs/{uscc}/seal",
    summary: "留存本机关的印章图片，此后公布的报告加盖",
    action: "seal",
    body: { ...PNG_BODY, content: { "image/png": {} } },
    answers: {
      "200": {
        description: "已留存；印出的宽高，毫米",
        content: json({
          type: "object",
          properties: { uscc: { type: "string" }, width: { type: "number" }, height: { type: "number" } },
        }),
      },
    },
    problems: [404, 422, ...SECURED],
  },
  {
    ...reading,
    operation: "getRoster",
    path: "/rosters/{division}",
    summary: "查一个行政区划的名录：应报送年度报告的机关及其上下级",
    answers: { "200": { description: "名录", content: json(ref("Roster")) } },
    problems: [...READING, 404],
  },
  {
    ...reading,
    operation: "getOrgan",
    path: "/organs/{uscc}",
    summary: "查名录里的一个机关：名称、类别、上级",
    answers: { "200": { description: "机关", content: json(ref("ListedOrgan")) } },
    problems: [...READING, 404],
  },
  {
    ...writing,
    operation: "putRoster",
    method: "PUT",
    path: "/rosters/{division}",
    summary: "保存一个行政区划的名录；version 为据以修改的一版，还没有名录时不写",
    action: "oversee",
    body: { ...ROSTER_BODY, content: json(ref("Roster")) },
    answers: {
      "200": { description: "与最新一版相同", content: json(ref("SavedRoster")) },
      "201": { description: "已保存", headers: location, content: json(ref("SavedRoster")) },
    },
    problems: [409, 422, ...SECURED],
  },
  {
    ...writing,
    operation: "rollUp",
    method: "POST",
    path: "/rollups/{division}/{year}",
    summary: "汇总：按名录由所属各机关已公布的报告起草本级政府的年度报告，不保存",
    action: "oversee",
    body: { ...ROSTER_BODY, content: json(rollupRequest) },
    answers: { "200": { description: "草稿及其来源", content: json(ref("Rollup")) } },
    problems: [404, 422, ...SECURED],
  },
  ...OFFICE_ROUTES,
  ...DESK_ROUTES,
  {
    ...writing,
    operation: "getStandsOn",
    method: "GET",
    path: "/rollups/{division}/{year}",
    summary: "本级政府公布的报告所依据的来源里，此后更正、撤回或新公布的；没有名录也可以查",
    action: "oversee",
    answers: { "200": { description: "来源的变化", content: json(ref("StandsOn")) } },
    problems: [400, 401, 403, 429, 500, 503],
  },
  {
    ...reading,
    operation: "health",
    path: "/healthz",
    summary: "是否在运行",
    rate: "health",
    answers: { "200": { description: "在运行", content: json({ type: "object" }) } },
    problems: [400, 405],
  },
  {
    ...reading,
    operation: "getDescription",
    path: "/openapi.json",
    summary: "本说明",
    answers: { "200": { description: "OpenAPI 3.1", content: json({ type: "object" }) } },
    problems: READING,
  },
  {
    ...reading,
    operation: "getSchema",
    path: "/schemas/{file}",
    summary: "报告、更正、撤回的 JSON Schema（2020-12）",
    answers: { "200": { description: "模式", content: { "application/schema+json": { schema: { type: "object" } } } } },
    problems: [...READING, 404],
  },
  {
    ...reading,
    operation: "getFilingConfiguration",
    path: "/filing/config.json",
    summary: "填报页面的设置：登录服务、客户端、已公布文件的网址",
    open: false,
    answers: { "200": { description: "设置", content: json({ type: "object" }) } },
    problems: READING,
  },
] as const satisfies readonly Route[];

export type Operation = (typeof ROUTES)[number]["operation"];

/** A path of the table as a pattern for real ones. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
const PATTERNS = ROUTES.map((route: Route) => [patternOf(route.path), route] as const);

/** The routes that a path may be of. */
export const routesAt = (path: string): readonly Route[] =>
  PATTERNS.flatMap(([pattern, route]) => (pattern.test(path) ? [route] : []));

/** The methods that a path takes, as `Allow` lists them; undefined where there is no such path. */
export function allowedAt(path: string): string | undefined {
  const methods = routesAt(path).flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return methods.length > 0 ? [...new Set(methods), "OPTIONS"].join(", ") : undefined;
}
