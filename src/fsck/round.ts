import { jsonOf } from "../basics/json.ts";
import type { Store } from "../store/store.ts";
import { type FsckOptions, fsck } from "./fsck.ts";
import { NOTHING, sum, type Tally } from "./problems.ts";

/** Where a round that takes several runs has come to, as `fsck/cursor.json` keeps it. */
export interface Cursor {
  /** The organ that was looked at last; absent when the next run begins a new round. */
  readonly after?: string;
  /** Of the round so far, or of the last one that was finished. */
  readonly round: Tally;
  /** ISO 8601. */
  readonly begun: string;
  readonly finished?: string;
}

export const CURSOR_KEY = "fsck/cursor.json";

/** What one run did, and how the round stands after it. */
export interface RoundReport {
  readonly run: Tally;
  readonly cursor: Cursor;
}

async function readCursor(store: Store): Promise<Cursor | undefined> {
  const object = await store.get(CURSOR_KEY);
  try {
    return object && jsonOf<Cursor>(object.body);
  } catch {
    return undefined;
  }
}

/**
 * Looks at as many organs as a run may, from where the run before it stopped; what it found is kept with where it
 * stopped, before anybody is told. A round is done when there is no organ left.
 * @throws what the store throws; the cursor then stays where it was
 */
export async function fsckRound(
  store: Store,
  options: FsckOptions & { readonly now: () => Date; readonly until: () => boolean },
): Promise<RoundReport> {
  const before = await readCursor(store);
  const going = before?.after !== undefined;
  const { next, ...run } = await fsck(store, { ...options, ...(going ? { after: before.after } : {}) });
  const cursor: Cursor = {
    ...(next === undefined ? { finished: options.now().toISOString() } : { after: next }),
    begun: going ? before.begun : options.now().toISOString(),
    round: going ? sum({ ...NOTHING, ...before.round }, run) : run,
  };
  await store.put(CURSOR_KEY, JSON.stringify(cursor), { contentType: "application/json" });
  return { run, cursor };
}
