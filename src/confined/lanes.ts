/** There is no room for more work. */
export class BusyError extends Error {
  /** What it met: the most that one caller may have waiting, the most that all may, or the end of its own patience. */
  readonly limit: "waitingOfOne" | "waiting" | "patience";
  /** Whether what the caller itself asked before is in the way. */
  readonly own: boolean;

  constructor(limit: BusyError["limit"], own: boolean) {
    super(`busy: ${limit}`);
    this.name = "BusyError";
    this.limit = limit;
    this.own = own;
  }
}

export interface LaneLimits {
  /** How much is done at a time. */
  readonly lanes: number;
  /** How much of one caller may wait. */
  readonly waitingOfOne: number;
  /** How much may wait. */
  readonly waiting: number;
  /** How long it waits, milliseconds; for as long as it takes where there is no number. */
  readonly patience?: number;
}

interface Waiting {
  readonly begin: () => void;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * Work of several callers, so much at a time: callers take turns, and of several lanes one caller never has all, so that
 * there is one for the next whatever the others' work does.
 */
export class Lanes {
  readonly #limits: LaneLimits;
  /** How much of a caller is being done; absent for nothing. */
  readonly #running = new Map<string, number>();
  /** What waits, by caller; whose turn is next comes first. */
  readonly #queues = new Map<string, Waiting[]>();
  #free: number;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
    this.#free = limits.lanes;
  }

  /** Does the work when it is its turn. @throws BusyError, and what the work throws */
  async run<T>(caller: string, task: () => Promise<T>): Promise<T> {
    if (this.#mayBegin(caller)) this.#begun(caller);
    else await this.#turn(caller);
    try {
      return await task();
    } finally {
      this.#ended(caller);
    }
  }

  #mayBegin(caller: string): boolean {
    const share = Math.max(1, this.#limits.lanes - 1);
    return this.#free > 0 && (this.#running.get(caller) ?? 0) < share;
  }

  #begun(caller: string): void {
    this.#free -= 1;
    this.#running.set(caller, (this.#running.get(caller) ?? 0) + 1);
  }

  #ended(caller: string): void {
    this.#free += 1;
    const left = (this.#running.get(caller) ?? 0) - 1;
    if (left > 0) this.#running.set(caller, left);
    else this.#running.delete(caller);
    this.#next();
  }

  /** Waits for a lane. @throws BusyError */
  #turn(caller: string): Promise<void> {
    const queue = this.#queues.get(caller) ?? [];
    const all = [...this.#queues.values()].reduce((sum, { length }) => sum + length, 0);
    const own = this.#running.has(caller) || queue.length > 0;
    if (queue.length >= this.#limits.waitingOfOne) throw new BusyError("waitingOfOne", true);
    if (all >= this.#limits.waiting) throw new BusyError("waiting", own);
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#left(caller, waiting);
        reject(new BusyError("patience", own));
      };
      const { patience } = this.#limits;
      const timer = patience === undefined ? undefined : setTimeout(giveUp, patience);
      const waiting: Waiting = { begin: resolve, timer };
      this.#queues.set(caller, [...queue, waiting]);
    });
  }

  #left(caller: string, waiting: Waiting): void {
    const rest = (this.#queues.get(caller) ?? []).filter((other) => other !== waiting);
    if (rest.length > 0) this.#queues.set(caller, rest);
    else this.#queues.delete(caller);
  }

  #next(): void {
    for (const [caller, [first, ...rest]] of this.#queues) {
      if (!first || !this.#mayBegin(caller)) continue;
      clearTimeout(first.timer);
      // Whoever had a turn goes to the end.
      this.#queues.delete(caller);
      if (rest.length > 0) this.#queues.set(caller, rest);
      this.#begun(caller);
      first.begin();
      return;
    }
  }
}
