import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { Place } from "../basics/place.ts";
import { readBundle } from "../log/bundle.ts";
import { sameBytes } from "../log/bytes.ts";
import { openCheckpoint } from "../log/checkpoint.ts";
import { readEntry } from "../log/entry.ts";
import { type Hash, leafHash } from "../log/hash.ts";
import type { Verifier } from "../log/note.ts";
import {
  DamagedLogError,
  grownTiles,
  hashesAt,
  type LogReader,
  nodesOfTiles,
  TILE_WIDTH,
  tilePath,
} from "../log/tiles.ts";
import { rootOf } from "../log/tree.ts";
import { type PublicationRecord, recordKey } from "../publish/record.ts";
import { CHECKPOINT_KEY, leafKey, logKey, logReader } from "../sequence/keys.ts";
import type { ListedObject, Store } from "../store/store.ts";
import type { Problem, ProblemKind } from "./problems.ts";

/** What the log has of a place: the hash of each record (hex) by its number, as it was logged first. */
type Logged = ReadonlyMap<number, string>;

/** The whole log, its hashes checked. */
export interface LoggedRecords {
  /** By `{uscc}/{year}`. */
  readonly places: ReadonlyMap<string, Logged>;
  /** What is wrong with the log itself; then nothing is mended on its word, and nothing appended. */
  readonly problems: readonly Problem[];
}

const problem = (kind: ProblemKind, key: string): Problem => ({ kind, key, mended: false });
export const nameOf = ({ uscc, year }: Place): string => `${uscc}/${year}`;

/** Tiles that are not those of the entries. */
async function wrongTiles(leaves: readonly Hash[], read: LogReader): Promise<Problem[]> {
  const wrong: Problem[] = [];
  for (const { tile, bytes } of await grownTiles(0, leaves, async () => undefined)) {
    const path = tilePath(tile);
    const there = await read(path);
    if (!there || !sameBytes(there, bytes)) wrong.push(problem("log-damaged", logKey(path)));
  }
  return wrong;
}

/** The root that entries have, whatever the tiles say. */
async function rootOfLeaves(leaves: readonly Hash[]): Promise<Hash> {
  const tiles = new Map(
    (await grownTiles(0, leaves, async () => undefined)).map(({ tile, bytes }) => [tilePath(tile), bytes]),
  );
  return rootOf(
    leaves.length,
    nodesOfTiles(leaves.length, async (path) => tiles.get(path)),
  );
}

/**
 * Reads the log from its entries and holds them against the signed checkpoint, and the tiles against them. Of each record
 * a hash is kept in memory, some 200 bytes.
 */
export async function readLog(store: Store, log: Verifier): Promise<LoggedRecords> {
  const once = await readOnce(store, log);
  // Read once more: an answer that was cut short is not yet a damaged log.
  return once.problems.length === 0 ? once : readOnce(store, log);
}

async function readOnce(store: Store, log: Verifier): Promise<LoggedRecords> {
  const places = new Map<string, Map<number, string>>();
  const object = await store.get(CHECKPOINT_KEY);
  if (!object) return { places, problems: [] };
  const head = await openCheckpoint(new TextDecoder().decode(object.body), log);
  if (!head) return { places, problems: [problem("log-damaged", CHECKPOINT_KEY)] };
  const read = logReader(store);
  const leaves: Hash[] = [];
  const problems: Problem[] = [];
  for (let bundle = 0; bundle < Math.ceil(hashesAt(0, head.size) / TILE_WIDTH); bundle += 1)
    try {
      for (const bytes of await readBundle(bundle, head.size, read)) {
        leaves.push(leafHash(bytes));
        const entry = readEntry(bytes);
        if (!entry) continue;
        const place = places.get(nameOf(entry)) ?? new Map<number, string>();
        places.set(nameOf(entry), place);
        const before = place.get(entry.version);
        if (before === undefined) place.set(entry.version, entry.record);
        else if (before !== entry.record) problems.push(problem("log-contradicts", leafKey(entry, entry.version)));
      }
    } catch (error) {
      if (!(error instanceof DamagedLogError)) throw error;
      return { places, problems: [problem("log-damaged", logKey(error.message.split(" ")[0] as string))] };
    }
  if (!sameBytes(await rootOfLeaves(leaves), head.root)) problems.push(problem("log-damaged", CHECKPOINT_KEY));
  return { places, problems: [...problems, ...(await wrongTiles(leaves, read))] };
}

/** A place as it stands to the log. */
export interface Held {
  readonly problems: readonly Problem[];
  /** Records that the log does not have yet. */
  readonly unlogged: readonly PublicationRecord[];
}

/** Holds what was read of a place against the log: what was changed since it was logged, what is gone, what is to be logged. */
export function holdAgainst(
  { places }: LoggedRecords,
  place: Place & { readonly records: readonly ListedObject[] },
  records: readonly PublicationRecord[],
): Held {
  const { uscc, year } = place;
  const logged: Logged = places.get(nameOf(place)) ?? new Map();
  const rewritten = records.filter((record) => {
    const known = logged.get(record.version);
    return known !== undefined && known !== sha256(canonicalJson(record));
  });
  const there = new Set(place.records.map(({ key }) => key));
  const lost = [...logged.keys()].filter(
    (version) => version > records.length && !there.has(recordKey(uscc, year, version)),
  );
  return {
    problems: [
      ...rewritten.map(({ version }) => problem("record-rewritten", recordKey(uscc, year, version))),
      ...lost.map((version) => problem("record-lost", recordKey(uscc, year, version))),
    ],
    unlogged: records.filter(({ version }) => !logged.has(version)),
  };
}

/**
 * What the log has of organs of which nothing was found in the store.
 * @param seen places that were looked at, by name
 */
export function lostPlaces(
  { places }: LoggedRecords,
  seen: ReadonlySet<string>,
  { after = "", upTo = "\uffff" }: { readonly after?: string | undefined; readonly upTo?: string | undefined },
): Problem[] {
  return [...places].flatMap(([name, logged]) => {
    const [uscc = "", year = ""] = name.split("/");
    if (seen.has(name) || uscc <= after || uscc > upTo) return [];
    return [...logged.keys()].map((version) => problem("record-lost", recordKey(uscc, Number(year), version)));
  });
}
