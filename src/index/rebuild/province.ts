import { beginnings } from "../../store/beginnings.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import type { IndexContext } from "../indexer.ts";
import { mergeProvince, mergeSearch } from "../merge.ts";
import { canonical, jsonFile, ProvinceYears } from "../province-years.ts";
import { Rosters } from "../rosters.ts";
import {
  type DivisionIndex,
  type DivisionYear,
  type ProvinceIndex,
  type ProvinceYear,
  paths,
  yearsOf,
  yearsOfProvince,
} from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { missingIn } from "../standing.ts";
import { totalsOf } from "../totals.ts";
import { type Rebuilt, Writing } from "./rebuilt.ts";

/** Divisions' years that are read ahead and held at a time. */
const AHEAD = 8;

const readState = <T>(store: Store, path: string): Promise<T | undefined> => readJson<T>(store, publicKey(path));

/** The divisions of a province as they lie there, by code. */
export async function divisionsOf(store: Store, province: string): Promise<readonly DivisionIndex[]> {
  const codes: string[] = [];
  for await (const rest of beginnings(store, publicKey(`divisions/${province}`), 4))
    if (/^\d{4}$/.test(rest)) codes.push(`${province}${rest}`);
  const read = await concurrently(codes, PARALLEL, (code) => readState<DivisionIndex>(store, paths.division(code)));
  return read.filter((index) => index !== undefined);
}

/**
 * Builds a province's lists and pages anew from the lists of its divisions and the rosters over them, and removes those that no
 * division leads to: to be done once its divisions are. May be done any number of times, beside any other province. Holds
 * the names of its organs and one year of its tables in memory.
 * @param province two digits
 * @throws what the store throws; all of it is then to be done again
 */
export async function reindexProvince(context: IndexContext, province: string): Promise<Rebuilt> {
  const { store, pages } = context;
  const writing = new Writing(store);
  const rosters = new Rosters(store);
  const divisions = await divisionsOf(store, province);
  let index = mergeProvince(
    undefined,
    province,
    divisions.map((division) => ({ index: division, years: [] })),
  );
  let latest: ProvinceYear | undefined;
  for (const year of [...new Set(divisions.flatMap(yearsOf))].sort((a, b) => a - b)) {
    const own = divisions.filter((division) => yearsOf(division).includes(year));
    const built = await buildYear(store, { year, own, index, rosters });
    index = built.index;
    latest = built.years.of(year);
    await writing.write([...built.years.files(), ...built.years.states.flatMap((state) => pages.provinceYear(state))]);
  }
  if (divisions.length > 0) {
    const standing = canonical(index);
    const search = mergeSearch(
      undefined,
      province,
      divisions.flatMap(({ organs }) => organs),
    );
    await writing.write([
      jsonFile(paths.province(province), standing),
      jsonFile(paths.search(province), search),
      ...pages.province(standing, latest?.year === yearsOfProvince(standing)[0] ? latest : undefined),
    ]);
  }
  await writing.removeAll([`provinces/${province}`, `search/${province}`, `sitemaps/${province}.`]);
  return writing.done();
}

interface YearInput {
  readonly year: number;
  /** The divisions that have the year. */
  readonly own: readonly DivisionIndex[];
  readonly index: ProvinceIndex;
  readonly rosters: Rosters;
}

/** The province with the counts of a year, and what that year's reports come to. */
async function buildYear(
  store: Store,
  { year, own, index: before, rosters }: YearInput,
): Promise<{ readonly index: ProvinceIndex; readonly years: ProvinceYears }> {
  const { province } = before;
  const years = new ProvinceYears(province);
  let index = before;
  for (let i = 0; i < own.length; i += AHEAD) {
    const some = await concurrently(own.slice(i, i + AHEAD), AHEAD, async (division) => {
      const state = await readState<DivisionYear>(store, paths.divisionYear(division.division, year));
      return { division, state, listed: await rosters.over(division.division) };
    });
    for (const { division, state, listed } of some) {
      if (!state) continue;
      index = mergeProvince(index, province, [{ index: division, years: [state], ...(listed ? { listed } : {}) }]);
      years.add([totalsOf(state, missingIn(division, year, listed), listed)]);
    }
  }
  return { index, years };
}
