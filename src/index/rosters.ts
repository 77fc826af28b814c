import { canonicalJson } from "../basics/canonical-json.ts";
import { divisionsAround } from "../roster/roster.ts";
import { type StandingRoster, standingRoster } from "../roster/stored.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexedRoster, paths } from "./shapes.ts";
import { JSON_TYPE, PARALLEL, type PublicFile } from "./shared.ts";
import { type Listed, listedIn, wantedYears } from "./standing.ts";

/** What says that the pages are those of a version of a roster. Written after them. */
export const indexedRosterFile = (indexed: IndexedRoster): PublicFile => ({
  path: paths.roster(indexed.division),
  body: canonicalJson(indexed),
  contentType: JSON_TYPE,
});

interface Seen extends StandingRoster {
  readonly listed: Listed;
}

/** The rosters over divisions as one round of indexing read them: each once, however many divisions it has organs of. */
export class Rosters {
  readonly #store: Store;
  #read = new Map<string, Promise<Seen | undefined>>();
  /** The divisions that were asked for, and what stood over them then. */
  readonly #asked = new Map<string, Seen | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The roster of a division itself. */
  async #of(division: string): Promise<Seen | undefined> {
    const found = await standingRoster(this.#store, division);
    return found && { ...found, listed: listedIn(found.roster) };
  }

  /** The roster over a division: its own, else that of the division around it. */
  async #nearest(division: string): Promise<Seen | undefined> {
    for (const around of divisionsAround(division)) {
      const reading = this.#read.get(around) ?? this.#of(around);
      this.#read.set(around, reading);
      const seen = await reading;
      if (seen) return seen;
    }
    return undefined;
  }

  async #over(division: string): Promise<Seen | undefined> {
    const seen = await this.#nearest(division);
    this.#asked.set(division, seen);
    return seen;
  }

  /** The organs of the roster over a division; undefined where there is none. */
  async over(division: string): Promise<Listed | undefined> {
    return (await this.#over(division))?.listed;
  }

  /** The years that the roster over a division wants reports of from it. */
  async wanted(division: string): Promise<readonly number[]> {
    const seen = await this.#over(division);
    return seen ? wantedYears({ since: seen.since, savedAt: seen.roster.savedAt }, division, seen.listed) : [];
  }

  /** The divisions over which another roster, or another version, stands by now; what is asked for next is that. */
  async changed(): Promise<readonly string[]> {
    const before = [...this.#asked];
    this.#read = new Map();
    const now = await concurrently(before, PARALLEL, async ([division, was]) => {
      const is = await this.#over(division);
      const same = was?.roster.division === is?.roster.division && was?.roster.version === is?.roster.version;
      return same ? [] : [division];
    });
    return now.flat();
  }
}
