import { pMapIterable } from "p-map";
import { canonicalJson } from "../basics/canonical-json.ts";
import { grownBundles, readBundle } from "../log/bundle.ts";
import { sameBytes } from "../log/bytes.ts";
import { openCheckpoint, signCheckpoint } from "../log/checkpoint.ts";
import type { Signer } from "../log/ed25519.ts";
import { entryBytes, type LogEntry, readEntry } from "../log/entry.ts";
import { EMPTY_ROOT, leafHash } from "../log/hash.ts";
import { type Verifier, vkeyOf } from "../log/note.ts";
import type { TreeHead } from "../log/proof.ts";
import {
  DamagedLogError,
  grownTiles,
  type LogReader,
  nodesOfTiles,
  readTile,
  TILE_WIDTH,
  tileAmong,
  tilePath,
} from "../log/tiles.ts";
import { rootOf } from "../log/tree.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
import { entryOf } from "./entry-of.ts";
import { batchKey, CHECKPOINT_KEY, DECIDED, leafKey, logKey, logReader, PUBLIC_KEY_KEY, TEXT, TILE } from "./keys.ts";

/** Whose log it is: its name in checkpoints, and who signs them. */
export interface LogIdentity {
  /** The address of the log without the scheme, by which witnesses tell logs apart. */
  readonly origin: string;
  readonly signer: Signer;
}

export const verifierOf = ({ origin, signer }: LogIdentity): Verifier => ({
  name: origin,
  kind: "note",
  publicKey: signer.publicKey,
});

/** Entries of a batch: as many as a tile has, so that what is written again of a partial one costs each entry little. */
const BATCH = TILE_WIDTH;
/** Batches, others' among them, that are waited for before the work is left to another try. */
const ROUNDS = 1000;
/** Requests under way at a time. */
const PARALLEL = 8;

/** The log as its checkpoint says; no entity tag before there is one. */
interface Standing extends TreeHead {
  readonly etag?: string;
}

/**
 * What was signed last.
 * @throws DamagedLogError for a checkpoint that this key did not sign: nothing is ever built on that
 */
async function readStanding(store: Store, log: LogIdentity): Promise<Standing> {
  const object = await store.get(CHECKPOINT_KEY);
  if (!object) return { size: 0, root: EMPTY_ROOT };
  const checkpoint = await openCheckpoint(new TextDecoder().decode(object.body), verifierOf(log));
  if (!checkpoint) throw new DamagedLogError("the checkpoint is damaged, or another key's");
  return { size: checkpoint.size, root: checkpoint.root, etag: object.etag };
}

/** The entries that were decided to follow; undefined while nobody decided. @throws DamagedLogError */
async function readBatch(store: Store, size: number): Promise<LogEntry[] | undefined> {
  const object = await store.get(batchKey(size));
  if (!object) return undefined;
  try {
    const entries = JSON.parse(new TextDecoder().decode(object.body)) as LogEntry[];
    if (entries.length > 0 && entries.every((entry) => readEntry(entryBytes(entry)))) return entries;
  } catch {
    // An answer that was cut short.
  }
  throw new DamagedLogError(`${batchKey(size)} is damaged`);
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for await (const _ of pMapIterable(items, work, { concurrency: PARALLEL }));
}

/** Writes what follows from the decided batches alone; over what is there only where a store tore it, or somebody else wrote it. */
async function keep(store: Store, key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
  if (await store.create(key, body, headers)) return;
  const there = await store.get(key);
  if (!there || !sameBytes(there.body, Buffer.from(body as string))) await store.put(key, body, headers);
}

/**
 * Whether what a batch is to be appended to is what was signed: the tiles at the right edge, and the last entries.
 * @throws DamagedLogError
 */
async function expectIntact({ size, root }: Standing, read: LogReader): Promise<void> {
  if (!sameBytes(await rootOf(size, nodesOfTiles(size, read)), root))
    throw new DamagedLogError(`the tiles are not those of the signed log of ${size}`);
  if (size % TILE_WIDTH === 0) return;
  const last = Math.floor(size / TILE_WIDTH);
  const [entries, hashes] = [await readBundle(last, size, read), await readTile(tileAmong(size, 0, last), read)];
  if (!entries.every((entry, i) => sameBytes(leafHash(entry), hashes[i] as Uint8Array)))
    throw new DamagedLogError(`the entries are not those of the signed log of ${size}`);
}

/**
 * Makes the log larger by the batch that was decided: entries and tiles, where each record's entry is, and last the
 * checkpoint, where it is still the one that was read. All but the checkpoint follows from what was decided, so that
 * any number may do this at once, and a crash at any call leaves what the next one finishes.
 */
async function grow(store: Store, log: LogIdentity, standing: Standing, batch: readonly LogEntry[]): Promise<void> {
  const read = logReader(store);
  await expectIntact(standing, read);
  const entries = batch.map(entryBytes);
  const files = [
    ...(await grownBundles(standing.size, entries, read)),
    ...(await grownTiles(standing.size, entries.map(leafHash), read)),
  ];
  await eachOf(files, ({ tile, bytes }) => keep(store, logKey(tilePath(tile)), bytes, TILE));
  await eachOf([...batch.entries()], ([i, entry]) =>
    keep(store, leafKey(entry, entry.version), canonicalJson({ index: standing.size + i }), DECIDED),
  );
  const size = standing.size + batch.length;
  const made = new Map(files.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  const root = await rootOf(
    size,
    nodesOfTiles(size, async (path) => made.get(path) ?? read(path)),
  );
  const checkpoint = await signCheckpoint({ origin: log.origin, size, root }, log.signer);
  if (standing.etag) await store.replace(CHECKPOINT_KEY, checkpoint, TEXT, standing.etag);
  else {
    await keep(store, PUBLIC_KEY_KEY, `${vkeyOf(verifierOf(log))}\n`, TEXT);
    await store.create(CHECKPOINT_KEY, checkpoint, TEXT);
  }
}

/** The records whose entry nobody has decided on, as entries. */
async function notLogged(store: Store, records: readonly PublicationRecord[]): Promise<LogEntry[]> {
  const lacking: LogEntry[] = [];
  for await (const entry of pMapIterable(
    records,
    async (record) => ((await store.get(leafKey(record, record.version))) ? undefined : entryOf(record)),
    { concurrency: PARALLEL },
  ))
    if (entry) lacking.push(entry);
  return lacking;
}

/**
 * Appends the records that the log does not have yet, and finishes what others began. May be done any number of times,
 * by any number at once: each record gets one entry. Which entries follow on a log of one size is decided by a single
 * create-if-absent write; that they are in the log, by the checkpoint.
 * @throws DamagedLogError when the log is not what was signed; what the store throws, and all is then to be done again
 */
export async function appendRecords(
  store: Store,
  log: LogIdentity,
  records: readonly PublicationRecord[],
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const standing = await readStanding(store, log);
    const decided = await readBatch(store, standing.size);
    if (decided) {
      await grow(store, log, standing, decided);
      continue;
    }
    // While nobody has decided on this size, every entry that was decided on is in the log, and its place known.
    const lacking = await notLogged(store, records);
    if (lacking.length > 0)
      await store.create(batchKey(standing.size), canonicalJson(lacking.slice(0, BATCH)), DECIDED);
    else if (!(await store.get(batchKey(standing.size)))) return;
  }
  throw new Error("the log was made larger by others all the while");
}
