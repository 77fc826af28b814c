import { reportSchemas } from "../generated/schemas.ts";
import { sourcesSchema } from "../src/rollup/sources-schema.ts";
import { rosterSchema } from "../src/roster/schema.ts";
import { AMENDMENT_KINDS, type AmendmentKind, amendmentSchema } from "../src/rules/amendment-schema.ts";
import { officeSchemas } from "./openapi-office.ts";
import { rollupSchema, standsOnSchema } from "./openapi-rollups.ts";
import type { Json } from "./route.ts";

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

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

/** A report as it is sent: what a region's stands on may come with it. */
const withSources = (report: Json): Json => ({
  ...report,
  properties: { ...(report["properties"] as Json), sources: ref("Sources") },
});

/** A report on any edition. */
export const anyReport: Json = {
  oneOf: Object.keys(reportSchemas).map((edition) => ref(`Report${edition}`)),
  discriminator: {
    propertyName: "edition",
    mapping: Object.fromEntries(Object.keys(reportSchemas).map((e) => [e, `#/components/schemas/Report${e}`])),
  },
};

/** What each kind of amendment is called here. */
export const AMENDMENTS: Readonly<Record<AmendmentKind, string>> = {
  correction: "Correction",
  withdrawal: "Withdrawal",
  redaction: "Redaction",
};

/** The schema of an amendment, its report being one of those described here. */
function amendment(kind: AmendmentKind): Json {
  const schema = component(amendmentSchema(kind), AMENDMENTS[kind]);
  const { report, ...properties } = schema["properties"] as Json;
  return { ...schema, properties: { ...properties, ...(report ? { report: anyReport } : {}) } };
}

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
    "record",
    "previous",
  ],
  properties: {
    uscc: string,
    year: { type: "integer" },
    version: { type: "integer" },
    kind: { enum: ["original", "correction", "withdrawal", "redaction"] },
    supersedes: { type: "integer", description: "所更正或撤回的版本" },
    redacts: { type: "integer", description: "所撤下的版本" },
    reason: { type: "string", description: "更正、撤回或撤下的理由" },
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
    explanations: {
      type: "object",
      additionalProperties: string,
      description: "对警告的说明，按规则编号；只给能为该机关办理事项的",
    },
    record: { type: "string", description: "公布记录的 SHA-256" },
    previous: { type: ["string", "null"], description: "前一版公布记录的 SHA-256；第1版为 null" },
    log: {
      type: "object",
      required: ["verify", "proof"],
      description: "有公布日志的：这一版将记入或已记入日志",
      properties: {
        verify: { type: "string", format: "uri", description: "核验公布文件的网页" },
        proof: { type: "string", format: "uri", description: "收录证明（C2SP tlog-proof）；记入日志之后才有" },
        logged: { type: "boolean", description: "查询回执时：是否已经记入" },
      },
    },
    computed: {
      type: "object",
      additionalProperties: { type: "integer" },
      description: "没有填报、由系统计算的总计",
    },
    comparedWithLastYear: { type: "boolean" },
    note: string,
    noteEn: string,
    state: {
      type: "object",
      description: "再次提交的一版已被取代或撤回时：由哪一版、何时",
      properties: {
        status: { enum: ["superseded", "withdrawn"] },
        version: { type: "integer" },
        publishedAt: { type: "string", format: "date-time" },
        reason: string,
        message: string,
        messageEn: string,
      },
    },
  },
};

const check = {
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
};
const problem = {
  type: "object",
  required: ["type", "status", "title", "titleEn", "instance"],
  properties: {
    type: string,
    status: { type: "integer" },
    title: string,
    titleEn: string,
    detail: string,
    detailEn: string,
    instance: { type: "string", format: "uri", description: "本次请求的编号，urn:uuid:…；查问时请提供" },
    findings: { type: "array", items: ref("Finding") },
    line: { type: "integer" },
    column: { type: "integer" },
    unexplained: { type: "array", items: string },
    comparedWithLastYear: { type: "boolean" },
    receipt: ref("Receipt"),
    version: { type: "integer", description: "名录或审核规定的最新一版" },
    code: {
      enum: ["not-approved", "not-the-latest", "not-now"],
      description: "409：还没有同意、已有新的经过、现在不能",
    },
    missing: { enum: ["submit", "agree", "clear"], description: "not-approved：还缺哪一步" },
    office: { anyOf: [ref("Office"), { type: "object" }], description: "409、412：现在的草稿和状态" },
  },
};
const savedRoster = {
  type: "object",
  required: ["division", "version", "savedAt", "organs", "findings"],
  properties: {
    division: string,
    version: { type: "integer" },
    savedAt: { type: "string", format: "date-time" },
    organs: { type: "integer", description: "机关数" },
    findings: { type: "array", items: ref("Finding"), description: "警告和提示" },
  },
};

/** What the paths refer to: the published schemas, and the shapes of what is answered. */
export const schemas: Json = {
  ...Object.fromEntries(
    Object.entries(reportSchemas).map(([edition, schema]) => [
      `Report${edition}`,
      withSources(component(schema, `Report${edition}`)),
    ]),
  ),
  ...Object.fromEntries(AMENDMENT_KINDS.map((kind) => [AMENDMENTS[kind], amendment(kind)])),
  Roster: component(rosterSchema(), "Roster"),
  SavedRoster: savedRoster,
  ListedOrgan: ref("Roster/$defs/organ"),
  Sources: component(sourcesSchema(), "Sources"),
  Rollup: rollupSchema,
  StandsOn: standsOnSchema,
  Finding: finding,
  Receipt: receipt,
  Check: check,
  Problem: problem,
  ...officeSchemas,
};
