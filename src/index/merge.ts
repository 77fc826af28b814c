/**
 * How each derived file follows from what it is made of: pure functions that give the same state whatever order, number
 * or grouping the records came in.
 */
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Facts } from "./facts.ts";
import { initials, readings, syllables } from "./initials.ts";
import {
  type Catalogue,
  type Counted,
  type DivisionIndex,
  type DivisionYear,
  divisionOf,
  type Entry,
  type OrganIndex,
  type OrganLine,
  type ProvinceIndex,
  type ProvinceYear,
  type Recent,
  type RecentList,
  recordsIn,
  type SearchShard,
  type YearCounts,
} from "./shapes.ts";
import { type Listed, missingIn, standingOf } from "./standing.ts";
import { cellsOfYear, type DivisionTotals, divisionSums } from "./totals.ts";

/** How many publications `recent.json` has. */
export const RECENT = 100;

/** Code-unit order, as everywhere in what is derived. */
export const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Items by key, later ones in the place of earlier ones, sorted. */
function keyed<T, K extends string | number>(key: (item: T) => K, ...lists: readonly (readonly T[])[]): T[] {
  const all = new Map(lists.flat().map((item) => [key(item), item]));
  return [...all.keys()].sort(compare).map((k) => all.get(k)!);
}

/** Those of the entries that take the place of what is listed, or have none. */
const newer = <T extends Entry>(before: readonly T[], entries: readonly T[], key: (entry: Entry) => unknown): T[] => {
  const known = new Map(before.map((entry) => [key(entry), entry]));
  return entries.filter((entry) => {
    const before = known.get(key(entry));
    return recordsIn(entry) > (before ? recordsIn(before) : 0);
  });
};

/** An organ with some of its years. */
export function mergeOrgan(before: OrganIndex | undefined, facts: readonly Facts[]): OrganIndex {
  const listed = before?.years ?? [];
  const found = facts.map(({ entry, versions }) => ({ ...entry, versions }));
  const years = keyed(
    (entry) => entry.year,
    listed,
    newer(listed, found, (entry) => entry.year),
  );
  const { uscc, organ } = years.at(-1)!;
  return { uscc, organ, division: divisionOf(uscc), years };
}

/** A division's year with some of its entries. */
export function mergeDivisionYear(
  before: DivisionYear | undefined,
  division: string,
  year: number,
  entries: readonly Entry[],
): DivisionYear {
  const listed = before?.entries ?? [];
  return {
    division,
    year,
    entries: keyed(
      (e) => e.uscc,
      listed,
      newer(listed, entries, (entry) => entry.uscc),
    ),
  };
}

/** The latest publications. */
export function mergeRecent(before: RecentList | undefined, recent: readonly Recent[]): RecentList {
  const key = ({ uscc, year, version }: Recent) => `${uscc}/${year}/${version}`;
  // Who has not yet heard of a redaction does not undo it.
  const redacted = (before?.entries ?? []).filter(({ redaction }) => redaction);
  const entries = keyed(key, before?.entries ?? [], recent, redacted).sort(
    (a, b) =>
      compare(b.publishedAt, a.publishedAt) ||
      compare(a.uscc, b.uscc) ||
      compare(a.year, b.year) ||
      compare(a.version, b.version),
  );
  return { entries: entries.slice(0, RECENT) };
}

/** The names that an organ had in other years. */
const formerNames = ({ organ, years }: OrganIndex): readonly string[] =>
  [...new Set(years.map((entry) => entry.organ))].filter((name) => name !== organ).sort(compare);

/** An organ as its division lists it. */
export function organLine(index: OrganIndex): OrganLine {
  const { uscc, organ, years } = index;
  const former = formerNames(index);
  return {
    uscc,
    organ,
    initials: initials(organ),
    years: years.map(({ year }) => year),
    ...(former.length > 0 ? { former } : {}),
  };
}

/** A division with some of its organs, and the years that its roster wants. */
export const mergeDivision = (
  before: DivisionIndex | undefined,
  division: string,
  organs: readonly OrganIndex[],
  wanted: readonly number[] = before?.wanted ?? [],
): DivisionIndex => ({
  division,
  organs: keyed(({ uscc }) => uscc, before?.organs ?? [], organs.map(organLine)),
  ...(wanted.length > 0 ? { wanted } : {}),
});

/** An organ as the search has it. */
function searchRow({ uscc, organ, years, former = [] }: OrganLine): SearchShard["organs"][number] {
  const { initials, others } = readings(organ);
  const row = [uscc, organ, initials, years[0]!, years.at(-1)!] as const;
  return former.length > 0 ? [...row, others, ...former] : others === "" ? row : [...row, others];
}

/** A province's search with some of its organs. */
export function mergeSearch(
  before: SearchShard | undefined,
  province: string,
  organs: readonly OrganLine[],
): SearchShard {
  const rows = keyed(([uscc]) => uscc, before?.organs ?? [], organs.map(searchRow));
  return {
    province,
    organs: rows,
    syllables: syllables(rows.flatMap(([, organ, , , , , ...former]) => [organ, ...former])),
  };
}

/** A division with some of its years. */
export interface DivisionPart {
  readonly index: DivisionIndex;
  readonly years: readonly DivisionYear[];
  /** The organs of the roster over it, where there is one. */
  readonly listed?: Listed;
}

const countsOf = (state: DivisionYear, index: DivisionIndex, listed?: Listed): YearCounts => {
  const { entries, year } = state;
  const standings = entries.map((entry) => standingOf(entry, listed));
  const count = (wanted: string): number => standings.filter((standing) => standing === wanted).length;
  const withdrawn = count("withdrawn");
  return {
    current: entries.length - withdrawn,
    late: count("late"),
    withdrawn,
    ...(listed ? { missing: missingIn(index, year, listed).length } : {}),
  };
};

/** A province with some of its divisions. */
export function mergeProvince(
  before: ProvinceIndex | undefined,
  province: string,
  parts: readonly DivisionPart[],
): ProvinceIndex {
  const listed = before?.divisions ?? [];
  const rows = parts.map(({ index, years, listed: roster }): ProvinceIndex["divisions"][number] => ({
    division: index.division,
    organs: index.organs.length,
    reports: {
      ...listed.find(({ division }) => division === index.division)?.reports,
      ...Object.fromEntries(years.map((state) => [state.year, countsOf(state, index, roster)])),
    },
  }));
  return { province, divisions: keyed(({ division }) => division, listed, rows) };
}

/** A province's year with some of its divisions. */
export function mergeProvinceYear(
  before: ProvinceYear | undefined,
  province: string,
  year: number,
  parts: readonly DivisionTotals[],
): ProvinceYear {
  const cells = cellsOfYear(year);
  // After an edition got other cells, what was listed by the old ones is made again by a rebuild.
  const listed = before && canonicalJson(before.cells) === canonicalJson(cells) ? before.divisions : [];
  const rows = parts.map((totals) => divisionSums(totals, cells));
  return { province, year, cells, divisions: keyed(({ division }) => division, listed, rows) };
}

const NONE: YearCounts = { current: 0, late: 0, withdrawn: 0 };

/** How many organs of a place have no report for a year: by its roster, else of those that ever published. */
const lacking = ({ organs, reports }: Counted, year: string): number => {
  const { current, withdrawn, missing } = reports[year] ?? NONE;
  return missing ?? Math.max(0, organs - current - withdrawn);
};

/** Several places together. */
export function countTogether(places: readonly Counted[]): Counted {
  const years = new Set(places.flatMap(({ reports }) => Object.keys(reports)));
  const reports: Record<string, YearCounts> = {};
  for (const year of years) {
    const all = places.map((place) => place.reports[year] ?? NONE);
    const sum = (key: "current" | "late" | "withdrawn"): number => all.reduce((total, of) => total + of[key], 0);
    reports[year] = {
      current: sum("current"),
      late: sum("late"),
      withdrawn: sum("withdrawn"),
      ...(all.some(({ missing }) => missing !== undefined)
        ? { missing: places.reduce((total, place) => total + lacking(place, year), 0) }
        : {}),
    };
  }
  return { organs: places.reduce((sum, { organs }) => sum + organs, 0), reports };
}

/** The root with some of its provinces. */
export function mergeCatalogue(before: Catalogue | undefined, provinces: readonly ProvinceIndex[]): Catalogue {
  const rows = provinces.map(({ province, divisions }) => ({ province, ...countTogether(divisions) }));
  return { provinces: keyed(({ province }) => province, before?.provinces ?? [], rows) };
}
