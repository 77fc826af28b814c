/** Builds what is deployed and what `npm start` starts: the Lambda bundle with its fonts, and the command. */
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

await import("./generate.ts");
await import("./portal.ts");
await import("./fonts.ts");
const { openFonts } = await import("../src/render/pdf/fonts.ts");
const { buildFiling } = await import("./web.ts");

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
  logLevel: "warning",
};

const deployed: BuildOptions = { ...shared, minify: true, keepNames: true, sourcemap: true };
for (const [entry, out] of [
  ["functions/api.lambda.ts", "lambda/api/index.mjs"],
  ["functions/imports.lambda.ts", "lambda/imports/index.mjs"],
  ["functions/indexer.lambda.ts", "lambda/indexer/index.mjs"],
  ["functions/fsck.lambda.ts", "lambda/fsck/index.mjs"],
  ["server/main.ts", "server/index.mjs"],
  ["scripts/fsck.ts", "server/fsck.mjs"],
  ["scripts/reindex.ts", "server/reindex.mjs"],
] as const)
  await build({ ...deployed, entryPoints: [at(entry)], outfile: at(`dist/${out}`) });
// The readers of files, each in a chunk of its own that is loaded when a file needs it. pdfjs-dist looks for its worker
// and its character maps beside itself: it goes along as the package that it is.
const PDFJS = [
  "package.json",
  "LICENSE",
  "legacy/build/pdf.mjs",
  "legacy/build/pdf.worker.mjs",
  "cmaps",
  "standard_fonts",
];
for (const folder of ["lambda/imports", "server"]) {
  await rm(at(`dist/${folder}/readers`), { recursive: true, force: true });
  await build({
    ...deployed,
    entryPoints: [{ in: at("functions/importer.worker.ts"), out: "importer" }],
    outdir: at(`dist/${folder}`),
    outExtension: { ".js": ".mjs" },
    chunkNames: "readers/[name]-[hash]",
    splitting: true,
    external: ["pdfjs-dist/*"],
  });
  for (const part of PDFJS)
    await cp(at(`node_modules/pdfjs-dist/${part}`), at(`dist/${folder}/node_modules/pdfjs-dist/${part}`), {
      recursive: true,
    });
}
await writeFile(at("dist/lambda/imports/coverage.json"), JSON.stringify(openFonts(at("dist/fonts")).coverageFile()));
await buildFiling(at("dist/web/filing"));
for (const folder of ["lambda/api", "server"]) {
  await cp(at("dist/fonts"), at(`dist/${folder}/fonts`), { recursive: true });
  await rm(at(`dist/${folder}/web`), { recursive: true, force: true });
  await cp(at("dist/web/filing"), at(`dist/${folder}/web/filing`), { recursive: true });
}
await build({
  ...shared,
  entryPoints: [at("cli/nianbao.ts")],
  outfile: at("dist/cli/nianbao.mjs"),
  external: ["pdfjs-dist/*"],
});
