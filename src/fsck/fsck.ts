import { pMapIterable } from "p-map";
import { isCode } from "../form/uscc.ts";
import type { LogKeys } from "../log/checkpoint.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { LogIdentity } from "../sequence/identity.ts";
import { SEEN_KEY, TEXT } from "../sequence/keys.ts";
import { appendRecords } from "../sequence/sequencer.ts";
import { sweepLease } from "../store/lease.ts";
import type { Bucket, Store } from "../store/store.ts";
import { checkDataset } from "./dataset.ts";
import { type Logged, type LoggedRecords, lostPlaces, nameOf, readLog } from "./logged.ts";
import { AREAS, type OrganObjects, organs, shardOf } from "./organs.ts";
import { type Checked, checkPlace, type PlaceObjects, type Settings } from "./place.ts";
import { NOTHING, type Problem, sum, type Tally } from "./problems.ts";
import { askWitnesses, type Witness } from "./witnesses.ts";
import { type Versioned, versionedOf, writtenAgain } from "./written-again.ts";

/** How to look, all optional. */
export interface LookOptions extends Partial<Omit<Settings, "now" | "log" | "appends">> {
  /** The public keys of the log of publications: every record is held against it. */
  readonly log?: LogKeys | undefined;
  /** Who cosigns the log: they are asked, once the log has been read. */
  readonly witnesses?: readonly Witness[];
  /** Who signs the log: where it mends, what the log lacks is appended. */
  readonly signs?: LogIdentity | undefined;
  /** Asked whether it keeps versions, and for those of every record, of which there must be one. */
  readonly bucket?: Pick<Bucket, "versioning" | "versions">;
  readonly now?: () => Date;
  /** What somebody who read the log before found wrong with it: then nothing is mended on its word here either. */
  readonly against?: readonly Problem[];
  /** Told of every problem as it is found. */
  readonly onProblem?: (problem: Problem) => void;
  /** Organs looked at side by side. */
  readonly concurrency?: number;
}

/** How to look at everything, one organ after another, all optional. */
export interface FsckOptions extends LookOptions {
  /** Goes on after this organ. */
  readonly after?: string;
  /** Asked after every organ: whether to stop there. */
  readonly until?: () => boolean;
}

/** What came of it; `next` is the organ after which to go on when `until` ended it. */
export interface FsckReport extends Tally {
  readonly next?: string;
}

const HOUR = 3600_000;
/** Times that an organ is looked at before a store that fails is given up. */
const ATTEMPTS = 3;

/** An organ's objects by year, and those that are of none. */
function placesOf({ uscc, ...areas }: OrganObjects): {
  readonly places: readonly PlaceObjects[];
  readonly strangers: readonly string[];
} {
  const places = new Map<
    number,
    { [Area in keyof typeof areas]: (typeof areas)[Area] } & { uscc: string; year: number }
  >();
  const strangers: string[] = [];
  for (const area of AREAS)
    for (const object of areas[area]) {
      const [, organ, year = "", ...rest] = object.key.split("/");
      const ofPlace = isCode(organ) && /^\d{4}$/.test(year) && rest.length > 0;
      if (ofPlace) {
        const place = places.get(Number(year)) ?? {
          uscc,
          year: Number(year),
          records: [],
          artefacts: [],
          published: [],
          swept: [],
          drafts: [],
        };
        place[area].push(object);
        places.set(Number(year), place);
        // An organ's own files beside its years are made by reindex.
      } else if (area !== "published") strangers.push(object.key);
    }
  return { places: [...places.values()], strangers };
}

interface CheckedOrgan extends Checked {
  readonly uscc: string;
  /** The places that were looked at, by name. */
  readonly seen: readonly string[];
}

async function checkOrgan(
  store: Store,
  objects: OrganObjects,
  settings: Settings,
  versioned: Versioned | undefined,
): Promise<CheckedOrgan> {
  const { places, strangers } = placesOf(objects);
  const rewritten = versioned ? await writtenAgain(versioned, `records/${objects.uscc}/`) : [];
  const problems: Problem[] = [
    ...strangers.map((key): Problem => ({ kind: "unknown", key, mended: false })),
    ...rewritten,
  ];
  let tally: Tally = { ...NOTHING, organs: 1, problems: problems.length };
  const unlogged: PublicationRecord[] = [];
  for (const place of places) {
    const checked = await checkPlace(store, place, settings);
    tally = sum(tally, checked.tally);
    problems.push(...checked.problems);
    unlogged.push(...checked.unlogged);
  }
  return { uscc: objects.uscc, tally, problems, unlogged, seen: places.map(nameOf) };
}

/** The log, with what its witnesses say of it. */
async function readWitnessed(
  store: Store,
  keys: LogKeys,
  { witnesses = [], mend = false, against = [] }: LookOptions,
): Promise<LoggedRecords> {
  const logged = await readLog(store, keys);
  const known = { ...logged, problems: [...logged.problems, ...against] };
  // Of one that cannot be read nothing more is to be said.
  if (known.problems.some(({ kind }) => kind === "log-damaged")) return known;
  return { ...known, problems: [...known.problems, ...(await askWitnesses(store, witnesses, logged, mend))] };
}

/** Keeps the checkpoint of a log in which nothing is wrong: the next look asks that the log goes on from it. */
async function keepSeen(store: Store, { tree, problems }: LoggedRecords): Promise<void> {
  if (tree.size > 0 && problems.length === 0) await store.put(SEEN_KEY, tree.written, TEXT);
}

/** What all that is looked at is held against, and what is told of it. */
export interface Look {
  readonly settings: Settings;
  readonly versioned: Versioned | undefined;
  /** Who signs the log, where what it lacks is appended. */
  readonly signs: LogIdentity | undefined;
  readonly onProblem: (problem: Problem) => void;
  readonly concurrency: number;
}

/** Makes ready to look: reads the whole log, some 250 bytes a record in memory. To be done once in a process. */
export async function openLook(store: Store, options: LookOptions = {}): Promise<Look> {
  const { now = () => new Date(), onProblem = () => {}, concurrency = 8, log, signs, bucket } = options;
  const { mend = false, sweep = false, grace = 24 * HOUR, settle = HOUR / 12 } = options;
  const logged = log && (await readWitnessed(store, log, options));
  if (logged && mend) await keepSeen(store, logged);
  const appends = mend && signs !== undefined && logged?.problems.length === 0;
  return {
    settings: { mend, sweep, grace, settle, now: now().getTime(), log: logged, appends },
    versioned: bucket && (await versionedOf(bucket)),
    signs,
    onProblem,
    concurrency,
  };
}

/** What came of looking at some organs; `last` where it ended before the last of them. */
interface Looked {
  readonly tally: Tally;
  readonly seen: ReadonlySet<string>;
  readonly last: string | undefined;
}

async function lookAt(
  store: Store,
  some: AsyncIterable<OrganObjects>,
  { settings, versioned, signs, onProblem, concurrency }: Look,
  until: () => boolean = () => false,
): Promise<Looked> {
  const check = async (objects: OrganObjects): Promise<CheckedOrgan> => {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await checkOrgan(store, objects, settings, versioned);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
  };
  let tally = NOTHING;
  const seen = new Set<string>();
  for await (const checked of pMapIterable(some, check, { concurrency })) {
    tally = sum(tally, checked.tally);
    checked.problems.forEach(onProblem);
    for (const place of checked.seen) seen.add(place);
    if (settings.appends && signs) await appendRecords(store, signs, checked.unlogged);
    if (until()) return { tally, seen, last: checked.uscc };
  }
  return { tally, seen, last: undefined };
}

const byShard = new WeakMap<LoggedRecords, ReadonlyMap<string, [string, Logged][]>>();

/** What the log has of a shard: gone through once for all shards. */
function loggedIn({ settings: { log } }: Look, shard: string): ReadonlyMap<string, Logged> {
  if (!log) return new Map();
  const shards = byShard.get(log) ?? Map.groupBy(log.places, ([name]) => shardOf(name.split("/", 1)[0] as string));
  byShard.set(log, shards);
  return new Map(shards.get(shard));
}

/**
 * Looks at the organs of one shard: records, chain, artefacts, what the public reads, what the log has of them. May be
 * done any number of times, beside any other. Holds the objects' names of one organ and a few files at a time.
 * @param shard one of `listShards`
 * @throws what the store throws, after some attempts
 */
export async function fsckShard(store: Store, shard: string, look: Look): Promise<Tally> {
  const { tally, seen } = await lookAt(store, organs(store, { shard }), look);
  const lost = lostPlaces({ places: loggedIn(look, shard) }, seen, () => true);
  lost.forEach(look.onProblem);
  return { ...tally, problems: tally.problems + lost.length };
}

/**
 * Looks at what is of no shard: the log itself, what it has of shards in which nothing lies any more, rosters that were
 * written more than once. Removes old numbers of the lease. To be done once all shards are.
 * @param shards those that were looked at
 */
export async function fsckRest(store: Store, shards: readonly string[], look: Look): Promise<Tally> {
  const known = new Set(shards);
  return lookAtRest(store, look, new Set(), (uscc) => !known.has(shardOf(uscc)));
}

/** @param within whether places of an organ that the log has should have been seen */
async function lookAtRest(
  store: Store,
  { settings, versioned, onProblem }: Look,
  seen: ReadonlySet<string>,
  within: (uscc: string) => boolean,
  over = true,
): Promise<Tally> {
  const { log, sweep, now, grace } = settings;
  const found = [
    ...(log ? [...log.problems, ...lostPlaces(log, seen, within)] : []),
    ...(versioned && over ? await writtenAgain(versioned, "rosters/") : []),
    ...(over ? await checkDataset(store, settings.mend) : []),
  ];
  found.forEach(onProblem);
  if (sweep && over) await sweepLease(store, now - grace);
  const mended = found.filter((problem) => problem.mended).length;
  return { ...NOTHING, problems: found.length - mended, mended };
}

/**
 * Looks at everything that was ever published, one organ after another. Reads the listings as they come and holds the
 * objects' names of one organ and a few files at a time, however many there are.
 * @throws what the store throws, after some attempts
 */
export async function fsck(store: Store, options: FsckOptions = {}): Promise<FsckReport> {
  const { after = "", until } = options;
  const look = await openLook(store, options);
  const { tally, seen, last } = await lookAt(store, organs(store, { after }), look, until);
  const within = (uscc: string): boolean => uscc > after && (last === undefined || uscc <= last);
  const all = sum(tally, await lookAtRest(store, look, seen, within, last === undefined));
  return last === undefined ? all : { ...all, next: last };
}
