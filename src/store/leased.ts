import type { DialectName } from "./dialect.ts";
import { CLOCK, type Clock, type Held, Lease, LeaseLostError, type LeaseTimes } from "./lease.ts";
import type { Asked, Opener, Opening } from "./open.ts";
import {
  type Bucket,
  ConditionsUnsupportedError,
  type ListedObject,
  type ObjectHeaders,
  type ObjectVersion,
  type Store,
  type StoredObject,
  type Versioning,
} from "./store.ts";

type Body = Uint8Array | string;

/** A store that creates what is absent and writes over, and has no way to replace only what is as it was read. */
export interface Replaceless extends Omit<Store, "replace"> {
  /** @param within milliseconds after which the write is given up; it is tried once, so that none of it comes later */
  put(key: string, body: Body, headers: ObjectHeaders, within?: number): Promise<void>;
}

export interface LeasedOptions {
  readonly times: LeaseTimes;
  readonly clock?: Clock;
  /** Called when another's work may have been left half done, or been written over: what lags is to be derived again. */
  readonly onTakeover?: () => void;
}

/** What follows from records and drafts, drafts themselves, and what a store is tried with. Nothing else is ever replaced. */
const REPLACEABLE = /^(published|office|drafts|probe)\//;
/** How often a write is begun anew whose lease was lost before it. */
const ATTEMPTS = 5;
/** Terms for which one may hold the lease while others may wait for it. */
const TURN = 3;

/** A write that waits for the lease. */
interface Job {
  readonly key: string;
  readonly body: Body;
  readonly headers: ObjectHeaders;
  readonly etag: string;
  readonly attempt: number;
  readonly resolve: (written: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The version that an object says it is of. The tag tells the content alone: a later version with the content of an earlier
 * one has its tag, and is not what was read.
 */
const versionIn = ({ metadata }: ObjectHeaders): number => Number(metadata?.["version"] ?? 0);

/**
 * A store in which `replace` is the work of one writer at a time, who holds a lease. Everything else goes to the store
 * below as it is: records are created exactly once by any number of servers, without a lease.
 *
 * A holder begins a write only within its term, looks for a later number before and after, and gives a write up when its
 * patience is over. Whoever takes over has waited for all of that, so that two writers never overlap as long as a write
 * that was given up is not carried out later. Where one comes late all the same (a machine that stood still between two
 * instructions), the look after it tells, and what lags is derived again.
 */
export class LeasedStore implements Store {
  readonly #store: Replaceless;
  readonly #lease: Lease;
  readonly #times: LeaseTimes;
  readonly #clock: Clock;
  readonly #onTakeover: () => void;
  #waiting: Job[] = [];
  #working: Promise<void> | undefined;
  #closing = false;

  constructor(store: Replaceless, { times, clock = CLOCK, onTakeover = () => {} }: LeasedOptions) {
    this.#store = store;
    this.#lease = new Lease({ store, times, clock, onTakeover });
    this.#times = times;
    this.#clock = clock;
    this.#onTakeover = onTakeover;
  }

  get(key: string): Promise<StoredObject | undefined> {
    return this.#store.get(key);
  }

  create(key: string, body: Body, headers: ObjectHeaders, sha256?: string): Promise<boolean> {
    return this.#store.create(key, body, headers, sha256);
  }

  put(key: string, body: Body, headers: ObjectHeaders): Promise<void> {
    return this.#store.put(key, body, headers);
  }

  delete(key: string): Promise<void> {
    return this.#store.delete(key);
  }

  list(prefix: string, after?: string): AsyncIterable<ListedObject> {
    return this.#store.list(prefix, after);
  }

  replace(key: string, body: Body, headers: ObjectHeaders, etag: string): Promise<boolean> {
    if (!REPLACEABLE.test(key)) throw new ConditionsUnsupportedError(`${key} is never replaced`);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, body, headers, etag, attempt: 1, resolve, reject });
      this.#working ??= this.#work().finally(() => {
        this.#working = undefined;
      });
    });
  }

  /** Gives the lease back, once what is under way is done. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#working;
  }

  /** Takes turns at the lease until nothing waits for it any more. */
  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      try {
        await this.#turn(await this.#lease.acquire());
      } catch (error) {
        if (error instanceof LeaseLostError) continue;
        // The lease cannot be had: whoever asked is to ask again.
        for (const job of this.#waiting.splice(0)) job.reject(error);
      }
    }
  }

  /** Writes what waits, for a while, and gives the lease back; when others may wait for it, stands back a moment. */
  async #turn(first: Held): Promise<void> {
    const { term, poll } = this.#times;
    const since = this.#clock.now();
    let held = first;
    for (;;) {
      if (!(await this.#writeAll(held))) return;
      if (this.#waiting.length === 0 && !this.#closing) await this.#clock.sleep(poll / 2);
      if (this.#waiting.length === 0) return this.#lease.release(held);
      const now = this.#clock.now();
      if (now - since > TURN * term) break;
      if (now - held.begun > term / 2) held = await this.#lease.renew(held);
    }
    await this.#lease.release(held);
    await this.#clock.sleep(2 * poll);
  }

  /** Writes what waits by now, side by side, but one after another to one key: whether the lease is still ours. */
  async #writeAll(held: Held): Promise<boolean> {
    const byKey = Map.groupBy(this.#waiting.splice(0), ({ key }) => key);
    const kept = await Promise.all(
      [...byKey.values()].map(async (jobs) => {
        let ours = true;
        for (const job of jobs) ours = (await this.#write(held, job)) && ours;
        return ours;
      }),
    );
    return kept.every(Boolean);
  }

  /** Writes where nothing else was written since it was read: whether the lease is still ours. */
  async #write(held: Held, job: Job): Promise<boolean> {
    const { key, body, headers, etag, attempt, resolve, reject } = job;
    try {
      const there = await this.#store.get(key);
      if (there?.etag !== etag || versionIn(there.headers) > versionIn(headers)) {
        resolve(false);
        return true;
      }
      if (!(await this.#lease.isHeld(held)) || this.#clock.now() - held.begun > this.#times.term) {
        if (attempt === ATTEMPTS) throw new LeaseLostError();
        this.#waiting.push({ ...job, attempt: attempt + 1 });
        return false;
      }
      await this.#put(key, body, headers);
      if (await this.#lease.isHeld(held)) {
        resolve(true);
        return true;
      }
      this.#onTakeover();
      throw new LeaseLostError();
    } catch (error) {
      reject(error);
      return !(error instanceof LeaseLostError);
    }
  }

  /** Of a write that failed nothing is known: it may be carried out until its time is over. */
  async #put(key: string, body: Body, headers: ObjectHeaders): Promise<void> {
    const { patience, request } = this.#times;
    const until = this.#clock.now() + request;
    try {
      await this.#store.put(key, body, headers, patience);
    } catch (error) {
      await this.#clock.sleep(Math.max(0, until - this.#clock.now()));
      throw error;
    }
  }
}

/** A bucket in a vendor's dialect as a whole: it replaces by lease. */
export class LeasedBucket extends LeasedStore implements Bucket, Opener {
  readonly dialect: DialectName;
  readonly #bucket: Bucket & Opener;

  constructor(bucket: Bucket & Opener & Replaceless, options: LeasedOptions) {
    super(bucket, options);
    this.dialect = bucket.dialect;
    this.#bucket = bucket;
  }

  open(key: string, asked?: Asked): Promise<Opening> {
    return this.#bucket.open(key, asked);
  }

  versioning(): Promise<Versioning> {
    return this.#bucket.versioning();
  }

  versions(prefix: string): AsyncIterable<ObjectVersion> {
    return this.#bucket.versions(prefix);
  }
}
