/** Builds the filing pages: scripts and styles under the hash of their content, with their compressed twins. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";
import { billOfMaterials, writeLicences } from "./licences.ts";

const at = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** The published schemas without the rules in them: the page checks with the compiled ones, and asks these for names and bounds. */
const schemasWithoutRules: Plugin = {
  name: "schemas-without-rules",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]schemas[/\\]report-.+\.schema\.json$/ }, async ({ path }) => {
      const bare = (key: string, value: unknown): unknown => (key.startsWith("x-") ? undefined : value);
      return { loader: "json", contents: JSON.stringify(JSON.parse(await readFile(path, "utf8"), bare)) };
    });
  },
};

/** What a script imports at once is asked for with it, not after it. */
function preloads({ outputs }: Metafile, script: string): string {
  const [, output] = Object.entries(outputs).find(([path]) => basename(path) === script)!;
  return output.imports
    .filter(({ kind, external }) => kind === "import-statement" && !external)
    .map(({ path }) => `<link rel="modulepreload" href="/filing/${basename(path)}">\n`)
    .join("");
}

/** Builds `web/filing` into a folder, which is emptied first; resolves with what the pages are made of. */
export async function buildFiling(directory: string): Promise<Metafile> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { metafile, outputFiles } = await build({
    entryPoints: [at("web/filing/main.tsx"), at("web/filing/style.css")],
    outdir: directory,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    minify: true,
    legalComments: "none",
    // Chinese as it is: escaped it weighs twice as much, and 5 KB more compressed.
    charset: "utf8",
    metafile: true,
    write: false,
    plugins: [schemasWithoutRules, billOfMaterials(`${directory}.bom.json`)],
    logLevel: "warning",
  });
  const licences = `${directory}/THIRD-PARTY-LICENCES.txt`;
  await writeLicences([metafile], at(""), licences);
  const built = (entry: string): string =>
    basename(Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith(entry))![0]);
  const page = (await readFile(at("web/filing/index.html"), "utf8"))
    .replace("{script}", `/filing/${built("filing/main.tsx")}`)
    .replace("{preload}", preloads(metafile, built("filing/main.tsx")))
    .replace("{style}", `/filing/${built("filing/style.css")}`);
  const files = [
    ...outputFiles.map(({ path, contents }) => ({ name: basename(path), contents })),
    { name: "index.html", contents: Buffer.from(page) },
    { name: basename(licences), contents: await readFile(licences) },
  ];
  for (const { name, contents } of files) {
    await writeFile(`${directory}/${name}`, contents);
    await writeFile(`${directory}/${name}.gz`, gzipSync(contents, { level: 9 }));
  }
  return metafile;
}
