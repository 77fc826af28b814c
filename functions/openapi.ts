import { reportSchemas } from "../generated/schemas.ts";

type Json = Readonly<Record<string, unknown>>;

/** A published schema as a component: references go to where it lies in the description. */
function component(schema: Json, name: string): Json {
  const moved = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(moved)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value).flatMap(([key, inner]) =>
              key === "$ref" && typeof inner === "string"
                ? [[key, inner.replace("#/$defs/", `#/components/schemas/${name}/$defs/`)]]
                : [[key, moved(inner)]],
            ),
          )
        : value;
  const { $id: _, $schema: __, ...rest } = schema;
  return moved(rest) as Json;
}

const json = (schema: Json): Json => ({ "application/json": { schema } });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const problems = (...statuses: readonly number[]): Json =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${status}` }]));

const idempotencyKey: Json = {
  name: "Idempotency-Key",
  in: "header",
  schema: { type: "string", maxLength: 255 },
  description: "重试用的键：同一机关、同一年度内，同一个键只对应一次提交",
};
const place: readonly Json[] = [
  { name: "uscc", in: "path", required: true, schema: { type: "string" }, description: "统一社会信用代码" },
  { name: "year", in: "path", required: true, schema: { type: "integer" }, description: "年度" },
];

/** A correction or a withdrawal: what it says, and what it is answered with. */
const amendment = (operationId: string, summary: string, more: Json, required: readonly string[]): Json => ({
  post: {
    operationId,
    summary,
    parameters: [...place, idempotencyKey],
    requestBody: {
      required: true,
      content: json({
        type: "object",
        required,
        additionalProperties: false,
        properties: {
          supersedes: { type: "integer", minimum: 1, description: "所更正或撤回的版本，应为最新一版" },
          reason: { type: "string", minLength: 1, maxLength: 500, description: "理由，公开" },
          ...more,
        },
      }),
    },
    responses: {
      "200": { description: "这次提交已经公布过", content: json(ref("Receipt")) },
      "201": { description: "已公布", content: json(ref("Receipt")) },
      ...problems(400, 404, 409, 413, 415, 422, 500),
    },
  },
});

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "不是JSON，附行号和列号 · not JSON, with line and column",
  404: "没有找到 · not found",
  405: "不支持的方法，Allow 列出可用的 · method not allowed",
  409: "该年度已公布另一份报告 · another report is published for the year",
  413: "正文超过1 MiB · body over 1 MiB",
  415: "不是 application/json · not application/json",
  422: "未通过校验，findings 列出全部问题 · errors found, all listed in findings",
  500: "服务内部错误 · internal error",
};

/** The OpenAPI 3.1 description, made from the published schemas. */
export function openApi(server: string): Json {
  const names = Object.keys(reportSchemas).map((edition) => `Report${edition}`);
  const oneReport = {
    oneOf: names.map(ref),
    discriminator: {
      propertyName: "edition",
      mapping: Object.fromEntries(Object.keys(reportSchemas).map((e) => [e, `#/components/schemas/Report${e}`])),
    },
  };
  const report = { required: true, content: json(oneReport) };
  const string = { type: "string" };
  const finding = {
    type: "object",
    required: ["id", "level", "message", "messageEn", "cells"],
    properties: {
      id: string,
      level: { enum: ["error", "warning", "information"] },
      message: string,
      messageEn: string,
      cells: {
        type: "array",
        items: {
          type: "object",
          required: ["pointer", "label"],
          properties: {
            pointer: { type: "string", description: "RFC 6901" },
            label: string,
            value: { type: ["number", "string"] },
            of: { const: "previous" },
          },
        },
      },
    },
  };
  const receipt = {
    type: "object",
    required: [
      "uscc",
      "year",
      "version",
      "kind",
      "organ",
      "publishedAt",
      "submission",
      "artefacts",
      "findings",
      "explanations",
      "record",
      "previous",
    ],
    properties: {
      uscc: string,
      year: { type: "integer" },
      version: { type: "integer" },
      kind: { enum: ["original", "correction", "withdrawal"] },
      supersedes: { type: "integer", description: "所更正或撤回的版本" },
      reason: { type: "string", description: "更正或撤回的理由" },
      organ: string,
      publishedAt: { type: "string", format: "date-time" },
      submission: { type: "string", description: "SHA-256, RFC 8785" },
      artefacts: {
        type: "array",
        items: {
          type: "object",
          required: ["name", "sha256", "size", "contentType", "url"],
          properties: {
            name: string,
            sha256: string,
            size: { type: "integer" },
            contentType: string,
            url: { type: "string", format: "uri" },
            latestUrl: { type: "string", format: "uri" },
          },
        },
      },
      findings: { type: "array", items: ref("Finding") },
      explanations: { type: "object", additionalProperties: string, description: "对警告的说明，按规则编号" },
      record: { type: "string", description: "公布记录的 SHA-256" },
      previous: { type: ["string", "null"], description: "前一版公布记录的 SHA-256；第1版为 null" },
      computed: {
        type: "object",
        additionalProperties: { type: "integer" },
        description: "没有填报、由系统计算的总计",
      },
      comparedWithLastYear: { type: "boolean" },
      note: string,
      noteEn: string,
    },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "年报 nianbao",
      version: "0.1.0",
      description: "政府信息公开工作年度报告的校验、排版和公布",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: server }],
    security: [],
    paths: {
      "/reports": {
        post: {
          operationId: "publishReport",
          summary: "校验并公布报告",
          parameters: [
            { name: "dryRun", in: "query", schema: { enum: ["true", "false"] }, description: "只校验，不公布" },
            idempotencyKey,
          ],
          requestBody: report,
          responses: {
            "200": {
              description: "同一报告已经公布，或只校验且没有错误",
              content: json({ anyOf: [ref("Receipt"), ref("Check")] }),
            },
            "201": { description: "已公布", headers: { Location: { schema: string } }, content: json(ref("Receipt")) },
            ...problems(400, 409, 413, 415, 422, 500),
          },
        },
      },
      "/reports/{uscc}/{year}/corrections": amendment(
        "correctReport",
        "更正：公布下一版，末页附更正说明，前一版保留",
        { report: oneReport },
        ["supersedes", "reason", "report"],
      ),
      "/reports/{uscc}/{year}/withdrawal": amendment("withdrawReport", "撤回：以撤回说明代替，各版保留", {}, [
        "supersedes",
        "reason",
      ]),
      "/reports/preview": {
        post: {
          operationId: "previewReport",
          summary: "预览PDF，不保存",
          requestBody: report,
          responses: {
            "200": { description: "每页标有“预览”的PDF", content: { "application/pdf": {} } },
            ...problems(400, 413, 415, 422, 500),
          },
        },
      },
      "/reports/{uscc}/{year}": {
        get: {
          operationId: "getReport",
          summary: "查一份已公布的报告",
          parameters: [
            { name: "uscc", in: "path", required: true, schema: { type: "string", pattern: "^[0-9A-Z]{18}$" } },
            { name: "year", in: "path", required: true, schema: { type: "string", pattern: "^[0-9]{4}$" } },
          ],
          responses: { "200": { description: "回执", content: json(ref("Receipt")) }, ...problems(404, 405) },
        },
      },
      "/organs/{uscc}/seal": {
        put: {
          operationId: "putSeal",
          summary: "留存本机关的印章图片，此后公布的报告加盖",
          parameters: [
            { name: "uscc", in: "path", required: true, schema: { type: "string", pattern: "^[0-9A-Z]{18}$" } },
          ],
          requestBody: { required: true, content: { "image/png": {} } },
          responses: {
            "200": {
              description: "已留存；印出的宽高，毫米",
              content: json({
                type: "object",
                properties: { uscc: string, width: { type: "number" }, height: { type: "number" } },
              }),
            },
            ...problems(404, 413, 415, 422, 500),
          },
        },
      },
      "/healthz": {
        get: {
          operationId: "health",
          summary: "是否在运行",
          responses: { "200": { description: "在运行", content: json({ type: "object" }) }, ...problems(405) },
        },
      },
    },
    components: {
      schemas: {
        ...Object.fromEntries(
          Object.entries(reportSchemas).map(([edition, schema]) => [
            `Report${edition}`,
            component(schema, `Report${edition}`),
          ]),
        ),
        Finding: finding,
        Receipt: receipt,
        Check: {
          type: "object",
          required: ["valid", "findings", "unexplained", "computed", "comparedWithLastYear"],
          properties: {
            valid: { const: true },
            findings: { type: "array", items: ref("Finding") },
            unexplained: { type: "array", items: string, description: "还没有说明的警告" },
            computed: { type: "object" },
            comparedWithLastYear: { type: "boolean" },
            note: string,
            noteEn: string,
          },
        },
        Problem: {
          type: "object",
          required: ["type", "status", "title", "titleEn"],
          properties: {
            type: string,
            status: { type: "integer" },
            title: string,
            titleEn: string,
            detail: string,
            detailEn: string,
            findings: { type: "array", items: ref("Finding") },
            line: { type: "integer" },
            column: { type: "integer" },
            unexplained: { type: "array", items: string },
            receipt: ref("Receipt"),
          },
        },
      },
      responses: Object.fromEntries(
        Object.entries(DESCRIPTIONS).map(([status, description]) => [
          status,
          { description, content: { "application/problem+json": { schema: ref("Problem") } } },
        ]),
      ),
    },
  };
}
