import { type JsonSchema, object, text } from "../form/schema-nodes.ts";
import { USCC_PATTERN } from "../form/uscc.ts";

/** What an organ is: 人民政府（县级以上）, 部门, 乡镇街道, 垂直管理, 其他. Only a government's report sums up those below it. */
export const KINDS = ["government", "department", "township", "vertical", "other"] as const;
export type Kind = (typeof KINDS)[number];

/** How people call the kinds. */
export const KIND_NAMES: Readonly<Record<Kind, readonly [zh: string, en: string]>> = {
  government: ["人民政府", "people's government"],
  department: ["部门", "department"],
  township: ["乡镇街道", "township or subdistrict"],
  vertical: ["垂直管理", "vertically managed"],
  other: ["其他", "other"],
};

/** More organs than any province has. */
const MOST_ORGANS = 20_000;
/** The latest version that can be counted. */
const MOST_VERSIONS = 999_999;

const code = (title: string, description: string): JsonSchema => ({
  type: "string",
  pattern: USCC_PATTERN,
  title,
  description,
});
const date = (title: string, description: string): JsonSchema => ({
  type: "string",
  format: "date",
  title,
  description,
});
const division = (description: string): JsonSchema => ({
  type: "string",
  pattern: "^[0-9]{6}$",
  title: "行政区划",
  description,
});

/** Properties of an organ that need not be there, in the order of the columns of a table. */
const OPTIONAL = ["formerNames", "superior", "division", "since", "until", "mergedInto", "splitFrom", "deadline"];

const organ = (): JsonSchema =>
  object(
    "机关",
    "名录中的一个机关",
    {
      uscc: code("统一社会信用代码", "18位，末位为校验码"),
      name: text("名称", 100),
      formerNames: { type: "array", title: "曾用名", maxItems: 50, items: text("曾用名", 100) },
      kind: {
        enum: [...KINDS],
        title: "类别",
        description: KINDS.map((kind) => `${kind}：${KIND_NAMES[kind][0]}`).join("，"),
      },
      superior: code("上级", "上级机关的统一社会信用代码；县级以上人民政府的年度报告汇总以它为上级的机关"),
      division: division("六位代码；不写就是统一社会信用代码的第3至8位"),
      since: date("设立日期", "不写就是一直都有"),
      until: date("撤销日期", "自该日起不再存在；不写就是仍在"),
      mergedInto: code("并入", "并入的机关的统一社会信用代码"),
      splitFrom: code("析出自", "由其析出的机关的统一社会信用代码"),
      deadline: {
        type: "string",
        pattern: "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        title: "公布期限",
        description: "月-日，如 01-20；与格式所定的不同时才写",
      },
    },
    OPTIONAL,
  );

/** The schema of a roster, 名录: as a file, as it is sent, and as it is answered. */
export const rosterSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://nianbao.org/schemas/roster.schema.json",
  ...object(
    "名录",
    "一个行政区划里应报送年度报告的机关，及其上下级",
    {
      division: division("名录所属的行政区划，六位代码"),
      version: {
        type: "integer",
        minimum: 0,
        maximum: MOST_VERSIONS,
        title: "版本",
        description: "取回的名录是第几版；提交时是据以修改的一版，还没有名录时不写或写0",
      },
      organs: { type: "array", title: "机关", maxItems: MOST_ORGANS, items: { $ref: "#/$defs/organ" } },
    },
    ["version"],
  ),
  $defs: { organ: organ() },
});
