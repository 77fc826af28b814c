import type { Place } from "../basics/place.ts";
import type { LogReader } from "../log/tiles.ts";
import { leafPath } from "../log/verify.ts";
import { IMMUTABLE } from "../publish/public.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";

/** Where a file of the log lies, by its path below the log's own. */
export const logKey = (path: string): string => `published/log/${path}`;

export const CHECKPOINT_KEY = logKey("checkpoint");
/** The log's public key for those who do not have it yet; who has it from elsewhere need not believe this one. */
export const PUBLIC_KEY_KEY = logKey("key");
/** Which entries follow on those of a log of this size: decided once, by create-if-absent. */
export const batchKey = (size: number): string => logKey(`batches/${size}.json`);
/** Where the entry of a record is; there once the entry is decided. */
export const leafKey = (place: Place, version: number): string => logKey(leafPath(place, version));

export const TEXT: ObjectHeaders = { contentType: "text/plain; charset=utf-8", cacheControl: "public, max-age=5" };
export const TILE: ObjectHeaders = { contentType: "application/octet-stream", cacheControl: IMMUTABLE };
export const DECIDED: ObjectHeaders = { contentType: "application/json; charset=utf-8", cacheControl: IMMUTABLE };

/** The log's files as a store has them. */
export const logReader =
  (store: Store): LogReader =>
  async (path) =>
    (await store.get(logKey(path)))?.body;
