import { pMapIterable } from "p-map";
import type { Place } from "../basics/place.ts";
import { placeOfRecord } from "../publish/record.ts";
import { rosterVersions } from "../roster/stored.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexContext, type IndexFailure, indexPlaces } from "./indexer.ts";
import { type DivisionYear, divisionOf, type IndexedRoster, paths, recordsIn } from "./shapes.ts";
import { PARALLEL, publicKey } from "./shared.ts";

/** Places of organs whose codes begin alike, with how many records each has; as the listing has them, one after another. */
interface Listed {
  readonly division: string;
  /** By year, then by organ. */
  readonly years: Map<number, Map<string, number>>;
}

/** What is in memory is the places of one kind of organ of one division. */
async function* listedPlaces(store: Store): AsyncGenerator<Listed> {
  let beginning = "";
  let listed: Listed | undefined;
  for await (const { key } of store.list("records/")) {
    const place = placeOfRecord(key);
    if (!place) continue;
    const { uscc, year } = place;
    if (!listed || uscc.slice(0, 8) !== beginning) {
      if (listed) yield listed;
      beginning = uscc.slice(0, 8);
      listed = { division: divisionOf(uscc), years: new Map() };
    }
    const organs = listed.years.get(year) ?? new Map<string, number>();
    listed.years.set(year, organs.set(uscc, (organs.get(uscc) ?? 0) + 1));
  }
  if (listed) yield listed;
}

async function laggingOf(store: Store, { division, years }: Listed): Promise<Place[]> {
  const lagging: Place[] = [];
  for (const [year, organs] of years) {
    const list = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
    const known = new Map((list?.entries ?? []).map((entry) => [entry.uscc, recordsIn(entry)]));
    for (const [uscc, records] of organs) if ((known.get(uscc) ?? 0) < records) lagging.push({ uscc, year });
  }
  return lagging;
}

/**
 * The places whose latest record their division's list does not have: one listing of the records, and of each list a
 * read for each kind of organ. Holds the places of a few divisions and those that lag in memory.
 */
export async function laggingPlaces(store: Store): Promise<Place[]> {
  const lagging: Place[] = [];
  const found = pMapIterable(listedPlaces(store), (listed) => laggingOf(store, listed), { concurrency: PARALLEL });
  for await (const places of found) lagging.push(...places);
  return lagging;
}

/** Places that are indexed together. */
const BATCH = 100;

/**
 * Indexes every place that lags: one whose event was lost, or whose list a killed rebuild wrote over.
 * @returns the places, and those that could not be read
 */
export async function indexLaggingPlaces(
  context: IndexContext,
): Promise<{ readonly places: readonly Place[]; readonly failed: readonly IndexFailure[] }> {
  const places = await laggingPlaces(context.store);
  const failed: IndexFailure[] = [];
  for (let i = 0; i < places.length; i += BATCH)
    failed.push(...(await indexPlaces(places.slice(i, i + BATCH), context)));
  return { places, failed };
}

/** The divisions whose roster has a later version than the pages were made of: one listing, one small read of each. */
export async function laggingRosters(store: Store): Promise<string[]> {
  const lagging = await concurrently([...(await rosterVersions(store))], PARALLEL, async ([division, version]) => {
    const indexed = await readJson<IndexedRoster>(store, publicKey(paths.roster(division)));
    return (indexed?.version ?? 0) < version ? [division] : [];
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
