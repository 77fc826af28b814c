/** Makes `generated/portal.ts`: the style sheet, scripts and data of the reading pages, named by the hash of their content. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { forms } from "../src/form/forms.ts";
import { IMMUTABLE } from "../src/index/shared.ts";
import { formRows } from "../src/portal/rows.ts";

const at = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

const TYPES = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
} as const;

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [at(`web/portal/${entry}`)],
    outdir: at("dist/portal"),
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "safari16.4", "firefox113"],
    charset: "utf8",
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
};

const sources: readonly (readonly [name: string, extension: keyof typeof TYPES, body: string | Buffer])[] = [
  ["style", "css", await bundle("style.css")],
  ["icon", "svg", await readFile(at("web/portal/icon.svg"), "utf8")],
  ["search", "js", await bundle("search.ts")],
  ["compare", "js", await bundle("compare.ts")],
  ["deadlines", "js", await bundle("deadlines.ts")],
  ["verify", "js", await bundle("verify.ts")],
  ["charts", "js", await bundle("charts.ts")],
  ["embed", "js", await bundle("embed.ts")],
  ["rank", "js", await bundle("rank.ts")],
  ["text", "js", await bundle("text.ts")],
  ["download", "js", await bundle("download.ts")],
  ["xlsx", "js", await bundle("xlsx.ts")],
  ["query", "js", await bundle("query.ts")],
  ["card", "png", await readFile(at("web/portal/card.png"))],
  ["rows", "json", JSON.stringify(formRows(forms))],
];
/** What pages that never change load by its name: it may change, and is asked for again as pages are. */
const named = [{ path: "report.js", body: await bundle("report.ts"), contentType: TYPES.js }];
const assets = sources.map(([name, extension, body]) => {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { name, path: `assets/${name}-${hash}.${extension}`, body, contentType: TYPES[extension] };
});

const text = [
  `import type { PublicFile } from "../src/index/shared.ts";`,
  `import type { AssetPaths } from "../src/portal/view.ts";`,
  `const cacheControl = ${JSON.stringify(IMMUTABLE)};`,
  "/** What lies under assets/ never changes: other content has another name. */",
  "export const portalAssets: readonly PublicFile[] = [",
  ...assets.map(({ path, body, contentType }) => {
    const content =
      typeof body === "string" ? JSON.stringify(body) : `Buffer.from("${body.toString("base64")}", "base64")`;
    return `  { path: "${path}", body: ${content}, contentType: "${contentType}", cacheControl },`;
  }),
  ...named.map(({ path, body, contentType }) => `  ${JSON.stringify({ path, body, contentType })},`),
  "];",
  `export const assetPaths: AssetPaths = ${JSON.stringify(Object.fromEntries(assets.map(({ name, path }) => [name, path])), null, 2)};`,
  "",
].join("\n");
const file = at("generated/portal.ts");
if ((await readFile(file, "utf8").catch(() => undefined)) !== text) await writeFile(file, text);
