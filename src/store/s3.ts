import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { addHeader, type ClientOptions, codeOf, createClient, faultOf, rethrow, statusOf } from "./client.ts";
import { type DialectName, type Vendor, vendorOf } from "./dialect.ts";
import { type Asked, headersOf, type Opener, type Opening, openObject } from "./open.ts";
import {
  type Bucket,
  ConditionsUnsupportedError,
  type ListedObject,
  type ObjectHeaders,
  type ObjectVersion,
  type StoredObject,
  type Versioning,
} from "./store.ts";

export interface S3Options extends ClientOptions {
  readonly bucket: string;
  /** Days that records and artefacts are locked from their writing (S3 Object Lock, governance); not when absent. */
  readonly lockDays?: number | undefined;
}

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

/** How long a reader may take nothing of what it asked for, ms. */
const READER = 120_000;

type Condition = { readonly IfNoneMatch: "*" } | { readonly IfMatch: string };
type Body = Uint8Array | string;

/** How entity tags are sent back: with the quotation marks of RFC 9110, or without, as Ceph and its kin want them. */
type TagForm = "quoted" | "bare";
const tagIn = (form: TagForm, etag: string): string => (form === "quoted" ? etag : etag.replaceAll('"', ""));

/**
 * A bucket of S3 or of a store that speaks its protocol. Its operations throw `StoreUnavailableError` when there is no
 * answer in time, or one that says so. In a vendor's dialect it cannot `replace`: `LeasedStore` does, over it.
 */
export class S3Store implements Bucket, Opener {
  readonly dialect: DialectName;
  readonly #client: S3Client;
  /** For contents that go on to a reader, who may take longer over them than a store over its answers. */
  readonly #readers: S3Client;
  /** Of a vendor's dialect: tries a request once. */
  readonly #once: S3Client;
  readonly #bucket: string;
  readonly #lockDays: number | undefined;
  readonly #vendor: Vendor | undefined;
  /** Which form the store understands; undefined before one was seen to work. */
  #tags: TagForm | undefined;

  constructor(options: S3Options) {
    const { bucket, endpoint, dialect = "s3", lockDays } = options;
    this.#client = createClient(options);
    this.#readers = createClient({ ...options, pause: READER });
    this.#once = dialect === "s3" ? this.#client : createClient({ ...options, attempts: 1 });
    this.dialect = dialect;
    this.#bucket = bucket;
    this.#lockDays = lockDays;
    this.#vendor = vendorOf(dialect);
    if (!endpoint) this.#tags = "quoted";
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return {
        body: (await answer.Body?.transformToByteArray()) ?? new Uint8Array(),
        etag: answer.ETag ?? "",
        headers: headersOf(answer),
      };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw faultOf(error);
    }
  }

  open(key: string, asked: Asked = {}): Promise<Opening> {
    return openObject(this.#readers, { bucket: this.#bucket, key }, asked);
  }

  /** An object's entity tag; undefined where there is none. */
  async #etagOf(key: string): Promise<string | undefined> {
    try {
      return (await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }))).ETag;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw faultOf(error);
    }
  }

  create(key: string, body: Body, headers: ObjectHeaders, sha256?: string): Promise<boolean> {
    return this.#putIf(key, body, headers, { IfNoneMatch: "*" }, sha256);
  }

  async replace(key: string, body: Body, headers: ObjectHeaders, etag: string): Promise<boolean> {
    if (this.#vendor) throw new ConditionsUnsupportedError(`${this.#vendor.name} cannot replace under a condition`);
    for (const form of this.#tags ? [this.#tags] : (["quoted", "bare"] as const)) {
      if (await this.#putIf(key, body, headers, { IfMatch: tagIn(form, etag) })) {
        this.#tags = form;
        return true;
      }
      // Refused although it is as it was read: a form that this store does not understand.
      if (this.#tags || (await this.#etagOf(key)) !== etag) return false;
    }
    return false;
  }

  /** A conditional write: whether the condition held. An object that was to be replaced and is gone fails it too. */
  async #putIf(
    key: string,
    body: Body,
    headers: ObjectHeaders,
    condition: Condition,
    sha256?: string,
  ): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const command = this.#conditional(this.#written(key, body, headers), condition);
        // A vendor that does not sign bodies sets the same header to something else.
        if (sha256 !== undefined && !this.#vendor) addHeader(command, "x-amz-content-sha256", sha256);
        await this.#client.send(command);
        return true;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412 || (status === 404 && "IfMatch" in condition)) return false;
        if (status === 409 && this.#vendor?.exists.includes(codeOf(error) ?? "")) return false;
        if (status === 501)
          throw new ConditionsUnsupportedError("不支持条件写入 · does not write under conditions (501)", error);
        if (status !== 409 || attempt >= CONFLICT_RETRIES) throw faultOf(error);
        await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
      }
    }
  }

  #conditional(input: PutObjectCommandInput, condition: Condition): PutObjectCommand {
    if (!this.#vendor) return new PutObjectCommand({ ...input, ...condition });
    const command = new PutObjectCommand(input);
    addHeader(command, this.#vendor.header, "true");
    return command;
  }

  /** @param within milliseconds after which it is given up; then it is tried once alone */
  async put(key: string, body: Body, headers: ObjectHeaders, within?: number): Promise<void> {
    const command = new PutObjectCommand(this.#written(key, body, headers));
    const sent =
      within === undefined
        ? this.#client.send(command)
        : this.#once.send(command, { abortSignal: AbortSignal.timeout(within) });
    await sent.catch(rethrow);
  }

  #written(key: string, body: Body, headers: ObjectHeaders): PutObjectCommandInput {
    const input: PutObjectCommandInput = { Bucket: this.#bucket, Key: key, Body: body, ...toS3(headers) };
    if (this.#lockDays === undefined || !PERMANENT.test(key)) return input;
    const until = new Date(Date.now() + this.#lockDays * 24 * 3600_000);
    // What is to be locked is not taken without a checksum.
    const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until } as const;
    return { ...input, ...lock, ChecksumAlgorithm: "CRC32" };
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

  async versioning(): Promise<Versioning> {
    try {
      const { Status } = await this.#client.send(new GetBucketVersioningCommand({ Bucket: this.#bucket }));
      return Status === "Enabled" ? "enabled" : Status === "Suspended" ? "suspended" : "never";
    } catch (error) {
      const fault = faultOf(error);
      // It has no such thing, or we are not to know.
      const status = statusOf(fault);
      if (status !== undefined) return "unknown";
      throw fault;
    }
  }

  async *versions(prefix: string): AsyncIterable<ObjectVersion> {
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page: ListObjectVersionsCommandOutput = await this.#client
        .send(new ListObjectVersionsCommand({ Bucket: this.#bucket, Prefix: prefix, ...marker }))
        .catch(rethrow);
      const kept = (page.Versions ?? []).map(({ Key = "" }) => ({ key: Key, deleted: false }));
      const marks = (page.DeleteMarkers ?? []).map(({ Key = "" }) => ({ key: Key, deleted: true }));
      yield* [...kept, ...marks].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
      if (!page.IsTruncated) return;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }
}
