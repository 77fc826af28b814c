/** The dataset of a server: taken up some time after something was published, however much came meanwhile. */
import type { StagedIndexer } from "./queue.ts";

export interface CompactingOptions {
  readonly compact: () => Promise<void>;
  /** How long it waits for more, ms. */
  readonly delay: number;
  readonly onFault: (error: Error) => void;
  /** Milliseconds since some moment; a process's own unless given. */
  readonly now?: () => number;
}

/**
 * It waits so many times as long as the last time took, so that a tenth of one core is the most that it takes however much
 * is published: a full shard is written whole for each report in it. At most so long, ms.
 */
const [TIMES, LONGEST] = [10, 120_000];

export class Compacting {
  readonly #options: CompactingOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  /** How long the last time took, ms. */
  #took = 0;
  #ended = false;

  constructor(options: CompactingOptions) {
    this.#options = options;
  }

  /** Something may be marked: it is taken up after the delay, together with what comes until then. */
  touch(): void {
    if (this.#timer || this.#ended) return;
    const { delay } = this.#options;
    this.#timer = setTimeout(() => void this.#next(), Math.max(delay, Math.min(TIMES * this.#took, LONGEST)));
    this.#timer.unref();
  }

  /** Takes up now what is marked. What fails stays marked, for the next publication or the next start. */
  now(): Promise<void> {
    this.#running = this.#running.then(() => this.#compact());
    return this.#running;
  }

  async #compact(): Promise<void> {
    const { compact, onFault, now = () => performance.now() } = this.#options;
    const begun = now();
    try {
      await compact();
    } catch (error) {
      onFault(error as Error);
    }
    this.#took = now() - begun;
  }

  #next(): Promise<void> {
    this.#timer = undefined;
    return this.now();
  }

  /** Begins nothing more, and ends when what is under way is done; what is left stays marked. */
  async stop(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}

/** An indexer after which the dataset is taken up: what is settled is marked for it. */
export const compactedAfter = (
  { handler, settle }: Required<StagedIndexer>,
  compacting: Compacting,
): StagedIndexer => ({
  handler,
  settle: (keys) => settle(keys).finally(() => compacting.touch()),
});
