import { jsonOf } from "../basics/json.ts";
import type { LogEntry } from "../log/entry.ts";
import { TILE_WIDTH } from "../log/tiles.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { Store } from "../store/store.ts";
import { eachOf } from "./each.ts";
import { entryOf } from "./entry-of.ts";
import { leafKey, proofKey } from "./keys.ts";
import type { Placed } from "./proofs.ts";

const nameOf = ({ uscc, year, version }: LogEntry): string => `${uscc}/${year}/${version}`;

/**
 * The records that are to be in the log and have no proof yet: which of them nobody has decided on, and where the others
 * are. Each is looked up once, unless others append at the same time.
 */
export class Waiting {
  readonly #store: Store;
  #unknown: LogEntry[];
  #lacking = new Map<string, LogEntry>();
  /** The size of the log for which `#lacking` holds. */
  #size = -1;
  readonly #wanted: ReadonlyMap<string, LogEntry>;
  readonly #placed = new Map<string, Placed>();

  private constructor(store: Store, entries: readonly LogEntry[]) {
    this.#store = store;
    this.#wanted = new Map(entries.map((entry) => [nameOf(entry), entry]));
    this.#unknown = [...this.#wanted.values()];
  }

  static async of(store: Store, records: readonly PublicationRecord[]): Promise<Waiting> {
    const entries = records.map(entryOf);
    const proven = new Set<LogEntry>();
    await eachOf(entries, async (entry) => {
      if (await store.get(proofKey(entry, entry.version))) proven.add(entry);
    });
    return new Waiting(
      store,
      entries.filter((entry) => !proven.has(entry)),
    );
  }

  /** Those of which it is known where they are. */
  get placed(): readonly Placed[] {
    return [...this.#placed.values()];
  }

  /** Takes note of a batch that was decided for a log of this size. */
  decided(batch: readonly LogEntry[], size: number): void {
    for (const [i, { uscc, year, version }] of batch.entries()) {
      const name = `${uscc}/${year}/${version}`;
      const entry = this.#wanted.get(name);
      // The first entry of a record counts.
      if (!entry || this.#placed.has(name)) continue;
      this.#placed.set(name, { entry, index: size + i });
      this.#lacking.delete(name);
    }
    if (this.#size === size) this.#size = size + batch.length;
  }

  /**
   * Some that nobody has decided on, as many as a batch has. While nobody has decided what follows on this size, every
   * entry that was decided on is in the log, and its place known.
   */
  async lacking(size: number): Promise<readonly LogEntry[]> {
    if (this.#size !== size) {
      this.#unknown = [...this.#lacking.values(), ...this.#unknown];
      this.#lacking = new Map();
      this.#size = size;
    }
    while (this.#lacking.size < TILE_WIDTH && this.#unknown.length > 0) {
      const some = this.#unknown.splice(0, TILE_WIDTH).filter((entry) => !this.#placed.has(nameOf(entry)));
      const places = new Map<string, number>();
      await eachOf(some, async (entry) => {
        const pointer = await this.#store.get(leafKey(entry, entry.version));
        if (pointer) places.set(nameOf(entry), indexIn(pointer.body));
      });
      for (const entry of some) {
        const index = places.get(nameOf(entry));
        if (index === undefined) this.#lacking.set(nameOf(entry), entry);
        else this.#placed.set(nameOf(entry), { entry, index });
      }
    }
    return [...this.#lacking.values()].slice(0, TILE_WIDTH);
  }
}

/** Where a pointer leads; nowhere from one that is damaged, which `fsck` finds by its record. */
function indexIn(body: Uint8Array): number {
  try {
    const { index } = jsonOf<{ readonly index?: unknown }>(body);
    return Number.isSafeInteger(index) ? (index as number) : Number.MAX_SAFE_INTEGER;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
