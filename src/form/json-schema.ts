import type { EditionForm, NarrativeSection, Section } from "./form.ts";
import { HEADING_LEVELS, type JsonSchema, object, text } from "./schema-nodes.ts";
import { tableSchema } from "./table-schema.ts";
import { USCC_PATTERN } from "./uscc.ts";

/** What a rule may stand on: the report, `{ report, previous }`, a table, the body of a narrative, the organ's code. */
export type Stand =
  | { readonly on: "report" | "comparison" | "uscc" }
  | { readonly on: "table" | "body"; readonly section: Section };

/** The keywords of the rules that stand in a place of an edition's schema. */
export type RulesAt = (form: EditionForm, stand: Stand) => JsonSchema;

/** Where the schemas say that they live; served by every deployment under `/schemas/`. */
export const schemaId = (edition: string): string => `https://nianbao.org/schemas/report-${edition}.schema.json`;

/** The schema of a section of text; `rest` are the rules that stand on its body. */
function narrativeSchema(section: NarrativeSection, rest: JsonSchema): JsonSchema {
  const body: JsonSchema = {
    type: "array",
    title: "正文",
    description: "段落与标题，依次排列；纯文本，不解释任何标记。内容为“无”的，写一个段落“无”。",
    minItems: 1,
    maxItems: 5000,
    items: { $ref: "#/$defs/narrativeBlock" },
    ...HEADING_LEVELS,
    ...rest,
  };
  return object(section.label, `${section.number}、${section.label}（${section.en}）`, { body });
}

const paragraph: JsonSchema = object("段落", "一个自然段", {
  type: { const: "paragraph", title: "类型", description: "段落" },
  text: text("文字", 100_000, { description: "段落文字，不含换行" }),
});

const heading: JsonSchema = object("标题", "（一）、1.、（1）三级标题", {
  type: { const: "heading", title: "类型", description: "标题" },
  level: { enum: [2, 3, 4], title: "级别", description: "2 为（一），3 为1.，4 为（1）；编号由系统生成" },
  text: text("文字", 200, { description: "标题文字，不含编号", "x-unnumbered": true }),
});

const narrativeBlock: JsonSchema = {
  title: "正文块",
  description: "一个段落或一个标题",
  type: "object",
  required: ["type"],
  discriminator: { propertyName: "type" },
  oneOf: [{ $ref: "#/$defs/paragraph" }, { $ref: "#/$defs/heading" }],
};

const organSchema = (form: EditionForm, rulesAt: RulesAt): JsonSchema =>
  object("行政机关", "编制报告的行政机关", {
    name: text("名称", 100, { description: "机关全称，印在标题和落款处" }),
    uscc: {
      type: "string",
      pattern: USCC_PATTERN,
      title: "统一社会信用代码",
      description: "十八位，末位为校验码（GB 32100）",
      ...rulesAt(form, { on: "uscc" }),
    },
  });

/** What a report says before its sections: whose it is, of which year, on which edition. */
const headProperties = (form: EditionForm, rulesAt: RulesAt): Record<string, JsonSchema> => ({
  $schema: { type: "string", title: "模式", description: "可选，指向本模式，供编辑器使用", maxLength: 200 },
  edition: { const: form.edition, title: "格式版本", description: `报告格式：${form.source}` },
  year: {
    type: "integer",
    minimum: 2008,
    maximum: 9998,
    title: "报告年度",
    description: "报告所述的年度，如 2025",
  },
  organ: organSchema(form, rulesAt),
  signed: { type: "string", format: "date", title: "成文日期", description: "ISO 8601 日期，如 2026-01-26" },
  preamble: {
    type: "array",
    title: "引言",
    description: "标题之后、第一部分之前的段落，可以没有",
    maxItems: 50,
    items: { $ref: "#/$defs/paragraph" },
  },
  explanations: {
    type: "object",
    title: "警告的说明",
    description: '对每条警告的说明，键为规则编号，如 { "N-FEE": "……" }；不印出，留在公布记录里',
    maxProperties: 50,
    propertyNames: { pattern: "^[A-Z0-9]+(-[A-Z0-9]+)*$" },
    additionalProperties: text("说明", 500),
  },
});

/** What may be left out of them. */
const OPTIONAL = ["$schema", "preamble", "explanations"];

/**
 * The JSON Schema of a report on this edition: what the API, the form, the command line and the importer accept.
 * @param rulesAt the rules inside it, which are no part of the form
 */
export function reportSchema(form: EditionForm, rulesAt: RulesAt): JsonSchema {
  const { edition, source, firstYear, lastYear } = form;
  const defs: Record<string, JsonSchema> = { narrativeBlock, paragraph, heading };
  const sectionSchema = (section: Section): JsonSchema =>
    section.kind === "narrative"
      ? narrativeSchema(section, rulesAt(form, { on: "body", section }))
      : tableSchema(form, section, defs, rulesAt(form, { on: "table", section }));
  const sections = Object.fromEntries(form.sections.map((section) => [section.key, sectionSchema(section)]));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: schemaId(edition),
    ...object(
      `政府信息公开工作年度报告（${edition}年版）`,
      `按${source}编制，适用于${firstYear}年度${lastYear === null ? "及以后" : `至${lastYear}年度`}`,
      { ...headProperties(form, rulesAt), ...sections },
      OPTIONAL,
    ),
    ...rulesAt(form, { on: "report" }),
    $defs: defs,
  };
}

/** The schema of a report together with last year's: the rules that need both. */
export const comparisonSchema = (form: EditionForm, rulesAt: RulesAt): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: schemaId(form.edition).replace("report-", "comparison-"),
  title: "与上一年度报告比对",
  type: "object",
  required: ["report", "previous"],
  ...rulesAt(form, { on: "comparison" }),
});
