import { type JsonSchema, object, text } from "../form/schema-nodes.ts";
import { USCC_PATTERN } from "../form/uscc.ts";
import { KINDS } from "../roster/schema.ts";

/** As many as a roster has organs. */
const MOST_ORGANS = 20_000;
const MOST_VERSIONS = 999_999;

const uscc: JsonSchema = { type: "string", pattern: USCC_PATTERN, title: "统一社会信用代码" };
const division: JsonSchema = { type: "string", pattern: "^[0-9]{6}$", title: "行政区划" };
const name = text("名称", 100);
const file = text("文件名", 1000, { description: "不公开" });
const count = (title: string): JsonSchema => ({ type: "integer", minimum: 0, maximum: MOST_ORGANS, title });
const version = (minimum: number): JsonSchema => ({
  type: "integer",
  minimum,
  maximum: MOST_VERSIONS,
  title: "版本",
});
const message = (title: string): JsonSchema =>
  object(title, "中文和英文", { zh: text("中文", 1000), en: text("英文", 1000) });
const list = (title: string, items: JsonSchema): JsonSchema => ({
  type: "array",
  title,
  maxItems: MOST_ORGANS,
  items,
});

const missing = { uscc, name, state: { enum: ["missing", "withdrawn", "unusable"], title: "状态" } };

const source = object(
  "来源",
  "汇总的一份报告",
  {
    uscc,
    name,
    kind: { enum: [...KINDS], title: "类别" },
    sha256: {
      type: "string",
      pattern: "^[0-9a-f]{64}$",
      title: "哈希",
      description: "报告的规范JSON（RFC 8785）的SHA-256：已公布的一版的，或补录的报告的",
    },
    version: version(1),
    byHand: { const: true, title: "补录", description: "机关没有公布，报告是补录的" },
    file,
  },
  ["version", "byHand", "file"],
);

/**
 * The schema of what a region's report stands on, as it is sent with the report: what a roll-up answers as `sources`.
 * `cells`, `left` and names of files are for who draws it up, and are not kept.
 */
export const sourcesSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://nianbao.org/schemas/sources.schema.json",
  ...object(
    "汇总来源",
    "一个地区的年度报告汇总了哪些报告，缺哪些机关的；随报告提交，与公布记录一起保存，公开为 sources.json",
    {
      format: { const: 1, title: "格式" },
      division,
      year: { type: "integer", minimum: 1000, maximum: 9999, title: "报告年度" },
      edition: text("格式版本", 20),
      government: object("本级人民政府", "报告的机关", { uscc, name }),
      roster: object("名录", "据以汇总的名录", { division, version: version(0) }, ["version"]),
      organs: object("机关数", "应汇总、已汇总、缺少的机关", {
        expected: count("应汇总"),
        reported: count("已汇总"),
        missing: count("缺少"),
      }),
      sources: list("来源", { $ref: "#/$defs/source" }),
      missing: list(
        "缺少的机关",
        object("缺少的机关", "没有报告可以汇总", { ...missing, reason: message("原因") }, ["reason"]),
      ),
      replaced: list(
        "代替的政府",
        object(
          "代替的政府",
          "没有报告，以所属机关代替的下级政府",
          { ...missing, reason: message("原因"), expected: count("应汇总"), reported: count("已汇总") },
          ["reason"],
        ),
      ),
      notCounted: list(
        "没有汇总的报告",
        object("没有汇总的报告", "有而没有汇总", { uscc, name, file, why: message("原因") }, ["uscc", "name", "file"]),
      ),
      left: { type: "array", title: "待填的格", description: "不保存" },
      cells: { type: "object", title: "各格的来源", description: "不保存" },
    },
    ["left", "cells"],
  ),
  $defs: { source },
});
