/** The routes of what the office above makes of its desk: checks of all that is published, notices, a workbook. */
import { CODE_SHAPE } from "../src/form/uscc.ts";
import { JSON_BODY } from "./body-rule.ts";
import { ref } from "./openapi-schemas.ts";
import type { Route } from "./route.ts";
import { json, READING_OWN, readingOwn, SECURED, writing } from "./route-parts.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const DESK_ROUTES = [
  {
    ...readingOwn,
    operation: "getChecks",
    path: "/checks/{division}/{year}",
    summary: "已公布的各份报告在公布时的核查结果，一次至多200个机关",
    action: "oversee",
    query: [
      {
        name: "after",
        schema: { pattern: `^${CODE_SHAPE}$` },
        description: "从哪个统一社会信用代码之后起，即上一次答复的 next",
        expected: { zh: "18位统一社会信用代码", en: "a credit code of 18 characters" },
      },
    ],
    answers: { "200": { description: "各机关的核查结果，按代码", content: json(ref("Checks")) } },
    problems: [404, ...READING_OWN],
  },
  {
    ...readingOwn,
    operation: "getNotice",
    path: "/notices/{uscc}/{year}",
    summary: "给一个机关的整改通知：已公布的报告里须改正或说明的，单位和日期留空",
    action: "oversee",
    query: [
      {
        name: "format",
        schema: { enum: ["docx", "html"] },
        description: "不写就是 docx",
        expected: { zh: "docx 或 html", en: "docx or html" },
      },
      {
        name: "alike",
        schema: { pattern: `^${CODE_SHAPE}(?:\\.${CODE_SHAPE}){0,2}$` },
        description: "与哪些机关的正文比对，至多3个统一社会信用代码，以点隔开；有五分之四相同的写进通知",
        expected: { zh: "至多3个统一社会信用代码，以点隔开", en: "at most 3 credit codes with dots between" },
      },
    ],
    answers: { "200": { description: "通知", content: { [DOCX]: {}, "text/html": {} } } },
    problems: [404, ...READING_OWN],
  },
  {
    ...writing,
    operation: "getWorkbook",
    method: "POST",
    path: "/desk/{division}/{year}/workbook",
    summary: "工作台里所列机关的状态，按所列的顺序，XLSX",
    action: "oversee",
    body: {
      ...JSON_BODY,
      content: json({
        type: "object",
        additionalProperties: false,
        required: ["organs"],
        properties: { organs: { type: "array", items: { type: "string" } } },
      }),
    },
    answers: { "200": { description: "工作簿", content: { [XLSX]: {} } } },
    problems: [404, 422, ...SECURED],
  },
] as const satisfies readonly Route[];
