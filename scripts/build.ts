/**
 * Builds what is deployed and what `npm start` starts: the Lambda bundles with their fonts, the plain server and the command.
 * `build.ts start` builds what the service needs to start on this machine, with the fonts that nearly every report is set
 * in, and leaves the rest to `build.ts rest`, which the launcher calls when it has started.
 */
import { cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { onlyPublishedFormats } from "./formats.ts";
import { billOfMaterials, writeLicences } from "./licences.ts";
import { pdfjsWithoutCanvas } from "./pdfjs.ts";
import { pdfkitWithoutFonts } from "./pdfkit.ts";
import { prepareFonts } from "./prepare-fonts.ts";

const [part = "all"] = process.argv.slice(2);
if (!["all", "start", "rest"].includes(part)) throw new Error("build.ts [start|rest]");
/** What `npm start` runs. */
const STARTED: readonly string[] = ["lambda/api", "lambda/imports", "lambda/indexer"];
const builds = (folder: string): boolean => part === "all" || STARTED.includes(folder) === (part === "start");

// Faces depend on nothing else, and take longest; of the rest somebody may be waiting for them.
const faces = prepareFonts(part === "start" ? { later: ["rare"] } : {});
if (part === "rest") await faces;
else {
  await import("./generate.ts");
  await import("./portal.ts");
}
const { openFonts } = await import("../src/fonts/fonts.ts");
const { buildPage } = await import("./web.ts");

const at = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const { version } = JSON.parse(await readFile(at("package.json"), "utf8")) as { version: string };

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node24",
  // jsonc-parser keeps its modules apart in its CommonJS build, where no bundler finds them.
  mainFields: ["module", "main"],
  format: "esm",
  define: { NIANBAO_VERSION: JSON.stringify(version) },
  // pdfkit and its kin are CommonJS and call `require` and `__dirname` when they run.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module";import { fileURLToPath as __toPath } from "node:url";const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);const __dirname = __toPath(new URL(".", import.meta.url));',
  },
  plugins: [pdfjsWithoutCanvas, pdfkitWithoutFonts],
  // Piscina has it by option, for threads of another priority.
  external: ["@napi-rs/nice", "@duckdb/node-api"],
  logLevel: "warning",
};

/** The bundles of each folder that ships: what they are made of goes with them. */
const shipped = new Map<string, Metafile[]>();

/** Builds a bundle that ships, with its bill of materials (CycloneDX) beside it as `NAME.bom.json`. */
async function ship(folder: string, name: string, options: BuildOptions): Promise<void> {
  if (!builds(folder)) return;
  const plugins = [...(options.plugins ?? []), billOfMaterials(at(`dist/${folder}/${name}.bom.json`))];
  const { metafile } = await build({ ...options, metafile: true, plugins });
  shipped.set(folder, [...(shipped.get(folder) ?? []), metafile!]);
}

// For the runtimes that a stage may say (infra/stages.ts).
const deployed: BuildOptions = { ...shared, target: "node22", minify: true, keepNames: true, sourcemap: true };
const service: BuildOptions = { ...deployed, plugins: [...shared.plugins!, onlyPublishedFormats] };
for (const [entry, folder, name] of [
  ["functions/api.lambda.ts", "lambda/api", "index"],
  ["functions/imports.lambda.ts", "lambda/imports", "index"],
  ["functions/indexer.lambda.ts", "lambda/indexer", "index"],
  ["functions/fsck.lambda.ts", "lambda/fsck", "index"],
  ["functions/batch.lambda.ts", "lambda/batch", "index"],
  ["functions/rebuild.lambda.ts", "lambda/rebuild", "index"],
  ["server/main.ts", "server", "index"],
  ["server/api.worker.ts", "server", "api-worker"],
  ["scripts/fsck.ts", "server", "fsck"],
  ["scripts/reindex.ts", "server", "reindex"],
  ["cli/store-worker.ts", "server", "store-worker"],
] as const)
  await ship(folder, name, { ...service, entryPoints: [at(entry)], outfile: at(`dist/${folder}/${name}.mjs`) });
// The readers of files, each in a chunk of its own that is loaded when a file needs it.
for (const [folder, name, entry] of [
  ["lambda/imports", "importer", "functions/importer.process.ts"],
  ["lambda/batch", "batch-process", "functions/batch.process.ts"],
  ["server", "importer", "functions/importer.process.ts"],
] as const) {
  if (!builds(folder)) continue;
  await rm(at(`dist/${folder}/readers`), { recursive: true, force: true });
  await ship(folder, name, {
    ...deployed,
    entryPoints: [{ in: at(entry), out: name }],
    outdir: at(`dist/${folder}`),
    outExtension: { ".js": ".mjs" },
    chunkNames: "readers/[name]-[hash]",
    splitting: true,
  });
}
// The command, in parts that are loaded when they are needed: all in one folder, with the fonts and pages beside them.
// It also runs on the Node that is installed most.
if (builds("cli")) await rm(at("dist/cli"), { recursive: true, force: true });
await ship("cli", "nianbao", {
  ...shared,
  target: "node20.19",
  splitting: true,
  minify: true,
  keepNames: true,
  entryPoints: {
    nianbao: at("cli/nianbao.ts"),
    importer: at("cli/importer-process.ts"),
    "batch-process": at("cli/batch-process.ts"),
    "api-worker": at("cli/api-worker.ts"),
    "store-worker": at("cli/store-worker.ts"),
  },
  outdir: at("dist/cli"),
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
});
// What libraries read from files of theirs.
for (const folder of ["server", "cli"]) {
  const out = at(`dist/${folder}/worker.js`);
  await ship(folder, "worker", {
    ...shared,
    entryPoints: [at("node_modules/piscina/dist/worker.js")],
    outfile: out,
  });
}
if (builds("cli"))
  await cp(at("node_modules/@pnpm/tabtab/lib/templates"), at("dist/cli/templates"), { recursive: true });
for (const [folder, readers] of [
  ["lambda/imports", "/readers"],
  ["lambda/batch", "/readers"],
  ["server", "/readers"],
  ["cli", ""],
] as const)
  for (const data of builds(folder) ? ["cmaps", "standard_fonts"] : [])
    await cp(at(`node_modules/pdfjs-dist/${data}`), at(`dist/${folder}${readers}/pdfjs/${data}`), { recursive: true });
const pages = [await buildPage("filing", at("dist/web/filing")), await buildPage("desk", at("dist/web/desk"))];
await faces;
const coverage = JSON.stringify(openFonts(at("dist/fonts")).coverageFile());
for (const folder of ["lambda/imports", "server", "cli"])
  if (builds(folder)) await writeFile(at(`dist/${folder}/coverage.json`), coverage);

/** Puts the faces into a folder; for the launcher those that are being prepared will be there when they are. */
async function withFonts(folder: string): Promise<void> {
  const fonts = at(`dist/${folder}/fonts`);
  await rm(fonts, { recursive: true, force: true });
  if (part === "start") await symlink(at("dist/fonts"), fonts, "junction");
  else await cp(at("dist/fonts"), fonts, { recursive: true });
}
for (const folder of ["lambda/api", "lambda/batch", "server", "cli"]) if (builds(folder)) await withFonts(folder);
for (const folder of ["lambda/api", "server", "cli"].filter(builds)) {
  await rm(at(`dist/${folder}/web`), { recursive: true, force: true });
  await cp(at("dist/web"), at(`dist/${folder}/web`), { recursive: true });
  shipped.set(folder, [...(shipped.get(folder) ?? []), ...pages]);
}
for (const [folder, bundles] of shipped)
  await writeLicences(bundles, at(""), at(`dist/${folder}/THIRD-PARTY-LICENCES.txt`));

/** Says that there is a rest. */
const rest = at("dist/rest");
if (part === "start") await writeFile(rest, "");
else await rm(rest, { force: true });
