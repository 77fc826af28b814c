import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { Place } from "../basics/place.ts";
import { readBundle } from "../log/bundle.ts";
import { sameBytes } from "../log/bytes.ts";
import { type LogKeys, openCheckpoint } from "../log/checkpoint.ts";
import { readEntry } from "../log/entry.ts";
import { type Hash, leafHash } from "../log/hash.ts";
import { DamagedLogError, grownTiles, type LogReader, nodesOfTiles, TILE_WIDTH, tilePath } from "../log/tiles.ts";
import { rootOf } from "../log/tree.ts";
import { type PublicationRecord, recordKey } from "../publish/record.ts";
import { CHECKPOINT_KEY, leafKey, logKey, logReader, SEEN_KEY } from "../sequence/keys.ts";
import { hasGrown, readSeen } from "../sequence/standing.ts";
import type { ListedObject, Store } from "../store/store.ts";
import { beginsWith, NO_TREE, problem, type ReadTree } from "./log-problems.ts";
import type { Problem } from "./problems.ts";

/** A record as it was logged first. */
interface LoggedRecord {
  /** Hex. */
  readonly hash: string;
  readonly index: number;
}

/** What the log has of a place, by the number of the record. */
export type Logged = ReadonlyMap<number, LoggedRecord>;

/** The whole log, its hashes checked. */
export interface LoggedRecords {
  /** By `{uscc}/{year}`. */
  readonly places: ReadonlyMap<string, Logged>;
  readonly tree: ReadTree;
  readonly keys: LogKeys;
  /** What is wrong with the log itself; then nothing is mended on its word, and nothing appended. */
  readonly problems: readonly Problem[];
}

export const nameOf = ({ uscc, year }: Place): string => `${uscc}/${year}`;

/** The tiles that leaves make, whatever the log's own say: 32 bytes for each leaf. */
async function tilesOf(leaves: readonly Hash[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await grownTiles(0, leaves, async () => undefined);
  return new Map(files.map(({ tile, bytes }) => [tilePath(tile), bytes]));
}

/** Tiles that are not those of the entries. */
async function wrongTiles(tiles: ReadonlyMap<string, Uint8Array>, read: LogReader): Promise<Problem[]> {
  const wrong: Problem[] = [];
  for (const [path, bytes] of tiles) {
    const there = await read(path);
    if (!there || !sameBytes(there, bytes)) wrong.push(problem("log-damaged", logKey(path)));
  }
  return wrong;
}

/** What speaks against a tree: that `fsck` has seen another that it does not go on from. */
async function againstSeen(store: Store, tree: ReadTree): Promise<Problem[]> {
  try {
    const seen = await readSeen(store);
    return !seen || (await beginsWith(tree, seen)) ? [] : [problem("log-rewritten", SEEN_KEY)];
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    return [problem("log-damaged", SEEN_KEY)];
  }
}

/**
 * Reads the log from its entries and holds them against the signed checkpoint, the tiles against them, and all against
 * what was seen before. Of each record a hash is kept in memory, some 250 bytes.
 */
export async function readLog(store: Store, keys: LogKeys): Promise<LoggedRecords> {
  const once = await readOnce(store, keys);
  // Read once more: an answer that was cut short is not yet a damaged log.
  return once.problems.length === 0 ? once : readOnce(store, keys);
}

async function readOnce(store: Store, keys: LogKeys): Promise<LoggedRecords> {
  const places = new Map<string, Map<number, LoggedRecord>>();
  const none = (problems: readonly Problem[]): LoggedRecords => ({ places, tree: NO_TREE, keys, problems });
  const object = await store.get(CHECKPOINT_KEY);
  if (!object) return none((await hasGrown(store)) ? [problem("log-lost", CHECKPOINT_KEY)] : []);
  const written = new TextDecoder().decode(object.body);
  const head = await openCheckpoint(written, keys);
  if (!head) return none([problem("log-damaged", CHECKPOINT_KEY)]);
  const read = logReader(store);
  const leaves: Hash[] = [];
  const problems: Problem[] = [];
  for (let bundle = 0; bundle * TILE_WIDTH < head.size; bundle += 1)
    try {
      for (const bytes of await readBundle(bundle, head.size, read)) {
        const index = leaves.push(leafHash(bytes)) - 1;
        const entry = readEntry(bytes);
        if (!entry) continue;
        const place = places.get(nameOf(entry)) ?? new Map<number, LoggedRecord>();
        places.set(nameOf(entry), place);
        const before = place.get(entry.version);
        if (before === undefined) place.set(entry.version, { hash: entry.record, index });
        else if (before.hash !== entry.record) problems.push(problem("log-contradicts", leafKey(entry, entry.version)));
      }
    } catch (error) {
      if (!(error instanceof DamagedLogError)) throw error;
      return { ...none([problem("log-damaged", logKey(error.message.split(" ")[0] as string))]), places };
    }
  const tiles = await tilesOf(leaves);
  const nodes = nodesOfTiles(leaves.length, async (path) => tiles.get(path));
  const tree: ReadTree = { size: head.size, root: head.root, written, nodes };
  if (!sameBytes(await rootOf(leaves.length, nodes), head.root)) problems.push(problem("log-damaged", CHECKPOINT_KEY));
  const more = [...(await wrongTiles(tiles, read)), ...(await againstSeen(store, tree))];
  return { places, tree, keys, problems: [...problems, ...more] };
}

/** A place as it stands to the log. */
export interface Held {
  readonly problems: readonly Problem[];
  /** Records that are as they were logged, and where. */
  readonly logged: readonly { readonly record: PublicationRecord; readonly index: number }[];
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
  const rewritten: PublicationRecord[] = [];
  const same: { readonly record: PublicationRecord; readonly index: number }[] = [];
  for (const record of records) {
    const known = logged.get(record.version);
    if (known && known.hash === sha256(canonicalJson(record))) same.push({ record, index: known.index });
    else if (known) rewritten.push(record);
  }
  const there = new Set(place.records.map(({ key }) => key));
  const lost = [...logged.keys()].filter(
    (version) => version > records.length && !there.has(recordKey(uscc, year, version)),
  );
  return {
    problems: [
      ...rewritten.map(({ version }) => problem("record-rewritten", recordKey(uscc, year, version))),
      ...lost.map((version) => problem("record-lost", recordKey(uscc, year, version))),
    ],
    logged: same,
    unlogged: records.filter(({ version }) => !logged.has(version)),
  };
}

/**
 * What the log has of places of which nothing was found in the store.
 * @param seen places that were looked at, by name
 * @param within whether an organ's places should have been among them
 */
export function lostPlaces(
  { places }: Pick<LoggedRecords, "places">,
  seen: ReadonlySet<string>,
  within: (uscc: string) => boolean,
): Problem[] {
  return [...places].flatMap(([name, logged]) => {
    const [uscc = "", year = ""] = name.split("/");
    if (seen.has(name) || !within(uscc)) return [];
    return [...logged.keys()].map((version) => problem("record-lost", recordKey(uscc, Number(year), version)));
  });
}
