/** Work on the same key one after another, on different keys at the same time. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs some work when all that was begun before on its key has ended, well or not. */
  async take(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(key, turn);
    await turn.finally(() => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    });
  }

  /** Resolves when what is under way on a key has ended, well or not. */
  async ended(key: string): Promise<void> {
    await this.#last.get(key)?.catch(() => undefined);
  }
}
