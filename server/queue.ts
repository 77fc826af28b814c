import { readFile, rename, writeFile } from "node:fs/promises";
import type { BatchAnswer, Message } from "../src/index/events.ts";

/** The indexer's handler, as its bundle has it. */
export type IndexHandler = (event: { readonly Records: readonly Message[] }) => Promise<BatchAnswer>;

export interface IndexQueueOptions {
  /** A file that names the keys at work: those of a process that was killed are found there by the next. */
  readonly journal: string;
  /** Told of a key that was tried as often as it is; it is tried again at the next start. */
  readonly onGivenUp?: (key: string) => void;
}

const BATCH = 100;
/** How long a batch waits for more, ms. */
const WINDOW = 100;
const TRIES = 5;

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

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What SQS is between the bucket and the indexer, in this process: keys of records in, batches to the handler, those
 * that fail again and again later.
 */
export class IndexQueue {
  readonly #options: IndexQueueOptions;
  /** Keys that wait, with how often each has failed. */
  readonly #waiting = new Map<string, number>();
  readonly #givenUp = new Set<string>();
  #handler: IndexHandler | undefined;
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(options: IndexQueueOptions) {
    this.#options = options;
  }

  /** Takes the key of an object that was written; others than records' are none of the indexer's. */
  push(key: string): void {
    if (!key.startsWith("records/")) return;
    this.#waiting.set(key, 0);
    this.#run();
  }

  /** Begins to hand out what waits, and what a process that was killed had not finished. */
  async start(handler: IndexHandler): Promise<void> {
    const unfinished = await readFile(this.#options.journal, "utf8").catch(() => "[]");
    for (const key of JSON.parse(unfinished) as string[]) this.#waiting.set(key, 0);
    this.#handler = handler;
    this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Works off what waits, without waiting for more. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.idle();
  }

  #run(): void {
    if (this.#running || !this.#handler || this.#waiting.size === 0) return;
    this.#running = this.#work(this.#handler).finally(() => {
      this.#running = undefined;
      this.#run();
    });
  }

  async #work(handler: IndexHandler): Promise<void> {
    for (let failures = 0; this.#waiting.size > 0; ) {
      if (failures > 0) await sleep(WINDOW * 2 ** failures);
      else if (!this.#stopping && this.#waiting.size < BATCH) await sleep(WINDOW);
      const batch = new Map([...this.#waiting].slice(0, BATCH));
      for (const key of batch.keys()) this.#waiting.delete(key);
      await this.#note([...batch.keys()]);
      const failed = await handler({ Records: [...batch.keys()].map(messageOf) }).then(
        ({ batchItemFailures }) => batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
        () => [...batch.keys()],
      );
      failures = failed.length > 0 ? failures + 1 : 0;
      for (const key of failed) {
        const tries = batch.get(key)! + 1;
        if (tries < TRIES) this.#waiting.set(key, Math.max(tries, this.#waiting.get(key) ?? 0));
        else {
          this.#givenUp.add(key);
          this.#options.onGivenUp?.(key);
        }
      }
      await this.#note(failed.filter((key) => this.#waiting.has(key)));
    }
  }

  /** Notes what is not finished, whole or not at all. */
  async #note(keys: readonly string[]): Promise<void> {
    const { journal } = this.#options;
    await writeFile(`${journal}.new`, JSON.stringify([...this.#givenUp, ...keys]));
    await rename(`${journal}.new`, journal);
  }
}
