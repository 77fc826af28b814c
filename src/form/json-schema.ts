import {
  type CellType,
  type ColumnData,
  type EditionForm,
  leafRows,
  type NarrativeSection,
  type PartData,
  type RowData,
  resolveColumns,
  type Section,
  type TableSection,
} from "./form.ts";
import { BESIDE_TABLE } from "./narrative.ts";
import { USCC_PATTERN } from "./uscc.ts";

/** A JSON Schema (2020-12), as far as it is built here. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What a rule may stand on: the report, `{ report, previous }`, a table, the body of a narrative, the organ's code. */
export type Stand =
  | { readonly on: "report" | "comparison" | "uscc" }
  | { readonly on: "table" | "body"; readonly section: Section };

/** The keywords of the rules that stand in a place of an edition's schema. */
export type RulesAt = (form: EditionForm, stand: Stand) => JsonSchema;

/** Where the schemas say that they live; served by every deployment under `/schemas/`. */
export const schemaId = (edition: string): string => `https://nianbao.org/schemas/report-${edition}.schema.json`;

/** The largest count, 2^53−1: the largest integer that JSON readers agree on (RFC 8259, 6). */
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** A line of printable text. */
export const text = (title: string, maxLength: number, rest: JsonSchema = {}): JsonSchema => ({
  type: "string",
  title,
  minLength: 1,
  maxLength,
  "x-plainText": true,
  ...rest,
});

/** An object that takes no other properties than these. */
export const object = (
  title: string,
  description: string,
  properties: Record<string, JsonSchema>,
  optional: readonly string[] = [],
  rest: JsonSchema = {},
): JsonSchema => ({
  type: "object",
  title,
  description,
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
  ...rest,
});

function cellSchema(type: CellType, label: string, en: string, column: ColumnData): JsonSchema {
  switch (type) {
    case "count":
      return {
        type: "integer",
        minimum: 0,
        maximum: MAX_COUNT,
        title: label,
        description: `${label}，非负整数（${en}）`,
      };
    case "signed":
      return {
        type: "integer",
        minimum: -MAX_COUNT,
        maximum: MAX_COUNT,
        title: label,
        description: `${label}，增为正、减为负（${en}）`,
      };
    case "money":
      return object(label, `${label}，金额以十进制字符串表示，不用浮点数（${en}）`, {
        amount: {
          type: "string",
          pattern: "^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?$",
          title: "金额",
          description: '十进制数，如 "1007.25"',
        },
        unit: { enum: [...(column.units ?? ["万元"])], title: "单位", description: "金额单位" },
      });
  }
}

/**
 * An object for a tree of columns: leaves are cells, keyed groups are objects, groups without a key are transparent.
 * @param open whether any cell may be left out, and not only totals
 */
function columnProperties(
  form: EditionForm,
  columns: string | readonly ColumnData[],
  open = false,
): [Record<string, JsonSchema>, string[]] {
  const properties: Record<string, JsonSchema> = {};
  const optional: string[] = [];
  for (const column of resolveColumns(form, columns)) {
    if (column.columns && column.key === undefined) {
      const [inner, innerOptional] = columnProperties(form, column.columns, open);
      Object.assign(properties, inner);
      optional.push(...innerOptional);
    } else if (column.columns) {
      const [inner, innerOptional] = columnProperties(form, column.columns, open);
      properties[column.key!] = object(column.label, `${column.label}（${column.en}）`, inner, innerOptional);
      if (open) optional.push(column.key!);
    } else {
      properties[column.key!] = cellSchema(column.type ?? "count", column.label, column.en, column);
      if (open || column.total) optional.push(column.key!);
    }
  }
  return [properties, optional];
}

function rowProperties(
  rows: readonly RowData[],
  leaf: (row: RowData) => JsonSchema,
): [Record<string, JsonSchema>, string[]] {
  const properties: Record<string, JsonSchema> = {};
  for (const row of rows) {
    if (row.rows) {
      const [inner, optional] = rowProperties(row.rows, leaf);
      properties[row.key] = object(row.label, `${row.label}（${row.en}）`, inner, optional);
    } else properties[row.key] = leaf(row);
  }
  return [properties, rows.filter((row) => row.total).map((row) => row.key)];
}

/** The definitions of the rows of figures that the rows of a part share; of rows of totals any cell may be left out. */
function sharedRows(
  name: string,
  { columnsHead }: PartData,
  cellsOf: (row: Pick<RowData, "total">) => ReturnType<typeof columnProperties>,
  rows: readonly RowData[],
  defs: Record<string, JsonSchema>,
): (row: RowData) => JsonSchema {
  const { label } = columnsHead!;
  defs[`${name}Row`] = object(label, `按${label}分列的件数`, ...cellsOf({}));
  if (leafRows(rows).some(({ total }) => total))
    defs[`${name}TotalRow`] = object(label, `按${label}分列的合计，可以不填`, ...cellsOf({ total: true }));
  return (row) => ({
    $ref: `#/$defs/${name}${row.total ? "TotalRow" : "Row"}`,
    title: row.label,
    description: `${row.label}（${row.en}）`,
  });
}

/** The properties of a part: its rows, or where it has none its columns. */
function partProperties(
  form: EditionForm,
  section: TableSection,
  part: PartData,
  defs: Record<string, JsonSchema>,
): [Record<string, JsonSchema>, string[]] {
  const cellsOf = ({ total = false }: Pick<RowData, "total">) => columnProperties(form, part.columns, total);
  if (!part.rows) return cellsOf({});
  const at = section.parts.indexOf(part);
  const caption = part.caption ? `${part.caption.label}：` : "";
  const leaf = part.columnsHead
    ? sharedRows(`${section.key}${at > 0 ? `Part${at + 1}` : ""}`, part, cellsOf, part.rows, defs)
    : (row: RowData): JsonSchema => object(row.label, `${caption}${row.label}（${row.en}）`, ...cellsOf(row));
  return rowProperties(part.rows, leaf);
}

/** The property of the texts before or after a table; a section without them leaves it out. */
function beside(key: keyof typeof BESIDE_TABLE): Record<string, JsonSchema> {
  const { label, en } = BESIDE_TABLE[key];
  return {
    [key]: {
      type: "array",
      title: label,
      description: `${label}，如数字的口径、增减的原因；没有的不填（${en}）`,
      minItems: 1,
      maxItems: 50,
      items: { $ref: "#/$defs/paragraph" },
    },
  };
}

function tableSchema(
  form: EditionForm,
  section: TableSection,
  defs: Record<string, JsonSchema>,
  rest: JsonSchema,
): JsonSchema {
  const properties: Record<string, JsonSchema> = { ...beside("before") };
  const optional: string[] = Object.keys(BESIDE_TABLE);
  for (const part of section.parts) {
    const [own, ownOptional] = partProperties(form, section, part, defs);
    const twice = Object.keys(own).find((key) => Object.hasOwn(properties, key) || Object.hasOwn(BESIDE_TABLE, key));
    if (twice !== undefined) throw new Error(`edition ${form.edition}: ${section.key}/${twice} comes twice`);
    Object.assign(properties, own);
    optional.push(...ownOptional);
  }
  Object.assign(properties, beside("after"));
  return object(section.label, `${section.number}、${section.label}（${section.en}）`, properties, optional, rest);
}

function narrativeSchema(section: NarrativeSection, rest: JsonSchema): JsonSchema {
  const body: JsonSchema = {
    type: "array",
    title: "正文",
    description: "段落与标题，依次排列；纯文本，不解释任何标记。内容为“无”的，写一个段落“无”。",
    minItems: 1,
    maxItems: 5000,
    items: { $ref: "#/$defs/narrativeBlock" },
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

/**
 * The JSON Schema of a report on this edition: what the API, the form, the command line and the importer accept.
 * @param rulesAt the rules inside it, which are no part of the form
 */
export function reportSchema(form: EditionForm, rulesAt: RulesAt): JsonSchema {
  const defs: Record<string, JsonSchema> = {
    narrativeBlock: {
      title: "正文块",
      description: "一个段落或一个标题",
      type: "object",
      required: ["type"],
      discriminator: { propertyName: "type" },
      oneOf: [{ $ref: "#/$defs/paragraph" }, { $ref: "#/$defs/heading" }],
    },
    paragraph,
    heading,
  };
  const sections = Object.fromEntries(
    form.sections.map((s) => [
      s.key,
      s.kind === "narrative"
        ? narrativeSchema(s, rulesAt(form, { on: "body", section: s }))
        : tableSchema(form, s, defs, rulesAt(form, { on: "table", section: s })),
    ]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: schemaId(form.edition),
    ...object(
      `政府信息公开工作年度报告（${form.edition}年版）`,
      `按${form.source}编制，适用于${form.firstYear}年度${form.lastYear === null ? "及以后" : `至${form.lastYear}年度`}`,
      {
        $schema: { type: "string", title: "模式", description: "可选，指向本模式，供编辑器使用", maxLength: 200 },
        edition: { const: form.edition, title: "格式版本", description: `报告格式：${form.source}` },
        year: {
          type: "integer",
          minimum: 2008,
          maximum: 9998,
          title: "报告年度",
          description: "报告所述的年度，如 2025",
        },
        organ: object("行政机关", "编制报告的行政机关", {
          name: text("名称", 100, { description: "机关全称，印在标题和落款处" }),
          uscc: {
            type: "string",
            pattern: USCC_PATTERN,
            title: "统一社会信用代码",
            description: "十八位，末位为校验码（GB 32100）",
            ...rulesAt(form, { on: "uscc" }),
          },
        }),
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
        ...sections,
      },
      ["$schema", "preamble", "explanations"],
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
