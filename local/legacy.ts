/** The data folders of versions before: s3rver kept an object in three files. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import pMap from "p-map";
import { Objects } from "./objects.ts";

/** What their names have in them. */
export const LEGACY = "._S3rver_";
const OBJECT = `${LEGACY}object`;
const RESOURCES = ["metadata.json", "object.md5", "object"] as const;
/** Objects that are taken over at a time. */
const AT_ONCE = 16;

/** Puts the files of writes that were decided, and not moved by a process that was killed, where they belong. */
async function finishWrites(directory: string): Promise<void> {
  const aside = join(directory, ".aside");
  for (const folder of await readdir(aside).catch(() => [])) {
    const target = join(aside, folder, "target.json");
    if (!folder.endsWith(".committed") || !existsSync(target)) continue;
    const { bucket, key } = JSON.parse(await readFile(target, "utf8")) as { bucket: string; key: string };
    for (const resource of RESOURCES)
      await rename(
        join(aside, folder, `it${LEGACY}${resource}`),
        `${join(directory, bucket, key)}${LEGACY}${resource}`,
      ).catch((error: NodeJS.ErrnoException) => {
        // It had come so far before.
        if (error.code !== "ENOENT") throw error;
      });
  }
}

async function* keysIn(root: string, folder = ""): AsyncGenerator<string> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (entry.isDirectory()) yield* keysIn(root, `${folder}${entry.name}/`);
    else if (entry.name.endsWith(OBJECT)) yield `${folder}${entry.name.slice(0, -OBJECT.length)}`;
  }
}

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });

/** Takes an object over. Of its files the content goes first: what has none is passed over the next time. */
async function takeOver(root: string, key: string, objects: Objects): Promise<void> {
  const path = join(root, key);
  const [body, md5, metadata, { mtimeMs }] = await Promise.all([
    readFile(`${path}${OBJECT}`),
    readIfThere(`${path}${OBJECT}.md5`),
    readIfThere(`${path}${LEGACY}metadata.json`),
    stat(`${path}${OBJECT}`),
  ]);
  const etag = `"${md5 ?? createHash("md5").update(body).digest("hex")}"`;
  const headers = JSON.parse(metadata ?? "{}") as Record<string, string>;
  await objects.keep(key, { etag, modified: Math.floor(mtimeMs), headers }, body);
  for (const resource of RESOURCES.toReversed()) await rm(`${path}${LEGACY}${resource}`, { force: true });
}

/**
 * The objects of a data folder, those that a version before left there taken over first. One that was killed over it goes
 * on with what is left.
 */
export async function openObjects(directory: string, bucket: string): Promise<Objects> {
  const root = join(directory, bucket);
  const isOld = existsSync(root);
  if (isOld) await finishWrites(directory);
  const objects = new Objects(directory, bucket);
  if (!isOld) return objects;
  await pMap(keysIn(root), (key) => takeOver(root, key, objects), { concurrency: AT_ONCE });
  await rm(root, { recursive: true });
  return objects;
}
