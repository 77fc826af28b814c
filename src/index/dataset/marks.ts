/**
 * What the dataset has not taken up yet. An indexing leaves one small mark for all that it was told of; whoever compacts
 * takes up what is marked and removes the marks. A mark is named by what it says, how many records there are among it:
 * one that is left again says the same.
 */
import { canonicalJson } from "../../basics/canonical-json.ts";
import { sha256 } from "../../basics/hash.ts";
import type { Place } from "../../basics/place.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import type { IndexedRoster } from "../shapes.ts";
import { PARALLEL } from "../shared.ts";

export interface Mark {
  readonly places: readonly (Place & { readonly records: number })[];
  /** Divisions whose organs another version of a roster has. */
  readonly divisions: readonly string[];
  readonly rosters: readonly IndexedRoster[];
  /** Shards are made again although they seem to be as they should. */
  readonly again?: boolean;
}

const MARKS = "dataset/marks/";

/** Leaves a mark. */
export async function mark(store: Store, { places, divisions, rosters, again = false }: Mark): Promise<void> {
  const said = canonicalJson({
    places: [...places].sort((a, b) => (`${a.uscc}${a.year}` < `${b.uscc}${b.year}` ? -1 : 1)),
    divisions: [...new Set(divisions)].sort(),
    rosters,
    ...(again ? { again } : {}),
  });
  await store.put(`${MARKS}${sha256(said)}.json`, said, { contentType: "application/json; charset=utf-8" });
}

/** Marks that were left, by key: as many as are asked for. */
export async function readMarks(store: Store, most: number): Promise<ReadonlyMap<string, Mark>> {
  const keys: string[] = [];
  for await (const { key } of store.list(MARKS)) {
    keys.push(key);
    if (keys.length === most) break;
  }
  const marks = await concurrently(keys, PARALLEL, async (key) => [key, await readJson<Mark>(store, key)] as const);
  return new Map(marks.flatMap(([key, found]) => (found ? [[key, found]] : [])));
}
