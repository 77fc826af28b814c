import type { Message } from "../src/basics/finding.ts";
import { CODE_PATTERN, CODE_SHAPE } from "../src/form/uscc.ts";
import { date } from "../src/rules/date.ts";
import type { BodyRule } from "./body-rule.ts";
import type { Decision } from "./decision.ts";

export type Json = Readonly<Record<string, unknown>>;

/** What a parameter of the query or the path may be, in words of JSON Schema; without any of them, any text. */
export interface TextSchema {
  readonly enum?: readonly string[];
  /** An ECMAScript regular expression, with `u`. */
  readonly pattern?: string;
  /** Code points. */
  readonly maxLength?: number;
  readonly format?: "date";
}

/** A parameter that may be given once. */
export interface Parameter {
  readonly name: string;
  readonly schema: TextSchema;
  readonly description: string;
  /** What it must be, as the 400 has it. */
  readonly expected: Message;
}

/**
 * What requests are counted together when they are limited: `health` never, `read` what is public, `write` what files,
 * checks and keeps, `preview` what is typeset for a look at it, `import` what reads the files of others.
 */
export type RateClass = "health" | "read" | "write" | "preview" | "import";

/** One operation of the service: what its routing, its description and its limits are made of. */
export interface Route {
  /** OpenAPI's `operationId`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As OpenAPI writes it: `/reports/{uscc}/{year}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** `optional`: answered without one, and with more when there is one; a bad one is refused all the same. */
  readonly token: "required" | "optional" | "none";
  /** Whether any page may read it (CORS `*`), where nothing of it depends on who asks. */
  readonly open: boolean;
  /** What the audit log calls it; what is not logged has none. */
  readonly action?: Decision["action"];
  /** The function that answers: `imports` reads the files of others, and has no right to the store. */
  readonly handledBy: "api" | "imports";
  readonly rate: RateClass;
  readonly query: readonly Parameter[];
  readonly headers?: readonly Json[];
  readonly body?: BodyRule & {
    /** `content` of OpenAPI's request body. */
    readonly content: Json;
    readonly description?: string;
  };
  /** OpenAPI's responses by status, those that are no problem or a problem of this route alone. */
  readonly answers: Json;
  /** Statuses of the problems that are described once for all. */
  readonly problems: readonly number[];
}

/** The parameters that stand in paths. Another value names nothing that is there: 404. */
export const PATH_PARAMETERS: Readonly<Record<string, Pick<Parameter, "schema" | "description">>> = {
  uscc: { schema: { pattern: CODE_PATTERN }, description: "统一社会信用代码" },
  division: { schema: { pattern: "^[0-9]{6}$" }, description: "行政区划，六位代码" },
  year: { schema: { pattern: "^[0-9]{4}$" }, description: "年度" },
  place: {
    schema: { pattern: `^(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|${CODE_SHAPE})$` },
    description: "行政区划的前2、4、6位，或统一社会信用代码",
  },
  sha256: { schema: { pattern: "^[0-9a-f]{64}$" }, description: "送审内容的 SHA-256" },
  version: { schema: { pattern: "^[1-9][0-9]{0,5}$" }, description: "第几版" },
  file: { schema: { maxLength: 100 }, description: "文件名，如 report-2021.schema.json" },
};

/** The names of the parameters in a path, in order. */
export const namesIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/** Whether a text is what a schema describes; a date is one of the calendar. */
export function fits(text: string, { enum: values, pattern, maxLength, format }: TextSchema): boolean {
  return (
    (values === undefined || values.includes(text)) &&
    (maxLength === undefined || (text.length <= 2 * maxLength && [...text].length <= maxLength)) &&
    (pattern === undefined || new RegExp(pattern, "u").test(text)) &&
    (format === undefined || date(text))
  );
}
