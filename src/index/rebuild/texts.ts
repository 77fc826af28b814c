/** The search in the texts in a rebuild: the files of a province's prefectures. */

import type { Place } from "../../basics/place.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import type { IndexContext } from "../indexer.ts";
import { type DivisionIndex, type DivisionYear, paths, yearsOf } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { readSigned, textsFile } from "../texts.ts";
import { type Rebuilt, type Unreadable, Writing } from "./rebuilt.ts";

/** The places that a prefecture's divisions list, by year. */
async function placesOf(store: Store, divisions: readonly DivisionIndex[]): Promise<Map<number, Place[]>> {
  const years = divisions.flatMap((index) => yearsOf(index).map((year) => ({ division: index.division, year })));
  const listed = await concurrently(years, PARALLEL, async ({ division, year }) => {
    const state = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
    return (state?.entries ?? []).map(({ uscc }): Place => ({ uscc, year }));
  });
  return Map.groupBy(listed.flat(), ({ year }) => year);
}

/**
 * Builds the files of a province anew from the records of what its divisions list, and removes all others; all, where no
 * marks are left for what is taken up later. Holds one prefecture's year in memory.
 */
export async function reindexTexts(
  { store, dataset }: IndexContext,
  province: string,
  divisions: readonly DivisionIndex[],
): Promise<Rebuilt> {
  const writing = new Writing(store);
  const failed: Unreadable[] = [];
  const prefectures = Map.groupBy(dataset ? divisions : [], ({ division }) => division.slice(0, 4));
  for (const [prefecture, own] of prefectures)
    for (const [year, places] of await placesOf(store, own)) {
      const read = await concurrently(places, PARALLEL, (place) =>
        readSigned(store, place).catch((error: unknown) => {
          failed.push({ ...place, error: (error as Error).message });
          return undefined;
        }),
      );
      const reports = read.filter((each) => each !== undefined);
      if (reports.length > 0) await writing.write([textsFile(prefecture, year, reports)]);
    }
  await writing.remove(`texts/${province}`);
  return writing.done({ failed });
}
