import type { Place } from "../basics/place.ts";
import { derivePublic } from "../publish/public.ts";
import { latestRoster } from "../roster/stored.ts";
import type { LogIdentity } from "../sequence/identity.ts";
import { appendRecords } from "../sequence/sequencer.ts";
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
import { mergePublished } from "./office-rows.ts";
import type { Pages } from "./pages.ts";
import { indexedRosterFile, Rosters } from "./rosters.ts";
import { type DivisionIndex, type DivisionYear, divisionOf, type IndexedRoster, paths, provinceOf } from "./shapes.ts";
import { PARALLEL, type PublicFile, putChanged, SharedFiles } from "./shared.ts";
import { missingIn } from "./standing.ts";

/** What indexing needs. */
export interface IndexContext {
  readonly store: Store;
  readonly pages: Pages;
  /** The log that records are appended to; none is kept without. Asked for when there is something to append. */
  readonly log?: () => Promise<LogIdentity>;
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
 * @param divisions whose roster has another version: every page that is held against it is made again
 * @returns the places that could not be read
 * @throws when the store fails or others keep coming before; all of it is then to be done again
 */
export async function indexPlaces(
  places: readonly Place[],
  context: IndexContext,
  divisions: readonly string[] = [],
): Promise<readonly IndexFailure[]> {
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
  const { touched, indexed } = await divisionsUnder(divisions, store);
  if (facts.length + touched.length > 0) await indexFacts(facts, touched, context);
  await concurrently(indexed, PARALLEL, (roster) => putChanged(store, indexedRosterFile(roster)));
  // After the pages: what is wrong with the log keeps nothing from being read.
  if (context.log && facts.length > 0)
    await appendRecords(
      store,
      await context.log(),
      facts.flatMap((each) => each.records),
    );
  return results.filter((result) => "error" in result);
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
async function divisionsUnder(
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

async function indexFacts(facts: readonly Facts[], divisions: readonly string[], context: IndexContext): Promise<void> {
  await placeConstant(context);
  const rosters = new Rosters(context.store);
  let files: SharedFiles | undefined = new SharedFiles(context.store);
  const years: Years = new Map();
  if (facts.length > 0) {
    await mergeFacts(facts, files);
    await mergePublished(context.store, facts, files.of("divisionYear"));
  }
  await readDivisions(divisions, files, years);
  for (let round = 0; files; round += 1) {
    if (round === ROUNDS) throw new Error("what is derived was changed by others all the while");
    await derive(files, years, rosters, round > 0, context);
    // What others wrote meanwhile may have been derived from by them before, by this round after: once more.
    files = await files.changed();
    const changed = await rosters.changed();
    if (changed.length === 0) continue;
    files ??= new SharedFiles(context.store);
    await readDivisions(changed, files, years);
  }
}

/** Takes up whole divisions, with all of their years. */
async function readDivisions(divisions: readonly string[], files: SharedFiles, years: Years): Promise<void> {
  await concurrently(divisions, PARALLEL, async (division) => {
    const index = await files.read("division", paths.division(division));
    const all = new Set(index?.organs.flatMap((organ) => organ.years));
    for (const year of all) {
      const path = paths.divisionYear(division, year);
      years.set(path, { division, year });
      await files.read("divisionYear", path);
    }
  });
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

/** Years of divisions whose pages this work answers for, by path. */
type Years = Map<string, Pick<DivisionYear, "division" | "year">>;

/** The files that follow from other files, and every page. */
async function derive(
  files: SharedFiles,
  years: Years,
  rosters: Rosters,
  again: boolean,
  { store, pages }: IndexContext,
): Promise<void> {
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

  const yearPages = yearsToRender(files, years, again);
  const touched = [...files.of("division"), ...files.of("divisionYear")].map(({ division }) => division);
  const divisions = (
    await concurrently([...new Set(touched)], PARALLEL, (division) => readDivision(files, division, rosters))
  ).flat();
  await concurrently(
    groups(divisions, ({ index }) => provinceOf(index.division)),
    PARALLEL,
    ([province, parts]) =>
      files.merge("province", paths.province(province), (before) => mergeProvince(before, province, parts)),
  );
  const provinces = files.of("province");
  if (provinces.length > 0)
    await files.merge("catalogue", paths.catalogue, (before) => mergeCatalogue(before, provinces));

  const catalogues = files.of("catalogue");
  const recents = files.of("recent");
  const rendered: PublicFile[] = [
    ...organs.flatMap((state) => pages.organ(state)),
    ...(await concurrently(yearPages, PARALLEL, (page) => renderYear(files, page, rosters, pages))).flat(),
    ...divisions.flatMap(({ index, latest, listed }) => pages.division(index, latest, listed)),
    ...provinces.flatMap((state) => pages.province(state)),
    ...catalogues.flatMap((state) => pages.catalogue(state)),
    ...recents.flatMap((state) => pages.recent(state)),
    ...(catalogues.length + recents.length > 0 ? await renderHome(files, pages) : []),
  ];
  await concurrently(rendered, PARALLEL, (file) => putChanged(store, file));
}

/**
 * The pages of years that this round has to make: of the years that it has seen, of those that want one of its organs,
 * and, where others changed a division meanwhile, all that were made of it before. Of other years no page changes.
 * @param again whether others changed what an earlier round had read. That round may have listed an organ as it was
 *   before them, and one of them have made pages of that list: then every page that the organ can stand on is made.
 */
function yearsToRender(files: SharedFiles, years: Years, again: boolean): Pick<DivisionYear, "division" | "year">[] {
  const wanted: Years = new Map(
    files.of("divisionYear").map(({ division, year }) => [paths.divisionYear(division, year), { division, year }]),
  );
  const organs = new Set(files.of("organ").map(({ uscc }) => uscc));
  for (const { division, organs: lines } of files.of("division")) {
    const listed = new Set(lines.flatMap((line) => line.years));
    for (const line of lines)
      if (organs.has(line.uscc))
        for (const year of listed)
          if (again || (year > line.years[0]! && !line.years.includes(year)))
            wanted.set(paths.divisionYear(division, year), { division, year });
    for (const [path, before] of years) if (before.division === division) wanted.set(path, before);
  }
  for (const [path, page] of wanted) years.set(path, page);
  return [...wanted.values()];
}

async function renderYear(
  files: SharedFiles,
  { division, year }: Pick<DivisionYear, "division" | "year">,
  rosters: Rosters,
  pages: Pages,
): Promise<readonly PublicFile[]> {
  const listed = await rosters.over(division);
  const state = await files.read("divisionYear", paths.divisionYear(division, year));
  const index = await files.read("division", paths.division(division));
  return state && index ? pages.divisionYear(state, missingIn(index, year, listed), listed) : [];
}

async function renderHome(files: SharedFiles, pages: Pages): Promise<readonly PublicFile[]> {
  const catalogue = await files.read("catalogue", paths.catalogue);
  const recent = await files.read("recent", paths.recent);
  return catalogue && recent ? pages.home(catalogue, recent) : [];
}

/** A division with its latest years, and all those that this round has read; none before its organs are listed. */
async function readDivision(files: SharedFiles, division: string, rosters: Rosters) {
  const index = await files.read("division", paths.division(division));
  if (!index) return [];
  const latest: DivisionYear[] = [];
  for (const year of latestYears(index)) {
    const state = await files.read("divisionYear", paths.divisionYear(division, year));
    if (state) latest.push(state);
  }
  const listed = await rosters.over(division);
  const years = files.of("divisionYear").filter((state) => state.division === division);
  return [{ index, latest, years, ...(listed ? { listed } : {}) }];
}
