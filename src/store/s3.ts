import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import {
  type ListedObject,
  type ObjectHeaders,
  type Store,
  type StoredObject,
  StoreUnavailableError,
} from "./store.ts";

/** Where the bucket is; endpoint and path style are for stores other than AWS. */
export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly forcePathStyle?: boolean | undefined;
  /** Days that records and artefacts are locked from their writing (S3 Object Lock, governance); not when absent. */
  readonly lockDays?: number | undefined;
  /** How long an answer is waited for, ms, each of three times; and a quarter of it to connect. */
  readonly patience?: number | undefined;
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Connections at once: a hundred filings have several requests each under way. */
const SOCKETS = 1024;
/** Milliseconds: for an answer, or between two pieces of one. Three times it is less than the 29 s that whoever asked waits. */
const PATIENCE = 8000;

/** A fault of the store or of the way to it, as such: what it refuses for a reason of its own stays what it is. */
function faultOf(error: unknown): unknown {
  const status = statusOf(error);
  const answered = error instanceof S3ServiceException && status !== undefined;
  if (answered ? status >= 500 || status === 429 : isOfTheWay(error)) return new StoreUnavailableError(error);
  return error;
}

const rethrow = (error: unknown): never => {
  throw faultOf(error);
};

/** What node and the SDK say of a connection. */
const isOfTheWay = (error: unknown): boolean => {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return (
    name === "TimeoutError" ||
    name === "AggregateError" ||
    /^(E[A-Z]+|UND_ERR_\w+)$/.test(code ?? "") ||
    /socket hang up|aborted/i.test(message)
  );
};

const toS3 = (headers: ObjectHeaders) => ({
  ContentType: headers.contentType,
  ...(headers.cacheControl ? { CacheControl: headers.cacheControl } : {}),
  ...(headers.contentDisposition ? { ContentDisposition: headers.contentDisposition } : {}),
  ...(headers.metadata ? { Metadata: { ...headers.metadata } } : {}),
});

/** What is locked: what a publication consists of. What is derived from it is written again and again. */
const PERMANENT = /^(records|artefacts)\//;

/** How often a conditional write is tried again when another is under way (409 ConditionalRequestConflict). */
const CONFLICT_RETRIES = 5;

/**
 * A bucket of S3 or of a store that speaks its protocol. Its operations throw `StoreUnavailableError` when there is no
 * answer in time, or one that says so.
 */
export class S3Store implements Store {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #lockDays: number | undefined;

  constructor({ bucket, region, endpoint, forcePathStyle, lockDays, patience = PATIENCE }: S3Options) {
    const config: S3ClientConfig = {
      region,
      maxAttempts: 3,
      requestHandler: {
        // A burst waits for the store and not for a connection, which would count as one that cannot be made.
        httpAgent: { keepAlive: true, maxSockets: SOCKETS },
        httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
        connectionTimeout: patience / 4,
        requestTimeout: patience,
        socketTimeout: patience,
        throwOnRequestTimeout: true,
      },
    };
    if (endpoint) config.endpoint = endpoint;
    if (forcePathStyle) config.forcePathStyle = true;
    this.#client = new S3Client(config);
    this.#bucket = bucket;
    this.#lockDays = lockDays;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return {
        body: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(),
        etag: answer.ETag ?? "",
        headers: {
          contentType: answer.ContentType ?? "application/octet-stream",
          ...(answer.CacheControl ? { cacheControl: answer.CacheControl } : {}),
          ...(answer.ContentDisposition ? { contentDisposition: answer.ContentDisposition } : {}),
          ...(answer.Metadata ? { metadata: answer.Metadata } : {}),
        },
      };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw faultOf(error);
    }
  }

  create(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<boolean> {
    return this.#putIf(key, body, headers, { IfNoneMatch: "*" });
  }

  replace(key: string, body: Uint8Array | string, headers: ObjectHeaders, etag: string): Promise<boolean> {
    return this.#putIf(key, body, headers, { IfMatch: etag });
  }

  /** A conditional write: whether the condition held. An object that was to be replaced and is gone fails it too. */
  async #putIf(
    key: string,
    body: Uint8Array | string,
    headers: ObjectHeaders,
    condition: { readonly IfNoneMatch: "*" } | { readonly IfMatch: string },
  ): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#client.send(new PutObjectCommand({ ...this.#written(key, body, headers), ...condition }));
        return true;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412 || (status === 404 && "IfMatch" in condition)) return false;
        if (status !== 409 || attempt >= CONFLICT_RETRIES) throw faultOf(error);
        await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
      }
    }
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
    await this.#client.send(new PutObjectCommand(this.#written(key, body, headers))).catch(rethrow);
  }

  #written(key: string, body: Uint8Array | string, headers: ObjectHeaders): PutObjectCommandInput {
    const input: PutObjectCommandInput = { Bucket: this.#bucket, Key: key, Body: body, ...toS3(headers) };
    if (this.#lockDays === undefined || !PERMANENT.test(key)) return input;
    const until = new Date(Date.now() + this.#lockDays * 24 * 3600_000);
    return { ...input, ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until };
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key })).catch(rethrow);
  }

  async *list(prefix: string, after?: string): AsyncIterable<ListedObject> {
    const pages = paginateListObjectsV2(
      { client: this.#client },
      { Bucket: this.#bucket, Prefix: prefix, ...(after === undefined ? {} : { StartAfter: after }) },
    );
    for (;;) {
      const { value: page, done } = await pages.next().catch(rethrow);
      if (done) return;
      for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
        if (Key !== undefined)
          yield { key: Key, size: Size ?? 0, etag: ETag ?? "", modified: LastModified?.getTime() ?? 0 };
      }
    }
  }
}
