import { distance } from "fastest-levenshtein";
import type { SchemaError } from "../../generated/validators.mjs";
import type { Finding, Message } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { getCell } from "../form/cells.ts";

type Schema = Readonly<Record<string, unknown>>;

/** What is checked, as messages speak of it. */
export interface Subject {
  readonly schema: Schema;
  /** How people know what lies at a pointer, where that is not its schema's title. */
  label(pointer: string): string | undefined;
}

/** What a schema refers to, or itself. */
function resolved(root: Schema, schema: Schema): Schema {
  const ref = schema["$ref"];
  return typeof ref === "string" ? { ...(getCell(root, ref.slice(1)) as Schema), ...schema } : schema;
}

/** The schema that the value at a JSON Pointer is checked by, as far as the pointer leads into known ground. */
function schemaAt(root: Schema, value: unknown, pointer: string): Schema | undefined {
  let schema: Schema | undefined = root;
  let at = "";
  for (const key of pointer.split("/").slice(1)) {
    const properties: Record<string, Schema> | undefined = schema?.["properties"] as Record<string, Schema> | undefined;
    const next: Schema | undefined =
      properties && Object.hasOwn(properties, key) ? properties[key] : (schema?.["items"] as Schema | undefined);
    at += `/${key}`;
    schema = next && resolved(root, next);
    // Of alternatives, the one whose `type` the value names.
    const alternatives: readonly Schema[] | undefined = (schema?.["oneOf"] as readonly Schema[] | undefined)?.map((s) =>
      resolved(root, s),
    );
    const tag = getCell(value, `${at}/type`);
    schema = alternatives?.find((s) => getCell(s, "/properties/type/const") === tag) ?? schema;
  }
  return schema;
}

const TYPES: Readonly<Record<string, Message>> = {
  object: { zh: "对象", en: "an object" },
  array: { zh: "数组", en: "an array" },
  string: { zh: "字符串", en: "a string" },
  integer: { zh: "整数", en: "an integer" },
};

/** A JSON value as a message shows it: short, every character visible, and never a whole narrative. */
export function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object") return "{…}";
  return typeof value === "string" ? visible(`"${shortened(value, 38)}"`) : String(value);
}

/** A JSON Pointer as a message shows it; those into the form are shorter than this. */
const shownPointer = (pointer: string): string => visible(shortened(pointer || "/", 120));

/** The known key that a foreign one was probably meant to be. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  if (key.length > 100) return undefined;
  const ranked = known
    .map((k) => [distance(key.toLowerCase(), k.toLowerCase()), k] as const)
    .sort((a, b) => a[0] - b[0]);
  const [best] = ranked;
  return best && best[0] <= Math.max(2, Math.floor(best[1].length / 3)) ? best[1] : undefined;
}

const escapeKey = (key: string): string => shortened(key, 100).replaceAll("~", "~0").replaceAll("/", "~1");

/** Errors that only repeat what a nested one says better. */
const REPEATED = new Set(["oneOf", "if", "propertyNames"]);

/** An error of the schema's own keywords as a finding in words; undefined when it only repeats another. */
export function schemaFinding(error: SchemaError, value: unknown, subject: Subject): Finding | undefined {
  const { keyword, instancePath, params } = error;
  if (REPEATED.has(keyword)) return undefined;
  const { schema: root } = subject;
  const schema = schemaAt(root, value, instancePath);
  const at = getCell(value, instancePath);
  const title = (s: Schema | undefined): string | undefined =>
    typeof s?.["title"] === "string" ? s["title"] : undefined;
  const name = subject.label(instancePath) ?? title(schema) ?? shownPointer(instancePath);
  const finding = (id: string, zh: string, en: string, pointer = instancePath, label = name): Finding => ({
    id,
    level: "error",
    message: zh,
    messageEn: en,
    cells: [
      {
        // Only a key of the filer's own makes it longer.
        pointer: shortened(pointer, 300),
        label,
        ...(typeof at === "number" || (typeof at === "string" && at.length <= 40) ? { value: at } : {}),
      },
    ],
  });
  const where = shownPointer(instancePath);
  switch (keyword) {
    case "type": {
      const type = TYPES[String(params["type"])] ?? { zh: String(params["type"]), en: String(params["type"]) };
      return finding(
        "S-TYPE",
        `${name}应为${type.zh}，实为${shown(at)}`,
        `${where} must be ${type.en} but is ${shown(at)}`,
      );
    }
    case "required": {
      const missing = String(params["missingProperty"]);
      const pointer = `${instancePath}/${escapeKey(missing)}`;
      const properties = (schema?.["properties"] ?? {}) as Record<string, Schema>;
      const label = subject.label(pointer) ?? title(properties[missing]) ?? missing;
      return finding("S-REQUIRED", `缺少${label}（${pointer}）`, `${pointer} is missing`, pointer, label);
    }
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      const known = Object.keys((schema?.["properties"] ?? {}) as object);
      const close = nearest(key, known);
      const [zh, en] = close
        ? [`，是否应为“${close}”？`, `; did you mean “${close}”?`]
        : [`；可用的有${known.join("、")}`, `; known are ${known.join(", ")}`];
      const safe = visible(shortened(key, 38));
      return finding(
        "S-UNKNOWN",
        `${name}中没有“${safe}”这一项${zh}`,
        `${where} has no property “${safe}”${en}`,
        `${instancePath}/${escapeKey(key)}`,
      );
    }
    case "minimum":
      return finding(
        "S-RANGE",
        `${name}不能小于${params["limit"]}，实为${shown(at)}`,
        `${where} must be at least ${params["limit"]} but is ${shown(at)}`,
      );
    case "maximum":
      return finding(
        "S-RANGE",
        `${name}不能大于${params["limit"]}，实为${shown(at)}`,
        `${where} must be at most ${params["limit"]} but is ${shown(at)}`,
      );
    case "minLength":
      return finding("S-LENGTH", `${name}不能为空`, `${where} must not be empty`);
    case "maxLength":
      return finding(
        "S-LENGTH",
        `${name}不能超过${params["limit"]}个字符`,
        `${where} must have at most ${params["limit"]} characters`,
      );
    case "minItems":
      return finding(
        "S-LENGTH",
        `${name}不能为空；没有内容的，写一个段落“无”`,
        `${where} must not be empty; write one paragraph “无” if there is nothing`,
      );
    case "maxItems":
      return finding(
        "S-LENGTH",
        `${name}不能超过${params["limit"]}项`,
        `${where} must have at most ${params["limit"]} items`,
      );
    case "maxProperties":
      return finding(
        "S-LENGTH",
        `${name}不能超过${params["limit"]}条`,
        `${where} must have at most ${params["limit"]} properties`,
      );
    case "const":
      return finding(
        "S-VALUE",
        `${name}应为${shown(params["allowedValue"])}，实为${shown(at)}`,
        `${where} must be ${shown(params["allowedValue"])} but is ${shown(at)}`,
      );
    case "enum": {
      const allowed = (params["allowedValues"] as unknown[]).map(shown).join("、");
      return finding(
        "S-VALUE",
        `${name}应为${allowed}之一，实为${shown(at)}`,
        `${where} must be one of ${allowed} but is ${shown(at)}`,
      );
    }
    case "discriminator":
      // A missing one is reported as missing.
      if (params["tagValue"] === undefined) return undefined;
      return finding(
        "S-VALUE",
        `${name}的 type 应为 "paragraph" 或 "heading"，实为${shown(params["tagValue"])}`,
        `${where}/type must be "paragraph" or "heading" but is ${shown(params["tagValue"])}`,
        `${instancePath}/type`,
      );
    case "format":
      return finding(
        "S-FORMAT",
        `${name}应为实有的日期，如 2026-01-26，实为${shown(at)}`,
        `${where} must be a real date such as 2026-01-26 but is ${shown(at)}`,
      );
    case "pattern": {
      const hint = typeof schema?.["description"] === "string" ? `：${schema["description"]}` : "";
      // A key that will not do, or a value.
      const what = shown(error.propertyName ?? at);
      return finding(
        "S-FORMAT",
        `${name}的写法不对${hint}；实为${what}`,
        `${where} does not match ${params["pattern"]}: ${what}`,
      );
    }
    default:
      return finding("S-SCHEMA", `${name}不符合要求（${keyword}）`, `${where} does not meet the schema (${keyword})`);
  }
}
