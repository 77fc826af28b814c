import { beginnings } from "../../store/beginnings.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import type { IndexContext } from "../indexer.ts";
import { mergeCatalogue, mergeRecent } from "../merge.ts";
import { canonical, jsonFile } from "../province-years.ts";
import { indexedRosterFile } from "../rosters.ts";
import { type Catalogue, type IndexedRoster, type ProvinceIndex, paths, type RecentList } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { reindexManifests } from "./data.ts";
import { RECENT_NOTES } from "./notes.ts";
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

/** What lies under a prefix, by keys of some shape: read so many at a time, each given to who wants it and forgotten. */
async function eachUnder<T>(store: Store, prefix: string, shape: RegExp, use: (read: T) => void): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) if (shape.test(key)) keys.push(key);
  await concurrently(keys, PARALLEL, async (key) => {
    const read = await readJson<T>(store, key);
    if (read) use(read);
  });
}

/** The provinces that have a list. */
async function catalogueOf(store: Store): Promise<Catalogue> {
  let catalogue: Catalogue = { provinces: [] };
  await eachUnder<ProvinceIndex>(store, publicKey("provinces/"), /\/\d\d\.json$/, (index) => {
    catalogue = mergeCatalogue(catalogue, [index]);
  });
  return canonical(catalogue);
}

/** The latest publications of all divisions together. */
async function recentOf(store: Store): Promise<RecentList> {
  let recent = mergeRecent(undefined, []);
  await eachUnder<RecentList>(store, RECENT_NOTES, /\.json$/, (own) => {
    recent = mergeRecent(recent, own.entries);
  });
  return canonical(recent);
}

/** What lies at the root and follows from the provinces. */
const ROOT_FILES = ["catalogue.json", "recent.json", "feed.atom", "robots.txt"];

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
  const { store } = context;
  const writing = new Writing(store);
  const [manifests] = await Promise.all([
    reindexManifests(context),
    writeRoot(context, writing),
    writing.write(rosters.map(indexedRosterFile)),
  ]);
  await writing.removeAll(ROOT_FILES, (found) => ROOT_FILES.includes(found));
  await concurrently(STRANGERS, PARALLEL, async ({ folder, length, own }) => {
    const strange: string[] = [];
    for await (const beginning of beginnings(store, publicKey(folder), length))
      if (!own.test(beginning)) strange.push(`${folder}${beginning}`);
    await writing.removeAll(strange);
  });
  return together(writing.done(), manifests);
}

/** The catalogue, the latest publications and the first page, where there is anything. */
async function writeRoot({ store, pages }: IndexContext, writing: Writing): Promise<void> {
  const [catalogue, recent] = await Promise.all([catalogueOf(store), recentOf(store)]);
  if (catalogue.provinces.length === 0) return;
  await writing.write([
    ...[jsonFile(paths.catalogue, catalogue), ...pages.catalogue(catalogue)],
    ...[jsonFile(paths.recent, recent), ...pages.recent(recent)],
    ...pages.home(catalogue, recent),
  ]);
}
