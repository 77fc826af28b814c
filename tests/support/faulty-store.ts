import type { ListedObject, ObjectHeaders, Store, StoredObject } from "../../src/store/store.ts";

/**
 * What may happen to a call: it fails and nothing was done; it fails and was done; it takes long; it fails and is done
 * later, when others have gone on (`late`); it is done twice and the second answer is given, as by a client that tries
 * again; a listing shows what was there some calls ago; a body ends too early.
 */
export const FAULTS = ["none", "before", "after", "delay", "late", "duplicate", "stale", "truncate"] as const;
export type Fault = (typeof FAULTS)[number];

/** Thrown by every call of a process that is dead. */
export class Crash extends Error {}
export class InjectedError extends Error {}

type Body = Uint8Array | string;

/** Turns after which a write that was given up is not carried out any more. */
export const LATE = 20;

/** Time in turns: as many as anybody was given. */
export class Turns {
  #now = 0;
  #asleep: { readonly until: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  pass(turns = 1): void {
    this.#now += turns;
    const awake = this.#asleep.filter(({ until }) => until <= this.#now);
    this.#asleep = this.#asleep.filter(({ until }) => until > this.#now);
    for (const { wake } of awake) wake();
  }

  sleep(turns: number): Promise<void> {
    return new Promise((wake) => this.#asleep.push({ until: this.#now + turns, wake }));
  }
}

/** A store as processes share it: in a vendor's dialect nothing is replaced. */
export type Shared = Omit<Store, "replace"> & Partial<Pick<Store, "replace">>;

/** A store that several processes use: whose turn it is, writes that are still under way, listings of before. */
export class Wire {
  readonly inner: Shared;
  readonly turns: Turns;
  readonly #waiting: (() => void)[] = [];
  readonly #late: { turns: number; readonly write: () => Promise<unknown>; readonly until: number }[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  /** What was listed by prefix some time ago. */
  readonly #listed = new Map<string, ListedObject[]>();
  readonly #random: () => number;

  /** @param random from 0 up to 1, seeded */
  constructor(inner: Shared, random: () => number, turns = new Turns()) {
    this.inner = inner;
    this.turns = turns;
    this.#random = random;
  }

  /** Resolves when it is this caller's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** @param until the turn after which it does not arrive any more */
  later(write: () => Promise<unknown>, until = Number.POSITIVE_INFINITY): void {
    this.#late.push({ turns: 1 + Math.floor(this.#random() * 12), write, until });
  }

  /** A listing, or the one before it. */
  async listing(prefix: string, stale: boolean): Promise<ListedObject[]> {
    const before = this.#listed.get(prefix);
    const rows: ListedObject[] = [];
    for await (const row of this.inner.list(prefix)) rows.push(row);
    this.#listed.set(prefix, rows);
    return stale && before ? before : rows;
  }

  /** Lets the processes run to their ends, one call at a time, whose next is chosen at random. */
  async run(processes: readonly Promise<unknown>[]): Promise<void> {
    let running = processes.length;
    for (const process of processes)
      process
        .catch(() => undefined)
        .finally(() => {
          running -= 1;
        });
    while (running > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      this.turns.pass();
      for (const late of this.#late.splice(0)) {
        late.turns -= 1;
        if (late.turns > 0) this.#late.push(late);
        else if (this.turns.now() <= late.until) await late.write();
      }
      const [next] = this.#waiting.splice(Math.floor(this.#random() * this.#waiting.length), 1);
      next?.();
    }
  }

  /** A write that takes its time in the store, and is carried out although whoever asked dies meanwhile. */
  underWay<T>(write: Promise<T>): Promise<T> {
    this.#underWay.add(write);
    const over = (): void => void this.#underWay.delete(write);
    write.then(over, over);
    return write;
  }

  /** Lets all that is still under way arrive. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    for (const { write, until } of this.#late.splice(0)) if (this.turns.now() <= until) await write();
  }
}

/** The store as one process sees it: its faults come one a call, in order; it dies after so many calls. */
export class FaultyStore implements Store {
  readonly #wire: Wire;
  readonly #faults: Iterator<Fault>;
  readonly #dies: number;
  #calls = 0;

  constructor(wire: Wire, faults: Iterable<Fault>, dies = Number.POSITIVE_INFINITY) {
    this.#wire = wire;
    this.#faults = faults[Symbol.iterator]();
    this.#dies = dies;
  }

  /** Waits for its turn, unless dead. */
  async #next(): Promise<Fault> {
    if (this.#calls >= this.#dies) throw new Crash();
    this.#calls += 1;
    const fault = this.#faults.next().value ?? "none";
    await this.#wire.turn();
    if (fault === "delay") for (let i = 0; i < 8; i += 1) await this.#wire.turn();
    if (fault === "before") throw new InjectedError("failed before");
    return fault;
  }

  /** @param patience turns after which whoever asked gives up; nothing comes later than {@link LATE} after that */
  async #write<T>(write: () => Promise<T>, patience = Number.POSITIVE_INFINITY): Promise<T> {
    const until = this.#wire.turns.now() + patience;
    const fault = await this.#next();
    if (this.#wire.turns.now() > until) throw new InjectedError("given up");
    if (fault === "late") {
      this.#wire.later(write, until + LATE);
      throw new InjectedError("timed out");
    }
    const answer = await this.#wire.underWay(write());
    if (fault === "after") throw new InjectedError("answer lost");
    return fault === "duplicate" ? this.#wire.underWay(write()) : answer;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const fault = await this.#next();
    const object = await this.#wire.inner.get(key);
    if (fault === "after" || fault === "late") throw new InjectedError("answer lost");
    return fault === "truncate" && object
      ? { ...object, body: object.body.subarray(0, object.body.length >> 1) }
      : object;
  }

  create(key: string, body: Body, headers: ObjectHeaders): Promise<boolean> {
    return this.#write(() => this.#wire.inner.create(key, body, headers));
  }

  put(key: string, body: Body, headers: ObjectHeaders, within?: number): Promise<void> {
    return this.#write(() => this.#wire.inner.put(key, body, headers), within);
  }

  replace(key: string, body: Body, headers: ObjectHeaders, etag: string): Promise<boolean> {
    return this.#write(async () => {
      if (!this.#wire.inner.replace) throw new Error("nothing can be replaced under a condition");
      return this.#wire.inner.replace(key, body, headers, etag);
    });
  }

  delete(key: string): Promise<void> {
    return this.#write(() => this.#wire.inner.delete(key));
  }

  async *list(prefix: string, after = ""): AsyncIterable<ListedObject> {
    const fault = await this.#next();
    if (fault === "after" || fault === "late") throw new InjectedError("answer lost");
    for (const row of await this.#wire.listing(prefix, fault === "stale")) if (row.key > after) yield row;
  }
}

/** Numbers from 0 up to 1 (mulberry32): the same of the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
