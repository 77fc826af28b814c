/** Builds the pages that people sign in at: scripts and styles under the hash of their content, with their compressed twins. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
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
function preloads({ outputs }: Metafile, page: string, script: string): string {
  const [, output] = Object.entries(outputs).find(([path]) => basename(path) === script)!;
  return output.imports
    .filter(({ kind, external }) => kind === "import-statement" && !external)
    .map(({ path }) => `<link rel="modulepreload" href="/${page}/${basename(path)}">\n`)
    .join("");
}

/** Threads of a page, each one file under a name of its own: a page knows no hash of another bundle. */
const WORKERS = { filing: [], desk: ["web/desk/checks/alike.worker.ts"] } as const;

/** What every bundle of a page is built with. */
const shared = (directory: string, bom: string): BuildOptions & { readonly metafile: true; readonly write: false } => ({
  outdir: directory,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  mainFields: ["module", "main"],
  minify: true,
  legalComments: "none",
  // Chinese as it is: escaped it weighs twice as much, and 5 KB more compressed.
  charset: "utf8",
  metafile: true,
  write: false,
  plugins: [schemasWithoutRules, billOfMaterials(bom)],
  logLevel: "warning",
});

/** Builds `web/filing` or `web/desk` into a folder, which is emptied first; resolves with what the page is made of. */
export async function buildPage(name: "filing" | "desk", directory: string): Promise<Metafile> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { metafile, outputFiles } = await build({
    ...shared(directory, `${directory}.bom.json`),
    entryPoints: [at(`web/${name}/main.tsx`), at(`web/${name}/style.css`)],
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
  });
  const workers = await Promise.all(
    WORKERS[name].map((entry) =>
      build({ ...shared(directory, `${directory}.worker.bom.json`), entryPoints: [at(entry)], entryNames: "[name]" }),
    ),
  );
  const licences = `${directory}/THIRD-PARTY-LICENCES.txt`;
  await writeLicences([metafile, ...workers.map((worker) => worker.metafile)], at(""), licences);
  const built = (entry: string): string =>
    basename(Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith(entry))![0]);
  const [script, style] = [built(`${name}/main.tsx`), built(`${name}/style.css`)];
  const page = (await readFile(at(`web/${name}/index.html`), "utf8"))
    .replace("{script}", `/${name}/${script}`)
    .replace("{preload}", preloads(metafile, name, script))
    .replace("{style}", `/${name}/${style}`);
  const files = [
    ...[outputFiles, ...workers.map((worker) => worker.outputFiles)]
      .flat()
      .map(({ path, contents }) => ({ name: basename(path), contents })),
    { name: "index.html", contents: Buffer.from(page) },
    { name: basename(licences), contents: await readFile(licences) },
  ];
  for (const file of files) {
    await writeFile(`${directory}/${file.name}`, file.contents);
    await writeFile(`${directory}/${file.name}.gz`, gzipSync(file.contents, { level: 9 }));
  }
  return metafile;
}
