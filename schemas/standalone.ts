import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { AMENDMENT_KINDS, amendmentSchema } from "./amendment-schema.ts";
import type { EditionForm } from "./form.ts";
import type { JsonSchema } from "./json-schema.ts";
import { vocabulary } from "./vocabulary/vocabulary.ts";

/**
 * AJV copies all errors so far at every reference to a definition: a list of half a million wrong items, which a body
 * has room for, would take an hour. Here they are appended instead.
 */
function linear(source: string): string {
  const copying = /(\w+) === null \? (\w+)\.errors : \1\.concat\(\2\.errors\)/g;
  const appending = "function appended(all, more) { for (const error of more) all.push(error); return all; }";
  return `${source.replace(copying, "$1 === null ? $2.errors : appended($1, $2.errors)")}\n${appending}\n`;
}

/** The keywords' checks are imported and not required, so that a bundle has them and the editions once. */
const imported = (source: string): string =>
  source.replace(/const (\w+) = require\(("\.\.\/schemas\/[^"]+")\)\.check;/g, "import { check as $1 } from $2;");

/**
 * The validators of all editions as the source of one ES module, with `reportEDITION`, `comparisonEDITION`,
 * `correction` and `withdrawal` as its exports. It still imports the keywords' checks and requires AJV's run time: bundle it.
 */
export function standaloneValidators(
  schemas: readonly { readonly form: EditionForm; readonly report: JsonSchema; readonly comparison: JsonSchema }[],
): string {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    // Shared definitions stay functions instead of being written out at every use.
    inlineRefs: false,
    strict: true,
    strictRequired: false,
    messages: false,
    code: { source: true, esm: true },
  });
  addFormats.default(ajv, ["date"]);
  ajv.addVocabulary([...vocabulary]);
  const exported: Record<string, string> = {};
  for (const { form, report, comparison } of schemas) {
    ajv.addSchema(report);
    ajv.addSchema(comparison);
    exported[`report${form.edition}`] = report["$id"] as string;
    exported[`comparison${form.edition}`] = comparison["$id"] as string;
  }
  for (const kind of AMENDMENT_KINDS) {
    const schema = amendmentSchema(kind);
    ajv.addSchema(schema);
    exported[kind] = schema["$id"] as string;
  }
  return imported(linear(standaloneCode.default(ajv, exported)));
}
