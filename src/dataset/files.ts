/** Where the dataset's files lie, and what tells readers which there are: they list nothing. */

/** Figures a row each, or reports. */
export type TableName = "figures" | "reports";
/** In the order in which they are removed: what the reports are is what is merged. */
export const TABLES: readonly TableName[] = ["figures", "reports"];

/** Relative to the root that readers see. */
export const dataPaths = {
  root: "data/manifest.json",
  year: (year: number) => `data/${year}.json`,
  checksums: (year: number) => `data/${year}.SHA256SUMS`,
  /** Of a table's years. */
  table: (table: TableName) => `data/${table}/`,
  /** Of a table's files of a province's year. */
  folder: (table: TableName, year: number | string, province: string) => `data/${table}/${year}/${province}/`,
  file: (table: TableName, year: number, prefix: string) =>
    `data/${table}/${year}/${prefix.slice(0, 2)}/${prefix}.parquet`,
  schema: "data/schema.json",
  schemaPage: "data/schema.html",
  query: "data/index.html",
} as const;

/** The prefix of a shard by the name of one of its files. */
export const prefixOfFile = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.parquet$/, "");

export interface DataFile {
  readonly rows: number;
  readonly bytes: number;
  /** Of these at the end, what tells where all else is: who reads by ranges begins with them. */
  readonly tail: number;
  /** Hex. */
  readonly sha256: string;
}

/** The organs whose shard key begins with a prefix: a file of each table. */
export interface Shard {
  readonly prefix: string;
  readonly organs: number;
  readonly figures: DataFile;
  readonly reports: DataFile;
}

/** `data/{year}.json`: the files of a year, by prefix; the first two digits of one are its province. */
export interface YearManifest {
  readonly format: 1;
  readonly year: number;
  readonly shards: readonly Shard[];
}

/** `data/manifest.json`: where readers begin. */
export interface RootManifest {
  readonly format: 1;
  readonly years: readonly number[];
  readonly licence: { readonly label: string; readonly url?: string } | null;
  readonly schema: string;
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** A year's files with some of its shards, and without those that were cut. */
export const mergeManifest = (
  before: YearManifest | undefined,
  year: number,
  shards: readonly Shard[],
  gone: readonly string[] = [],
): YearManifest => ({
  format: 1,
  year,
  shards: [...new Map([...(before?.shards ?? []), ...shards].map((shard) => [shard.prefix, shard])).values()]
    .filter(({ prefix }) => !gone.includes(prefix))
    .sort((a, b) => compare(a.prefix, b.prefix)),
});

/** What `sha256sum -c` reads, in the folder `data/`. */
export const checksumsOf = ({ year, shards }: YearManifest): string =>
  shards
    .flatMap((shard) =>
      TABLES.map(
        (table) => `${shard[table].sha256}  ${dataPaths.file(table, year, shard.prefix).slice("data/".length)}\n`,
      ),
    )
    .join("");
