import type { Place } from "../basics/place.ts";
import { derivePublic } from "../publish/public.ts";
import { latestRoster } from "../roster/stored.ts";
import type { LogIdentity } from "../sequence/identity.ts";
import { appendRecords } from "../sequence/sequencer.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import type { DatasetOptions } from "./dataset/manifests.ts";
import { mark } from "./dataset/marks.ts";
import { derive, groups, type Years } from "./derive.ts";
import { type Facts, readFacts } from "./facts.ts";
import { mergeDivision, mergeDivisionYear, mergeOrgan, mergeRecent, mergeSearch } from "./merge.ts";
import { mergePublished } from "./office-rows.ts";
import type { Pages } from "./pages.ts";
import { Remembered } from "./remembered.ts";
import { indexedRosterFile, Rosters } from "./rosters.ts";
import { divisionOf, type IndexedRoster, paths, provinceOf, yearsOf } from "./shapes.ts";
import { PARALLEL, putChanged, putPages, SharedFiles } from "./shared.ts";

/** What indexing needs. */
export interface IndexContext {
  readonly store: Store;
  readonly pages: Pages;
  /** The log that records are appended to; none is kept without. Asked for when there is something to append. */
  readonly log?: () => Promise<LogIdentity>;
  /** How the dataset is kept: what it has to take up is marked; none is kept without. */
  readonly dataset?: DatasetOptions;
}

/** A place that could not be read, and why. The others were indexed. */
export interface IndexFailure {
  readonly place: Place;
  readonly error: Error;
}

/** How often what was written is looked at again before the work is left to another try. */
const ROUNDS = 20;

/** What was placed and is not in any list yet. */
interface Unsettled {
  /** By organ and year. */
  readonly facts: Map<string, Facts>;
  /** Those whose rosters have another version. */
  readonly divisions: Set<string>;
  /** The organs as this process saw them last. */
  readonly files: SharedFiles;
}

/**
 * Brings what readers get up to date with the records, in two steps. What is a publication's own is written at once: its
 * files, its organ's and the pages of that. What it shares with others, and the log, follows when it is settled, once for
 * all that was placed since: the more comes, the less each costs. Both may be done any number of times, in any order, by
 * any number at once: the result is that of `reindex`. What was placed and never settled, since a process was killed say,
 * is to be placed again.
 */
export class Indexing {
  readonly #context: IndexContext;
  #unsettled: Unsettled;

  constructor(context: IndexContext) {
    this.#context = context;
    this.#unsettled = this.#nothing();
  }

  #nothing(): Unsettled {
    return { facts: new Map(), divisions: new Set(), files: new SharedFiles(this.#context.store) };
  }

  /**
   * Writes what is the places' own, and its organs'.
   * @returns the places that could not be read; all others are to be settled
   * @throws when the store fails or others keep coming before; all of it is then to be done again
   */
  async place(places: readonly Place[]): Promise<readonly IndexFailure[]> {
    const { store, pages } = this.#context;
    const once = [...new Map(places.map((place) => [nameOf(place), place])).values()];
    const results = await concurrently(once, PARALLEL, async (place): Promise<Facts | IndexFailure> => {
      try {
        const facts = await readFacts(store, place);
        await derivePublic(store, facts.records);
        return facts;
      } catch (error) {
        return { place, error: error as Error };
      }
    });
    const facts = results.filter((result) => "entry" in result);
    if (facts.length > 0) await placeConstant(this.#context);
    const { files } = this.#unsettled;
    await concurrently(
      groups(facts, ({ entry }) => paths.organ(entry.uscc)),
      PARALLEL,
      async ([path, some]) => {
        const { state, changed } = await files.merge("organ", path, (before) => mergeOrgan(before, some));
        const now = pages.organ(state);
        if (changed) await putPages(store, changed.before ? pages.organ(changed.before) : [], now);
        else await Promise.all(now.map((file) => putChanged(store, file)));
      },
    );
    for (const each of facts) this.#unsettled.facts.set(nameOf(each.entry), each);
    return results.filter((result) => "error" in result);
  }

  /** Takes up divisions whose roster has another version: every page that is held against it is made again. */
  rosters(divisions: readonly string[]): void {
    for (const division of divisions) this.#unsettled.divisions.add(division);
  }

  /**
   * Writes every file that lists what was placed, the pages made of those, and the log.
   * @throws when the store fails or others keep coming before; what was placed is then to be placed again
   */
  async settle(): Promise<void> {
    const { facts: byName, divisions, files } = this.#unsettled;
    this.#unsettled = this.#nothing();
    const { store, log, dataset } = this.#context;
    const facts = [...byName.values()];
    const { touched, indexed } = await divisionsUnder([...divisions], store);
    if (facts.length + touched.length > 0) {
      if (dataset)
        await mark(store, {
          places: facts.map(({ entry: { uscc, year }, records }) => ({ uscc, year, records: records.length })),
          divisions: touched,
          rosters: indexed,
        });
      await indexFacts(facts, touched, files, this.#context);
    }
    await concurrently(indexed, PARALLEL, (roster) => putChanged(store, indexedRosterFile(roster)));
    // After the pages: what is wrong with the log keeps nothing from being read.
    if (!log || facts.length === 0) return;
    const records = facts.flatMap((each) => each.records);
    await appendRecords(store, await log(), records);
  }
}

/**
 * Places and settles: brings all that readers get up to date with the records of some places.
 * @param divisions whose roster has another version
 * @returns the places that could not be read; the others were indexed
 * @throws as `Indexing` does
 */
export async function indexPlaces(
  places: readonly Place[],
  context: IndexContext,
  divisions: readonly string[] = [],
): Promise<readonly IndexFailure[]> {
  const indexing = new Indexing(context);
  const failures = await indexing.place(places);
  indexing.rosters(divisions);
  await indexing.settle();
  return failures;
}

const nameOf = ({ uscc, year }: Place): string => `${uscc}/${year}`;

const remembered = new WeakMap<IndexContext, Remembered>();

/** What the process with this context remembers of shared files. */
function rememberedBy(context: IndexContext): Remembered {
  const known = remembered.get(context) ?? new Remembered();
  remembered.set(context, known);
  return known;
}

const placed = new WeakMap<IndexContext, Promise<unknown>>();

/** Puts in place what depends on no record: once for a context, that is once for each process. */
async function placeConstant(context: IndexContext): Promise<void> {
  const { store, pages } = context;
  const work = placed.get(context) ?? concurrently(pages.constant, PARALLEL, (file) => putChanged(store, file));
  placed.set(context, work);
  await work.catch((error: unknown) => {
    placed.delete(context);
    throw error;
  });
}

/** The divisions whose organs the rosters of some divisions have, and which versions those are. */
export async function divisionsUnder(
  divisions: readonly string[],
  store: Store,
): Promise<{ readonly touched: readonly string[]; readonly indexed: readonly IndexedRoster[] }> {
  const once = [...new Set(divisions)];
  const rosters = (await concurrently(once, PARALLEL, (division) => latestRoster(store, division))).filter(
    (roster) => roster !== undefined,
  );
  const under = rosters.flatMap(({ organs }) => organs.map(({ uscc }) => divisionOf(uscc)));
  return {
    touched: [...new Set([...once, ...under])],
    indexed: rosters.map(({ division, version }) => ({ division, version })),
  };
}

/** @param files the organs of what was placed */
async function indexFacts(
  facts: readonly Facts[],
  divisions: readonly string[],
  organs: SharedFiles,
  context: IndexContext,
): Promise<void> {
  await placeConstant(context);
  const rosters = new Rosters(context.store);
  let files: SharedFiles | undefined = organs;
  const years: Years = new Map();
  if (facts.length > 0) {
    await mergeFacts(facts, files);
    await mergePublished(context.store, facts, files.of("divisionYear"));
  }
  await readDivisions(divisions, files, years, rosters);
  const work = { store: context.store, pages: context.pages, remembered: rememberedBy(context) };
  for (let round = 0; files; round += 1) {
    if (round === ROUNDS) throw new Error("what is derived was changed by others all the while");
    await derive(files, years, rosters, round > 0, work);
    // What others wrote meanwhile may have been derived from by them before, by this round after: once more.
    files = await files.changed();
    const changed = await rosters.changed();
    if (changed.length === 0) continue;
    files ??= new SharedFiles(context.store);
    await readDivisions(changed, files, years, rosters);
  }
}

/** Takes up whole divisions, with all of their years and those that their rosters want. */
async function readDivisions(
  divisions: readonly string[],
  files: SharedFiles,
  years: Years,
  rosters: Rosters,
): Promise<void> {
  const taken = await concurrently(divisions, PARALLEL, async (division) => {
    const wanted = await rosters.wanted(division);
    const path = paths.division(division);
    const before = await files.read("division", path);
    const index =
      wanted.length > 0 || before?.wanted
        ? (await files.merge("division", path, (there) => mergeDivision(there, division, [], wanted))).state
        : before;
    if (!index) return [];
    for (const year of yearsOf(index)) {
      const of = paths.divisionYear(division, year);
      years.set(of, { division, year });
      // One that nobody has published for has a list without entries.
      if (wanted.includes(year))
        await files.merge("divisionYear", of, (there) => mergeDivisionYear(there, division, year, []));
      else await files.read("divisionYear", of);
    }
    return [provinceOf(division)];
  });
  if (taken.flat().length === 0) return;
  // What pages lead to is there although nobody has published anything.
  await concurrently([...new Set(taken.flat())], PARALLEL, (province) =>
    files.merge("search", paths.search(province), (before) => mergeSearch(before, province, [])),
  );
  await files.merge("recent", paths.recent, (before) => mergeRecent(before, []));
}

/** The lists that follow from the records alone. */
async function mergeFacts(facts: readonly Facts[], files: SharedFiles): Promise<void> {
  const years = groups(facts, ({ entry }) => paths.divisionYear(divisionOf(entry.uscc), entry.year));
  const merged = concurrently(years, PARALLEL, ([path, some]) => {
    const { uscc, year } = some[0]!.entry;
    const entries = some.map(({ entry }) => entry);
    return files.merge("divisionYear", path, (before) => mergeDivisionYear(before, divisionOf(uscc), year, entries));
  });
  const recent = facts.flatMap((each) => each.recent);
  await Promise.all([merged, files.merge("recent", paths.recent, (before) => mergeRecent(before, recent))]);
}
