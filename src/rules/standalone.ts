import { _ } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { EditionForm } from "../form/form.ts";
import type { JsonSchema } from "../form/schema-nodes.ts";
import { AMENDMENT_KINDS, amendmentSchema } from "./amendment-schema.ts";
import { date } from "./date.ts";
import { vocabulary } from "./vocabulary.ts";

/**
 * The source with every match of a pattern replaced.
 * @throws Error when there is none: AJV writes other code than this file was written against
 */
function replaced(
  source: string,
  pattern: RegExp,
  by: string | ((...match: string[]) => string),
  what: string,
): string {
  if (source.search(pattern) < 0) throw new Error(`AJV's code has no ${what} any more: see src/rules/standalone.ts`);
  return typeof by === "string" ? source.replace(pattern, by) : source.replace(pattern, by);
}

/**
 * AJV copies all errors so far at every reference to a definition: a list of half a million wrong items, which a body
 * has room for, would take an hour. Here they are appended instead.
 */
function linear(source: string): string {
  const copying = /(\w+) === null \? (\w+)\.errors : \1\.concat\(\2\.errors\)/g;
  const appending = "function appended(all, more) { for (const error of more) all.push(error); return all; }";
  const code = replaced(source, copying, "$1 === null ? $2.errors : appended($1, $2.errors)", "copies of errors");
  return `${code}\n${appending}\n`;
}

/** A schema without what is there for people alone: it is written out in the code whole wherever a part of it is used. */
const bare = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(bare)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([key, inner]) => !((key === "title" || key === "description") && typeof inner === "string"))
            .map(([key, inner]) => [key, bare(inner)]),
        )
      : value;

/** The parts of a value that lie at these paths, where `names` says that only the keys of what lies there are asked for. */
function partsOf(
  value: unknown,
  paths: readonly { readonly keys: readonly string[]; readonly names: boolean }[],
): unknown {
  if (paths.some(({ keys, names }) => keys.length === 0 && !names)) return value;
  const all = paths.some(({ keys }) => keys.length === 0);
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, inner]) => {
      const within = paths.flatMap((path) => (path.keys[0] === key ? { ...path, keys: path.keys.slice(1) } : []));
      if (within.length > 0) return [[key, partsOf(inner, within)]];
      return all ? [[key, true]] : [];
    }),
  );
}

/** AJV keeps a whole schema for the sake of a list of names in it: this leaves what the code refers to. */
function withoutUnused(source: string): string {
  const schemas = /const (schema\d+) = (\{.*?\});(?=const |function |export |let )/g;
  const used = (whole: string, name: string, json: string): string => {
    const uses = [...source.matchAll(new RegExp(`(\\.call\\()?\\b${name}\\b((?:\\.\\w+)*)(?! = )`, "g"))];
    const paths = uses.map(([, names, path]) => ({ keys: path!.split(".").slice(1), names: names !== undefined }));
    return whole.replace(json, () => JSON.stringify(partsOf(JSON.parse(json), paths)));
  };
  return replaced(source, schemas, used as (...match: string[]) => string, "schemas as constants");
}

/** Where in the schema a keyword stands is in no message, and is half of what every error would have in it. */
const withoutSchemaPaths = (source: string): string =>
  replaced(source, /schemaPath:"(?:[^"\\]|\\.)*",/g, "", "paths in the schema");

/** The checks of keywords and formats are imported and not required, so that a bundle has them and the editions once. */
const imported = (source: string): string =>
  replaced(
    source,
    /const (\w+) = require\(("\.\.\/src\/rules\/[^"]+")\)\.(check|date);/g,
    "import { $3 as $1 } from $2;",
    "required checks",
  );

/** AJV with the form's keywords, to compile schemas to code. */
function compiler(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    // Shared definitions stay functions instead of being written out at every use.
    inlineRefs: false,
    strict: true,
    strictRequired: false,
    messages: false,
    code: { source: true, esm: true, formats: _`require("../src/rules/date.ts")` },
  });
  ajv.addFormat("date", date);
  ajv.addVocabulary([...vocabulary]);
  return ajv;
}

/** The source of a module with the schemas' validators. It still imports the keywords' checks and requires AJV's run time: bundle it. */
const moduleOf = (ajv: Ajv2020, exported: Readonly<Record<string, string>>): string =>
  imported(linear(withoutSchemaPaths(withoutUnused(standaloneCode.default(ajv, exported)))));

/** The validator of one schema, as a module of its own: who needs it alone does not load the editions'. */
export function standaloneValidator(name: string, schema: JsonSchema): string {
  const ajv = compiler();
  ajv.addSchema(bare(schema) as JsonSchema);
  return moduleOf(ajv, { [name]: schema["$id"] as string });
}

/**
 * The validators of all editions as the source of one ES module, with `reportEDITION`, `comparisonEDITION`,
 * `correction` and `withdrawal` as its exports.
 */
export function standaloneValidators(
  schemas: readonly { readonly form: EditionForm; readonly report: JsonSchema; readonly comparison: JsonSchema }[],
): string {
  const ajv = compiler();
  const exported: Record<string, string> = {};
  for (const { form, report, comparison } of schemas) {
    ajv.addSchema(bare(report) as JsonSchema);
    ajv.addSchema(bare(comparison) as JsonSchema);
    exported[`report${form.edition}`] = report["$id"] as string;
    exported[`comparison${form.edition}`] = comparison["$id"] as string;
  }
  for (const kind of AMENDMENT_KINDS) {
    const schema = amendmentSchema(kind);
    ajv.addSchema(bare(schema) as JsonSchema);
    exported[kind] = schema["$id"] as string;
  }
  return moduleOf(ajv, exported);
}
