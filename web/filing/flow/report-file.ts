import { reportSchemas } from "../../../generated/schemas.ts";
import { ParseError, parseJson } from "../../../src/check/parse.ts";
import { forms } from "../../../src/form/forms.ts";
import type { DraftReport } from "../contract.ts";
import type { Language } from "../i18n.ts";
import { placeOf } from "./draft.ts";
import { say } from "./messages.ts";

type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** Bytes: what the service takes at most. */
const MAX_SIZE = 1024 * 1024;

/** A report as it was read from a file, and the JSON Pointers of what is no part of a report. */
export interface ReportFile {
  readonly report: DraftReport;
  readonly leftOut: readonly string[];
}

/** Why a file is no report, for people. */
export class ReportFileError extends Error {
  readonly say: (language: Language) => string;

  constructor(speak: (language: Language) => string) {
    super(speak("en"));
    this.name = "ReportFileError";
    this.say = speak;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** What a schema knows of a value; what it does not know goes to `leftOut`. */
function known(root: Schema, named: Schema, value: unknown, pointer: string, leftOut: string[]): unknown {
  let schema = named;
  while (schema.$ref) schema = root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {};
  if (schema.oneOf) {
    const alternatives = schema.oneOf.map((s) => (s.$ref ? (root.$defs?.[s.$ref.replace("#/$defs/", "")] ?? s) : s));
    const type = isObject(value) ? value["type"] : undefined;
    schema = alternatives.find((s) => s.properties?.["type"]?.const === type) ?? {};
  }
  const { properties, items } = schema;
  // A value of another kind than the form has there could not be shown, and its members would be unknown.
  if ((properties && !isObject(value)) || (items && !Array.isArray(value)) || value === null) {
    leftOut.push(pointer);
    return undefined;
  }
  if (properties) {
    const kept: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value as Record<string, unknown>)) {
      const at = `${pointer}/${escaped(key)}`;
      if (!Object.hasOwn(properties, key)) leftOut.push(at);
      else {
        const part = known(root, properties[key]!, member, at, leftOut);
        if (part !== undefined) kept[key] = part;
      }
    }
    return kept;
  }
  if (items)
    return (value as unknown[]).flatMap((item, i) => known(root, items, item, `${pointer}/${i}`, leftOut) ?? []);
  if (isObject(value) ? schema.type !== "object" : Array.isArray(value)) {
    leftOut.push(pointer);
    return undefined;
  }
  return value;
}

/**
 * Reads a downloaded draft or a published `report.json`.
 * @throws ReportFileError with the line and column of what is wrong, or what else keeps it from being a report
 */
export function readReportFile(bytes: Uint8Array): ReportFile {
  if (bytes.length > MAX_SIZE) throw new ReportFileError((l) => say(l, "importTooLarge"));
  let value: unknown;
  try {
    // Windows' editors begin a file with a mark that RFC 8259 does not know.
    value = parseJson(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ReportFileError((l) => (l === "zh" ? error.messageZh : error.message));
  }
  if (!isObject(value)) throw new ReportFileError((l) => say(l, "importNotReport"));
  const { edition } = value;
  const schema = typeof edition === "string" ? (reportSchemas[edition] as Schema | undefined) : undefined;
  if (!schema) {
    const given = JSON.stringify(edition)?.slice(0, 40);
    const editions = forms.map((form) => `"${form.edition}"`);
    throw new ReportFileError((l) =>
      say(l, "importEdition", {
        given: given ? (l === "zh" ? `是${given}` : `is ${given}`) : l === "zh" ? "没有" : "is missing",
        known: editions.join(l === "zh" ? "或" : " or "),
      }),
    );
  }
  const leftOut: string[] = [];
  const report = known(schema, schema, value, "", leftOut) as Record<string, unknown>;
  delete report["$schema"];
  return { report, leftOut };
}

/** What a draft's file is called, e.g. 杭州市人民政府2025年度报告草稿.json. */
export function fileNameOf(report: DraftReport, language: Language): string {
  const { organ = "", year = "" } = placeOf(report);
  const safe = organ.replace(/[\\/:*?"<>|\p{Cc}]/gu, "");
  return language === "zh" ? `${safe}${year}年度报告草稿.json` : `report-draft-${safe}-${year}.json`;
}
