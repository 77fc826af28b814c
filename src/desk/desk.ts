/** Reads what the desk of an office above is made of: rosters, what is published, what is under way, policies, reminders. */
import { concurrently } from "../index/concurrently.ts";
import { rowOfEntry } from "../index/office-rows.ts";
import { type DivisionYear, type ProvinceIndex, paths, provinceOf } from "../index/shapes.ts";
import { publicKey } from "../index/shared.ts";
import { ownPolicy, type Policy, policyPlaces, type Review } from "../office/policy.ts";
import { reminders as readReminders } from "../office/reminders.ts";
import { mergeRow, type OfficeRow, officeDivision, readOfficeYear } from "../office/rows.ts";
import { divisionOfOrgan, divisionsAround, isHeldTo, liesWithin, type Organ } from "../roster/roster.ts";
import { rosterOver, rostersWithin, type StoredRoster } from "../roster/stored.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { type DeskRow, deskRows, type Known } from "./rows.ts";

/** Of which division and year, and as of when. */
export interface DeskAsked {
  readonly division: string;
  readonly year: number;
  /** ISO date. */
  readonly today: string;
  /** The operator's policy. */
  readonly otherwise: Review;
}

export interface DeskAnswer {
  readonly division: string;
  readonly year: number;
  readonly today: string;
  /** The versions of the rosters that the organs are from; none where there is no roster. */
  readonly rosters: readonly { readonly division: string; readonly version: number }[];
  /** By code. */
  readonly rows: readonly DeskRow[];
}

/** Files read at a time: a province has some 140 divisions. */
const AT_ONCE = 32;

/** The organs that are held to the year, by code: those of each division from the roster nearest to it. */
function organsOf(rosters: readonly StoredRoster[], { division, year }: DeskAsked): Map<string, Organ> {
  const there = new Set(rosters.map((roster) => roster.division));
  const nearest = (own: string): string | undefined => divisionsAround(own).find((each) => there.has(each));
  const organs = rosters.flatMap((roster) =>
    roster.organs.filter((organ) => {
      const own = divisionOfOrgan(organ);
      const near = nearest(own);
      // One that a roster has from elsewhere, a vertically managed one say, is that roster's.
      const isNearest = near === roster.division || near === undefined || !liesWithin(near, roster.division);
      return isNearest && liesWithin(own, division) && isHeldTo(organ, year);
    }),
  );
  return new Map(organs.map((organ) => [organ.uscc, organ]));
}

/** The rosters of the divisions within a division; else the one over it. */
async function rostersOf(store: Store, division: string): Promise<readonly StoredRoster[]> {
  const [within, over] = await Promise.all([rostersWithin(store, division), rosterOver(store, division)]);
  return over && !within.some((roster) => roster.division === over.division) ? [...within, over] : within;
}

/** The rows of one division: the office's own file, and where that is not whole what is published. */
async function rowsOf(
  store: Store,
  division: string,
  year: number,
): Promise<readonly (readonly [string, OfficeRow])[]> {
  const own = await readOfficeYear(store, division, year);
  const rows = new Map(Object.entries(own?.state.rows ?? {}));
  if (own?.state.whole) return [...rows];
  const published = await readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year)));
  for (const entry of published?.entries ?? [])
    rows.set(entry.uscc, mergeRow(rows.get(entry.uscc), { published: rowOfEntry(entry) }));
  return [...rows];
}

/** The divisions within a division where anything was ever published or drafted, in a roster or not. */
async function busyDivisions(store: Store, division: string): Promise<readonly string[]> {
  const index = await readJson<ProvinceIndex>(store, publicKey(paths.province(provinceOf(division))));
  const found = new Set((index?.divisions ?? []).map((each) => each.division));
  for await (const { key } of store.list(`office/${provinceOf(division)}`)) found.add(key.split("/")[1] ?? "");
  return [...found].filter((each) => liesWithin(each, division));
}

/** Every place that has a policy of its own and matters here, with it. */
async function policiesFor(store: Store, division: string): Promise<ReadonlyMap<string, Policy>> {
  const places = (await policyPlaces(store)).filter((place) => {
    const digits = place.length === 18 ? officeDivision(place) : place;
    return liesWithin(digits.padEnd(6, "0"), division) || division.startsWith(digits);
  });
  const own = await concurrently(places, AT_ONCE, (place) => ownPolicy(store, place));
  return new Map(own.flatMap((policy) => (policy ? [[policy.place, policy] as const] : [])));
}

/** The desk of a division for a year. */
export async function readDesk(store: Store, asked: DeskAsked): Promise<DeskAnswer> {
  const { division, year, today, otherwise } = asked;
  const [rosters, busy, policies, reminders] = await Promise.all([
    rostersOf(store, division),
    busyDivisions(store, division),
    policiesFor(store, division),
    readReminders(store, { division, year }),
  ]);
  const organs = organsOf(rosters, asked);
  const divisions = [...new Set([...busy, ...[...organs.keys()].map(officeDivision)])];
  const rows = new Map((await concurrently(divisions, AT_ONCE, (each) => rowsOf(store, each, year))).flat());
  const known = new Map<string, Known>(organs);
  // What is in no roster and has something all the same is not passed over.
  for (const [uscc, row] of rows)
    if (!known.has(uscc) && liesWithin(officeDivision(uscc), division))
      known.set(uscc, { uscc, name: row.published?.organ ?? uscc });
  const all = [...known.values()].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
  return {
    division,
    year,
    today,
    rosters: rosters.map((roster) => ({ division: roster.division, version: roster.version })),
    rows: deskRows(all, { year, today, rows, policies, otherwise, reminders }),
  };
}
