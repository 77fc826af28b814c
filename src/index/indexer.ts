import type { Place } from "../amend.ts";
import { derivePublic } from "../publish/public.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { type Facts, readFacts } from "./facts.ts";
import {
  mergeCatalogue,
  mergeDivision,
  mergeDivisionYear,
  mergeOrgan,
  mergeProvince,
  mergeRecent,
  mergeSearch,
} from "./merge.ts";
import type { Pages } from "./pages.ts";
import { type DivisionIndex, type DivisionYear, divisionOf, paths, provinceOf } from "./shapes.ts";
import { PARALLEL, type PublicFile, putChanged, SharedFiles } from "./shared.ts";

/** What indexing needs. */
export interface IndexContext {
  readonly store: Store;
  readonly pages: Pages;
}

/** A place that could not be read, and why. The others were indexed. */
export interface IndexFailure {
  readonly place: Place;
  readonly error: Error;
}

/** How often what was written is looked at again before the work is left to another try. */
const ROUNDS = 20;

/** The latest two years that a division's organs have. */
export const latestYears = ({ organs }: DivisionIndex): number[] =>
  [...new Set(organs.flatMap(({ years }) => years))].sort((a, b) => b - a).slice(0, 2);

const groups = <T>(items: readonly T[], key: (item: T) => string): [string, T[]][] => [
  ...Map.groupBy(items, key).entries(),
];

/**
 * Brings what readers get up to date with the records of some places: their own files, every file that lists them, the
 * pages made of those. May be done any number of times, in any order, by any number at once: the result is that of
 * `reindex`. A file that several places share is read and written once.
 * @returns the places that could not be read
 * @throws when the store fails or others keep coming before; all of it is then to be done again
 */
export async function indexPlaces(places: readonly Place[], context: IndexContext): Promise<readonly IndexFailure[]> {
  const { store } = context;
  const once = [...new Map(places.map((place) => [`${place.uscc}/${place.year}`, place])).values()];
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
  if (facts.length > 0) await indexFacts(facts, context);
  return results.filter((result) => "error" in result);
}

async function indexFacts(facts: readonly Facts[], context: IndexContext): Promise<void> {
  let files: SharedFiles | undefined = new SharedFiles(context.store);
  await mergeFacts(facts, files);
  for (let round = 0; files; round += 1) {
    if (round === ROUNDS) throw new Error("what is derived was changed by others all the while");
    await derive(files, context);
    // What others wrote meanwhile may have been derived from by them before, by this round after: once more.
    files = await files.changed();
  }
}

/** The files that follow from the records alone. */
async function mergeFacts(facts: readonly Facts[], files: SharedFiles): Promise<void> {
  const years = groups(facts, ({ entry }) => paths.divisionYear(divisionOf(entry.uscc), entry.year));
  await concurrently(years, PARALLEL, ([path, some]) => {
    const { uscc, year } = some[0]!.entry;
    const entries = some.map(({ entry }) => entry);
    return files.merge("divisionYear", path, (before) => mergeDivisionYear(before, divisionOf(uscc), year, entries));
  });
  await concurrently(
    groups(facts, ({ entry }) => paths.organ(entry.uscc)),
    PARALLEL,
    ([path, some]) => files.merge("organ", path, (before) => mergeOrgan(before, some)),
  );
  await files.merge("recent", paths.recent, (before) =>
    mergeRecent(
      before,
      facts.flatMap(({ recent }) => recent),
    ),
  );
}

/** The files that follow from other files, and every page. */
async function derive(files: SharedFiles, { store, pages }: IndexContext): Promise<void> {
  const organs = files.of("organ");
  await concurrently(
    groups(organs, ({ uscc }) => divisionOf(uscc)),
    PARALLEL,
    ([division, some]) =>
      files.merge("division", paths.division(division), (before) => mergeDivision(before, division, some)),
  );
  await concurrently(
    groups(organs, ({ uscc }) => provinceOf(uscc)),
    PARALLEL,
    ([province, some]) =>
      files.merge("search", paths.search(province), (before) => mergeSearch(before, province, some)),
  );

  const touched = [...files.of("division"), ...files.of("divisionYear")].map(({ division }) => division);
  const parts = await concurrently([...new Set(touched)], PARALLEL, (division) => readDivision(files, division));
  const divisions = parts.flat();
  await concurrently(
    groups(divisions, ({ index }) => provinceOf(index.division)),
    PARALLEL,
    ([province, some]) =>
      files.merge("province", paths.province(province), (before) =>
        mergeProvince(
          before,
          province,
          some.map(({ index, read }) => ({ index, years: read })),
        ),
      ),
  );
  const provinces = files.of("province");
  if (provinces.length > 0)
    await files.merge("catalogue", paths.catalogue, (before) => mergeCatalogue(before, provinces));

  const rendered: PublicFile[] = [
    ...organs.flatMap((state) => pages.organ(state)),
    ...files.of("divisionYear").flatMap((state) => pages.divisionYear(state)),
    ...divisions.flatMap(({ index, latest }) => pages.division(index, latest)),
    ...provinces.flatMap((state) => pages.province(state)),
    ...files.of("catalogue").flatMap((state) => pages.catalogue(state)),
    ...files.of("recent").flatMap((state) => pages.recent(state)),
  ];
  await concurrently(rendered, PARALLEL, (file) => putChanged(store, file));
}

/** A division with its latest years and all those that this round has read; none before its organs are listed. */
async function readDivision(files: SharedFiles, division: string) {
  const index = await files.read("division", paths.division(division));
  if (!index) return [];
  const latest: DivisionYear[] = [];
  for (const year of latestYears(index)) {
    const state = await files.read("divisionYear", paths.divisionYear(division, year));
    if (state) latest.push(state);
  }
  return [{ index, latest, read: files.of("divisionYear").filter((state) => state.division === division) }];
}
