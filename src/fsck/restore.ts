import { pMapIterable } from "p-map";
import type { ListedObject, Store } from "../store/store.ts";

/** Where a backup lies: another bucket, or a folder. */
export type Backup = Pick<Store, "get" | "list">;

/**
 * What cannot be derived, in the order in which it is put back: files before the records that name them, the log's
 * checkpoint after what it signs, and the records, of which the indexer hears, last.
 */
const PARTS = ["artefacts/", "seals/", "rosters/", "policies/", "drafts/", "published/log/", "records/"] as const;
const CHECKPOINT = "published/log/checkpoint";

export interface RestoreOptions {
  /** Objects under way at once. */
  readonly concurrency?: number;
  /** Told now and then how far it is. */
  readonly onProgress?: (so: Restored) => void;
}

/** What was done. */
export interface Restored {
  /** Put back by this run, and their bytes. */
  readonly written: number;
  readonly bytes: number;
  /** That were there already. */
  readonly there: number;
  /** Keys under which something else lies than in the backup: left as it is. */
  readonly differing: readonly string[];
}

interface Pair {
  readonly wanted: ListedObject;
  readonly standing: ListedObject | undefined;
}

/** What a backup has under a prefix with what lies there: two listings in the order of keys, side by side. */
async function* pairs(from: Backup, to: Store, prefix: string): AsyncGenerator<Pair> {
  const rows = to.list(prefix)[Symbol.asyncIterator]();
  let head = await rows.next();
  const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  for await (const wanted of from.list(prefix)) {
    while (!head.done && compare(head.value.key, wanted.key) < 0) head = await rows.next();
    yield { wanted, standing: !head.done && head.value.key === wanted.key ? head.value : undefined };
  }
}

type Outcome = { readonly written: number } | "there" | "differs";

/** Puts one object back, unless something lies there. */
async function putBack(from: Backup, to: Store, { wanted, standing }: Pair): Promise<Outcome> {
  const { key, size, etag } = wanted;
  if (standing && standing.size === size && standing.etag === etag) return "there";
  const object = await from.get(key);
  if (!object) throw new Error(`${key} was listed in the backup and cannot be read`);
  if (!standing && (await to.create(key, object.body, object.headers))) return { written: object.body.length };
  const there = await to.get(key);
  return there && Buffer.compare(there.body, object.body) === 0 ? "there" : "differs";
}

/**
 * Copies back what cannot be derived, by create-if-absent: nothing is written over, and a run that was ended goes on where
 * it was. What is derived is made by `reindex` afterwards.
 * @throws what a store throws; all of it may be done again
 */
export async function restore(
  from: Backup,
  to: Store,
  { concurrency = 64, onProgress }: RestoreOptions = {},
): Promise<Restored> {
  let done: Restored = { written: 0, bytes: 0, there: 0, differing: [] };
  async function* wanted(): AsyncGenerator<Pair> {
    for (const part of PARTS) {
      let checkpoint: Pair | undefined;
      for await (const pair of pairs(from, to, part)) {
        if (pair.wanted.key === CHECKPOINT) checkpoint = pair;
        else yield pair;
      }
      if (checkpoint) yield checkpoint;
    }
  }
  const each = async (pair: Pair) => ({ key: pair.wanted.key, outcome: await putBack(from, to, pair) });
  for await (const { key, outcome } of pMapIterable(wanted(), each, { concurrency })) {
    if (outcome === "there") done = { ...done, there: done.there + 1 };
    else if (outcome === "differs") done = { ...done, differing: [...done.differing, key] };
    else done = { ...done, written: done.written + 1, bytes: done.bytes + outcome.written };
    if ((done.written + done.there) % 1000 === 0) onProgress?.(done);
  }
  return done;
}
