/** Renders the report with every engine into `dist/samples`, to look at. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { prepare } from "./build.ts";
import { ENGINES } from "./engine.ts";
import { EngineProcess, writeInputs } from "./processes.ts";
import { readExample, variant } from "./report.ts";

await prepare();
const example = await readExample();
const folder = fileURLToPath(new URL("dist/samples", import.meta.url));
await mkdir(folder, { recursive: true });
for (const name of ENGINES) {
  const engine = await EngineProcess.start(name, await writeInputs(name, "sample", [variant(example, 0)]));
  const { ms, bytes } = await engine.render(0, `${folder}/${name}.pdf`);
  await engine.stop();
  console.log(`${folder}/${name}.pdf  ${bytes} bytes  ${ms.toFixed(1)} ms (first ${engine.firstMs.toFixed(0)} ms)`);
}
