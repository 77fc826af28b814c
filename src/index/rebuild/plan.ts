import { dataPaths, TABLES } from "../../dataset/files.ts";
import { latestRoster, rosterVersions } from "../../roster/stored.ts";
import { beginnings } from "../../store/beginnings.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { compare } from "../merge.ts";
import { divisionOf, type IndexedRoster, provinceOf } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { PLACE_NOTES, RECENT_NOTES } from "./notes.ts";

/** What one division's rebuild is about. */
export interface DivisionShard {
  /** Six digits: characters 3–8 of a code. */
  readonly division: string;
  /** Characters 1–2 of the codes of its organs, of which something lies in the store, sorted. */
  readonly kinds: readonly string[];
}

/** What a rebuild goes through; plain JSON. */
export interface RebuildPlan {
  /** By code. All that has a record, a draft or a roster, and all that has a derived file, which may be one too many. */
  readonly divisions: readonly DivisionShard[];
  /** Two digits each, by code; those of the divisions, and those that have a derived file. */
  readonly provinces: readonly string[];
  /** The rosters as they stood before anything was built, by division. */
  readonly rosters: readonly IndexedRoster[];
}

/** What the codes of a division's organs begin with. */
export const codesOf = ({ division, kinds }: DivisionShard): string[] => kinds.map((kind) => `${kind}${division}`);

const CODE_BEGINNING = /^[0-9A-Z]{2}\d{6}$/;
const DIVISION = /^\d{6}$/;
const PROVINCE = /^\d\d/;
const YEAR = /^\d{4}$/;

/** What stands under some prefixes, each beginning once. */
async function found(
  store: Store,
  prefixes: readonly string[],
  length: number,
  shape: RegExp,
): Promise<ReadonlySet<string>> {
  const all = await concurrently(prefixes, PARALLEL, async (prefix) => {
    const own: string[] = [];
    for await (const beginning of beginnings(store, prefix, length)) if (shape.test(beginning)) own.push(beginning);
    return own;
  });
  return new Set(all.flat());
}

/** The divisions whose organs the rosters of some divisions have: one roster after another is read and forgotten. */
async function underRosters(store: Store, rostered: readonly string[]): Promise<readonly string[]> {
  const under = await concurrently(rostered, 2, async (division) => {
    const roster = await latestRoster(store, division);
    return [...new Set((roster?.organs ?? []).map(({ uscc }) => divisionOf(uscc)))];
  });
  return [...rostered, ...under.flat()];
}

/** The folders of the dataset's years, each with one for every province. */
async function datasetYears(store: Store): Promise<readonly string[]> {
  const folders = await concurrently(TABLES, PARALLEL, async (table) => {
    const folder = dataPaths.table(table);
    return [...(await found(store, [publicKey(folder)], 4, YEAR))].map((year) => `${folder}${year}/`);
  });
  return folders.flat();
}

/** Everything that a rebuild goes through: a few listings, in memory a line for each division. */
export async function listDivisions(store: Store): Promise<RebuildPlan> {
  const versions = await rosterVersions(store);
  const derived = [publicKey("divisions/"), publicKey("sitemaps/"), "office/", RECENT_NOTES, PLACE_NOTES];
  const ofProvinces = ["provinces/", "search/", "sitemaps/", "texts/"].map(publicKey);
  const [codes, others, rostered, those, ofDataset] = await Promise.all([
    found(store, ["records/", "drafts/", publicKey("")], 8, CODE_BEGINNING),
    found(store, derived, 6, DIVISION),
    underRosters(store, [...versions.keys()]),
    found(store, ofProvinces, 6, PROVINCE),
    datasetYears(store).then((years) => found(store, years.map(publicKey), 6, PROVINCE)),
  ]);
  const kinds = new Map<string, Set<string>>();
  // A code begins with two characters for the kind of organ: a division's lie under several prefixes.
  for (const beginning of codes) {
    const division = beginning.slice(2);
    kinds.set(division, (kinds.get(division) ?? new Set()).add(beginning.slice(0, 2)));
  }
  for (const division of [...others, ...rostered]) if (!kinds.has(division)) kinds.set(division, new Set());
  const provinces = [...kinds.keys(), ...those, ...ofDataset].map(provinceOf);
  return {
    divisions: [...kinds.keys()]
      .sort(compare)
      .map((division) => ({ division, kinds: [...kinds.get(division)!].sort(compare) })),
    provinces: [...new Set(provinces)].sort(compare),
    rosters: [...versions]
      .map(([division, version]) => ({ division, version }))
      .sort((a, b) => compare(a.division, b.division)),
  };
}
