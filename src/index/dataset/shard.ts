/** One shard of the dataset in the store: a file of each table, the reports' being what the next compaction begins with. */
import { sha256 } from "../../basics/hash.ts";
import { type DataFile, dataPaths, type Shard, TABLES, type TableName } from "../../dataset/files.ts";
import { readReports, tailOf, writeFigures, writeReports } from "../../dataset/parquet.ts";
import type { ReportRow } from "../../dataset/row.ts";
import type { Store } from "../../store/store.ts";
import { derivedHeaders, type PublicFile, publicKey } from "../shared.ts";

const PARQUET_TYPE = "application/vnd.apache.parquet";

const bytesEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const fileOf = (rows: number, bytes: Uint8Array): DataFile => ({
  rows,
  bytes: bytes.length,
  tail: tailOf(bytes),
  sha256: sha256(bytes),
});

/** A shard as it is to lie in the store. */
export interface MadeShard {
  readonly shard: Shard;
  readonly files: Readonly<Record<TableName, PublicFile>>;
}

const publicFile = (table: TableName, year: number, prefix: string, body: Uint8Array): PublicFile => ({
  path: dataPaths.file(table, year, prefix),
  body,
  contentType: PARQUET_TYPE,
});

/** Both files of a shard: a function of its rows. */
export function makeShard(
  year: number,
  prefix: string,
  rows: readonly ReportRow[],
  reports = writeReports(rows),
): MadeShard {
  const figures = writeFigures(rows);
  return {
    shard: {
      prefix,
      organs: new Set(rows.map(({ uscc }) => uscc)).size,
      figures: fileOf(figures.rows, figures.bytes),
      reports: fileOf(rows.length, reports),
    },
    files: {
      figures: publicFile("figures", year, prefix, figures.bytes),
      reports: publicFile("reports", year, prefix, reports),
    },
  };
}

/** A shard's reports as they lie in the store. */
export interface SeenShard {
  readonly bytes: Uint8Array | undefined;
  /** Of what is no file of this program's: undefined. */
  readonly rows: readonly ReportRow[] | undefined;
  readonly etag: string;
}

export async function seeShard(store: Store, year: number, prefix: string): Promise<SeenShard> {
  const object = await store.get(publicKey(dataPaths.file("reports", year, prefix)));
  return { bytes: object?.body, rows: object && (await readReports(object.body)), etag: object?.etag ?? "" };
}

/** Whether a shard is listed as what it would be written as, and there. */
export const isKnown = (listed: Shard | undefined, seen: SeenShard, reports: Uint8Array): boolean =>
  listed !== undefined &&
  seen.bytes !== undefined &&
  bytesEqual(seen.bytes, reports) &&
  listed.reports.sha256 === sha256(reports);

/** Whether a shard's reports are those that were seen before. */
export async function isAsSeen(store: Store, year: number, prefix: string, seen: Uint8Array): Promise<boolean> {
  const object = await store.get(publicKey(dataPaths.file("reports", year, prefix)));
  return object !== undefined && bytesEqual(object.body, seen);
}

/**
 * Puts a shard's files in the place of those that were seen, where nobody else did meanwhile; the figures, which follow
 * from the reports, after them.
 * @returns whether they are there
 */
export async function putShard(store: Store, seen: SeenShard, { files }: MadeShard): Promise<boolean> {
  const { path, body, contentType } = files.reports;
  const bytes = body as Uint8Array;
  if (!seen.bytes || !bytesEqual(seen.bytes, bytes)) {
    const key = publicKey(path);
    const written = seen.bytes
      ? await store.replace(key, bytes, derivedHeaders(contentType), seen.etag)
      : await store.create(key, bytes, derivedHeaders(contentType));
    if (!written) return false;
  }
  await store.put(publicKey(files.figures.path), files.figures.body, derivedHeaders(contentType));
  return true;
}

/** Removes a shard's files, that last by which it is found. */
export async function deleteShard(store: Store, year: number, prefix: string): Promise<void> {
  for (const table of TABLES) await store.delete(publicKey(dataPaths.file(table, year, prefix)));
}
