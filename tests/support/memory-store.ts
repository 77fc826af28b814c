import { createHash } from "node:crypto";
import { partOf } from "../../local/serve-object.ts";
import type { Asked, Opener, Opening } from "../../src/store/open.ts";
import type { ListedObject, ObjectHeaders, Store, StoredObject } from "../../src/store/store.ts";

export type Operation = keyof Store;

export interface MemoryStoreOptions {
  /** Before each operation takes effect: a test may wait here, count, or throw. */
  readonly before?: (operation: Operation, key: string) => Promise<void> | void;
  /** When objects were written, epoch milliseconds. */
  readonly modified?: () => number;
}

/** A bucket in memory: each operation takes effect at one moment, entity tags are MD5 as S3's. */
export class MemoryStore implements Store, Opener {
  readonly objects = new Map<string, StoredObject & { readonly modified: number }>();
  readonly #options: MemoryStoreOptions;

  constructor(options: MemoryStoreOptions = {}) {
    this.#options = options;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    await this.#options.before?.("get", key);
    const object = this.objects.get(key);
    return object && { body: Uint8Array.from(object.body), etag: object.etag, headers: object.headers };
  }

  async open(key: string, { head = false, range, etag }: Asked = {}): Promise<Opening> {
    const object = await this.get(key);
    if (!object) return undefined;
    if (etag !== undefined && etag !== object.etag) return "changed";
    const size = object.body.length;
    const part = partOf(range, size);
    if (part === null) return "beyond";
    const { from, to } = part ?? { from: 0, to: size };
    return {
      etag: object.etag,
      headers: object.headers,
      size: to - from,
      ...(part ? { part: `bytes ${from}-${to - 1}/${size}` } : {}),
      ...(head ? {} : { body: object.body.subarray(from, to) }),
    };
  }

  async create(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<boolean> {
    await this.#options.before?.("create", key);
    if (this.objects.has(key)) return false;
    this.#write(key, body, headers);
    return true;
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
    await this.#options.before?.("put", key);
    this.#write(key, body, headers);
  }

  async replace(key: string, body: Uint8Array | string, headers: ObjectHeaders, etag: string): Promise<boolean> {
    await this.#options.before?.("replace", key);
    if (this.objects.get(key)?.etag !== etag) return false;
    this.#write(key, body, headers);
    return true;
  }

  async delete(key: string): Promise<void> {
    await this.#options.before?.("delete", key);
    this.objects.delete(key);
  }

  async *list(prefix: string, after = ""): AsyncIterable<ListedObject> {
    await this.#options.before?.("list", prefix);
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after);
    for (const key of keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
      const object = this.objects.get(key);
      if (object) yield { key, size: object.body.length, etag: object.etag, modified: object.modified };
    }
  }

  #write(key: string, body: Uint8Array | string, headers: ObjectHeaders): void {
    const bytes = Uint8Array.from(Buffer.from(body as string));
    const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    this.objects.set(key, { body: bytes, etag, headers, modified: this.#options.modified?.() ?? 0 });
  }

  /** Every object under a prefix, to compare with those of another store. */
  contents(prefix: string): Record<string, { readonly body: string; readonly headers: ObjectHeaders }> {
    return Object.fromEntries(
      [...this.objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { body, headers }]) => [key, { body: new TextDecoder().decode(body), headers }]),
    );
  }
}
