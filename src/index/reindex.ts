import type { Place } from "../basics/place.ts";
import { isCode } from "../form/uscc.ts";
import { derivePublic } from "../publish/public.ts";
import { type PublicationRecord, placeOfRecord } from "../publish/record.ts";
import { rosterVersions } from "../roster/stored.ts";
import { appendRecords } from "../sequence/sequencer.ts";
import { concurrently } from "./concurrently.ts";
import { latestYears } from "./derive.ts";
import { type Facts, readFacts } from "./facts.ts";
import { divisionsUnder, type IndexContext, type IndexFailure, indexPlaces } from "./indexer.ts";
import {
  compare,
  mergeCatalogue,
  mergeDivision,
  mergeDivisionYear,
  mergeOrgan,
  mergeProvince,
  mergeRecent,
  mergeSearch,
} from "./merge.ts";
import { OfficeRows } from "./office-rows.ts";
import { canonical, jsonFile as json, ProvinceYears } from "./province-years.ts";
import { indexedRosterFile, Rosters } from "./rosters.ts";
import {
  type Catalogue,
  type DivisionYear,
  divisionOf,
  type OrganIndex,
  type ProvinceIndex,
  paths,
  provinceOf,
  type RecentList,
  type SearchShard,
  yearsOf,
  yearsOfProvince,
} from "./shapes.ts";
import { PARALLEL, type PublicFile, publicKey, putChanged } from "./shared.ts";
import { missingIn } from "./standing.ts";
import { totalsOf } from "./totals.ts";

export interface ReindexOptions {
  /** Writes the files of every version again too, whatever lies there. */
  readonly all?: boolean;
  /** Called with each division when it is done. */
  readonly onDivision?: (division: string, organs: number) => void;
}

/** What a rebuild did. */
export interface Reindexed {
  organs: number;
  places: number;
  divisions: number;
  /** Derived files that were not as they should be, and those that were; without the files of single places. */
  written: number;
  unchanged: number;
  /** Addresses, without `published/`, that no record leads to. */
  readonly removed: string[];
  readonly failed: IndexFailure[];
}

/** What was published this short a time before the start, by the store's clock, is indexed once more at the end. */
const MARGIN = 15 * 60_000;

/**
 * Builds everything that is derived anew from the records alone, whatever is there, and removes what no record leads
 * to. Holds one division's reports and one province's names at a time. Readers, filers and the indexer may go on: what
 * was published meanwhile is indexed once more at the end, since it may have been written over with what was read
 * before. Styles and scripts are never removed, since a page may be open, or not yet rendered again, that uses them; what
 * is as it should be is not written.
 */
export async function reindex(context: IndexContext, options: ReindexOptions = {}): Promise<Reindexed> {
  const start = Date.now();
  const rebuild = new Rebuild(context, options);
  const rosters = await rosterVersions(context.store);
  await rebuild.constant();
  await rebuild.divisions([...rosters.keys()]);
  await rebuild.rosters(rosters);
  await rebuild.office();
  await rebuild.sweep();
  const late: Place[] = [];
  for await (const { key, modified } of context.store.list("records/")) {
    const place = modified >= start - MARGIN ? placeOfRecord(key) : undefined;
    if (place) late.push(place);
  }
  for (let i = 0; i < late.length; i += 100)
    rebuild.done.failed.push(...(await indexPlaces(late.slice(i, i + 100), context)));
  return rebuild.done;
}

class Rebuild {
  readonly done: Reindexed = { organs: 0, places: 0, divisions: 0, written: 0, unchanged: 0, removed: [], failed: [] };
  readonly #context: IndexContext;
  readonly #options: ReindexOptions;
  /** Divisions with a record, and the files under no division and no organ. */
  readonly #divisions = new Set<string>();
  readonly #kept = new Set<string>();
  #recent: RecentList | undefined;
  readonly #office = new OfficeRows();
  /** Of the division at hand, for the log. */
  readonly #records: PublicationRecord[] = [];

  constructor(context: IndexContext, options: ReindexOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** What depends on no record, before the pages that use it. */
  async constant(): Promise<void> {
    await this.#write(this.#context.pages.constant, this.#kept);
  }

  /**
   * Every division in the order of the codes, and with the last of a province the province.
   * @param rostered divisions with a roster
   */
  async divisions(rostered: readonly string[]): Promise<void> {
    const { store, pages } = this.#context;
    // A code begins with two characters for the kind of organ: a division's lie under several prefixes.
    const prefixes = new Map<string, Set<string>>();
    for await (const { key } of store.list("records/")) {
      const uscc = placeOfRecord(key)?.uscc;
      if (!uscc) continue;
      const own = prefixes.get(divisionOf(uscc)) ?? new Set();
      prefixes.set(divisionOf(uscc), own.add(uscc.slice(0, 8)));
    }
    for (const division of (await divisionsUnder(rostered, store)).touched)
      if (!prefixes.has(division)) prefixes.set(division, new Set());
    const provinces = Map.groupBy([...prefixes.keys()].sort(compare), provinceOf);
    let catalogue: Catalogue = { provinces: [] };
    for (const [province, divisions] of provinces) {
      let index: ProvinceIndex = { province, divisions: [] };
      let search: SearchShard = { province, organs: [] };
      const years = new ProvinceYears(province);
      const rosters = new Rosters(store);
      for (const division of divisions) {
        const organs = await this.#organs([...prefixes.get(division)!].sort(compare));
        const part = await this.#division(division, organs, rosters);
        if (!part) continue;
        search = mergeSearch(search, province, organs);
        index = mergeProvince(index, province, [part]);
        years.add(part.totals);
        this.#options.onDivision?.(division, organs.length);
      }
      if (index.divisions.length === 0) continue;
      index = canonical(index);
      catalogue = canonical(mergeCatalogue(catalogue, [index]));
      await this.#write(
        [
          json(paths.province(province), index),
          json(paths.search(province), search),
          ...years.files(),
          ...years.states.flatMap((state) => pages.provinceYear(state)),
          ...pages.province(index, years.of(yearsOfProvince(index)[0])),
        ],
        this.#kept,
      );
    }
    if (catalogue.provinces.length === 0) return;
    const recent = canonical(mergeRecent(this.#recent, []));
    await this.#write([json(paths.catalogue, catalogue), ...pages.catalogue(catalogue)], this.#kept);
    await this.#write([json(paths.recent, recent), ...pages.recent(recent)], this.#kept);
    await this.#write(pages.home(catalogue, recent), this.#kept);
  }

  /** That the pages are those of the rosters as they were before; a version that came since has an event of its own. */
  async rosters(versions: ReadonlyMap<string, number>): Promise<void> {
    const files = [...versions].map(([division, version]) => indexedRosterFile({ division, version }));
    await this.#write(files, this.#kept);
  }

  /** What the desk of the office above reads. */
  office(): Promise<void> {
    return this.#office.write(this.#context.store);
  }

  /** The organs of a division, their files written. */
  async #organs(prefixes: readonly string[]): Promise<OrganIndex[]> {
    const places = new Map<string, Set<number>>();
    for (const prefix of prefixes)
      for await (const { key } of this.#context.store.list(`records/${prefix}`)) {
        const place = placeOfRecord(key);
        if (place) places.set(place.uscc, (places.get(place.uscc) ?? new Set()).add(place.year));
      }
    const organs = await concurrently([...places], PARALLEL, async ([uscc, years]) => {
      const facts: Facts[] = [];
      for (const year of years) {
        try {
          const found = await readFacts(this.#context.store, { uscc, year });
          await derivePublic(this.#context.store, found.records, { all: this.#options.all ?? false });
          facts.push(found);
          this.#office.published(found);
          if (this.#context.log) this.#records.push(...found.records);
        } catch (error) {
          this.done.failed.push({ place: { uscc, year }, error: error as Error });
        }
      }
      if (facts.length === 0) return [];
      this.#recent = mergeRecent(
        this.#recent,
        facts.flatMap(({ recent }) => recent),
      );
      const organ = canonical(mergeOrgan(undefined, facts));
      const kept = new Set<string>();
      await this.#write([json(paths.organ(uscc), organ), ...this.#context.pages.organ(organ)], kept);
      // The folders of years are of their own versions.
      await this.#remove(`${uscc}/`, (path) => !kept.has(path) && !path.slice(uscc.length + 1).includes("/"));
      this.done.organs += 1;
      this.done.places += facts.length;
      return [organ];
    });
    return organs.flat();
  }

  /** A division's files; undefined where nobody has published and no roster wants anything. */
  async #division(division: string, organs: readonly OrganIndex[], rosters: Rosters) {
    const { pages, log, store } = this.#context;
    if (log) await appendRecords(store, await log(), this.#records.splice(0));
    const listed = await rosters.over(division);
    const wanted = await rosters.wanted(division);
    const index = canonical(mergeDivision(undefined, division, organs, wanted));
    if (organs.length + wanted.length === 0) return undefined;
    const entries = organs.flatMap(({ years }) => years.map(({ versions: _, ...entry }) => entry));
    const byYear = Map.groupBy(entries, ({ year }) => year);
    const years = yearsOf(index).map((year) =>
      canonical(mergeDivisionYear(undefined, division, year, byYear.get(year) ?? [])),
    );
    const latest = latestYears(index).map((year) => years.find((state) => state.year === year) as DivisionYear);
    const kept = new Set<string>();
    const missing = new Map(years.map(({ year }) => [year, missingIn(index, year, listed)]));
    await this.#write(
      [
        json(paths.division(division), index),
        ...pages.division(index, latest, listed),
        ...years.flatMap((state) => [
          json(paths.divisionYear(division, state.year), state),
          ...pages.divisionYear(state, missing.get(state.year)!, listed),
        ]),
      ],
      kept,
    );
    for (const folder of ["divisions", "sitemaps"])
      await this.#remove(`${folder}/${division}/`, (path) => !kept.has(path) && path !== paths.roster(division));
    this.#divisions.add(division);
    this.done.divisions += 1;
    const totals = years.map((state) => totalsOf(state, missing.get(state.year)!, listed));
    return { index, years, totals, ...(listed ? { listed } : {}) };
  }

  async #write(files: readonly PublicFile[], kept: Set<string>): Promise<void> {
    await concurrently(files, PARALLEL, async (file) => {
      kept.add(file.path);
      if (await putChanged(this.#context.store, file)) this.done.written += 1;
      else this.done.unchanged += 1;
    });
  }

  async #remove(prefix: string, stray: (path: string) => boolean): Promise<void> {
    const strays: string[] = [];
    for await (const { key } of this.#context.store.list(publicKey(prefix))) {
      const path = key.slice(publicKey("").length);
      if (stray(path)) strays.push(path);
    }
    for (const path of strays) await this.#context.store.delete(publicKey(path));
    this.done.removed.push(...strays);
  }

  /** Removes what is derived of organs, divisions and provinces that have no record. */
  async sweep(): Promise<void> {
    const divisionOfPath = (path: string): string => path.split("/")[1]!;
    for (const folder of ["divisions/", "sitemaps/"])
      await this.#remove(
        folder,
        (path) => !this.#kept.has(path) && !(path.split("/").length > 2 && this.#divisions.has(divisionOfPath(path))),
      );
    for (const folder of ["provinces/", "search/"]) await this.#remove(folder, (path) => !this.#kept.has(path));
    for (const path of ["catalogue.json", "recent.json", "feed.atom", "robots.txt"])
      await this.#remove(path, (found) => found === path && !this.#kept.has(path));
    // Both listings are in the order of the codes: they are walked side by side.
    const records = this.#context.store.list("records/")[Symbol.asyncIterator]();
    let known = "";
    const hasRecord = async (uscc: string): Promise<boolean> => {
      while (known < uscc) {
        const { done, value } = await records.next();
        known = done ? "\uffff" : (placeOfRecord(value.key)?.uscc ?? known);
      }
      return known === uscc;
    };
    const strays: string[] = [];
    for await (const { key } of this.#context.store.list(publicKey(""))) {
      const path = key.slice(publicKey("").length);
      const [uscc = "", name, ...deeper] = path.split("/");
      if (!isCode(uscc) || name === undefined || deeper.length > 0) continue;
      if (!(await hasRecord(uscc))) strays.push(path);
    }
    for (const path of strays) await this.#context.store.delete(publicKey(path));
    this.done.removed.push(...strays);
  }
}
