/** Takes up into the dataset what is marked: each shard that a mark concerns is read, merged and written once. */
import type { Place } from "../../basics/place.ts";
import { dataPaths, prefixOfFile, type Shard } from "../../dataset/files.ts";
import { writeReports } from "../../dataset/parquet.ts";
import { mergeRows, type ReportRow, shardKey } from "../../dataset/row.ts";
import { cut, isCut, prefixOf } from "../../dataset/shards.ts";
import { readJson } from "../../store/json.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { Rosters } from "../rosters.ts";
import { type DivisionYear, type ProvinceIndex, paths, provinceOf } from "../shapes.ts";
import { PARALLEL, publicKey } from "../shared.ts";
import { takeUpTexts } from "../texts.ts";
import { type DatasetOptions, deriveFromManifest, mergeShards, readManifest, readRoot } from "./manifests.ts";
import { type Mark, readMarks } from "./marks.ts";
import { placed, readRows } from "./rows.ts";
import { deleteShard, isAsSeen, isKnown, type MadeShard, makeShard, putShard, seeShard } from "./shard.ts";

export interface CompactContext extends DatasetOptions {
  readonly store: Store;
}

/** A place that could not be read: its mark stays. */
export interface CompactFailure {
  readonly place: Place;
  readonly error: Error;
}

export interface Compacted {
  /** Marks that were taken up, and shards that were looked at. */
  marks: number;
  shards: number;
  readonly failed: CompactFailure[];
}

/** How often what was written is looked at again before the work is left to another try. */
const ROUNDS = 20;
/** Marks that are taken up together. */
const TOGETHER = 200;

/** What is to be taken up in a province's year. */
interface Work {
  readonly year: number;
  readonly province: string;
  readonly places: readonly Place[];
  /** Divisions whose organs are to be told again by their roster. */
  readonly divisions: readonly string[];
  readonly again: boolean;
}

/** A shard at work: rows to be merged into it, and divisions to be told again. */
interface ShardWork {
  readonly prefix: string;
  readonly rows: readonly ReportRow[];
  readonly divisions: readonly string[];
}

interface WrittenShard {
  readonly made: MadeShard;
  readonly bytes: Uint8Array;
}

/** The shards of a province's year as the manifest has them, by prefix. */
type Listed = ReadonlyMap<string, Shard>;

class Partition {
  readonly #context: CompactContext;
  readonly #work: Work;
  readonly #rosters: Rosters;
  readonly #done: Compacted;
  /** Shards that are as they should be where their reports are. */
  #known: Listed = new Map();
  /** Shards that were cut, as they were when their rows were taken. */
  readonly #taken = new Map<string, Uint8Array>();

  constructor(context: CompactContext, work: Work, done: Compacted) {
    this.#context = context;
    this.#work = work;
    this.#rosters = new Rosters(context.store);
    this.#done = done;
  }

  /** Merges until what was written is what others see too. @throws when others keep coming before */
  async run(): Promise<void> {
    const { store, licence } = this.#context;
    const { year } = this.#work;
    let rows = await this.#rows(this.#work.places);
    let divisions = this.#work.divisions;
    for (let round = 0; round < ROUNDS; round += 1) {
      const listed = await this.#listed();
      // What was looked at before is derived again although it is as it was: others may have written over what follows.
      this.#known = round === 0 && !this.#work.again ? listed : new Map();
      const written: WrittenShard[] = [];
      const gone: string[] = [];
      for (const shard of this.#shards(listed, rows, divisions)) await this.#merge(shard, listed, written, gone);
      if (written.length > 0) {
        const shards = written.map(({ made }) => made.shard);
        await mergeShards(store, year, shards, gone);
      }
      const prefixes = [...(await this.#listed()).keys()];
      const left = await this.#cutAway(prefixes);
      const again = await this.#changed(written, prefixes);
      const changed = await this.#rosters.changed();
      if (!left && !again && changed.length === 0) return deriveFromManifest(store, year, licence);
      // Others cut or wrote a shard, or saved a roster, meanwhile: once more, with what they left.
      rows = mergeRows(left ?? [], changed.length > 0 ? await this.#rows(this.#work.places) : rows);
      divisions = [...new Set([...divisions, ...changed])];
    }
    throw new Error("the dataset was changed by others all the while");
  }

  async #rows(places: readonly Place[]): Promise<ReportRow[]> {
    const found = await concurrently(places, PARALLEL, async (place) => {
      try {
        return await readRows(this.#context.store, place, this.#rosters);
      } catch (error) {
        const known = this.#done.failed.some((f) => f.place.uscc === place.uscc && f.place.year === place.year);
        if (!known) this.#done.failed.push({ place, error: error as Error });
        return [];
      }
    });
    return found.flat();
  }

  async #listed(): Promise<Listed> {
    const { year, province } = this.#work;
    const shards = (await readManifest(this.#context.store, year))?.shards ?? [];
    return new Map(shards.filter(({ prefix }) => prefix.startsWith(province)).map((shard) => [shard.prefix, shard]));
  }

  /** The shards that the rows and divisions are of. */
  #shards(listed: Listed, rows: readonly ReportRow[], divisions: readonly string[]): ShardWork[] {
    const prefixes = [...listed.keys()];
    const byPrefix = Map.groupBy(rows, ({ uscc }) => prefixOf(uscc, prefixes));
    const within = (prefix: string) => divisions.filter((d) => d.startsWith(prefix) || prefix.startsWith(d));
    const touched = prefixes.filter((prefix) => within(prefix).length > 0);
    return [...new Set([...byPrefix.keys(), ...touched])]
      .sort()
      .map((prefix) => ({ prefix, rows: byPrefix.get(prefix) ?? [], divisions: within(prefix) }));
  }

  /** Reads a shard, merges and writes it; one that has become too large is cut, and its parts are written. */
  async #merge(
    { prefix, rows, divisions }: ShardWork,
    listed: Listed,
    written: WrittenShard[],
    gone: string[],
  ): Promise<void> {
    const { store } = this.#context;
    const { year } = this.#work;
    for (let attempt = 0; attempt < ROUNDS; attempt += 1) {
      const seen = await seeShard(store, year, prefix);
      // What another program wrote, or somebody took away, is read from the records again.
      const lost = !seen.rows && (seen.bytes !== undefined || listed.has(prefix));
      const before = seen.rows ?? (lost ? await this.#fromRecords(prefix) : []);
      const merged = mergeRows(await this.#placedAgain(before, divisions), rows);
      if (merged.length === 0) return;
      const parts = cut(merged, ({ uscc }) => uscc, prefix, this.#context.most);
      if (!parts.has(prefix)) {
        for (const [part, own] of parts)
          await this.#merge({ prefix: part, rows: own, divisions: [] }, listed, written, gone);
        gone.push(prefix);
        if (seen.bytes) this.#taken.set(prefix, seen.bytes);
        return;
      }
      const reports = writeReports(merged);
      if (isKnown(this.#known.get(prefix), seen, reports)) return;
      const made = makeShard(year, prefix, merged, reports);
      if (!(await putShard(store, seen, made))) continue;
      this.#done.shards += 1;
      written.push({ made, bytes: reports });
      return;
    }
    throw new Error(`shard ${prefix} of ${year} was changed by others all the while`);
  }

  async #placedAgain(rows: readonly ReportRow[], divisions: readonly string[]): Promise<readonly ReportRow[]> {
    if (divisions.length === 0) return rows;
    const by = [...Map.groupBy(rows, ({ division }) => division)];
    const all = await concurrently(by, PARALLEL, async ([division, own]) =>
      divisions.includes(division) ? placed(own, await this.#rosters.over(division)) : own,
    );
    return all.flat();
  }

  /** The rows of a shard that is not there as it should be: of the places that divisions list. */
  async #fromRecords(prefix: string): Promise<ReportRow[]> {
    const { store } = this.#context;
    const { year, province } = this.#work;
    const index = await readJson<ProvinceIndex>(store, publicKey(paths.province(province)));
    const divisions = (index?.divisions ?? []).map(({ division }) => division);
    const near = divisions.filter((d) => d.startsWith(prefix) || prefix.startsWith(d));
    const listed = await concurrently(near, PARALLEL, (division) =>
      readJson<DivisionYear>(store, publicKey(paths.divisionYear(division, year))),
    );
    const usccs = listed.flatMap((state) => (state?.entries ?? []).map(({ uscc }) => uscc));
    return this.#rows(usccs.filter((uscc) => shardKey(uscc).startsWith(prefix)).map((uscc) => ({ uscc, year })));
  }

  /**
   * Removes shards that were cut, whoever did that. One that others wrote into before they knew, or that was left by who
   * stopped half way, goes in the next round, when its rows are in the shards that it was cut into.
   * @returns such rows; undefined where there is none such
   */
  async #cutAway(prefixes: readonly string[]): Promise<readonly ReportRow[] | undefined> {
    const { store } = this.#context;
    const { year, province } = this.#work;
    let left: ReportRow[] | undefined;
    for await (const { key } of store.list(publicKey(dataPaths.folder("reports", year, province)))) {
      const prefix = prefixOfFile(key);
      if (!isCut(prefix, prefixes)) continue;
      const seen = await seeShard(store, year, prefix);
      const taken = this.#taken.get(prefix);
      if (!seen.bytes || (taken && Buffer.compare(taken, seen.bytes) === 0)) await deleteShard(store, year, prefix);
      else {
        this.#taken.set(prefix, seen.bytes);
        left = mergeRows(left ?? [], seen.rows ?? []);
      }
    }
    return left;
  }

  /** Whether others wrote a shard after this did, or cut it. */
  async #changed(written: readonly WrittenShard[], prefixes: readonly string[]): Promise<boolean> {
    const { store } = this.#context;
    const { year } = this.#work;
    for (const { made, bytes } of written) {
      const { prefix } = made.shard;
      if (isCut(prefix, prefixes) || !(await isAsSeen(store, year, prefix, bytes))) return true;
    }
    return false;
  }
}

/** What marks ask for, by year and province. */
function workOf(marks: readonly Mark[], years: readonly number[]): Work[] {
  const places = new Map<string, Place>();
  const divisions = new Set<string>();
  for (const mark of marks) {
    for (const { uscc, year } of mark.places) places.set(`${uscc}/${year}`, { uscc, year });
    for (const division of mark.divisions) divisions.add(division);
  }
  const work = new Map<string, { readonly year: number; readonly province: string; places: Place[] }>();
  const of = (year: number, province: string) => {
    const key = `${year}/${province}`;
    const there = work.get(key) ?? { year, province, places: [] };
    work.set(key, there);
    return there;
  };
  for (const place of places.values()) of(place.year, provinceOf(place.uscc)).places.push(place);
  for (const division of divisions) for (const year of years) of(year, division.slice(0, 2));
  return [...work.values()].map((each) => ({
    ...each,
    again: marks.some((mark) => mark.again === true),
    divisions: [...divisions].filter((division) => division.startsWith(each.province)),
  }));
}

/**
 * Takes up what is marked, for the search in the texts as well. May be done by any number at once: files are merged by conditional writes, and whoever wrote
 * last has looked afterwards. Costs a shard of bounded size for each mark, however much there is besides.
 * @param until asked between provinces' years: whether to stop there; what is left stays marked
 * @throws when the store fails; all that is marked stays so
 */
export async function compactDataset(context: CompactContext, until: () => boolean = () => false): Promise<Compacted> {
  const { store } = context;
  const done: Compacted = { marks: 0, shards: 0, failed: [] };
  for (;;) {
    const marks = await readMarks(store, TOGETHER + done.failed.length);
    const failed = ({ places }: Mark): boolean =>
      places.some(({ uscc, year }) => done.failed.some((f) => f.place.uscc === uscc && f.place.year === year));
    const fresh = new Map([...marks].filter(([, each]) => !failed(each)));
    if (fresh.size === 0) return done;
    const years = (await readRoot(store))?.years ?? [];
    for (const work of workOf([...fresh.values()], years)) {
      if (until()) return done;
      await new Partition(context, work, done).run();
      await takeUpTexts(store, work.places);
    }
    const taken = [...fresh].filter(([, each]) => !failed(each));
    await concurrently(taken, PARALLEL, ([key]) => store.delete(key));
    done.marks += taken.length;
  }
}
