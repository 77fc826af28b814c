import type { Place } from "../../basics/place.ts";
import { placeOfRecord } from "../../publish/record.ts";
import { type IndexContext, indexPlaces } from "../indexer.ts";
import { NOTHING_REBUILT, type Rebuilt } from "./rebuilt.ts";

/** What was published this short a time before the start, by the store's clock, is indexed once more at the end, ms. */
const MARGIN = 15 * 60_000;
const BATCH = 100;

/**
 * Indexes once more what was published since a rebuild began: it may have been written over with what was read before.
 * The last phase. One listing; a hundred places are in memory at a time.
 * @param since when the rebuild began, epoch milliseconds
 */
export async function reindexLate(context: IndexContext, since: number): Promise<Rebuilt> {
  let late: Place[] = [];
  const failed: Rebuilt["failed"][number][] = [];
  const index = async (): Promise<void> => {
    for (const { place, error } of await indexPlaces(late, context)) failed.push({ ...place, error: error.message });
    late = [];
  };
  for await (const { key, modified } of context.store.list("records/")) {
    const place = modified >= since - MARGIN ? placeOfRecord(key) : undefined;
    if (place) late.push(place);
    if (late.length >= BATCH) await index();
  }
  await index();
  return { ...NOTHING_REBUILT, failed };
}
