import { sha256 } from "../basics/hash.ts";
import type { Store } from "../store/store.ts";
import { type Artefact, artefactKey, type PublicationRecord, sweptKey } from "./record.ts";

/** A file of a record that is not in the store, or not with the content that its hash stands for. */
export class DamagedArtefactError extends Error {
  readonly key: string;

  constructor(key: string, what: "missing" | "damaged") {
    super(`${key} is ${what}`);
    this.name = "DamagedArtefactError";
    this.key = key;
  }
}

/**
 * The content that a hash stands for, or why there is none. Content that does not fit is read once more: an answer that
 * was cut short is not yet a damaged object.
 */
export async function readHashed(
  store: Store,
  key: string,
  hash: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: "missing" | "damaged" }> {
  for (let attempt = 1; ; attempt += 1) {
    const object = await store.get(key);
    if (!object) return { fault: "missing" };
    if (sha256(object.body) === hash) return { bytes: object.body };
    if (attempt === 2) return { fault: "damaged" };
  }
}

/**
 * A file of a published version. One that was swept as an orphan while the record that refers to it was being written is
 * put back.
 * @throws DamagedArtefactError
 */
export async function readArtefact(
  store: Store,
  { uscc, year }: Pick<PublicationRecord, "uscc" | "year">,
  { sha256: hash, contentType }: Artefact,
): Promise<Uint8Array> {
  const key = artefactKey(uscc, year, hash);
  const found = await readHashed(store, key, hash);
  if ("bytes" in found) return found.bytes;
  const swept = await readHashed(store, sweptKey(uscc, year, hash), hash);
  if ("fault" in swept) throw new DamagedArtefactError(key, found.fault);
  await store.put(key, swept.bytes, { contentType });
  return swept.bytes;
}

/**
 * Reads the files of a place's versions, each content once however often it is asked for.
 * @param known contents by hash (hex) that need not be read
 */
export function artefactReader(
  store: Store,
  place: Pick<PublicationRecord, "uscc" | "year">,
  known: ReadonlyMap<string, Uint8Array> = new Map(),
): (artefact: Artefact) => Promise<Uint8Array> {
  const read = new Map<string, Promise<Uint8Array>>();
  return async (artefact) => {
    const bytes = known.get(artefact.sha256) ?? read.get(artefact.sha256) ?? readArtefact(store, place, artefact);
    if (bytes instanceof Promise) read.set(artefact.sha256, bytes);
    return bytes;
  };
}

/**
 * Puts a file in place: true when it was not there. One that was there from an attempt before is read, and written again
 * where its content is not what its key says, as a store that tears writes may leave it.
 */
export async function keepArtefact(store: Store, key: string, artefact: Artefact, bytes: Uint8Array): Promise<boolean> {
  const headers = { contentType: artefact.contentType };
  if (await store.create(key, bytes, headers, artefact.sha256)) return true;
  if ("fault" in (await readHashed(store, key, artefact.sha256))) await store.put(key, bytes, headers);
  return false;
}
