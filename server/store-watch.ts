import { probeStore, type StoreFault } from "../src/store/probe.ts";
import { type Bucket, StoreUnavailableError } from "../src/store/store.ts";

export interface StoreWatchOptions {
  readonly store: Bucket;
  /** Milliseconds between two tries. */
  readonly interval: number;
  /** Told of what was found, when it is not what was found before. */
  readonly onChange: (faults: readonly StoreFault[]) => void;
  /** Called with what should not happen. */
  readonly onFault: (error: Error) => void;
}

/**
 * Tries again and again whether the store keeps what is published: its settings may be changed while it is in use, by
 * somebody who turns versions on, or another store be put behind the same name.
 */
export class StoreWatch {
  faults: readonly StoreFault[] = [];
  readonly #options: StoreWatchOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StoreWatchOptions) {
    this.#options = options;
  }

  /** Tries now. @throws what the store throws */
  async look(): Promise<readonly StoreFault[]> {
    const faults = await probeStore(this.#options.store);
    if (JSON.stringify(faults) !== JSON.stringify(this.faults)) this.#options.onChange(faults);
    this.faults = faults;
    return faults;
  }

  start(): void {
    let looking = false;
    this.#timer = setInterval(() => {
      if (looking) return;
      looking = true;
      // One that is away is noticed by everybody who asks for something.
      void this.look()
        .catch((error: Error) => {
          if (!(error instanceof StoreUnavailableError)) this.#options.onFault(error);
        })
        .finally(() => {
          looking = false;
        });
    }, this.#options.interval);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
