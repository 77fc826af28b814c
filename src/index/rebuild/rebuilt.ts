import type { Place } from "../../basics/place.ts";
import { entityTags } from "../../store/entity-tags.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { PARALLEL, type PublicFile, publicKey, putChanged, putNew } from "../shared.ts";

/** A place that could not be read, and why. */
export interface Unreadable extends Place {
  readonly error: string;
}

/** What a phase of a rebuild did, or several together: plain JSON, so that phases may run in processes of their own. */
export interface Rebuilt {
  readonly organs: number;
  readonly places: number;
  readonly divisions: number;
  /** Derived files that were not as they should be, and those that were; without the files of single places. */
  readonly written: number;
  readonly unchanged: number;
  /** Addresses, without `published/`, that no record leads to. */
  readonly removed: readonly string[];
  readonly failed: readonly Unreadable[];
}

export const NOTHING_REBUILT: Rebuilt = {
  organs: 0,
  places: 0,
  divisions: 0,
  written: 0,
  unchanged: 0,
  removed: [],
  failed: [],
};

/** What several phases did together. */
export const together = (a: Rebuilt, b: Rebuilt): Rebuilt => ({
  organs: a.organs + b.organs,
  places: a.places + b.places,
  divisions: a.divisions + b.divisions,
  written: a.written + b.written,
  unchanged: a.unchanged + b.unchanged,
  removed: [...a.removed, ...b.removed],
  failed: [...a.failed, ...b.failed],
});

const pathOf = (key: string): string => key.slice(publicKey("").length);

/** Derived files as one phase writes them, and what it removes. */
export class Writing {
  readonly kept = new Set<string>();
  readonly #store: Store;
  readonly #removed: string[] = [];
  /** Prefixes that were looked at before anything was written, and what lay there. */
  readonly #seen = new Map<string, ReadonlyMap<string, string>>();
  #written = 0;
  #unchanged = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Looks at what lies under a prefix before files are written there: what is not there is written without being asked for,
   * and what is to be removed is among it.
   * @param prefix without `published/`
   */
  async look(prefix: string): Promise<void> {
    this.#seen.set(prefix, await entityTags(this.#store, publicKey(prefix)));
  }

  /** Entity tags by key, with `published/`, of what lay where an address is, if that was looked at. */
  seenAround(path: string): ReadonlyMap<string, string> | undefined {
    for (const [prefix, seen] of this.#seen) if (path.startsWith(prefix)) return seen;
    return undefined;
  }

  /** Writes what is not there as it should be. */
  async write(files: readonly PublicFile[]): Promise<void> {
    await concurrently(files, PARALLEL, async (file) => {
      this.kept.add(file.path);
      const isNew = this.seenAround(file.path)?.has(publicKey(file.path)) === false;
      const isWritten = (isNew && (await putNew(this.#store, file))) || (await putChanged(this.#store, file));
      if (isWritten) this.#written += 1;
      else this.#unchanged += 1;
    });
  }

  /** Removes what lies under a prefix and is neither kept nor else to be left. @param prefix without `published/` */
  remove(prefix: string, stray: (path: string) => boolean | Promise<boolean> = () => true): Promise<void> {
    return this.removeAll([prefix], stray);
  }

  /** The same of several prefixes, which are looked at side by side. */
  async removeAll(
    prefixes: readonly string[],
    stray: (path: string) => boolean | Promise<boolean> = () => true,
  ): Promise<void> {
    const all = await concurrently(prefixes, PARALLEL, async (prefix) => {
      const strays: string[] = [];
      for await (const path of this.#under(prefix)) if (!this.kept.has(path) && (await stray(path))) strays.push(path);
      return strays;
    });
    const strays = all.flat();
    await concurrently(strays, PARALLEL, (path) => this.#store.delete(publicKey(path)));
    this.#removed.push(...strays);
  }

  async *#under(prefix: string): AsyncIterable<string> {
    const seen = this.#seen.get(prefix);
    if (seen) for (const key of seen.keys()) yield pathOf(key);
    else for await (const { key } of this.#store.list(publicKey(prefix))) yield pathOf(key);
  }

  done(more: Partial<Rebuilt> = {}): Rebuilt {
    const [written, unchanged] = [this.#written, this.#unchanged];
    return { ...NOTHING_REBUILT, ...more, written, unchanged, removed: [...this.#removed].sort() };
  }
}
