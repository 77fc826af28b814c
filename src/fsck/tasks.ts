import { eachOf } from "../resumable/each.ts";
import type { Ledger } from "../resumable/ledger.ts";
import { listingHash } from "../store/listing-hash.ts";
import type { Store } from "../store/store.ts";
import { fsckRest, fsckShard, type Look } from "./fsck.ts";
import { AREAS, listShards } from "./organs.ts";
import { NOTHING, type Problem, sum, type Tally } from "./problems.ts";

/** A shard that was looked at: how it is written down. */
export interface CheckedShard {
  /** Hash of what is listed of it, with entity tags: by what it is known that nothing has changed since. */
  readonly listing: string;
  readonly tally: Tally;
  readonly problems: readonly Problem[];
}

/** A piece of fsck that one process does by itself; plain JSON. */
export interface ShardTask {
  readonly shard: string;
  /** The listing when an earlier run looked: it is not looked at again where nothing has changed since. */
  readonly known: string | null;
}

/** What came of it; absent where nothing has changed since it was looked at before. */
export interface ShardAnswer {
  readonly checked?: CheckedShard;
}

const listingOf = (store: Store, shard: string): Promise<string> =>
  listingHash(
    store,
    AREAS.map((area) => `${area}/${shard}`),
  );

/** Looks at shards, with what it read once for all of them. */
export const shardChecker =
  (store: Store, look: Promise<Look>) =>
  async ({ shard, known }: ShardTask): Promise<ShardAnswer> => {
    const before = await listingOf(store, shard);
    if (known === before) return {};
    const problems: Problem[] = [];
    const tally = await fsckShard(store, shard, { ...(await look), onProblem: (found) => void problems.push(found) });
    const changed = tally.mended + tally.swept + tally.removed + tally.unlogged > 0;
    return { checked: { listing: changed ? await listingOf(store, shard) : before, tally, problems } };
  };

/** How fsck is done by many, and gone on with. */
export interface ShardedOptions {
  /** For what is of no shard. */
  readonly look: Look;
  /** Looks at a shard, here or in another process. */
  readonly work: (task: ShardTask) => Promise<ShardAnswer>;
  /** How many at a time. */
  readonly atOnce: number;
  /** The shards that were looked at. */
  readonly ledger: Ledger<CheckedShard>;
  /** Ends it when the shards in hand are done. */
  readonly signal: AbortSignal;
}

/**
 * Looks at everything that was ever published, on all cores, and from where an earlier run was killed: a shard that it
 * had looked at is not looked at again where what is listed of it has not changed since.
 * @returns undefined when it was stopped before all was done
 */
export async function fsckShards(store: Store, options: ShardedOptions): Promise<Tally | undefined> {
  const { look, work, atOnce, ledger, signal } = options;
  const shards = await listShards(store);
  let tally = NOTHING;
  await eachOf(shards, atOnce, signal, async (shard) => {
    const known = ledger.get(shard);
    const { checked = known } = await work({ shard, known: known?.listing ?? null });
    if (!checked) return;
    // What is being published just now is judged by the next look.
    if (checked !== known && checked.tally.pending === 0) ledger.keep(shard, checked);
    tally = sum(tally, checked.tally);
    checked.problems.forEach(look.onProblem);
  });
  if (signal.aborted) return undefined;
  const all = sum(tally, await fsckRest(store, shards, look));
  ledger.finish();
  return all;
}
