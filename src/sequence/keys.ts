import type { Place } from "../basics/place.ts";
import { filePath, leafPath, proofPath, WITNESSES } from "../log/paths.ts";
import type { LogReader } from "../log/tiles.ts";
import { IMMUTABLE } from "../publish/public.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";

/** Where a file of the log lies, by its path below the log's own. */
export const logKey = (path: string): string => `published/log/${path}`;

export const CHECKPOINT_KEY = logKey("checkpoint");
/** The log's public keys, a line each, for those who do not have them yet; who has one from elsewhere need not believe these. */
export const PUBLIC_KEY_KEY = logKey("key");
/** Which entries follow on those of a log of this size: decided once, by create-if-absent. */
export const batchKey = (size: number): string => logKey(`batches/${size}.json`);
/** What witnesses cosigned last. */
export const WITNESSES_KEY = logKey(WITNESSES);
/** Where the entry of a record is; there once the entry is decided. */
export const leafKey = (place: Place, version: number): string => logKey(leafPath(place, version));

/** Which record published a content first. @param hash SHA-256 (hex) */
export const fileKey = (hash: string): string => logKey(filePath(hash));
/** The proof of a record that is in the log. */
export const proofKey = (place: Place, version: number): string => `published/${proofPath(place, version)}`;
/** The largest checkpoint that `fsck` has held every entry against, where the API and what signs may not write. */
export const SEEN_KEY = "fsck/checkpoint";

export const TEXT: ObjectHeaders = { contentType: "text/plain; charset=utf-8", cacheControl: "public, max-age=5" };
export const TILE: ObjectHeaders = { contentType: "application/octet-stream", cacheControl: IMMUTABLE };
export const LIST: ObjectHeaders = {
  contentType: "application/json; charset=utf-8",
  cacheControl: "public, max-age=60",
};
export const PROOF: ObjectHeaders = { contentType: "text/plain; charset=utf-8", cacheControl: IMMUTABLE };
export const DECIDED: ObjectHeaders = { contentType: "application/json; charset=utf-8", cacheControl: IMMUTABLE };

/** The log's files as a store has them. */
export const logReader =
  (store: Store): LogReader =>
  async (path) =>
    (await store.get(logKey(path)))?.body;
