import { type JsonSchema, object, text } from "../form/schema-nodes.ts";

/** 更正 has the whole report as it should be; 撤回 and 撤下 have none; the version of 撤下 is in its address. */
export type AmendmentKind = "correction" | "withdrawal" | "redaction";

export const AMENDMENT_KINDS: readonly AmendmentKind[] = ["correction", "withdrawal", "redaction"];

const WORDS = {
  correction: ["更正", "以更正后的报告代替已公布的一版"],
  withdrawal: ["撤回", "以撤回说明代替已公布的一版"],
  redaction: ["撤下", "不再公开已被取代的一版的内容，以撤下说明代替"],
} as const;

/** As a report has it, for what has no report. */
const explanations: JsonSchema = {
  type: "object",
  title: "警告的说明",
  description: "对理由中每条警告的说明，键为规则编号；留在公布记录里",
  maxProperties: 50,
  propertyNames: { pattern: "^[A-Z0-9]+(-[A-Z0-9]+)*$" },
  additionalProperties: text("说明", 500),
};

/**
 * The schema of a correction, a withdrawal or a redaction as it is posted. The report inside a correction is checked by the schema
 * of its own edition, so that its findings are those of a report.
 */
export function amendmentSchema(kind: AmendmentKind): JsonSchema {
  const [title, description] = WORDS[kind];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://nianbao.org/schemas/${kind}.schema.json`,
    ...object(
      title,
      description,
      {
        ...(kind === "redaction"
          ? {}
          : {
              supersedes: {
                type: "integer",
                minimum: 1,
                maximum: 999_999,
                title: `所${title}的版本`,
                description: "应为最新一版",
              },
            }),
        reason: text("理由", 500, { description: "公开", "x-personalData": { id: "F-PII", level: "warning" } }),
        ...(kind === "correction" ? {} : { explanations }),
        ...(kind === "correction"
          ? { report: { type: "object", title: "更正后的报告", description: "全文，不只是改动之处" } }
          : {}),
      },
      ["explanations"],
    ),
  };
}
