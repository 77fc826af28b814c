/** Why somebody's work is not taken: too much of their own waits, or too much of everybody's. */
export class CrowdedError extends Error {
  readonly by: "caller" | "all";

  constructor(by: "caller" | "all") {
    super(`too much work of ${by === "caller" ? "this caller" : "everybody"} is waiting`);
    this.name = "CrowdedError";
    this.by = by;
  }
}

export interface FairOptions {
  /** How much is done at once. */
  readonly lanes: number;
  /** How much of one caller's may wait. */
  readonly waiting: number;
  /** How much may wait in all. */
  readonly total: number;
}

/**
 * Lanes for the work of several callers: whose turn it is goes round among those who wait, and nobody has the last lane
 * for what is their second piece of work.
 */
export class Fair {
  readonly #options: FairOptions;
  /** What waits, by caller, in the order in which it is their turn. */
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #running = new Map<string, number>();
  #lanes: number;
  #total = 0;

  constructor(options: FairOptions) {
    this.#options = options;
    this.#lanes = options.lanes;
  }

  /** Does the work when it is its turn. @throws CrowdedError, and what the work throws */
  async run<T>(caller: string, work: () => Promise<T>): Promise<T> {
    await this.#turn(caller);
    try {
      return await work();
    } finally {
      const running = this.#running.get(caller)! - 1;
      if (running > 0) this.#running.set(caller, running);
      else this.#running.delete(caller);
      this.#lanes += 1;
      this.#next();
    }
  }

  #turn(caller: string): Promise<void> {
    const queue = this.#waiting.get(caller) ?? [];
    if (queue.length >= this.#options.waiting) throw new CrowdedError("caller");
    if (this.#total >= this.#options.total) throw new CrowdedError("all");
    return new Promise((resolve) => {
      queue.push(resolve);
      this.#total += 1;
      this.#waiting.set(caller, queue);
      this.#next();
    });
  }

  /** Begins what may begin. */
  #next(): void {
    const most = Math.max(1, this.#options.lanes - 1);
    for (const [caller, queue] of this.#waiting) {
      if (this.#lanes === 0) return;
      const running = this.#running.get(caller) ?? 0;
      if (running >= most) continue;
      this.#waiting.delete(caller);
      const begin = queue.shift()!;
      // Behind all others that wait.
      if (queue.length > 0) this.#waiting.set(caller, queue);
      this.#total -= 1;
      this.#lanes -= 1;
      this.#running.set(caller, running + 1);
      begin();
    }
  }
}
