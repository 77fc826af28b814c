import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import type { EditionForm } from "./form.ts";
import type { JsonSchema } from "./json-schema.ts";
import { vocabulary } from "./vocabulary/vocabulary.ts";

/**
 * The validators of all editions as the source of one ES module, with `reportEDITION` and `comparisonEDITION` as its
 * exports. It still imports AJV's run time and the keywords' checks: bundle it.
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
    code: { source: true, esm: true, lines: true },
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
  return standaloneCode.default(ajv, exported);
}
