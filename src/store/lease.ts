import { randomUUID } from "node:crypto";
import { jsonOf } from "../basics/json.ts";
import { type Store, StoreUnavailableError } from "./store.ts";

/** Time as a lease counts it: by one clock of its own, never by what another machine's says. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Milliseconds. */
export interface LeaseTimes {
  /** Its holder begins no write later than this after it asked for the lease. */
  readonly term: number;
  /** Its holder gives a write up so long after it began. */
  readonly patience: number;
  /** A write of its holder has been carried out, or never will be, so long after it began: more than its patience. */
  readonly request: number;
  /** Between two looks of somebody who waits for it. */
  readonly poll: number;
}

/** A number of the lease, as it lies in the store. Written once; what comes after it says what became of it. */
interface Numbered extends Pick<LeaseTimes, "term" | "request"> {
  /** Who holds it; none where its holder gave it back. */
  readonly holder: string | null;
}

interface Latest {
  readonly number: number;
  /** Undefined for one that cannot be read. */
  readonly content: Numbered | undefined;
}

/** What a holder holds. */
export interface Held {
  readonly number: number;
  /** When the lease was asked for, by our clock. */
  readonly begun: number;
}

const FOLDER = "lease/";
const HEADERS = { contentType: "application/json" };
const DIGITS = 12;
const keyOf = (number: number): string => `${FOLDER}${String(number).padStart(DIGITS, "0")}.json`;
const numberOf = (key: string): number => Number(/^lease\/(\d{12})\.json$/.exec(key)?.[1] ?? 0);

/** A number that was seen longer ago may have been removed with all up to the latest, and what follows it be free again. */
const FORGET = 3600_000;
/** How many of the latest numbers are never removed. */
const KEPT = 100;

/** The lease was another's when it was looked at. */
export class LeaseLostError extends StoreUnavailableError {
  constructor() {
    super(new Error("another holds the lease"));
    this.name = "LeaseLostError";
  }
}

type LeaseStore = Pick<Store, "get" | "create" | "list">;

export interface LeaseOptions {
  readonly store: LeaseStore;
  readonly times: LeaseTimes;
  readonly clock?: Clock;
  /** Called when the lease was taken over from a holder that did not give it back: what that one was at may be half done. */
  readonly onTakeover?: () => void;
}

/**
 * The right to be the only one who writes over what is there, in a store that can only create what is absent. It is a row
 * of numbered objects: whoever creates the next number has the lease, renews it or gives it back by the next number, and
 * loses it where another creates that. A number whose holder is silent is taken over once it was seen to stand for its
 * term and for the time of a request after that, so that nothing of its holder's is under way any more.
 */
export class Lease {
  readonly #store: LeaseStore;
  readonly #times: LeaseTimes;
  readonly #clock: Clock;
  readonly #onTakeover: () => void;
  readonly #id = randomUUID();
  #latest: Latest = { number: 0, content: undefined };
  /** When the latest number was seen first, and when somebody last looked for a later one, by our clock. */
  #seen = Number.NEGATIVE_INFINITY;
  #looked = Number.NEGATIVE_INFINITY;

  constructor({ store, times, clock = CLOCK, onTakeover = () => {} }: LeaseOptions) {
    this.#store = store;
    this.#times = times;
    this.#clock = clock;
    this.#onTakeover = onTakeover;
  }

  /** Resolves when it is ours. @throws what the store throws */
  async acquire(): Promise<Held> {
    for (;;) {
      const { number, content } = await this.#find();
      // Of our own nothing is under way: what was lost on its way to us is given up.
      const free = number === 0 || content?.holder === null || content?.holder === this.#id;
      const { term, request } = content ?? this.#times;
      const over = this.#clock.now() - this.#seen > term + request;
      if (free || over) {
        const held = await this.#next(number + 1, this.#id);
        if (held) {
          if (!free) this.#onTakeover();
          return held;
        }
      } else await this.#clock.sleep(this.#times.poll);
    }
  }

  /** Holds it for another term, by the next number. @throws LeaseLostError; what the store throws */
  async renew({ number }: Held): Promise<Held> {
    const held = await this.#next(number + 1, this.#id);
    if (!held) throw new LeaseLostError();
    return held;
  }

  /** Gives it back; where that fails, others wait until its term is over. */
  async release({ number }: Held): Promise<void> {
    await this.#next(number + 1, null).catch(() => undefined);
  }

  /** Whether there is no later number than ours. */
  async isHeld({ number }: Held): Promise<boolean> {
    return (await this.#store.get(keyOf(number + 1))) === undefined;
  }

  async #next(number: number, holder: string | null): Promise<Held | undefined> {
    const begun = this.#clock.now();
    const { term, request } = this.#times;
    const content: Numbered = { holder, term, request };
    if (!(await this.#store.create(keyOf(number), JSON.stringify(content), HEADERS))) return undefined;
    this.#see({ number, content });
    return { number, begun };
  }

  #see(latest: Latest): void {
    this.#latest = latest;
    this.#seen = this.#clock.now();
    this.#looked = this.#seen;
  }

  /** The latest number. A listing may be behind: the numbers after it are asked for one by one. */
  async #find(): Promise<Latest> {
    if (this.#clock.now() - this.#looked > FORGET) {
      let latest = this.#latest.number;
      for await (const { key } of this.#store.list(FOLDER)) latest = Math.max(latest, numberOf(key));
      if (latest > this.#latest.number) this.#see({ number: latest, content: await this.#read(latest) });
    }
    for (;;) {
      const number = this.#latest.number + 1;
      const object = await this.#store.get(keyOf(number));
      this.#looked = this.#clock.now();
      if (!object) break;
      this.#see({ number, content: contentOf(object.body) });
    }
    // What was cut short on its way is read again.
    if (this.#latest.number > 0 && !this.#latest.content)
      this.#latest = { ...this.#latest, content: await this.#read(this.#latest.number) };
    return this.#latest;
  }

  async #read(number: number): Promise<Numbered | undefined> {
    const object = await this.#store.get(keyOf(number));
    return object && contentOf(object.body);
  }
}

function contentOf(body: Uint8Array): Numbered | undefined {
  try {
    return jsonOf<Numbered>(body);
  } catch {
    return undefined;
  }
}

/** Removes numbers that nobody can be at any more: older than a grace period, and not of the latest hundred. */
export async function sweepLease(store: Store, before: number): Promise<number> {
  const listed: { key: string; modified: number }[] = [];
  for await (const row of store.list(FOLDER)) listed.push(row);
  const old = listed.slice(0, -KEPT).filter(({ modified }) => modified < before);
  for (const { key } of old) await store.delete(key);
  return old.length;
}
