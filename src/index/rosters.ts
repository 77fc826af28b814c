import { canonicalJson } from "../basics/canonical-json.ts";
import { rosterOver, type StoredRoster } from "../roster/stored.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexedRoster, paths } from "./shapes.ts";
import { JSON_TYPE, PARALLEL, type PublicFile } from "./shared.ts";
import { type Listed, listedIn } from "./standing.ts";

/** What says that the pages are those of a version of a roster. Written after them. */
export const indexedRosterFile = (indexed: IndexedRoster): PublicFile => ({
  path: paths.roster(indexed.division),
  body: canonicalJson(indexed),
  contentType: JSON_TYPE,
});

interface Seen {
  readonly roster: StoredRoster | undefined;
  readonly listed: Listed | undefined;
}

/** The rosters over divisions as one round of indexing read them. */
export class Rosters {
  readonly #store: Store;
  readonly #seen = new Map<string, Promise<Seen>>();

  constructor(store: Store) {
    this.#store = store;
  }

  async #read(division: string): Promise<Seen> {
    const roster = await rosterOver(this.#store, division);
    return { roster, listed: roster && listedIn(roster) };
  }

  /** The organs of the roster over a division; undefined where there is none. */
  async over(division: string): Promise<Listed | undefined> {
    const seen = this.#seen.get(division) ?? this.#read(division);
    this.#seen.set(division, seen);
    return (await seen).listed;
  }

  /** The divisions over which another roster, or another version, stands by now; what is asked for next is that. */
  async changed(): Promise<readonly string[]> {
    const now = await concurrently([...this.#seen], PARALLEL, async ([division, before]) => {
      const [was, is] = [await before, await this.#read(division)];
      if (was.roster?.division === is.roster?.division && was.roster?.version === is.roster?.version) return [];
      this.#seen.set(division, Promise.resolve(is));
      return [division];
    });
    return now.flat();
  }
}
