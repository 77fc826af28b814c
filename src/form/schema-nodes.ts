/** A JSON Schema (2020-12), as far as it is built here. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A line of printable text. */
export const text = (title: string, maxLength: number, rest: JsonSchema = {}): JsonSchema => ({
  type: "string",
  title,
  minLength: 1,
  maxLength,
  "x-plainText": true,
  ...rest,
});

/** Of a text with headings: they go down by one level at a time, from the one of their section. */
export const HEADING_LEVELS: JsonSchema = { "x-headingLevels": { under: 1 } };

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
