/**
 * The process that runs one engine: `node child.mjs ENGINE FONTS INPUTS RENDERS`. INPUTS is a JSON array; it renders the
 * first RENDERS of them and reports, then renders whichever its parent asks for, until told to stop.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import type { Engine } from "./engine.ts";
import { treeMemory } from "./memory.ts";

/** What a child sends when it has rendered what it was started for. */
export interface Ready {
  readonly kind: "ready";
  /** When the last of these PDFs was in memory, ms since the epoch. */
  readonly at: number;
  readonly bytes: number;
  /** The process's peak, MB. */
  readonly peak: number;
  /** The most that the process and its children held together after a render, MB; 0 where it cannot be read. */
  readonly tree: number;
}

/** What a child sends for a render that it was asked for. */
export interface Rendered {
  readonly kind: "rendered";
  readonly ms: number;
  readonly bytes: number;
}

/** What a parent asks for: an index of INPUTS, a file to write the PDF to; no index ends the child. */
export interface Order {
  readonly index?: number;
  readonly file?: string;
}

enableCompileCache();
const [name = "", fonts = "", inputFile = "", renders = "1"] = process.argv.slice(2);
const { engine } = (await import(new URL(`./${name}.mjs`, import.meta.url).href)) as { readonly engine: Engine };
const inputs = JSON.parse(readFileSync(inputFile, "utf8")) as readonly unknown[];
const renderer = await engine.start(fonts);
const watched = process.argv[6] === "memory";
let bytes = 0;
let tree = 0;
for (let i = 0; i < Number(renders); i += 1) {
  bytes = (await renderer.render(inputs[i])).length;
  if (!watched) continue;
  tree = Math.max(tree, treeMemory());
  await renderer.settle?.();
}
const at = performance.timeOrigin + performance.now();
const send = (message: Ready | Rendered): void => void process.send?.(message);
send({ kind: "ready", at, bytes, peak: process.resourceUsage().maxRSS / 1024, tree });

process.on("message", async ({ index, file }: Order) => {
  if (index === undefined) {
    await renderer.stop?.();
    process.disconnect();
    return;
  }
  const before = performance.now();
  const pdf = await renderer.render(inputs[index]);
  const ms = performance.now() - before;
  await renderer.settle?.();
  if (file) writeFileSync(file, pdf);
  send({ kind: "rendered", ms, bytes: pdf.length });
});
if (!process.send) await renderer.stop?.();
