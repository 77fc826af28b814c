/** JSON in the store: read, and written once. */
import { canonicalJson } from "../basics/canonical-json.ts";
import { jsonOf } from "../basics/json.ts";
import type { Store } from "./store.ts";

export const JSON_HEADERS = { contentType: "application/json; charset=utf-8" };

/** The JSON at a key, or undefined. */
export async function readJson<T>(store: Store, key: string): Promise<T | undefined> {
  const object = await store.get(key);
  return object && jsonOf<T>(object.body);
}

/** What came of writing something once. */
export interface WrittenOnce<T> {
  /** What lies there now, as it will be read. */
  readonly standing: T;
  /** It says what was to be written, whoever wrote it. */
  readonly same: boolean;
  /** It is the same, and the store did not answer that something was there before. */
  readonly created: boolean;
}

/**
 * The one write that decides: what lies at the key after a create-if-absent, and whether it is this call's. A call that
 * fails may have written all the same, its answer lost: what lies there then says. What was written is read back: where a
 * store passed over the condition, another may have written over it since.
 * @throws what the store threw, when nothing lies there
 */
export async function writeOnce<T>(store: Store, key: string, value: T): Promise<WrittenOnce<T>> {
  const text = canonicalJson(value);
  const written = (standing: T, refused: boolean): WrittenOnce<T> => {
    const same = canonicalJson(standing) === text;
    return { standing, same, created: same && !refused };
  };
  let refused = false;
  try {
    refused = !(await store.create(key, text, JSON_HEADERS));
    if (!refused) {
      const standing = await readJson<T>(store, key);
      if (standing === undefined) throw new Error(`${key} was written but cannot be read`);
      return written(standing, refused);
    }
  } catch (error) {
    const standing = await readJson<T>(store, key).catch(() => undefined);
    if (standing === undefined) throw error;
    return written(standing, refused);
  }
  const standing = await readJson<T>(store, key);
  if (standing === undefined) throw new Error(`${key} exists but cannot be read`);
  return written(standing, refused);
}
