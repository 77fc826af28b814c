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
  /** Writes when absent: true when this call wrote it, false when something was there. */
  create(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<boolean>;
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

/** A store that does not answer, or says that it cannot for now: nothing is known of what was asked, and it may be asked again. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super(`the store is not available: ${(cause as Error | undefined)?.message ?? "no reason"}`, { cause });
    this.name = "StoreUnavailableError";
  }
}
