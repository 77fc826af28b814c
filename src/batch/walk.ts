import { readdir, stat } from "node:fs/promises";
import { extname, join, parse, resolve } from "node:path";
import { IMPORTED } from "../formats/registry.ts";
import { type FileId, JOURNAL, type Side } from "./journal.ts";

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

/** Those that are taken for reports, as the batch names them. */
export const idsOf = (side: Side, { files }: Files): FileId[] => files.map((path): FileId => `${side}/${path}`);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isPage = (name: string): boolean => /\.x?html?$/i.test(name);

/** The folder of pictures and scripts that a browser puts beside a page it saves. */
const besidePage = (folder: string, names: readonly string[]): boolean => {
  const stem = /^(.+)(?:_files|\.files|_文件)$/.exec(folder)?.[1];
  return stem !== undefined && names.some((name) => isPage(name) && parse(name).name === stem);
};

/** What lies in a folder, by name. */
interface Entries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

const isPassedOver = (name: string): boolean => name.startsWith(".") || name.startsWith("~$");

/** The kinds of what lies in a folder, links to files followed and links to folders not. */
async function entries(folder: string): Promise<Entries> {
  const found = { files: [] as string[], folders: [] as string[] };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
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

/** @param look what lies in a folder, which is named by its path from the root, `""` for that itself */
async function sift(look: (folder: string) => Promise<Entries>, isLeftOut: (path: string) => boolean): Promise<Files> {
  const files: string[] = [];
  const others: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    const all = await look(relative);
    const here = { files: all.files.filter((name) => !isPassedOver(name)), folders: all.folders };
    if (here.files.includes(JOURNAL)) return;
    const at = (name: string): string => (relative === "" ? name : `${relative}/${name}`);
    for (const name of here.files) {
      if (isLeftOut(at(name))) continue;
      (ENDINGS.has(extname(name).slice(1).toLowerCase()) ? files : others).push(at(name));
    }
    for (const name of here.folders) if (!isPassedOver(name) && !besidePage(name, here.files)) await visit(at(name));
  };
  await visit("");
  return { files: files.sort(compare), others: others.sort(compare) };
}

/**
 * The files under a folder, at any depth. Passed over without a word: hidden files, the lock files of office programs
 * (`~$`), what lies beside a saved page, and what a run of the batch wrote.
 * @param except files that are not reports, e.g. the list of organs
 * @throws Error of the file system
 */
export function walk(root: string, except: readonly string[] = []): Promise<Files> {
  const left = new Set(except.map((file) => resolve(file)));
  return sift(
    (folder) => entries(join(root, folder)),
    (path) => left.has(resolve(root, path)),
  );
}

/** What no folder could hold: a name that is empty or too long for a file system. */
const isNoName = (name: string): boolean => name === "" || Buffer.byteLength(name) > 255;
/** Bytes of a path under which results can be kept: a key has 1,024. */
const LONGEST = 800;

/**
 * The files among paths, by the same rules as those of a folder: a listing of a bucket has no folders of its own.
 * @param paths with `/` between names; what ends in one stands for a folder and is no file
 */
export async function filesAmong(paths: AsyncIterable<string>): Promise<Files> {
  const folders = new Map<string, { readonly files: string[]; readonly folders: Set<string> }>();
  const strange: string[] = [];
  const of = (folder: string) => {
    const there = folders.get(folder) ?? { files: [], folders: new Set<string>() };
    folders.set(folder, there);
    return there;
  };
  for await (const path of paths) {
    if (path.endsWith("/")) continue;
    const names = path.split("/");
    if (names.some(isNoName) || Buffer.byteLength(path) > LONGEST) {
      strange.push(path);
      continue;
    }
    const name = names.pop() as string;
    let folder = "";
    for (const next of names) {
      of(folder).folders.add(next);
      folder = folder === "" ? next : `${folder}/${next}`;
    }
    of(folder).files.push(name);
  }
  const look = async (folder: string): Promise<Entries> => {
    const { files, folders: below } = of(folder);
    return { files, folders: [...below] };
  };
  const { files, others } = await sift(look, () => false);
  return { files, others: [...others, ...strange].sort(compare) };
}
