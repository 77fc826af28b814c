import type { BatchAnswer, Message } from "../src/index/events.ts";
import { Journal, type Write } from "./journal.ts";

/** The indexer's handler, as its bundle has it. */
export type IndexHandler = (event: { readonly Records: readonly Message[] }) => Promise<BatchAnswer>;

/** An indexer in two steps: what is each key's own at once, and for many together what they share. */
export interface StagedIndexer {
  readonly handler: IndexHandler;
  /** Of the keys that the handler took since, those that are to come again; without, a key that it took is done. */
  readonly settle?: (keys: readonly string[]) => Promise<BatchAnswer>;
}

export interface IndexQueueOptions {
  /** A folder for the journal of the keys at work: those of a process that was killed are found there by the next. */
  readonly folder: string;
  /** Called with a key that has failed several times; it is tried again without end. */
  readonly onFailing?: (key: string) => void;
  readonly write?: Write;
}

/** How the queue is, for `/healthz`. */
export interface QueueHealth {
  /** Keys that are not indexed yet. */
  readonly waiting: number;
  /** Those of them that have failed. */
  readonly failing: number;
  /** Since when the oldest waits, seconds. */
  readonly behind: number;
  /** Why the journal cannot be written, as the system names it. */
  readonly journalFault?: string;
}

interface Waiting {
  readonly tries: number;
  /** When it is tried, epoch ms. */
  readonly at: number;
  /** When it came, epoch ms. */
  readonly since: number;
}

/** What the indexer hears of, as from the bucket's notifications. */
const NOTIFIED = ["records/", "rosters/", "reminders/"];
const BATCH = 100;
/** How long a batch waits for more, ms. */
const WINDOW = 100;
/** What is taken is settled when nothing new has come for so long, ms. */
const QUIET = 300;
/** While more comes: when settling would take a quarter of the time, but after so long, ms, and with so many keys at the latest. */
const [SETTLED, LONGEST, MOST] = [1000, 10_000, 500];
/** The longest wait between two tries, ms. */
const MAX_WAIT = 60_000;
/** Tries after which a key is reported as failing. */
const FAILING = 5;
/** How long a journal that could be written is believed to be writable, ms. */
const BELIEVED = 1000;

/** An S3 notification as it lies in the queue. */
const messageOf = (key: string): Message => ({
  messageId: key,
  body: JSON.stringify({
    Records: [
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: { object: { key: encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+") } },
      },
    ],
  }),
});

const waitAfter = (tries: number): number => Math.min(WINDOW * 2 ** tries, MAX_WAIT);

const failedIn = ({ batchItemFailures }: BatchAnswer): string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/**
 * What SQS is between the bucket and the indexer, in this process: keys of records in, batches to the handler, those
 * that fail again after growing waits, without end. A key is done when it is settled: until then it is in the journal.
 */
export class IndexQueue {
  readonly #journal: Journal;
  readonly #onFailing: ((key: string) => void) | undefined;
  readonly #waiting = new Map<string, Waiting>();
  /** What the handler is at. */
  #current: ReadonlyMap<string, Waiting> = new Map();
  /** What the handler has taken, to be settled. */
  readonly #taken = new Map<string, Waiting>();
  /** Since when there is such, and how long it took the last time, ms. */
  #takenSince = 0;
  #lasted = 0;
  /** When the handler was last done, epoch ms. */
  #last = 0;
  #indexer: StagedIndexer | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;
  #wake = (): void => {};
  #writableUntil = 0;

  constructor({ folder, onFailing, write }: IndexQueueOptions) {
    this.#journal = new Journal(folder, write);
    this.#onFailing = onFailing;
  }

  /** Takes the key of an object that was written; others than records', rosters' and reminders' are none of the indexer's. */
  push(key: string): void {
    if (!NOTIFIED.some((prefix) => key.startsWith(prefix))) return;
    const now = Date.now();
    this.#waiting.set(key, { tries: 0, at: now, since: this.#waiting.get(key)?.since ?? now });
    this.#wake();
    this.#run();
  }

  /** Begins to hand out what waits, and what a process that was killed had not finished. */
  async start(indexer: IndexHandler | StagedIndexer): Promise<void> {
    for (const key of await this.#journal.open()) this.push(key);
    this.#indexer = typeof indexer === "function" ? { handler: indexer } : indexer;
    this.#run();
  }

  /** Whether what is published now would be indexed although this process were killed: the journal can be written. */
  async writable(): Promise<boolean> {
    if (Date.now() < this.#writableUntil && this.#journal.fault === undefined) return true;
    return this.#note();
  }

  health(): QueueHealth {
    const all = [...this.#waiting.values(), ...this.#current.values(), ...this.#taken.values()];
    const oldest = all.reduce((since, waiting) => Math.min(since, waiting.since), Date.now());
    const { fault } = this.#journal;
    return {
      waiting: all.length,
      failing: all.filter(({ tries }) => tries > 0).length,
      behind: Math.floor((Date.now() - oldest) / 1000),
      ...(fault === undefined ? {} : { journalFault: fault }),
    };
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Tries once what waits, without waiting for more; what fails is in the journal for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.idle();
  }

  #run(): void {
    if (this.#running || !this.#indexer || this.#waiting.size + this.#taken.size === 0) return;
    this.#running = this.#work(this.#indexer).finally(() => {
      this.#running = undefined;
      if (!this.#stopping) this.#run();
    });
  }

  /** Keys that are to be tried now, at most a batch. */
  #due(tried: ReadonlySet<string>): Map<string, Waiting> {
    const now = Date.now();
    const due = [...this.#waiting].filter(([key, { at }]) => (this.#stopping ? !tried.has(key) : at <= now));
    return new Map(due.slice(0, BATCH));
  }

  /** Waits some time, less when something new comes or it is to end. */
  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopping) this.#wake();
    });
    this.#wake = () => {};
  }

  async #work(indexer: StagedIndexer): Promise<void> {
    /** Since it is to stop, after which nothing is tried twice. */
    const tried = new Set<string>();
    for (let unwritten = 0; this.#waiting.size + this.#taken.size > 0; ) {
      if (!this.#stopping && this.#waiting.size < BATCH) await sleep(WINDOW);
      const batch = this.#due(tried);
      if (this.#taken.size > 0 && this.#isToSettle(batch.size)) {
        await this.#settle(indexer);
        continue;
      }
      if (batch.size === 0) {
        if (this.#stopping) return;
        await this.#pause(this.#rest());
        continue;
      }
      // Of what is begun somebody must know if this process is killed.
      if (!(await this.#note())) {
        if (this.#stopping) return;
        unwritten += 1;
        await this.#pause(waitAfter(unwritten));
        continue;
      }
      unwritten = 0;
      await this.#take(indexer, batch);
      if (this.#stopping) for (const key of batch.keys()) tried.add(key);
      await this.#note();
    }
  }

  /** How long there is nothing to do, ms. */
  #rest(): number {
    const due = Math.min(...[...this.#waiting.values()].map(({ at }) => at));
    const settled = this.#taken.size > 0 ? this.#last + QUIET : Number.POSITIVE_INFINITY;
    return Math.max(Math.min(due, settled) - Date.now(), 1);
  }

  /** @param due how many keys are to be taken now */
  #isToSettle(due: number): boolean {
    const now = Date.now();
    const since = now - this.#takenSince;
    if (due === 0) return this.#stopping || now - this.#last >= QUIET;
    return since >= Math.min(Math.max(SETTLED, 3 * this.#lasted), LONGEST) || this.#taken.size >= MOST;
  }

  async #take({ handler, settle }: StagedIndexer, batch: ReadonlyMap<string, Waiting>): Promise<void> {
    for (const key of batch.keys()) this.#waiting.delete(key);
    this.#current = batch;
    const answer = handler({ Records: [...batch.keys()].map(messageOf) });
    const failed = new Set(await answer.then(failedIn, () => [...batch.keys()]));
    if (this.#taken.size === 0) this.#takenSince = Date.now();
    if (settle) for (const [key, waiting] of batch) if (!failed.has(key)) this.#taken.set(key, waiting);
    this.#current = new Map();
    this.#last = Date.now();
    for (const key of failed) this.#again(key, batch.get(key)!);
  }

  async #settle({ settle }: StagedIndexer): Promise<void> {
    const began = Date.now();
    const keys = [...this.#taken.keys()];
    const failed = settle ? await settle(keys).then(failedIn, () => keys) : [];
    this.#lasted = Date.now() - began;
    const taken = new Map(this.#taken);
    this.#taken.clear();
    for (const key of failed) this.#again(key, taken.get(key)!);
    await this.#note();
  }

  #again(key: string, { tries, since }: Waiting): void {
    if (tries + 1 === FAILING) this.#onFailing?.(key);
    // One that was pushed meanwhile is new, and does not wait.
    if (!this.#waiting.has(key))
      this.#waiting.set(key, { tries: tries + 1, at: Date.now() + waitAfter(tries + 1), since });
  }

  async #note(): Promise<boolean> {
    const unfinished = [this.#current, this.#taken, this.#waiting].flatMap((keys) => [...keys.keys()]);
    const noted = await this.#journal.note([...new Set(unfinished)]);
    if (noted) this.#writableUntil = Date.now() + BELIEVED;
    return noted;
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
