/**
 * What `npm pack` runs before and after: the packed command has everything in its bundle, so its `package.json` names no
 * dependencies. `strip [FOLDER]` writes it so and keeps the original beside it; `restore [FOLDER]` puts that back.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the package needs no more once it is built. */
const LEFT_OUT = ["dependencies", "devDependencies", "overrides", "allowScripts", "scripts"];

const [what, folder = fileURLToPath(new URL("..", import.meta.url))] = process.argv.slice(2);
const [file, kept] = [join(folder, "package.json"), join(folder, "package.json.unpacked")];
if (what === "strip") {
  const text = await readFile(file, "utf8");
  const all = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const rest = Object.fromEntries(Object.entries(all).filter(([key]) => !LEFT_OUT.includes(key)));
  await writeFile(kept, text);
  await writeFile(file, `${JSON.stringify(rest, null, 2)}\n`);
} else if (what === "restore") await rename(kept, file);
else throw new Error("strip or restore");
