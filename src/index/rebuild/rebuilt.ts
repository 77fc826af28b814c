import type { Place } from "../../basics/place.ts";
import type { Store } from "../../store/store.ts";
import { concurrently } from "../concurrently.ts";
import { PARALLEL, type PublicFile, publicKey, putChanged } from "../shared.ts";

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

/** Derived files as one phase writes them, and what it removes. */
export class Writing {
  readonly kept = new Set<string>();
  readonly #store: Store;
  readonly #removed: string[] = [];
  #written = 0;
  #unchanged = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes what is not there as it should be. */
  async write(files: readonly PublicFile[]): Promise<void> {
    await concurrently(files, PARALLEL, async (file) => {
      this.kept.add(file.path);
      if (await putChanged(this.#store, file)) this.#written += 1;
      else this.#unchanged += 1;
    });
  }

  /** Removes what lies under a prefix and is neither kept nor else to be left. @param prefix without `published/` */
  async remove(prefix: string, stray: (path: string) => boolean | Promise<boolean> = () => true): Promise<void> {
    const strays: string[] = [];
    for await (const { key } of this.#store.list(publicKey(prefix))) {
      const path = key.slice(publicKey("").length);
      if (!this.kept.has(path) && (await stray(path))) strays.push(path);
    }
    for (const path of strays) await this.#store.delete(publicKey(path));
    this.#removed.push(...strays);
  }

  done(more: Partial<Rebuilt> = {}): Rebuilt {
    const [written, unchanged, removed] = [this.#written, this.#unchanged, this.#removed];
    return { ...NOTHING_REBUILT, ...more, written, unchanged, removed };
  }
}
