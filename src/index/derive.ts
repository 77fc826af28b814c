/** One round of indexing: the files that follow from other files, and every page that is made of them. */
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { mergeCatalogue, mergeDivision, mergeProvince, mergeProvinceYear, mergeSearch, organLine } from "./merge.ts";
import type { Pages } from "./pages.ts";
import { mergeProvinceOrgans } from "./province-organs.ts";
import type { Remembered } from "./remembered.ts";
import type { Rosters } from "./rosters.ts";
import {
  type DivisionIndex,
  type DivisionYear,
  divisionOf,
  type OrganName,
  paths,
  provinceOf,
  yearsOf,
  yearsOfProvince,
} from "./shapes.ts";
import { PARALLEL, type PublicFile, putChanged, type SharedFiles } from "./shared.ts";
import { type Listed, missingIn } from "./standing.ts";
import { type DivisionTotals, totalsOf } from "./totals.ts";

type YearOf = Pick<DivisionYear, "division" | "year">;

/** Years of divisions whose pages this work answers for, by path. */
export type Years = Map<string, YearOf>;

export const groups = <T>(items: readonly T[], key: (item: T) => string): [string, T[]][] => [
  ...Map.groupBy(items, key).entries(),
];

/** The latest two years that a division has. */
export const latestYears = (index: DivisionIndex): number[] => yearsOf(index).toReversed().slice(0, 2);

/** A division's year with all that its pages are made of. */
interface YearInWork {
  readonly state: DivisionYear;
  readonly missing: readonly OrganName[];
  readonly listed: Listed | undefined;
  readonly totals: DivisionTotals;
}

/** With what a round works. */
interface Work {
  readonly store: Store;
  readonly pages: Pages;
  readonly remembered: Remembered;
}

/**
 * @param years whose pages are made, and those of earlier rounds
 * @param again whether others changed what an earlier round had read
 */
export async function derive(
  files: SharedFiles,
  years: Years,
  rosters: Rosters,
  again: boolean,
  { store, pages, remembered }: Work,
): Promise<void> {
  await mergeOrgans(files);
  const wanted = await yearsToRender(files, years, rosters, again);
  const inWork = (await concurrently(wanted, PARALLEL, (page) => readYear(files, page, rosters))).flat();
  const touched = [...files.of("division"), ...files.of("divisionYear")].map(({ division }) => division);
  const divisions = (
    await concurrently([...new Set(touched)], PARALLEL, (division) => readDivision(files, division, rosters))
  ).flat();
  const byProvince = groups(divisions, ({ index }) => provinceOf(index.division));
  await Promise.all([
    concurrently(byProvince, PARALLEL, ([province, parts]) =>
      files.merge("province", paths.province(province), (before) => mergeProvince(before, province, parts)),
    ),
    mergeProvinceYears(files, inWork),
  ]);
  const provinces = files.of("province");
  if (provinces.length > 0)
    await files.merge("catalogue", paths.catalogue, (before) => mergeCatalogue(before, provinces));

  const rendered: PublicFile[] = [
    // Those of the first round were made where the organs were merged.
    ...(again ? files.of("organ").flatMap((state) => pages.organ(state)) : []),
    ...inWork.flatMap(({ state, missing, listed }) => pages.divisionYear(state, missing, listed)),
    ...divisions.flatMap(({ index, latest, listed }) => pages.division(index, latest, listed)),
    ...(await renderProvinces(files, pages)),
    ...files.of("catalogue").flatMap((state) => pages.catalogue(state)),
    ...files.of("recent").flatMap((state) => pages.recent(state)),
    ...(files.of("catalogue").length + files.of("recent").length > 0 ? await renderHome(files, pages) : []),
  ];
  await concurrently(rendered, PARALLEL, (file) => putChanged(store, file, remembered));
}

/** What lists the organs that were seen. */
async function mergeOrgans(files: SharedFiles): Promise<void> {
  const organs = files.of("organ");
  const divisions = concurrently(
    groups(organs, ({ uscc }) => divisionOf(uscc)),
    PARALLEL,
    ([division, some]) =>
      files.merge("division", paths.division(division), (before) => mergeDivision(before, division, some)),
  );
  const searches = concurrently(
    groups(organs, ({ uscc }) => provinceOf(uscc)),
    PARALLEL,
    ([province, some]) =>
      files.merge("search", paths.search(province), (before) => mergeSearch(before, province, some.map(organLine))),
  );
  await Promise.all([divisions, searches]);
}

/** What provinces add up of the divisions whose years are at hand. */
async function mergeProvinceYears(files: SharedFiles, inWork: readonly YearInWork[]): Promise<void> {
  const byYear = groups(inWork, ({ state }) => `${provinceOf(state.division)} ${state.year}`);
  await concurrently(byYear, PARALLEL, async ([, some]) => {
    const { division, year } = some[0]!.state;
    const province = provinceOf(division);
    const totals = some.map((each) => each.totals);
    await Promise.all([
      files.merge("provinceYear", paths.provinceYear(province, year), (before) =>
        mergeProvinceYear(before, province, year, totals),
      ),
      files.merge("provinceOrgans", paths.provinceOrgans(province, year), (before) =>
        mergeProvinceOrgans(before, totals),
      ),
    ]);
  });
}

/**
 * The pages of years that this round has to make: of the years that it has seen, of those that want one of its organs,
 * and, where others changed a division meanwhile, all that were made of it before. Of other years no page changes.
 * A roster wants an organ of years before its first too, and a page of those names it without a link until it has one.
 * @param again an earlier round may have listed an organ as it was before others changed it, and one of them have made
 *   pages of that list: then every page that the organ can stand on is made.
 */
async function yearsToRender(files: SharedFiles, years: Years, rosters: Rosters, again: boolean): Promise<YearOf[]> {
  const wanted: Years = new Map(
    files.of("divisionYear").map(({ division, year }) => [paths.divisionYear(division, year), { division, year }]),
  );
  const organs = new Set(files.of("organ").map(({ uscc }) => uscc));
  for (const index of files.of("division")) {
    const { division, organs: lines } = index;
    const listed = yearsOf(index);
    const byRoster = (await rosters.over(division)) !== undefined;
    for (const line of lines)
      if (organs.has(line.uscc))
        for (const year of listed)
          if (again || (!line.years.includes(year) && (byRoster || year > line.years[0]!)))
            wanted.set(paths.divisionYear(division, year), { division, year });
    for (const [path, before] of years) if (before.division === division) wanted.set(path, before);
  }
  for (const [path, page] of wanted) years.set(path, page);
  return [...wanted.values()];
}

async function readYear(files: SharedFiles, { division, year }: YearOf, rosters: Rosters): Promise<YearInWork[]> {
  const listed = await rosters.over(division);
  const state = await files.read("divisionYear", paths.divisionYear(division, year));
  const index = await files.read("division", paths.division(division));
  if (!state || !index) return [];
  const missing = missingIn(index, year, listed);
  return [{ state, missing, listed, totals: totalsOf(state, missing, listed) }];
}

/** A division with its latest years, and all those that this round has read; none before its organs are listed. */
async function readDivision(files: SharedFiles, division: string, rosters: Rosters) {
  const index = await files.read("division", paths.division(division));
  if (!index) return [];
  const read = latestYears(index).map((year) => files.read("divisionYear", paths.divisionYear(division, year)));
  const latest = (await Promise.all(read)).filter((state) => state !== undefined);
  const listed = await rosters.over(division);
  const years = files.of("divisionYear").filter((state) => state.division === division);
  return [{ index, latest, years, ...(listed ? { listed } : {}) }];
}

/** Pages of provinces and their years; a province shows its latest. */
async function renderProvinces(files: SharedFiles, pages: Pages): Promise<readonly PublicFile[]> {
  const years = files.of("provinceYear");
  const all = new Set([...files.of("province"), ...years].map(({ province }) => province));
  const provinces = await concurrently([...all], PARALLEL, async (province) => {
    const index = await files.read("province", paths.province(province));
    const [latest] = index ? yearsOfProvince(index) : [];
    if (!index || latest === undefined) return [];
    const year = await files.read("provinceYear", paths.provinceYear(province, latest));
    return pages.province(index, year);
  });
  return [...years.flatMap((state) => pages.provinceYear(state)), ...provinces.flat()];
}

async function renderHome(files: SharedFiles, pages: Pages): Promise<readonly PublicFile[]> {
  const [catalogue, recent] = await Promise.all([
    files.read("catalogue", paths.catalogue),
    files.read("recent", paths.recent),
  ]);
  return catalogue && recent ? pages.home(catalogue, recent) : [];
}
