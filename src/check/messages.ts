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

/** An error at its place, with what its message needs. */
interface Fault {
  readonly error: SchemaError;
  readonly subject: Subject;
  /** The schema that the value is checked by, and the value. */
  readonly schema: Schema | undefined;
  readonly value: unknown;
  /** How people know the place, and its pointer as a message shows it. */
  readonly name: string;
  readonly where: string;
}

/** A finding in words; `pointer` and `label` where it is not of the value itself. */
interface Worded extends Message {
  readonly id: string;
  readonly pointer?: string;
  readonly label?: string;
}

const titleOf = (schema: Schema | undefined): string | undefined =>
  typeof schema?.["title"] === "string" ? schema["title"] : undefined;

const propertiesOf = (schema: Schema | undefined): Record<string, Schema> =>
  (schema?.["properties"] ?? {}) as Record<string, Schema>;

function wrongType({ error, value, name, where }: Fault): Worded {
  const stated = String(error.params["type"]);
  const type = TYPES[stated] ?? { zh: stated, en: stated };
  return {
    id: "S-TYPE",
    zh: `${name}应为${type.zh}，实为${shown(value)}`,
    en: `${where} must be ${type.en} but is ${shown(value)}`,
  };
}

function missing({ error, schema, subject }: Fault): Worded {
  const key = String(error.params["missingProperty"]);
  const pointer = `${error.instancePath}/${escapeKey(key)}`;
  const label = subject.label(pointer) ?? titleOf(propertiesOf(schema)[key]) ?? key;
  return { id: "S-REQUIRED", zh: `缺少${label}（${pointer}）`, en: `${pointer} is missing`, pointer, label };
}

function unknownProperty({ error: { params, instancePath }, schema, name, where }: Fault): Worded {
  const key = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
  const known = Object.keys(propertiesOf(schema));
  const close = nearest(key, known);
  const [zh, en] = close
    ? [`，是否应为“${close}”？`, `; did you mean “${close}”?`]
    : [`；可用的有${known.join("、")}`, `; known are ${known.join(", ")}`];
  const safe = visible(shortened(key, 38));
  return {
    id: "S-UNKNOWN",
    zh: `${name}中没有“${safe}”这一项${zh}`,
    en: `${where} has no property “${safe}”${en}`,
    pointer: `${instancePath}/${escapeKey(key)}`,
  };
}

function wrongPattern({ error, schema, value, name, where }: Fault): Worded {
  const hint = typeof schema?.["description"] === "string" ? `：${schema["description"]}` : "";
  // A key that will not do, or a value.
  const what = shown(error.propertyName ?? value);
  return {
    id: "S-FORMAT",
    zh: `${name}的写法不对${hint}；实为${what}`,
    en: `${where} does not match ${error.params["pattern"]}: ${what}`,
  };
}

/** A narrative's item of no known kind; a missing kind is reported as missing. */
function unknownKind({ error: { params, instancePath }, name, where }: Fault): Worded | undefined {
  if (params["tagValue"] === undefined) return undefined;
  const tag = shown(params["tagValue"]);
  return {
    id: "S-VALUE",
    zh: `${name}的 type 应为 "paragraph" 或 "heading"，实为${tag}`,
    en: `${where}/type must be "paragraph" or "heading" but is ${tag}`,
    pointer: `${instancePath}/type`,
  };
}

type Wording = (fault: Fault) => Worded | undefined;

const range =
  (zh: string, en: string): Wording =>
  ({ error, value, name, where }) => ({
    id: "S-RANGE",
    zh: `${name}不能${zh}${error.params["limit"]}，实为${shown(value)}`,
    en: `${where} must be ${en} ${error.params["limit"]} but is ${shown(value)}`,
  });

const most =
  (zh: string, en: string): Wording =>
  ({ error, name, where }) => ({
    id: "S-LENGTH",
    zh: `${name}不能超过${error.params["limit"]}${zh}`,
    en: `${where} must have at most ${error.params["limit"]} ${en}`,
  });

const length =
  (zh: string, en: string): Wording =>
  ({ name, where }) => ({ id: "S-LENGTH", zh: `${name}${zh}`, en: `${where} ${en}` });

/** The words for each keyword of JSON Schema. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  type: wrongType,
  required: missing,
  additionalProperties: unknownProperty,
  unevaluatedProperties: unknownProperty,
  minimum: range("小于", "at least"),
  maximum: range("大于", "at most"),
  minLength: length("不能为空", "must not be empty"),
  maxLength: most("个字符", "characters"),
  minItems: length(
    "不能为空；没有内容的，写一个段落“无”",
    "must not be empty; write one paragraph “无” if there is nothing",
  ),
  maxItems: most("项", "items"),
  maxProperties: most("条", "properties"),
  const: ({ error, value, name, where }) => ({
    id: "S-VALUE",
    zh: `${name}应为${shown(error.params["allowedValue"])}，实为${shown(value)}`,
    en: `${where} must be ${shown(error.params["allowedValue"])} but is ${shown(value)}`,
  }),
  enum({ error, value, name, where }) {
    const allowed = (error.params["allowedValues"] as unknown[]).map(shown).join("、");
    return {
      id: "S-VALUE",
      zh: `${name}应为${allowed}之一，实为${shown(value)}`,
      en: `${where} must be one of ${allowed} but is ${shown(value)}`,
    };
  },
  discriminator: unknownKind,
  format: ({ value, name, where }) => ({
    id: "S-FORMAT",
    zh: `${name}应为实有的日期，如 2026-01-26，实为${shown(value)}`,
    en: `${where} must be a real date such as 2026-01-26 but is ${shown(value)}`,
  }),
  pattern: wrongPattern,
};

const otherwise: Wording = ({ error: { keyword }, name, where }) => ({
  id: "S-SCHEMA",
  zh: `${name}不符合要求（${keyword}）`,
  en: `${where} does not meet the schema (${keyword})`,
});

/** An error of the schema's own keywords as a finding in words; undefined when it only repeats another. */
export function schemaFinding(error: SchemaError, report: unknown, subject: Subject): Finding | undefined {
  const { keyword, instancePath } = error;
  if (REPEATED.has(keyword)) return undefined;
  const schema = schemaAt(subject.schema, report, instancePath);
  const value = getCell(report, instancePath);
  const where = shownPointer(instancePath);
  const name = subject.label(instancePath) ?? titleOf(schema) ?? where;
  const wording = Object.hasOwn(WORDINGS, keyword) ? WORDINGS[keyword]! : otherwise;
  const worded = wording({ error, subject, schema, value, name, where });
  if (!worded) return undefined;
  const { id, zh, en, pointer = instancePath, label = name } = worded;
  const held = typeof value === "number" || (typeof value === "string" && value.length <= 40) ? { value } : {};
  // Only a key of the filer's own makes the pointer longer.
  const cell = { pointer: shortened(pointer, 300), label, ...held };
  return { id, level: "error", message: zh, messageEn: en, cells: [cell] };
}
