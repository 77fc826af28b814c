/** How many files a process remembers: some 3 MB. */
const MOST = 10_000;

/**
 * What this process last wrote or found of derived files, by the hash of their content; the least used are forgotten. It
 * says no more than that a file is surely not as it should be any more: what it holds to be there already is looked at,
 * since another process may have written something else.
 */
export class Remembered {
  readonly #hashes = new Map<string, string>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Whether other content than this was there last. */
  differs(path: string, hash: string): boolean {
    const known = this.#hashes.get(path);
    return known !== undefined && known !== hash;
  }

  note(path: string, hash: string): void {
    this.#hashes.delete(path);
    this.#hashes.set(path, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > this.#most && oldest !== undefined) this.#hashes.delete(oldest);
  }

  /** After a write of which nobody knows whether it was done. */
  forget(path: string): void {
    this.#hashes.delete(path);
  }

  get size(): number {
    return this.#hashes.size;
  }
}
