import type { AmendmentKind } from "../schemas/amendment-schema.ts";
import { importBody, importParameters, importProblems, importSchemas } from "./openapi-imports.ts";
import { AMENDMENTS, anyReport, type Json, ref, schemas } from "./openapi-schemas.ts";
import { IDEMPOTENCY_KEY } from "./request.ts";

const json = (schema: Json): Json => ({ "application/json": { schema } });
const problems = (...statuses: readonly number[]): Json =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${status}` }]));

/** What any request with a token may be answered. */
const SECURED = [401, 403, 413, 415, 500, 503] as const;
/** What one may be answered for which no right for an organ is needed. */
const SIGNED_IN = SECURED.filter((status) => status !== 403);
const security = [{ bearer: [] }];

const idempotencyKey: Json = {
  name: "Idempotency-Key",
  in: "header",
  schema: { type: "string", pattern: IDEMPOTENCY_KEY },
  description: "重试用的键：同一机关、同一年度内，同一个键只对应一次提交",
};
const flag = (name: string, description: string): Json => ({
  name,
  in: "query",
  schema: { enum: ["true", "false"] },
  description,
});
const uscc: Json = {
  name: "uscc",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[0-9A-Z]{18}$" },
  description: "统一社会信用代码",
};
const year: Json = {
  name: "year",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[0-9]{4}$" },
  description: "年度",
};
const location: Json = { Location: { schema: { type: "string" } } };
const report: Json = { required: true, content: json(anyReport) };

/** A correction or a withdrawal: what it says, and what it is answered with. */
const amendment = (kind: AmendmentKind, operationId: string, summary: string): Json => ({
  post: {
    operationId,
    summary,
    security,
    parameters: [uscc, year, idempotencyKey],
    requestBody: { required: true, content: json(ref(AMENDMENTS[kind])) },
    responses: {
      "200": { description: "这次提交已经公布过", content: json(ref("Receipt")) },
      "201": { description: "已公布", headers: location, content: json(ref("Receipt")) },
      ...problems(400, 404, 409, 422, ...SECURED),
    },
  },
});

/** As an amendment, of a version that its path names. */
const redaction: Json = (() => {
  const summary = "撤下：不再公开已被取代的一版的内容，以撤下说明代替，记录和哈希值保留";
  const { post } = amendment("redaction", "redactVersion", summary) as { post: Json };
  const version = { name: "version", in: "path", required: true, schema: { type: "integer", minimum: 1 } };
  return { post: { ...post, parameters: [...(post["parameters"] as Json[]), version] } };
})();

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "不是JSON（附行号和列号），或参数、Idempotency-Key 不对 · not JSON (with line and column), or a bad parameter",
  401: "没有令牌，或令牌无效、过期 · no token, or an invalid or expired one",
  403: "令牌没有为该机关办理此事的权限 · the token grants no right to do this for the organ",
  404: "没有找到 · not found",
  405: "不支持的方法，Allow 列出可用的 · method not allowed",
  409: "该年度已公布另一份报告，或所更正、撤回的不是最新一版，或要撤下的仍是最新一版 · another report, or a later version, is published",
  413: "正文超过1 MiB · body over 1 MiB",
  415: "媒体类型不对 · unsupported media type",
  422: "未通过校验，findings 列出问题 · errors found, listed in findings",
  500: "服务内部错误 · internal error",
  503: "暂时无法核对令牌，Retry-After 秒后重试 · tokens cannot be checked, try again after Retry-After seconds",
};
const HEADERS: Readonly<Record<number, Json>> = {
  401: { "WWW-Authenticate": { schema: { type: "string" } } },
  403: { "WWW-Authenticate": { schema: { type: "string" } } },
  405: { Allow: { schema: { type: "string" } } },
  503: { "Retry-After": { schema: { type: "integer" } } },
};

const paths: Json = {
  "/reports": {
    post: {
      operationId: "publishReport",
      summary: "校验并公布报告",
      security,
      parameters: [flag("dryRun", "只校验，不公布；有令牌即可"), idempotencyKey],
      requestBody: report,
      responses: {
        "200": {
          description: "同一报告已经公布，或只校验且没有错误",
          content: json({ anyOf: [ref("Receipt"), ref("Check")] }),
        },
        "201": { description: "已公布", headers: location, content: json(ref("Receipt")) },
        ...problems(400, 409, 422, ...SECURED),
      },
    },
  },
  "/reports/{uscc}/{year}/corrections": amendment(
    "correction",
    "correctReport",
    "更正：公布下一版，末页附更正说明，前一版保留",
  ),
  "/reports/{uscc}/{year}/withdrawal": amendment("withdrawal", "withdrawReport", "撤回：以撤回说明代替，各版保留"),
  "/reports/{uscc}/{year}/versions/{version}/redaction": redaction,
  "/reports/preview": {
    post: {
      operationId: "previewReport",
      summary: "预览PDF，不保存；有令牌即可",
      security,
      parameters: [flag("draft", "填报中的报告：只须有格式版本和年度，缺少或有误的格留空")],
      requestBody: { required: true, content: json({ anyOf: [anyReport, { type: "object" }] }) },
      responses: {
        "200": { description: "每页标有“预览”的PDF", content: { "application/pdf": {} } },
        ...problems(400, 422, ...SIGNED_IN),
      },
    },
  },
  "/imports": {
    post: {
      operationId: "importReport",
      summary: "由已有的网页、DOCX、XLSX、CSV、PDF 得出报告并说明每一格怎样得来，不保存；有令牌即可",
      security,
      parameters: importParameters,
      requestBody: importBody,
      responses: {
        "200": { description: "报告、导入说明和校验结果", content: json(ref("Imported")) },
        ...problems(...SIGNED_IN),
        ...importProblems,
      },
    },
  },
  "/reports/{uscc}/{year}": {
    get: {
      operationId: "getReport",
      summary: "查一份已公布的报告",
      security: [],
      parameters: [uscc, year],
      responses: { "200": { description: "回执", content: json(ref("Receipt")) }, ...problems(404, 405) },
    },
  },
  "/organs/{uscc}/seal": {
    put: {
      operationId: "putSeal",
      summary: "留存本机关的印章图片，此后公布的报告加盖",
      security,
      parameters: [uscc],
      requestBody: { required: true, content: { "image/png": {} } },
      responses: {
        "200": {
          description: "已留存；印出的宽高，毫米",
          content: json({
            type: "object",
            properties: { uscc: { type: "string" }, width: { type: "number" }, height: { type: "number" } },
          }),
        },
        ...problems(404, 422, ...SECURED),
      },
    },
  },
  "/healthz": {
    get: {
      operationId: "health",
      summary: "是否在运行",
      security: [],
      responses: { "200": { description: "在运行", content: json({ type: "object" }) }, ...problems(405) },
    },
  },
};

/** The OpenAPI 3.1 description, made from the published schemas. */
export const openApi = (server: string): Json => ({
  openapi: "3.1.0",
  info: {
    title: "年报 nianbao",
    version: "0.1.0",
    description: "政府信息公开工作年度报告的校验、排版和公布",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: server }],
  security,
  paths,
  components: {
    securitySchemes: {
      bearer: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: "OpenID Connect 签发的令牌；其中写明可为哪些机关或行政区划办理哪些事项",
      },
    },
    schemas: { ...schemas, ...importSchemas },
    responses: Object.fromEntries(
      Object.entries(DESCRIPTIONS).map(([status, description]) => [
        status,
        {
          description,
          ...(HEADERS[Number(status)] ? { headers: HEADERS[Number(status)] } : {}),
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
      ]),
    ),
  },
});
