/** Objects that are numbered from 1 without gaps, each written once by create-if-absent, with the hash of the one before. */
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { Store } from "../store/store.ts";

/** What every object of a series has. */
export interface Numbered {
  /** SHA-256 (hex) of the one before as its bytes lie in the store; null for the first. */
  readonly previous: string | null;
}

/** How many are asked for at once at most, after one, two, four: most series have none or a few. */
const AT_ONCE = 8;

export const HEADERS = { contentType: "application/json; charset=utf-8" };

/** The JSON at a key, or undefined. */
export async function readJson<T>(store: Store, key: string): Promise<T | undefined> {
  const object = await store.get(key);
  return object && (JSON.parse(new TextDecoder().decode(object.body)) as T);
}

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

/**
 * The one write that decides: whether this call wrote what lies at the key, and what lies there. A call that fails may
 * have written all the same, its answer lost: what lies there then says.
 * @throws what the store threw, when the number is still free
 */
export async function writeOnce<T>(
  store: Store,
  key: string,
  value: T,
): Promise<{ readonly created: boolean; readonly standing: T }> {
  const text = canonicalJson(value);
  try {
    // Read back below in either case: a store may pass over the condition, and another have written over it since.
    await store.create(key, text, HEADERS);
  } catch (error) {
    const there = await readJson<T>(store, key).catch(() => undefined);
    if (there === undefined) throw error;
    return { created: canonicalJson(there) === text, standing: there };
  }
  const standing = await readJson<T>(store, key);
  if (standing === undefined) throw new Error(`${key} exists but cannot be read`);
  return { created: canonicalJson(standing) === text, standing };
}
