/** The dataset of a server: taken up some time after something was published, however much came meanwhile. */
import type { StagedIndexer } from "./queue.ts";

export interface CompactingOptions {
  readonly compact: () => Promise<void>;
  /** How long it waits for more, ms. */
  readonly delay: number;
  readonly onFault: (error: Error) => void;
}

export class Compacting {
  readonly #options: CompactingOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(options: CompactingOptions) {
    this.#options = options;
  }

  /** Something may be marked: it is taken up after the delay, together with what comes until then. */
  touch(): void {
    if (this.#timer || this.#ended) return;
    this.#timer = setTimeout(() => void this.#next(), this.#options.delay);
    this.#timer.unref();
  }

  /** Takes up now what is marked. What fails stays marked, for the next publication or the next start. */
  now(): Promise<void> {
    const { compact, onFault } = this.#options;
    this.#running = this.#running.then(compact).catch((error: unknown) => onFault(error as Error));
    return this.#running;
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
