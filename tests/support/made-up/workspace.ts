/** A copy of the source to which a test adds what it makes up. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { EditionForm } from "../../../src/form/form.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const COPIED = [
  "src",
  "schemas",
  "web",
  "functions",
  "scripts",
  "generated",
  "examples",
  "cli",
  "local",
  "tests/support",
  "tests/fixtures",
];
const LINKED = ["node_modules", "fonts", "dist/fonts"];

export interface Workspace {
  readonly root: string;
  /** A module of the copy. */
  load<Module>(path: string): Promise<Module>;
  /** Runs Node in it. */
  run(...args: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The source. */
export async function openWorkspace(): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-made-up-"));
  await mkdir(join(directory, "dist"));
  await mkdir(join(directory, "tests"));
  for (const path of [...COPIED, "package.json"])
    await cp(join(root, path), join(directory, path), { recursive: true });
  for (const path of LINKED) await symlink(join(root, path), join(directory, path));
  const run = async (...args: readonly string[]): Promise<void> => {
    await promisify(execFile)(process.execPath, args, { cwd: directory });
  };
  return {
    root: directory,
    load: <Module>(path: string) =>
      import(/* @vite-ignore */ pathToFileURL(join(directory, path)).href) as Promise<Module>,
    run,
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The source with one file more in `schemas/editions/`, and all that is generated made anew. */
export async function workspaceWith(form: EditionForm): Promise<Workspace> {
  const workspace = await openWorkspace();
  const path = join(workspace.root, `schemas/editions/${form.edition}.json`);
  await writeFile(path, JSON.stringify(form, null, 2));
  await workspace.run("scripts/generate.ts");
  await workspace.run("scripts/portal.ts");
  return workspace;
}
