/** What tells readers which files the dataset has: merged by conditional writes, as everything derived that is shared. */
import { canonicalJson } from "../../basics/canonical-json.ts";
import {
  checksumsOf,
  dataPaths,
  mergeManifest,
  type RootManifest,
  type Shard,
  type YearManifest,
} from "../../dataset/files.ts";
import { isCut } from "../../dataset/shards.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { derivedHeaders, JSON_TYPE, type PublicFile, publicKey, putChanged } from "../shared.ts";

/** Under which licence the operator gives the data. */
export type Licence = NonNullable<RootManifest["licence"]>;

export interface DatasetOptions {
  readonly licence?: Licence | undefined;
  /** How many organs a shard may have. */
  readonly most?: number;
}

const ATTEMPTS = 12;

async function mergeJson<T>(store: Store, path: string, change: (before: T | undefined) => T): Promise<T> {
  const key = publicKey(path);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const object = await store.get(key);
    const before = object && new TextDecoder().decode(object.body);
    const state = change(before === undefined ? undefined : (JSON.parse(before) as T));
    const text = canonicalJson(state);
    if (text === before) return state;
    const headers = derivedHeaders(JSON_TYPE);
    if (object ? await store.replace(key, text, headers, object.etag) : await store.create(key, text, headers))
      return state;
    await new Promise((resolve) => setTimeout(resolve, Math.min(10 * 2 ** attempt, 1000)));
  }
  throw new Error(`${path} was changed by others ${ATTEMPTS} times while it was to be written`);
}

export const readManifest = (store: Store, year: number): Promise<YearManifest | undefined> =>
  readJson<YearManifest>(store, publicKey(dataPaths.year(year)));

export const readRoot = (store: Store): Promise<RootManifest | undefined> =>
  readJson<RootManifest>(store, publicKey(dataPaths.root));

/**
 * A year's manifest with some shards as they are by now.
 * @param gone prefixes that were cut; what others cut meanwhile does not come back either
 */
export const mergeShards = (
  store: Store,
  year: number,
  shards: readonly Shard[],
  gone: readonly string[],
): Promise<YearManifest> =>
  mergeJson<YearManifest>(store, dataPaths.year(year), (before) => {
    const merged = mergeManifest(before, year, shards, gone);
    const prefixes = merged.shards.map(({ prefix }) => prefix);
    return { ...merged, shards: merged.shards.filter(({ prefix }) => !isCut(prefix, prefixes)) };
  });

const sumsFile = (manifest: YearManifest): PublicFile => ({
  path: dataPaths.checksums(manifest.year),
  body: checksumsOf(manifest),
  contentType: "text/plain; charset=utf-8",
});

const rootOf = (years: readonly number[], licence: Licence | undefined): RootManifest => ({
  format: 1,
  years: [...new Set(years)].sort((a, b) => a - b),
  licence: licence ?? null,
  schema: dataPaths.schema.slice("data/".length),
});

/** The checksums of a year as its manifest has them by now, and the year among all. */
export async function deriveFromManifest(store: Store, year: number, licence: Licence | undefined): Promise<void> {
  for (let before = ""; ; ) {
    const manifest = await readManifest(store, year);
    const now = canonicalJson(manifest ?? null);
    if (!manifest) return;
    if (now === before) break;
    await putChanged(store, sumsFile(manifest));
    before = now;
  }
  await mergeJson<RootManifest>(store, dataPaths.root, (before) => rootOf([...(before?.years ?? []), year], licence));
}

/** The files of manifests as a rebuild makes them. */
export const manifestFiles = (years: readonly YearManifest[], licence: Licence | undefined): PublicFile[] => [
  ...years.flatMap((manifest) => [
    { path: dataPaths.year(manifest.year), body: canonicalJson(manifest), contentType: JSON_TYPE },
    sumsFile(manifest),
  ]),
  {
    path: dataPaths.root,
    body: canonicalJson(
      rootOf(
        years.map(({ year }) => year),
        licence,
      ),
    ),
    contentType: JSON_TYPE,
  },
];
