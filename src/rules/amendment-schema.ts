import { type JsonSchema, object, text } from "../form/json-schema.ts";

/** 更正 has the whole report as it should be; 撤回 has none. */
export type AmendmentKind = "correction" | "withdrawal";

export const AMENDMENT_KINDS: readonly AmendmentKind[] = ["correction", "withdrawal"];

const WORDS = {
  correction: ["更正", "以更正后的报告代替已公布的一版"],
  withdrawal: ["撤回", "以撤回说明代替已公布的一版"],
} as const;

/**
 * The schema of a correction or a withdrawal as it is posted. The report inside a correction is checked by the schema
 * of its own edition, so that its findings are those of a report.
 */
export function amendmentSchema(kind: AmendmentKind): JsonSchema {
  const [title, description] = WORDS[kind];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://nianbao.org/schemas/${kind}.schema.json`,
    ...object(title, description, {
      supersedes: {
        type: "integer",
        minimum: 1,
        maximum: 999_999,
        title: `所${title}的版本`,
        description: "应为最新一版",
      },
      reason: text("理由", 500, { description: "公开" }),
      ...(kind === "correction"
        ? { report: { type: "object", title: "更正后的报告", description: "全文，不只是改动之处" } }
        : {}),
    }),
  };
}
