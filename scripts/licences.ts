import { readdir, readFile, writeFile } from "node:fs/promises";
import { cyclonedxEsbuildPlugin } from "@cyclonedx/cyclonedx-esbuild";
import type { Metafile, Plugin } from "esbuild";

const MODULE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Writes the bill of materials of a bundle (CycloneDX), the same for the same bundle. */
export const billOfMaterials = (outputFile: string): Plugin =>
  cyclonedxEsbuildPlugin({ outputFile, outputReproducible: true, validate: false, logLevel: "silent" });

/** The packages that something of is in a bundle's output, by their folders. */
const packagesIn = ({ outputs }: Metafile): string[] =>
  Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => MODULE.exec(path)?.[1] ?? []);

/** Writes the licences of the packages that bundles are made of: they ask to be passed on with them. */
export async function writeLicences(bundles: readonly Metafile[], root: string, target: string): Promise<void> {
  const folders = new Set(bundles.flatMap(packagesIn));
  const sections: string[] = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${root}/${folder}/package.json`, "utf8")) as Readonly<
      Record<"name" | "version" | "license", string | undefined>
    >;
    const files = await readdir(`${root}/${folder}`);
    // Old packages have the licence at the end of their README.
    const file =
      files.find((entry) => /^licen[cs]e/i.test(entry)) ??
      (license ? undefined : files.find((f) => /^readme/i.test(f)));
    const text = file ? (await readFile(`${root}/${folder}/${file}`, "utf8")).trim() : "";
    if (!license && !/licen[cs]e/i.test(text)) throw new Error(`${folder}: no licence`);
    sections.push(`${name} ${version}${license ? ` (${license})` : ""}${text && `\n\n${text}`}`);
  }
  await writeFile(target, `${sections.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
}
