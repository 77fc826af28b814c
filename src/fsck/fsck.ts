import { pMapIterable } from "p-map";
import { isCode } from "../form/uscc.ts";
import type { LogKeys } from "../log/checkpoint.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { LogIdentity } from "../sequence/identity.ts";
import { SEEN_KEY, TEXT } from "../sequence/keys.ts";
import { appendRecords } from "../sequence/sequencer.ts";
import { sweepLease } from "../store/lease.ts";
import type { Bucket, Store } from "../store/store.ts";
import { type LoggedRecords, lostPlaces, nameOf, readLog } from "./logged.ts";
import { AREAS, type OrganObjects, organs } from "./organs.ts";
import { type Checked, checkPlace, type PlaceObjects, type Settings } from "./place.ts";
import { NOTHING, type Problem, sum, type Tally } from "./problems.ts";
import { askWitnesses, type Witness } from "./witnesses.ts";
import { type Versioned, versionedOf, writtenAgain } from "./written-again.ts";

/** How to look, all optional. */
export interface FsckOptions extends Partial<Omit<Settings, "now" | "log" | "appends">> {
  /** The public keys of the log of publications: every record is held against it. */
  readonly log?: LogKeys | undefined;
  /** Who cosigns the log: they are asked, once the log has been read. */
  readonly witnesses?: readonly Witness[];
  /** Who signs the log: where it mends, what the log lacks is appended. */
  readonly signs?: LogIdentity | undefined;
  /** Asked whether it keeps versions, and for those of every record, of which there must be one. */
  readonly bucket?: Pick<Bucket, "versioning" | "versions">;
  readonly now?: () => Date;
  /** Goes on after this organ. */
  readonly after?: string;
  /** Asked after every organ: whether to stop there. */
  readonly until?: () => boolean;
  /** Told of every problem as it is found. */
  readonly onProblem?: (problem: Problem) => void;
  /** Organs looked at side by side. */
  readonly concurrency?: number;
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
  { witnesses = [], mend = false }: FsckOptions,
): Promise<LoggedRecords> {
  const logged = await readLog(store, keys);
  // Of one that cannot be read nothing more is to be said.
  if (logged.problems.some(({ kind }) => kind === "log-damaged")) return logged;
  return { ...logged, problems: [...logged.problems, ...(await askWitnesses(store, witnesses, logged, mend))] };
}

/** Keeps the checkpoint of a log in which nothing is wrong: the next look asks that the log goes on from it. */
async function keepSeen(store: Store, { tree, problems }: LoggedRecords): Promise<void> {
  if (tree.size > 0 && problems.length === 0) await store.put(SEEN_KEY, tree.written, TEXT);
}

/**
 * Looks at everything that was ever published: records, chain, artefacts, what the public reads. Reads the listings as
 * they come and holds the objects' names of one organ and a few files at a time, however many there are.
 * @throws what the store throws, after some attempts
 */
export async function fsck(store: Store, options: FsckOptions = {}): Promise<FsckReport> {
  const { now = () => new Date(), after, until, onProblem, concurrency = 8, log, signs, bucket } = options;
  const { mend = false, sweep = false, grace = 24 * HOUR, settle = HOUR / 12 } = options;
  const logged = log && (await readWitnessed(store, log, options));
  if (logged && mend) await keepSeen(store, logged);
  const appends = mend && signs !== undefined && logged?.problems.length === 0;
  const versioned = bucket && (await versionedOf(bucket));
  const settings: Settings = { mend, sweep, grace, settle, now: now().getTime(), log: logged, appends };
  const check = async (objects: OrganObjects): Promise<CheckedOrgan> => {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await checkOrgan(store, objects, settings, versioned);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
  };
  let tally = NOTHING;
  let next: string | undefined;
  const found = (problems: readonly Problem[]): void => problems.forEach((problem) => void onProblem?.(problem));
  const seen = new Set<string>();
  for await (const checked of pMapIterable(organs(store, after), check, { concurrency })) {
    tally = sum(tally, checked.tally);
    found(checked.problems);
    for (const place of checked.seen) seen.add(place);
    if (appends) await appendRecords(store, signs, checked.unlogged);
    next = checked.uscc;
    if (until?.()) break;
    next = undefined;
  }
  const more = [
    ...(logged ? [...logged.problems, ...lostPlaces(logged, seen, { after, upTo: next })] : []),
    ...(versioned && next === undefined ? await writtenAgain(versioned, "rosters/") : []),
  ];
  found(more);
  tally = { ...tally, problems: tally.problems + more.length };
  if (sweep && next === undefined) await sweepLease(store, settings.now - grace);
  return next === undefined ? tally : { ...tally, next };
}
