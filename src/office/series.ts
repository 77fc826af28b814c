/** Objects that are numbered from 1 without gaps, each written once by create-if-absent, with the hash of the one before. */
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";

/** What every object of a series has. */
export interface Numbered {
  /** SHA-256 (hex) of the one before as its bytes lie in the store; null for the first. */
  readonly previous: string | null;
}

/** How many are asked for at once at most, after one, two, four: most series have none or a few. */
const AT_ONCE = 8;

/**
 * Every object of a series, oldest first. Asks for the numbers themselves and not for a listing, which may be behind; what
 * comes after a gap was written while this read, and is left for the next time.
 */
export async function readSeries<T>(store: Store, keyOf: (number: number) => string): Promise<readonly T[]> {
  const found: T[] = [];
  for (let most = 1; ; most = Math.min(2 * most, AT_ONCE)) {
    const numbers = Array.from({ length: most }, (_, i) => found.length + 1 + i);
    const next = await Promise.all(numbers.map((number) => readJson<T>(store, keyOf(number))));
    for (const value of next) {
      if (value === undefined) return found;
      found.push(value);
    }
  }
}

/** The hash that the one after it names. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));

/** What the next of a series says of the one before. */
export const previousOf = (series: readonly unknown[]): string | null =>
  series.length === 0 ? null : hashOf(series.at(-1));
