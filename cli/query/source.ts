/** Where the files of the dataset are read: a folder, the public address of a site, or a bucket. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import envPaths from "env-paths";
import { jsonOf } from "../../src/basics/json.ts";
import { dataPaths, type RootManifest, TABLES, type TableName, type YearManifest } from "../../src/dataset/files.ts";
import { concurrently } from "../../src/index/concurrently.ts";
import { Complaint } from "../exit.ts";
import { say } from "../language.ts";

/** What is wanted of the dataset; all of it where nothing is said. */
export interface Wanted {
  readonly years?: readonly number[] | undefined;
  /** Two digits each. */
  readonly provinces?: readonly string[] | undefined;
}

/** The files of each table, on this machine. */
export type LocalFiles = Readonly<Record<TableName, readonly string[]>>;

interface Source {
  /** The bytes at a path under the public root; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Where a file lies already. */
  local?(path: string): string;
}

const inFolder = (folder: string): Source => ({
  read: (path) =>
    readFile(join(folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw error;
    }),
  local: (path) => resolve(folder, path),
});

const atAddress = (address: string): Source => ({
  read: async (path) => {
    const url = `${address.replace(/\/$/, "")}/${path}`;
    const answer = await fetch(url).catch((error: Error) => {
      const why = (error.cause as Error | undefined)?.message ?? error.message;
      throw new Complaint(say(`${url} 没有回应：${why}`, `${url} does not answer: ${why}`));
    });
    if (answer.status === 404 || answer.status === 403) return undefined;
    if (!answer.ok) throw new Complaint(say(`${url} 答复${answer.status}`, `${url} answered ${answer.status}`));
    return new Uint8Array(await answer.arrayBuffer());
  },
});

async function inBucket(address: URL): Promise<Source> {
  const { S3Store } = await import("../../src/store/s3.ts");
  const store = new S3Store({
    bucket: address.hostname,
    region: process.env["AWS_REGION"] ?? "us-east-1",
    ...(process.env["S3_ENDPOINT"] ? { endpoint: process.env["S3_ENDPOINT"] } : {}),
    forcePathStyle: process.env["S3_FORCE_PATH_STYLE"] === "true",
  });
  const prefix = address.pathname.replace(/^\/|\/$/g, "") || "published";
  return { read: async (path) => (await store.get(`${prefix}/${path}`))?.body };
}

async function sourceOf(from: string): Promise<Source> {
  if (/^https?:/.test(from)) return atAddress(from);
  if (from.startsWith("s3:")) return inBucket(new URL(from));
  // The folder of the dataset itself is as good as the root that it lies in.
  const folder = resolve(from);
  const inside = await inFolder(folder).read(dataPaths.root);
  return inFolder(inside ? folder : join(folder, ".."));
}

async function readJson<T>(source: Source, path: string): Promise<T | undefined> {
  const bytes = await source.read(path);
  return bytes && jsonOf<T>(bytes);
}

/** A file of another machine, kept by its checksum: what did not change is fetched once. @throws Complaint when it is another */
async function kept(source: Source, path: string, sha256: string): Promise<string> {
  const folder = join(envPaths("nianbao", { suffix: "" }).cache, "dataset");
  const file = join(folder, `${sha256}.parquet`);
  const there = await readFile(file).catch(() => undefined);
  if (there && createHash("sha256").update(there).digest("hex") === sha256) return file;
  const bytes = await source.read(path);
  if (!bytes || createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw new Complaint(
      say(
        `${path} 与清单的校验和不同（可能正在更新），请再试一次`,
        `${path} is not what the manifest says; it may just be changing, try again`,
      ),
    );
  await mkdir(folder, { recursive: true });
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, bytes);
  await rename(aside, file);
  return file;
}

/**
 * The files of the dataset on this machine, by its manifests; fetched where they lie elsewhere.
 * @throws Complaint where there is no dataset
 */
export async function localFiles(from: string, { years, provinces }: Wanted): Promise<LocalFiles> {
  const source = await sourceOf(from);
  const root = await readJson<RootManifest>(source, dataPaths.root);
  if (!root)
    throw new Complaint(
      say(`${from} 没有数据集（${dataPaths.root}）`, `there is no dataset at ${from} (${dataPaths.root})`),
    );
  const files: Record<TableName, string[]> = { figures: [], reports: [] };
  for (const year of root.years.filter((each) => years?.includes(each) ?? true)) {
    const shards = (await readJson<YearManifest>(source, dataPaths.year(year)))?.shards ?? [];
    const wanted = shards.filter(({ prefix }) => provinces?.includes(prefix.slice(0, 2)) ?? true);
    for (const table of TABLES)
      files[table].push(
        ...(await concurrently(wanted, 8, async (shard) => {
          const path = dataPaths.file(table, year, shard.prefix);
          return source.local?.(path) ?? kept(source, path, shard[table].sha256);
        })),
      );
  }
  if (files.reports.length === 0)
    throw new Complaint(say("没有这些年度和省份的数据", "there is nothing of these years and provinces"));
  return files;
}
