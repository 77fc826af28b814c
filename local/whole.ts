import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type S3rver from "@20minutes/s3rver";

type Files = S3rver["store"];

const ASIDE = ".aside";
const COMMITTED = ".committed";
/** Content is moved last: an object that is new is not seen before it is whole. */
const RESOURCES = ["metadata.json", "object.md5", "object"] as const;

interface Target {
  readonly bucket: string;
  readonly key: string;
}

/** A body that is not the one that was signed for. */
export class WrongHashError extends Error {}

const expected = new AsyncLocalStorage<string | undefined>();
/** Has what is written by some work refused unless its SHA-256 is this; any is taken when undefined. */
export const expectingHash = (sha256: string | undefined, work: () => void): void => expected.run(sha256, work);

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Moves a file that may have been moved before. The folder may not be there, or go, empty after a removal. */
async function move(from: string, to: string): Promise<void> {
  for (;;)
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      if (!(await isThere(from))) return;
      await mkdir(dirname(to), { recursive: true });
    }
}

async function moveAll(store: Files, folder: string, { bucket, key }: Target): Promise<void> {
  for (const resource of RESOURCES)
    await move(store.getResourcePath(ASIDE, `${folder}/it`, resource), store.getResourcePath(bucket, key, resource));
}

/** Puts the files of a write that was decided where they belong. */
async function finish(store: Files, directory: string, folder: string): Promise<void> {
  const path = join(directory, ASIDE, folder);
  if (await isThere(join(path, "target.json"))) {
    const target = JSON.parse(await readFile(join(path, "target.json"), "utf8")) as Target;
    await moveAll(store, folder, target);
  }
  await rm(path, { recursive: true });
}

/**
 * An object is written whole or not at all, as on S3: s3rver keeps it in three files and writes them in place, and a
 * process that is killed would leave a record cut short or content with another's entity tag. They are written aside,
 * and one renaming of their folder decides; what a process that was killed had decided is finished here.
 */
export async function writeWhole(store: Files, directory: string): Promise<void> {
  const aside = join(directory, ASIDE);
  for (const folder of await readdir(aside).catch(() => []))
    if (folder.endsWith(COMMITTED)) await finish(store, directory, folder);
    else await rm(join(aside, folder), { recursive: true });

  let count = 0;
  store.putObject = async ({ bucket, key, content, metadata }) => {
    const folder = `${process.pid}-${count++}`;
    await mkdir(join(aside, folder), { recursive: true });
    const hash = createHash("md5");
    const sha256 = createHash("sha256");
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        sha256.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    const source = Buffer.isBuffer(content) ? Readable.from([content]) : content;
    await pipeline(source, counted, createWriteStream(store.getResourcePath(ASIDE, `${folder}/it`, "object")));
    const md5 = hash.digest("hex");
    const signed = expected.getStore();
    if (signed !== undefined && signed !== sha256.digest("hex")) {
      await rm(join(aside, folder), { recursive: true });
      throw new WrongHashError("the body is not the one that was signed");
    }
    await store.putMetadata(ASIDE, `${folder}/it`, metadata, md5);
    if (!(await isThere(store.getResourcePath(bucket, key, "object")))) {
      // Nothing is seen of it before its content is there, which comes last.
      await moveAll(store, folder, { bucket, key });
      await rmdir(join(aside, folder));
      return { size, md5 };
    }
    await writeFile(join(aside, folder, "target.json"), JSON.stringify({ bucket, key } satisfies Target));
    await rename(join(aside, folder), join(aside, `${folder}${COMMITTED}`));
    await finish(store, directory, `${folder}${COMMITTED}`);
    return { size, md5 };
  };
}
