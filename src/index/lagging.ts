import type { Place } from "../basics/place.ts";
import { placeOfRecord } from "../publish/record.ts";
import { rosterVersions } from "../roster/stored.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexContext, indexPlaces } from "./indexer.ts";
import { type DivisionYear, divisionOf, type IndexedRoster, paths, recordsIn } from "./shapes.ts";
import { PARALLEL, publicKey } from "./shared.ts";

/**
 * The places whose latest record their division's list does not have: one listing of the records, one read of each list.
 * Holds every place in memory.
 */
export async function laggingPlaces(store: Store): Promise<Place[]> {
  const versions = new Map<string, Map<string, number>>();
  for await (const { key } of store.list("records/")) {
    const place = placeOfRecord(key);
    if (!place) continue;
    const list = paths.divisionYear(divisionOf(place.uscc), place.year);
    const places = versions.get(list) ?? new Map<string, number>();
    places.set(place.uscc, (places.get(place.uscc) ?? 0) + 1);
    versions.set(list, places);
  }
  const lagging = await concurrently([...versions], PARALLEL, async ([list, places]): Promise<Place[]> => {
    const object = await store.get(publicKey(list));
    const entries = object ? (JSON.parse(new TextDecoder().decode(object.body)) as DivisionYear).entries : [];
    const listed = new Map(entries.map((entry) => [entry.uscc, recordsIn(entry)]));
    const year = Number(/(\d{4})\.json$/.exec(list)![1]);
    return [...places].flatMap(([uscc, version]) => ((listed.get(uscc) ?? 0) < version ? [{ uscc, year }] : []));
  });
  return lagging.flat();
}

/** The divisions whose roster has a later version than the pages were made of: one listing, one small read of each. */
export async function laggingRosters(store: Store): Promise<string[]> {
  const lagging = await concurrently([...(await rosterVersions(store))], PARALLEL, async ([division, version]) => {
    const object = await store.get(publicKey(paths.roster(division)));
    const indexed = object ? (JSON.parse(new TextDecoder().decode(object.body)) as IndexedRoster).version : 0;
    return indexed < version ? [division] : [];
  });
  return lagging.flat();
}

/**
 * Makes the pages again of every roster that has a later version than they were made of: one that was saved just before
 * a crash, or whose event was lost. One after another, so that no more than one roster's divisions are in memory.
 * @returns the divisions of those rosters
 */
export async function indexLaggingRosters(context: IndexContext): Promise<readonly string[]> {
  const lagging = await laggingRosters(context.store);
  for (const division of lagging) await indexPlaces([], context, [division]);
  return lagging;
}
