/** The dataset in a rebuild: the shards of a province, then what tells readers of all of them. */
import { canonicalJson } from "../../basics/canonical-json.ts";
import { dataPaths, mergeManifest, type Shard, TABLES, type YearManifest } from "../../dataset/files.ts";
import { type ReportRow, shardKey, sorted } from "../../dataset/row.ts";
import { cut } from "../../dataset/shards.ts";
import { beginnings } from "../../store/beginnings.ts";
import { JSON_HEADERS, readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { manifestFiles } from "../dataset/manifests.ts";
import { makeShard } from "../dataset/shard.ts";
import type { IndexContext } from "../indexer.ts";
import type { DivisionIndex } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { listNotes, notedRows, type PlaceNote } from "./notes.ts";
import { divisionsOf } from "./province.ts";
import { type Rebuilt, Writing } from "./rebuilt.ts";

/** Where a rebuild of a province keeps which shards it has, of which the root's manifests are. Private. */
const DATA_NOTES = "rebuild/data/";

type Note = readonly { readonly year: number; readonly shards: readonly Shard[] }[];

/** The organs of a province's divisions that a year is listed of. */
const organsListed = (divisions: readonly DivisionIndex[], year: number): string[] =>
  divisions.flatMap(({ organs }) => organs.filter(({ years }) => years.includes(year)).map(({ uscc }) => uscc));

/** Reads the rows of one shard after another; a division that was cut is read once for all of its shards. */
function shardReader(store: Store, notes: readonly PlaceNote[]): (prefix: string) => Promise<ReportRow[]> {
  let held = new Map<PlaceNote, readonly ReportRow[]>();
  return async (prefix) => {
    const own = notes.filter(({ division }) => division.startsWith(prefix) || prefix.startsWith(division));
    const before = held;
    // Nothing of the shard before is held while more is read, but what is of this one too.
    held = new Map(own.flatMap((note) => (before.has(note) ? [[note, before.get(note)!]] : [])));
    await concurrently(own, PARALLEL, async (note) => {
      if (!held.has(note)) held.set(note, await notedRows(store, note));
    });
    return sorted([...held.values()].flat().filter(({ uscc }) => shardKey(uscc).startsWith(prefix)));
  };
}

/** Removes the files of a province that were not written. */
async function removeOthers(store: Store, province: string, writing: Writing): Promise<void> {
  const folders = await concurrently(TABLES, PARALLEL, async (table) => {
    const there: string[] = [];
    for await (const year of beginnings(store, publicKey(dataPaths.table(table)), 4)) there.push(year);
    return there.map((year) => dataPaths.folder(table, year, province));
  });
  await writing.removeAll(folders.flat());
}

/**
 * Builds the shards of a province anew from what its divisions noted, and removes all others; where no dataset is kept,
 * all. To be done once its divisions are; may be done any number of times, beside any other. Holds one shard's reports in
 * memory, and those of a division that was cut.
 */
export async function reindexData({ store, dataset }: IndexContext, province: string): Promise<Rebuilt> {
  const writing = new Writing(store);
  const [notes, divisions] = dataset
    ? await Promise.all([listNotes(store, "rows", province), divisionsOf(store, province)])
    : [[], []];
  const note: { year: number; shards: Shard[] }[] = [];
  for (const year of [...new Set(notes.map((each) => each.year))].sort((a, b) => a - b)) {
    const read = shardReader(
      store,
      notes.filter((each) => each.year === year),
    );
    const shards: Shard[] = [];
    for (const prefix of cut(organsListed(divisions, year), (uscc) => uscc, province, dataset?.most).keys()) {
      const rows = await read(prefix);
      if (rows.length === 0) continue;
      const made = makeShard(year, prefix, rows);
      await writing.write([made.files.reports, made.files.figures]);
      shards.push(made.shard);
    }
    if (shards.length > 0) note.push({ year, shards });
  }
  await removeOthers(store, province, writing);
  const key = `${DATA_NOTES}${province}.json`;
  if (note.length > 0) await store.put(key, canonicalJson(note), JSON_HEADERS);
  else await store.delete(key);
  return writing.done();
}

/** Builds the manifests anew of what provinces noted. */
export async function reindexManifests({ store, dataset }: IndexContext): Promise<Rebuilt> {
  const writing = new Writing(store);
  const keys: string[] = [];
  for await (const { key } of store.list(DATA_NOTES)) keys.push(key);
  const years = new Map<number, YearManifest>();
  await concurrently(keys, PARALLEL, async (key) => {
    for (const { year, shards } of (await readJson<Note>(store, key)) ?? [])
      years.set(year, mergeManifest(years.get(year), year, shards));
  });
  const all = [...years.values()].sort((a, b) => a.year - b.year);
  if (dataset && all.length > 0) await writing.write(manifestFiles(all, dataset.licence));
  // What describes the dataset lies beside them, and depends on no record.
  await writing.remove("data/", (path) => /^data\/(manifest|\d{4})\.[^/]+$/.test(path));
  return writing.done();
}
