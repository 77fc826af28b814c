import { readdir, stat } from "node:fs/promises";
import { extname, join, parse, resolve } from "node:path";
import { IMPORTED } from "../formats/registry.ts";
import { JOURNAL } from "./journal.ts";

/** Endings of what is read, and of what organs file in although no program here reads it: a report in one is a problem to report, not a file to skip. */
const ENDINGS = new Set([
  ...IMPORTED.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ...["doc", "wps", "rtf", "odt", "xls", "et", "ods", "ofd", "mht", "mhtml"],
]);

/** The files of a folder: paths from it with `/`, sorted by code units. */
export interface Files {
  /** Taken for reports. */
  readonly files: readonly string[];
  /** Passed over for their kind. */
  readonly others: readonly string[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isPage = (name: string): boolean => /\.x?html?$/i.test(name);

/** The folder of pictures and scripts that a browser puts beside a page it saves. */
const besidePage = (folder: string, names: readonly string[]): boolean => {
  const stem = /^(.+)(?:_files|\.files|_文件)$/.exec(folder)?.[1];
  return stem !== undefined && names.some((name) => isPage(name) && parse(name).name === stem);
};

/** The kinds of what lies in a folder, links to files followed and links to folders not. */
async function entries(folder: string): Promise<{ readonly files: string[]; readonly folders: string[] }> {
  const found = { files: [] as string[], folders: [] as string[] };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || entry.name.startsWith("~$")) continue;
    if (entry.isDirectory()) found.folders.push(entry.name);
    else if (entry.isFile()) found.files.push(entry.name);
    else if (entry.isSymbolicLink()) {
      // A link that leads nowhere is reported when it is read.
      const target = await stat(join(folder, entry.name)).catch(() => undefined);
      if (!target || target.isFile()) found.files.push(entry.name);
    }
  }
  return found;
}

/**
 * The files under a folder, at any depth. Passed over without a word: hidden files, the lock files of office programs
 * (`~$`), what lies beside a saved page, and what a run of the batch wrote.
 * @param except files that are not reports, e.g. the list of organs
 * @throws Error of the file system
 */
export async function walk(root: string, except: readonly string[] = []): Promise<Files> {
  const left = new Set(except.map((file) => resolve(file)));
  const files: string[] = [];
  const others: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    const here = await entries(join(root, relative));
    if (here.files.includes(JOURNAL)) return;
    const at = (name: string): string => (relative === "" ? name : `${relative}/${name}`);
    for (const name of here.files) {
      if (left.has(resolve(root, at(name)))) continue;
      (ENDINGS.has(extname(name).slice(1).toLowerCase()) ? files : others).push(at(name));
    }
    for (const name of here.folders) if (!besidePage(name, here.files)) await visit(at(name));
  };
  await visit("");
  return { files: files.sort(compare), others: others.sort(compare) };
}
