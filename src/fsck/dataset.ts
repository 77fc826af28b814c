/** The dataset against its manifests, and against the lists of what was published. */
import { canonicalJson } from "../basics/canonical-json.ts";
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

interface Wrong {
  /** Of the files that are wrong. */
  readonly keys: readonly string[];
  readonly places: readonly Counted[];
}

/** How often a shard is looked at that changes while it is looked at. */
const LOOKS = 5;

/**
 * A shard's files that are wrong while nothing changes and nothing is marked: what is published meanwhile is listed before
 * it is taken up, and what is taken up is written file by file.
 * @returns undefined where nothing is wrong, where it is being taken up, or has been cut
 */
async function wrongIn(store: Store, year: number, listed: Shard): Promise<Wrong | undefined> {
  const { prefix } = listed;
  let [shard, places] = [listed, await listedUnder(store, year, prefix)];
  for (let look = 0; look < LOOKS; look += 1) {
    const keys = await wrongFiles(store, year, shard, places);
    if (keys.length === 0 || (await readMarks(store, 1)).size > 0) return undefined;
    const now = (await readManifest(store, year))?.shards.find((each) => each.prefix === prefix);
    const still = await listedUnder(store, year, prefix);
    if (!now) return undefined;
    if (canonicalJson([now, still]) === canonicalJson([shard, places])) return { keys, places };
    [shard, places] = [now, still];
  }
  return undefined;
}

/**
 * Looks at every shard: whether its files are those of the manifest, and its rows those of all that is listed. Passed over
 * while something is marked: it is being taken up. Holds a shard at a time.
 * @param mend leaves a mark by which the shard is made again, at the next compaction
 */
export async function checkDataset(store: Store, mend: boolean): Promise<readonly Problem[]> {
  if ((await readMarks(store, 1)).size > 0) return [];
  const wrong: Wrong[] = [];
  for (const year of (await readRoot(store))?.years ?? [])
    for (const shard of (await readManifest(store, year))?.shards ?? []) {
      const found = await wrongIn(store, year, shard);
      if (found) wrong.push(found);
    }
  // At the end: of what is marked nothing is said.
  if (mend) for (const { places } of wrong) await mark(store, { places, divisions: [], rosters: [], again: true });
  return wrong.flatMap(({ keys }) => keys.map((key): Problem => ({ kind: "dataset-differs", key, mended: mend })));
}
