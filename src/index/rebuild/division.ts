import { canonicalJson } from "../../basics/canonical-json.ts";
import { isCode } from "../../form/uscc.ts";
import { derivePublic } from "../../publish/public.ts";
import { type PublicationRecord, placeOfRecord } from "../../publish/record.ts";
import { latestRoster } from "../../roster/stored.ts";
import { appendRecords } from "../../sequence/sequencer.ts";
import { JSON_HEADERS } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { rowsOfRecords } from "../dataset/rows.ts";
import { latestYears } from "../derive.ts";
import { type Facts, factsOf, type ReadPlace, readPlace } from "../facts.ts";
import type { IndexContext } from "../indexer.ts";
import { mergeDivision, mergeDivisionYear, mergeOrgan, mergeRecent } from "../merge.ts";
import { OfficeRows } from "../office-rows.ts";
import { stateAndFile } from "../province-years.ts";
import { Rosters } from "../rosters.ts";
import { type OrganIndex, paths, type RecentList, yearsOf } from "../shapes.ts";
import { PARALLEL } from "../shared.ts";
import { missingIn } from "../standing.ts";
import { signed } from "../texts.ts";
import { recentNote, TakenUp } from "./notes.ts";
import { codesOf, type DivisionShard } from "./plan.ts";
import { type Rebuilt, type Unreadable, Writing } from "./rebuilt.ts";

export interface DivisionOptions {
  /** Writes the files of every version again too, whatever lies there. */
  readonly all?: boolean;
  /** Rosters that were read already, of the same run. */
  readonly rosters?: Rosters;
}

/**
 * Builds all that is derived of one division's organs anew from their records: the files of their places, their own
 * lists and pages, the division's, the rows of the desk, and notes for the phases after it: the latest publications, and
 * what the dataset and the search in the texts are made of. Removes what no record leads to. A pure function of records, drafts, events and rosters: may be
 * done any number of times, in any order, beside any other. Holds one division's reports in memory.
 * @returns what it did; places that could not be read are named, and left as they were
 * @throws what the store throws; all of it is then to be done again
 */
export async function reindexDivision(
  context: IndexContext,
  shard: DivisionShard,
  { all = false, rosters = new Rosters(context.store) }: DivisionOptions = {},
): Promise<Rebuilt> {
  const work = new DivisionRebuild(context, shard, { all, rosters });
  const organs = await work.organs();
  const standing = work.division(organs);
  const parts = [standing, work.removeStrays(), work.log(), work.office(), work.keepRecent(), work.keepTakenUp()];
  // When one fails, nothing of this division is still being written when others begin again.
  for (const each of await Promise.allSettled(parts)) if (each.status === "rejected") throw each.reason;
  return work.writing.done({
    organs: organs.length,
    places: work.places,
    divisions: (await standing) ? 1 : 0,
    failed: work.failed,
  });
}

/** The years that have a record, by organ. */
async function yearsByOrgan(store: Store, prefix: string): Promise<[uscc: string, years: ReadonlySet<number>][]> {
  const organs = new Map<string, Set<number>>();
  for await (const { key } of store.list(`records/${prefix}`)) {
    const place = placeOfRecord(key);
    if (place) organs.set(place.uscc, (organs.get(place.uscc) ?? new Set()).add(place.year));
  }
  return [...organs];
}

async function hasRecord(store: Store, uscc: string): Promise<boolean> {
  for await (const { key } of store.list(`records/${uscc}/`)) if (placeOfRecord(key)) return true;
  return false;
}

class DivisionRebuild {
  readonly writing: Writing;
  readonly failed: Unreadable[] = [];
  places = 0;
  readonly #context: IndexContext;
  readonly #shard: DivisionShard;
  readonly #all: boolean;
  readonly #rosters: Rosters;
  readonly #office = new OfficeRows();
  /** For the log. */
  readonly #records: PublicationRecord[] = [];
  /** Organs whose files follow from what was read. */
  readonly #read = new Set<string>();
  readonly #takenUp = new TakenUp();
  #recent: RecentList | undefined;

  constructor(context: IndexContext, shard: DivisionShard, { all, rosters }: Required<DivisionOptions>) {
    this.#context = context;
    this.#shard = shard;
    this.#all = all;
    this.#rosters = rosters;
    this.writing = new Writing(context.store);
  }

  /** The organs with a record that can be read, their files written. */
  async organs(): Promise<readonly OrganIndex[]> {
    const { store } = this.#context;
    const codes = codesOf(this.#shard);
    const listed = await concurrently(codes, PARALLEL, (prefix) => yearsByOrgan(store, prefix));
    await concurrently([...codes, ...this.#folders()], PARALLEL, (prefix) => this.writing.look(prefix));
    const organs = await concurrently(listed.flat(), PARALLEL, ([uscc, years]) => this.#organ(uscc, [...years]));
    return organs.flat();
  }

  async #organ(uscc: string, years: readonly number[]): Promise<OrganIndex[]> {
    const { store, pages, log } = this.#context;
    const facts: Facts[] = [];
    const listed = this.writing.seenAround(uscc);
    for (const year of years) {
      try {
        const read = await readPlace(store, { uscc, year });
        await derivePublic(store, read.records, { all: this.#all, ...(listed ? { listed } : {}) });
        const found = factsOf(read.records, read.report);
        facts.push(found);
        this.#office.published(found);
        if (log) this.#records.push(...found.records);
        await this.#takeUp(read);
      } catch (error) {
        this.failed.push({ uscc, year, error: (error as Error).message });
      }
    }
    if (facts.length === 0) return [];
    this.#recent = mergeRecent(
      this.#recent,
      facts.flatMap(({ recent }) => recent),
    );
    this.places += facts.length;
    const { state, file } = stateAndFile(paths.organ(uscc), mergeOrgan(undefined, facts));
    await this.writing.write([file, ...pages.organ(state)]);
    this.#read.add(uscc);
    return [state];
  }

  /** For the dataset and the search in the texts, where they are kept. @throws when an earlier version's report is missing */
  async #takeUp({ records, latest, report }: ReadPlace): Promise<void> {
    const { store, dataset } = this.#context;
    if (!dataset) return;
    this.#takenUp.signed(latest.year, signed(records, latest, report));
    const listed = await this.#rosters.over(this.#shard.division);
    const known = new Map([[latest.version, report]]);
    this.#takenUp.rows(latest.year, await rowsOfRecords(store, records, listed, known));
  }

  /** Removes files beside the years of organs that no record leads to; what is in a year's folder follows from its records. */
  async removeStrays(): Promise<void> {
    const recorded = new Map<string, Promise<boolean>>();
    await this.writing.removeAll(codesOf(this.#shard), async (path) => {
      const [uscc = "", name, ...deeper] = path.split("/");
      if (!isCode(uscc) || name === undefined || deeper.length > 0) return false;
      if (this.#read.has(uscc)) return true;
      // It may have published just now, or could not be read.
      const known = recorded.get(uscc) ?? hasRecord(this.#context.store, uscc);
      recorded.set(uscc, known);
      return !(await known);
    });
  }

  async log(): Promise<void> {
    const { log, store } = this.#context;
    if (log) await appendRecords(store, await log(), this.#records.splice(0));
  }

  #folders(): readonly string[] {
    return ["divisions", "sitemaps"].map((folder) => `${folder}/${this.#shard.division}/`);
  }

  /** The division's own files: whether there are any. None where nobody has published and no roster wants anything. */
  async division(organs: readonly OrganIndex[]): Promise<boolean> {
    const { pages, store } = this.#context;
    const { division } = this.#shard;
    const listed = await this.#rosters.over(division);
    const wanted = await this.#rosters.wanted(division);
    const standing = organs.length + wanted.length > 0;
    if (standing) {
      const { state: index, file } = stateAndFile(
        paths.division(division),
        mergeDivision(undefined, division, organs, wanted),
      );
      const entries = organs.flatMap(({ years }) => years.map(({ versions: _, ...entry }) => entry));
      const byYear = Map.groupBy(entries, ({ year }) => year);
      const years = yearsOf(index).map((year) =>
        stateAndFile(
          paths.divisionYear(division, year),
          mergeDivisionYear(undefined, division, year, byYear.get(year) ?? []),
        ),
      );
      const latest = latestYears(index).flatMap((year) => years.find(({ state }) => state.year === year)?.state ?? []);
      await this.writing.write([
        file,
        ...pages.division(index, latest, listed),
        ...years.flatMap((each) => [
          each.file,
          ...pages.divisionYear(each.state, missingIn(index, each.state.year, listed), listed),
        ]),
      ]);
    }
    const ownRoster = standing || (await latestRoster(store, division)) !== undefined;
    await this.writing.removeAll(this.#folders(), (path) => !(ownRoster && path === paths.roster(division)));
    return standing;
  }

  /** What the desk of the office above reads. */
  office(): Promise<void> {
    const { division } = this.#shard;
    return this.#office.write(this.#context.store, { division, codes: codesOf(this.#shard) });
  }

  /** What the root makes its latest publications of. */
  async keepRecent(): Promise<void> {
    const key = recentNote(this.#shard.division);
    const { store } = this.#context;
    if (this.#recent) await store.put(key, canonicalJson(this.#recent), JSON_HEADERS);
    else await store.delete(key);
  }

  /** What the dataset and the search in the texts are made of. */
  keepTakenUp(): Promise<void> {
    return this.#takenUp.write(this.#context.store, this.#shard.division);
  }
}
