import { readBundle } from "../log/bundle.ts";
import { sameBytes } from "../log/bytes.ts";
import { type LogKeys, openCheckpoint, readCheckpoint } from "../log/checkpoint.ts";
import { EMPTY_ROOT, leafHash } from "../log/hash.ts";
import { readNote } from "../log/note.ts";
import type { TreeHead } from "../log/proof.ts";
import { DamagedLogError, type LogReader, nodesOfTiles, readTile, TILE_WIDTH, tileAmong } from "../log/tiles.ts";
import { rootOf } from "../log/tree.ts";
import { goesOnFrom } from "../log/verify.ts";
import type { Store } from "../store/store.ts";
import { batchKey, CHECKPOINT_KEY, logKey, logReader, SEEN_KEY } from "./keys.ts";

/** The log as its checkpoint says; no entity tag before there is one. */
export interface Standing extends TreeHead {
  readonly etag?: string;
  /** The checkpoint as it is written. */
  readonly written: string;
  /** Whether each of the keys signed it, and nobody else did: not so when a rotation begins or ends. */
  readonly byAll: boolean;
}

const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

/** Whether a log had grown before: its first batch may be there without a checkpoint, after a crash, no later one. */
export async function hasGrown(store: Store): Promise<boolean> {
  for await (const { key } of store.list(logKey("batches/"))) if (key !== batchKey(0)) return true;
  return (await store.get(SEEN_KEY)) !== undefined;
}

/**
 * What was signed last.
 * @throws DamagedLogError for a checkpoint that no key of the log signed, and for one that is gone: nothing is ever built
 *   on that, and no log begun in the place of another
 */
export async function readStanding(store: Store, keys: LogKeys): Promise<Standing> {
  let object = await store.get(CHECKPOINT_KEY);
  if (!object && (await hasGrown(store))) {
    // Others may have begun it meanwhile.
    object = await store.get(CHECKPOINT_KEY);
    if (!object) throw new DamagedLogError("the checkpoint is gone");
  }
  if (!object) return { size: 0, root: EMPTY_ROOT, written: "", byAll: true };
  const written = textOf(object.body);
  const checkpoint = await openCheckpoint(written, keys);
  if (!checkpoint) throw new DamagedLogError("the checkpoint is damaged, or another key's");
  const { size, root, signed } = checkpoint;
  const byAll = signed.length === keys.length && readNote(written)?.signatures.length === keys.length;
  return { size, root, etag: object.etag, written, byAll };
}

/**
 * The tree that `fsck` has seen; undefined before it has looked. Not asked for a signature: only `fsck` writes there, and
 * the key may be another since.
 * @throws DamagedLogError for something that is none
 */
export async function readSeen(store: Store): Promise<TreeHead | undefined> {
  const object = await store.get(SEEN_KEY);
  if (!object) return undefined;
  const seen = readCheckpoint(readNote(textOf(object.body))?.text ?? "");
  if (!seen) throw new DamagedLogError(`${SEEN_KEY} is damaged`);
  return seen;
}

/**
 * Whether the log goes on from what was seen of it: not one that was put back to an earlier time, or begun anew.
 * @throws DamagedLogError
 */
export async function expectSeen(store: Store, standing: TreeHead): Promise<void> {
  const seen = await readSeen(store);
  if (seen && !(await goesOnFrom(seen, standing, logReader(store))))
    throw new DamagedLogError(
      `the log of ${standing.size} does not go on from that of ${seen.size} which fsck has seen`,
    );
}

/**
 * Whether what a batch is to be appended to is what was signed: the tiles at the right edge, and the last entries.
 * @throws DamagedLogError
 */
export async function expectIntact({ size, root }: TreeHead, read: LogReader): Promise<void> {
  if (!sameBytes(await rootOf(size, nodesOfTiles(size, read)), root))
    throw new DamagedLogError(`the tiles are not those of the signed log of ${size}`);
  if (size % TILE_WIDTH === 0) return;
  const last = Math.floor(size / TILE_WIDTH);
  const [entries, hashes] = [await readBundle(last, size, read), await readTile(tileAmong(size, 0, last), read)];
  if (!entries.every((entry, i) => sameBytes(leafHash(entry), hashes[i] as Uint8Array)))
    throw new DamagedLogError(`the entries are not those of the signed log of ${size}`);
}
