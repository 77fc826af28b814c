import type { DialectName } from "./dialect.ts";

/** Metadata kept with an object, named as in HTTP. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  /** Custom metadata (`x-amz-meta-*`), ASCII. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An object as read. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly headers: ObjectHeaders;
}

/** One row of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Last change, epoch milliseconds. */
  readonly modified: number;
}

/**
 * The object store, as much of S3 as the project uses. `create` is the only operation that decides a publication: it
 * is S3's `PutObject` with `If-None-Match: *`, and of many callers exactly one gets `true`.
 */
export interface Store {
  /** The object, or undefined when there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /**
   * Writes when absent: true when this call wrote it, false when something was there.
   * @param sha256 of the body (hex), where the caller knows it: it need not be computed again to sign the request
   */
  create(key: string, body: Uint8Array | string, headers: ObjectHeaders, sha256?: string): Promise<boolean>;
  /** Writes what is derived, over what was there. Records and artefacts are never written so. */
  put(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void>;
  /**
   * Writes what is derived where nothing else was written since it was read (`If-Match`): true when this call wrote it.
   * @param etag the object's as it was read
   */
  replace(key: string, body: Uint8Array | string, headers: ObjectHeaders, etag: string): Promise<boolean>;
  /** Removes an object; no fault when there is none. Only what nothing refers to is ever removed. */
  delete(key: string): Promise<void>;
  /**
   * Keys under a prefix in UTF-8 binary order.
   * @param after only those after this key
   */
  list(prefix: string, after?: string): AsyncIterable<ListedObject>;
}

/** Whether a bucket keeps what is written over; `unknown` where the store has no such thing, or does not tell us. */
export type Versioning = "never" | "enabled" | "suspended" | "unknown";

/** One version of an object, as a bucket that keeps versions lists it. */
export interface ObjectVersion {
  readonly key: string;
  /** A mark that the object was deleted, and no content. */
  readonly deleted: boolean;
}

/** A store that tells what it does with what is written over. */
export interface Bucket extends Store {
  readonly dialect: DialectName;
  versioning(): Promise<Versioning>;
  /** Every version of every object under a prefix, those of one object one after another. */
  versions(prefix: string): AsyncIterable<ObjectVersion>;
}

/** A store that does not write under conditions: it says so (501), or was never asked to be able to. */
export class ConditionsUnsupportedError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ConditionsUnsupportedError";
  }
}

/** A store that does not answer, or says that it cannot for now: nothing is known of what was asked, and it may be asked again. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super(`the store is not available: ${(cause as Error | undefined)?.message ?? "no reason"}`, { cause });
    this.name = "StoreUnavailableError";
  }
}
