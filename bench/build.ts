import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ENGINES } from "./engine.ts";
import { gatherFonts } from "./fonts.ts";

const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The process that runs one engine. */
export const CHILD = at("dist/child.mjs");
/** The bundle that an engine runs from. */
export const bundleOf = (name: string): string => at(`dist/${name}.mjs`);

/** Bundles every engine as the product is bundled, and gathers the fonts. */
export async function prepare(): Promise<void> {
  await gatherFonts();
  await build({
    entryPoints: [...ENGINES.map((name) => at(`${name}.ts`)), at("child.ts")],
    outdir: at("dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // Native code, and a browser's driver that finds its files beside itself.
    external: ["@myriaddreamin/typst-ts-node-compiler", "playwright-core", "@sparticuz/chromium"],
    // pdfkit and its kin are CommonJS and call `require` and `__dirname` when they run.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module";import { fileURLToPath as __toPath } from "node:url";const require = __createRequire(import.meta.url);const __filename = __toPath(import.meta.url);const __dirname = __toPath(new URL(".", import.meta.url));',
    },
    logLevel: "warning",
  });
}
