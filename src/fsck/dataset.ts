/** The dataset against its manifests, and against the lists of what was published. */
import { sha256 } from "../basics/hash.ts";
import type { Place } from "../basics/place.ts";
import { dataPaths, type Shard, TABLES } from "../dataset/files.ts";
import { readReports } from "../dataset/parquet.ts";
import { shardKey } from "../dataset/row.ts";
import { readManifest, readRoot } from "../index/dataset/manifests.ts";
import { mark, readMarks } from "../index/dataset/marks.ts";
import { type DivisionYear, type ProvinceIndex, paths, recordsIn } from "../index/shapes.ts";
import { publicKey } from "../index/shared.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import type { Problem } from "./problems.ts";

type Counted = Place & { readonly records: number };

/** What the divisions' lists of a year have under a shard's prefix. */
async function listedUnder(store: Store, year: number, prefix: string): Promise<Counted[]> {
  const index = await readJson<ProvinceIndex>(store, publicKey(paths.province(prefix.slice(0, 2))));
  const listed: Counted[] = [];
  for (const { division } of index?.divisions ?? []) {
    if (!division.startsWith(prefix) && !prefix.startsWith(division)) continue;
    const state = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
    for (const entry of state?.entries ?? [])
      if (shardKey(entry.uscc).startsWith(prefix)) listed.push({ uscc: entry.uscc, year, records: recordsIn(entry) });
  }
  return listed;
}

/** The files of a shard that are not what its manifest says; its reports too where they lack what is listed. */
async function wrongFiles(store: Store, year: number, shard: Shard, listed: readonly Counted[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const table of TABLES) {
    const key = publicKey(dataPaths.file(table, year, shard.prefix));
    const object = await store.get(key);
    const differs = !object || sha256(object.body) !== shard[table].sha256;
    const rows = differs || table !== "reports" ? undefined : await readReports(object.body);
    const held = new Map(rows?.map(({ uscc, records }) => [uscc, records]));
    const lacks = table === "reports" && !differs && listed.some((of) => (held.get(of.uscc) ?? 0) < of.records);
    if (differs || lacks) wrong.push(key);
  }
  return wrong;
}

/**
 * Looks at every shard: whether its files are those of the manifest, and its rows those of all that is listed. Passed over
 * while something is marked: it is being taken up. Holds a shard at a time.
 * @param mend leaves a mark by which the shard is made again, at the next compaction
 */
export async function checkDataset(store: Store, mend: boolean): Promise<readonly Problem[]> {
  if ((await readMarks(store, 1)).size > 0) return [];
  const problems: Problem[] = [];
  for (const year of (await readRoot(store))?.years ?? [])
    for (const shard of (await readManifest(store, year))?.shards ?? []) {
      const places = await listedUnder(store, year, shard.prefix);
      const wrong = await wrongFiles(store, year, shard, places);
      if (wrong.length === 0) continue;
      if (mend) await mark(store, { places, divisions: [], rosters: [], again: true });
      problems.push(...wrong.map((key): Problem => ({ kind: "dataset-differs", key, mended: mend })));
    }
  return problems;
}
