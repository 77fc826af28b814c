import { beginnings } from "../../store/beginnings.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import type { IndexContext } from "../indexer.ts";
import { mergeCatalogue, mergeRecent } from "../merge.ts";
import { canonical, jsonFile } from "../province-years.ts";
import { indexedRosterFile } from "../rosters.ts";
import { type Catalogue, type IndexedRoster, type ProvinceIndex, paths, type RecentList } from "../shapes.ts";
import { publicKey } from "../shared.ts";
import { reindexManifests } from "./data.ts";
import { RECENT_NOTES } from "./plan.ts";
import { type Rebuilt, together, Writing } from "./rebuilt.ts";

/**
 * Puts in place what depends on no record, before the pages that use it. Styles and scripts are never removed, since a
 * page may be open, or not yet rendered again, that uses them.
 */
export async function reindexConstant({ store, pages }: IndexContext): Promise<Rebuilt> {
  const writing = new Writing(store);
  await writing.write(pages.constant);
  return writing.done();
}

/** The provinces that have a list, one read after another. */
async function catalogueOf(store: Store): Promise<Catalogue> {
  let catalogue: Catalogue = { provinces: [] };
  for await (const { key } of store.list(publicKey("provinces/"))) {
    if (!/\/\d\d\.json$/.test(key)) continue;
    const index = await readJson<ProvinceIndex>(store, key);
    if (index) catalogue = mergeCatalogue(catalogue, [index]);
  }
  return canonical(catalogue);
}

/** The latest publications of all divisions together. */
async function recentOf(store: Store): Promise<RecentList> {
  let recent = mergeRecent(undefined, []);
  for await (const { key } of store.list(RECENT_NOTES)) {
    const own = await readJson<RecentList>(store, key);
    if (own) recent = mergeRecent(recent, own.entries);
  }
  return canonical(recent);
}

/** What lies in the folders of divisions and provinces and is of none. */
const STRANGERS = [
  { folder: "divisions/", length: 6, own: /^\d{6}$/ },
  { folder: "sitemaps/", length: 6, own: /^(\d{6}$|\d\d\.)/ },
  { folder: "provinces/", length: 2, own: /^\d\d$/ },
  { folder: "search/", length: 2, own: /^\d\d$/ },
] as const;

/**
 * Builds the catalogue, the latest publications and the first page anew from the provinces' lists and what divisions
 * noted (`rebuild/recent/`), and notes which rosters the pages are held against: to be done once all provinces are. May
 * be done any number of times.
 * @param rosters as they stood before anything was built (`RebuildPlan`); a version that came since has an event of its own
 * @throws what the store throws; all of it is then to be done again
 */
export async function reindexRoot(context: IndexContext, rosters: readonly IndexedRoster[]): Promise<Rebuilt> {
  const { store, pages } = context;
  const writing = new Writing(store);
  const catalogue = await catalogueOf(store);
  if (catalogue.provinces.length > 0) {
    const recent = await recentOf(store);
    await writing.write([jsonFile(paths.catalogue, catalogue), ...pages.catalogue(catalogue)]);
    await writing.write([jsonFile(paths.recent, recent), ...pages.recent(recent)]);
    await writing.write(pages.home(catalogue, recent));
  }
  await writing.write(rosters.map(indexedRosterFile));
  for (const path of ["catalogue.json", "recent.json", "feed.atom", "robots.txt"])
    await writing.remove(path, (found) => found === path);
  for (const { folder, length, own } of STRANGERS) {
    const strange: string[] = [];
    for await (const beginning of beginnings(store, publicKey(folder), length))
      if (!own.test(beginning)) strange.push(beginning);
    for (const beginning of strange) await writing.remove(`${folder}${beginning}`);
  }
  return together(writing.done(), await reindexManifests(context));
}
