/** The dataset in a rebuild: the shards of a province, then what tells readers of all of them. */
import { canonicalJson } from "../../basics/canonical-json.ts";
import type { Place } from "../../basics/place.ts";
import { dataPaths, mergeManifest, type Shard, TABLES, type YearManifest } from "../../dataset/files.ts";
import { sorted } from "../../dataset/row.ts";
import { cut } from "../../dataset/shards.ts";
import { beginnings } from "../../store/beginnings.ts";
import { JSON_HEADERS, readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { manifestFiles } from "../dataset/manifests.ts";
import { readRows } from "../dataset/rows.ts";
import { makeShard } from "../dataset/shard.ts";
import type { IndexContext } from "../indexer.ts";
import { Rosters } from "../rosters.ts";
import { type DivisionIndex, type DivisionYear, paths, yearsOf } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { type Rebuilt, type Unreadable, Writing } from "./rebuilt.ts";

/** Where a rebuild of a province keeps which shards it has, of which the root's manifests are. Private. */
const DATA_NOTES = "rebuild/data/";

type Note = readonly { readonly year: number; readonly shards: readonly Shard[] }[];

/** The places of a year that a province's divisions list. */
async function placesOf(store: Store, divisions: readonly DivisionIndex[], year: number): Promise<Place[]> {
  const own = divisions.filter((index) => yearsOf(index).includes(year));
  const listed = await concurrently(own, PARALLEL, async ({ division }) => {
    const state = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
    return (state?.entries ?? []).map(({ uscc }) => ({ uscc, year }));
  });
  return listed.flat();
}

/**
 * Builds the shards of a province anew from the records of what its divisions list, and removes all others; where no
 * dataset is kept, all. Holds one shard's reports in memory.
 */
export async function reindexData(
  { store, dataset }: IndexContext,
  province: string,
  divisions: readonly DivisionIndex[],
): Promise<Rebuilt> {
  const writing = new Writing(store);
  const failed: Unreadable[] = [];
  const note: { year: number; shards: Shard[] }[] = [];
  const rosters = new Rosters(store);
  const years = dataset ? [...new Set(divisions.flatMap(yearsOf))].sort((a, b) => a - b) : [];
  for (const year of years) {
    const shards: Shard[] = [];
    const places = await placesOf(store, divisions, year);
    for (const [prefix, own] of cut(places, ({ uscc }) => uscc, province, dataset?.most)) {
      const rows = await concurrently(own, PARALLEL, (place) =>
        readRows(store, place, rosters).catch((error: unknown) => {
          failed.push({ ...place, error: (error as Error).message });
          return [];
        }),
      );
      const made = makeShard(year, prefix, sorted(rows.flat()));
      await writing.write([made.files.reports, made.files.figures]);
      shards.push(made.shard);
    }
    if (shards.length > 0) note.push({ year, shards });
  }
  for (const table of TABLES) {
    const there: string[] = [];
    for await (const year of beginnings(store, publicKey(dataPaths.table(table)), 4)) there.push(year);
    for (const year of there) await writing.remove(dataPaths.folder(table, year, province));
  }
  const key = `${DATA_NOTES}${province}.json`;
  if (note.length > 0) await store.put(key, canonicalJson(note), JSON_HEADERS);
  else await store.delete(key);
  return writing.done({ failed });
}

/** Builds the manifests anew of what provinces noted. */
export async function reindexManifests({ store, dataset }: IndexContext): Promise<Rebuilt> {
  const writing = new Writing(store);
  const years = new Map<number, YearManifest>();
  for await (const { key } of store.list(DATA_NOTES))
    for (const { year, shards } of (await readJson<Note>(store, key)) ?? [])
      years.set(year, mergeManifest(years.get(year), year, shards));
  const all = [...years.values()].sort((a, b) => a.year - b.year);
  if (dataset && all.length > 0) await writing.write(manifestFiles(all, dataset.licence));
  // What describes the dataset lies beside them, and depends on no record.
  await writing.remove("data/", (path) => /^data\/(manifest|\d{4})\.[^/]+$/.test(path));
  return writing.done();
}
