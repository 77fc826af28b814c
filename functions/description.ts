import { reportSchemas } from "../generated/schemas.ts";
import { rosterSchema } from "../src/roster/schema.ts";
import { AMENDMENT_KINDS, amendmentSchema } from "../src/rules/amendment-schema.ts";
import type { Handlers } from "./bind.ts";
import { openApi } from "./openapi.ts";
import type { AppOptions } from "./options.ts";
import { notFound } from "./problem.ts";

const FILES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = Object.fromEntries([
  ...Object.entries(reportSchemas).map(([edition, schema]) => [`report-${edition}.schema.json`, schema]),
  ...AMENDMENT_KINDS.map((kind) => [`${kind}.schema.json`, amendmentSchema(kind)]),
  ["roster.schema.json", rosterSchema()],
]);

/** The operations that describe the service: health, OpenAPI, schemas, settings of the filing pages. */
export function description({
  publicUrl,
  program,
  filing,
}: AppOptions): Pick<Handlers, "health" | "getDescription" | "getSchema" | "getFilingConfiguration"> {
  const shortly = { "cache-control": "public, max-age=300" };
  const described = openApi(publicUrl);
  return {
    health: (c) => c.json({ status: "ok", program }, 200, { "cache-control": "no-store" }),
    getDescription: (c) => c.json(described, 200, shortly),
    getSchema: (c) => {
      const file = c.req.param("file") ?? "";
      const schema = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
      if (!schema) throw notFound(c.req.path);
      return c.json(schema, 200, { "content-type": "application/schema+json; charset=utf-8", ...shortly });
    },
    getFilingConfiguration: (c) => c.json(filing, 200, { "cache-control": "no-cache" }),
  };
}
