import { canonicalJson } from "../basics/canonical-json.ts";
import { jsonOf } from "../basics/json.ts";
import { grownBundles } from "../log/bundle.ts";
import { sameBytes } from "../log/bytes.ts";
import { signCheckpoint } from "../log/checkpoint.ts";
import { entryBytes, type LogEntry, readEntry } from "../log/entry.ts";
import { leafHash } from "../log/hash.ts";
import { vkeyOf } from "../log/note.ts";
import { DamagedLogError, grownTiles, nodesOfTiles, remembering, tilePath } from "../log/tiles.ts";
import { rootOf } from "../log/tree.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
import { eachOf } from "./each.ts";
import { keysOf, type LogIdentity } from "./identity.ts";
import { batchKey, CHECKPOINT_KEY, DECIDED, leafKey, logKey, logReader, PUBLIC_KEY_KEY, TEXT, TILE } from "./keys.ts";
import { keepProofs } from "./proofs.ts";
import { expectIntact, expectSeen, readStanding, type Standing } from "./standing.ts";
import { Waiting } from "./waiting.ts";

/** Batches, others' among them, that are waited for before the work is left to another try. */
const ROUNDS = 1000;

/** The entries that were decided to follow; undefined while nobody decided. @throws DamagedLogError */
async function readBatch(store: Store, size: number): Promise<LogEntry[] | undefined> {
  const object = await store.get(batchKey(size));
  if (!object) return undefined;
  try {
    const entries = jsonOf<LogEntry[]>(object.body);
    if (entries.length > 0 && entries.every((entry) => readEntry(entryBytes(entry)))) return entries;
  } catch {
    // An answer that was cut short.
  }
  throw new DamagedLogError(`${batchKey(size)} is damaged`);
}

/** Writes what follows from the decided batches alone; over what is there only where a store tore it, or somebody else wrote it. */
async function keep(store: Store, key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
  if (await store.create(key, body, headers)) return;
  const there = await store.get(key);
  if (!there || !sameBytes(there.body, Buffer.from(body as string))) await store.put(key, body, headers);
}

/** Puts the public keys where readers find them, the present one first. */
const keepKeys = (store: Store, log: LogIdentity): Promise<void> =>
  keep(
    store,
    PUBLIC_KEY_KEY,
    keysOf(log)
      .map((key) => `${vkeyOf(key)}\n`)
      .join(""),
    TEXT,
  );

/** Writes a checkpoint where the one before is still as it was read; who comes later looks again. */
async function keepCheckpoint(
  store: Store,
  log: LogIdentity,
  { etag }: Standing,
  head: Pick<Standing, "size" | "root">,
): Promise<void> {
  const checkpoint = await signCheckpoint({ origin: log.origin, size: head.size, root: head.root }, log.signers);
  if (etag) await store.replace(CHECKPOINT_KEY, checkpoint, TEXT, etag);
  else {
    await keepKeys(store, log);
    await store.create(CHECKPOINT_KEY, checkpoint, TEXT);
  }
}

/** Signs what was signed before with the keys of now: a rotation begins or ends. */
async function signAnew(store: Store, log: LogIdentity, standing: Standing): Promise<void> {
  await expectIntact(standing, logReader(store));
  await keepKeys(store, log);
  await keepCheckpoint(store, log, standing, standing);
}

/**
 * Makes the log larger by the batch that was decided: entries and tiles, where each record's entry is, and last the
 * checkpoint, where it is still the one that was read. All but the checkpoint follows from what was decided, so that
 * any number may do this at once, and a crash at any call leaves what the next one finishes.
 */
async function grow(store: Store, log: LogIdentity, standing: Standing, batch: readonly LogEntry[]): Promise<void> {
  // What the log ends with is looked at, gone on from and hashed: read once.
  const read = remembering(logReader(store));
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
  await keepCheckpoint(store, log, standing, { size, root });
}

/**
 * Appends the records that the log does not have yet, finishes what others began, and puts the proof of each record
 * beside its files. May be done any number of times, by any number at once: each record gets one entry. Which entries
 * follow on a log of one size is decided by a single create-if-absent write; that they are in the log, by the checkpoint.
 * @throws DamagedLogError when the log is not what was signed; what the store or who signs throws, and all is then to be
 *   done again
 */
export async function appendRecords(
  store: Store,
  log: LogIdentity,
  records: readonly PublicationRecord[],
): Promise<void> {
  const keys = keysOf(log);
  if (records.length === 0) return;
  const waiting = await Waiting.of(store, records);
  for (let round = 0; round < ROUNDS; round += 1) {
    const standing = await readStanding(store, keys);
    if (round === 0) await expectSeen(store, standing);
    if (!standing.byAll) {
      await signAnew(store, log, standing);
      continue;
    }
    let decided = await readBatch(store, standing.size);
    if (!decided) {
      const lacking = await waiting.lacking(standing.size);
      const next = batchKey(standing.size);
      if (lacking.length > 0 && (await store.create(next, canonicalJson(lacking), DECIDED))) decided = [...lacking];
      else if (lacking.length === 0 && !(await store.get(next))) return keepProofs(store, waiting.placed, standing);
    }
    if (!decided) continue;
    await grow(store, log, standing, decided);
    waiting.decided(decided, standing.size);
  }
  throw new Error("the log was made larger by others all the while");
}
