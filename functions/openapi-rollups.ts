import { KINDS } from "../src/roster/schema.ts";
import type { Json } from "./route.ts";

const string = { type: "string" };
const integer = { type: "integer" };
const message = { type: "object", required: ["zh", "en"], properties: { zh: string, en: string } };
const named = { uscc: string, name: string };
const list = (properties: Json, required: readonly string[]): Json => ({
  type: "array",
  items: { type: "object", required, properties },
});
const missing = { ...named, state: { enum: ["missing", "withdrawn", "unusable"] }, reason: message };
const reported = { type: ["object", "null"], required: ["sha256"], properties: { sha256: string, version: integer } };
const figure = { anyOf: [{ type: "number" }, { type: "object", properties: { amount: string, unit: string } }] };

/** What a roll-up is asked for with. */
export const rollupRequest: Json = {
  type: "object",
  additionalProperties: false,
  properties: {
    byHand: { type: "array", items: { type: "object" }, description: "为没有公布的机关补录的报告" },
    edited: { type: "object", description: "再次汇总：改过的草稿，改动之处保留" },
    before: { type: "object", description: "再次汇总：该草稿的来源（上一次回答的 sources）" },
  },
};

const changes: Json = list({ ...named, before: reported, now: reported }, ["uscc", "name", "before", "now"]);

/** What a region's published report stands on, and what of that is another by now. */
export const standsOnSchema: Json = {
  type: "object",
  required: ["division", "year", "reports"],
  properties: {
    division: string,
    year: integer,
    reports: {
      ...list({ government: { type: "object", properties: named }, version: integer, changed: changes }, [
        "government",
        "version",
        "changed",
      ]),
      description: "附有来源的本级政府报告，及其来源里此后更正、撤回或新公布的",
    },
  },
};

/** What is answered to a roll-up. */
export const rollupSchema: Json = {
  type: "object",
  required: ["draft", "sources", "findings"],
  properties: {
    findings: {
      type: "array",
      items: { $ref: "#/components/schemas/Finding" },
      description: "R-SUM：本级政府已公布的报告与来源之和的差异",
    },
    cells: {
      ...list({ pointer: string, label: string, before: figure, now: figure, kept: figure }, ["pointer", "label"]),
      description: "再次汇总：合计有变的、保留了改动的格",
    },
    changed: {
      ...changes,
      description: "本级政府公布的报告所依据的来源里，此后更正、撤回或新公布的；报告没有附来源时没有这一项",
    },
    texts: { type: "array", items: string, description: "再次汇总：保留了改动的部分" },
    draft: { type: "object", description: "草稿：各数及总计，正文待改写，成文日期待填" },
    sources: {
      type: "object",
      required: ["format", "division", "year", "edition", "government", "roster", "organs", "sources", "missing"],
      properties: {
        format: { const: 1 },
        division: string,
        year: integer,
        edition: string,
        government: { type: "object", properties: named },
        roster: { type: "object", properties: { division: string, version: integer } },
        organs: {
          type: "object",
          description: "应汇总、已汇总、缺少的机关数",
          properties: { expected: integer, reported: integer, missing: integer },
        },
        sources: list(
          {
            ...named,
            kind: { enum: [...KINDS] },
            sha256: { type: "string", description: "报告的规范JSON（RFC 8785）的SHA-256" },
            version: integer,
            byHand: { const: true, description: "补录的" },
            file: string,
          },
          ["uscc", "name", "kind", "sha256"],
        ),
        missing: list(missing, ["uscc", "name", "state"]),
        replaced: {
          ...list({ ...missing, expected: integer, reported: integer }, ["uscc", "name", "state"]),
          description: "没有报告、以所属机关代替的下级政府",
        },
        notCounted: { ...list({ ...named, file: string, why: message }, ["why"]), description: "有而没有汇总的报告" },
        left: { ...list({ pointer: string, label: string, why: message }, ["pointer"]), description: "待填的格" },
        cells: {
          type: "object",
          description: "每一格的合计及来源：来源的序号和数，大的在前",
          additionalProperties: {
            type: "object",
            properties: { value: figure, from: { type: "array", items: { type: "array" } } },
          },
        },
      },
    },
  },
};
