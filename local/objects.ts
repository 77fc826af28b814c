import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  readSync,
  rename,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The end of every object's name: a key may be the folder of other keys. No key has it in it. */
export const SUFFIX = "._object";
const ASIDE = ".aside";
/** The head of an object in one read, bytes; a longer one takes two. */
const HEAD = 4096;
/** Bytes up to which an object is read at once. */
const AT_ONCE = 1 << 20;
/** MD5 sums by SHA-256 that are remembered: a file lies at several keys, written soon after one another. */
const REMEMBERED = 64;

/** What is known of an object besides its content. */
export interface Head {
  /** With its quotation marks. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** As HTTP names them, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An object as it lies in its file: its head in a line of JSON, then its content. */
export interface Found extends Head {
  /** Bytes. */
  readonly size: number;
  /** Where the content begins in the file. */
  readonly offset: number;
  readonly path: string;
  /** The content, where it was asked for and is not long. */
  readonly body?: Buffer;
}

/** Whether an object may be written over what is there, by its entity tag; undefined where there is none. */
export type Holds = (etag: string | undefined) => boolean;

const [syncData, syncAll, moveOver] = [promisify(fdatasync), promisify(fsync), promisify(rename)];
const isMissing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, "r");
  try {
    await syncAll(folder);
  } finally {
    closeSync(folder);
  }
}

/** What can be derived again. The log of publications cannot, but for what says where its entries are. */
const DERIVED = /^(published\/(?!log\/(batches|tile|checkpoint))|probe\/)/;
/** Whether a write outlives the machine's sudden end too. */
const lasts = (key: string): boolean => !DERIVED.test(key);

/**
 * The objects of a bucket, each in a file of its own. One is written aside and moved to its place by one renaming, so that
 * it is there whole or not at all, whoever is killed; and as an object is changed by one at a time, who looks then whether
 * a condition holds, of many writers at once exactly one creates it. What is short is done without waiting for the disk in
 * other threads: a small file takes less than the way there.
 */
export class Objects {
  readonly #root: string;
  readonly #aside: string;
  readonly #sums = new Map<string, string>();
  /** The last change under way of each object. */
  readonly #changing = new Map<string, Promise<void>>();
  readonly #name = crypto.randomUUID();
  #count = 0;

  /** Opens a folder's; what a process that was killed had not finished is removed. */
  constructor(directory: string, bucket: string) {
    this.#root = join(directory, `${bucket}.objects`);
    this.#aside = join(directory, ASIDE);
    rmSync(this.#aside, { recursive: true, force: true });
    mkdirSync(this.#aside, { recursive: true });
    mkdirSync(this.#root, { recursive: true });
  }

  get root(): string {
    return this.#root;
  }

  #pathOf(key: string): string {
    return `${join(this.#root, key)}${SUFFIX}`;
  }

  /** An object, or undefined. @param whole with its content, unless that is long */
  find(key: string, whole = false): Found | undefined {
    const path = this.#pathOf(key);
    let file: number;
    try {
      file = openSync(path, "r");
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    try {
      const { size } = fstatSync(file);
      let bytes = read(file, whole && size <= AT_ONCE ? size : Math.min(size, HEAD));
      let end = bytes.indexOf(10);
      if (end < 0) {
        bytes = read(file, size);
        end = bytes.indexOf(10);
      }
      const head = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
      const offset = end + 1;
      const body = whole && bytes.length === size ? { body: bytes.subarray(offset) } : {};
      return { ...head, size: size - offset, offset, path, ...body };
    } finally {
      closeSync(file);
    }
  }

  /** The entity tag that S3 gives such content. @param sha256 of it, hex */
  #etagOf(body: Buffer, sha256: string): string {
    const known = this.#sums.get(sha256);
    const sum = known ?? createHash("md5").update(body).digest("hex");
    if (known === undefined) {
      const [oldest] = this.#sums.keys();
      if (this.#sums.size >= REMEMBERED && oldest !== undefined) this.#sums.delete(oldest);
      this.#sums.set(sha256, sum);
    }
    return `"${sum}"`;
  }

  /**
   * Writes an object, if the entity tag that is there then (undefined for none) will do: its new one, or undefined.
   * @param sha256 of the body, hex
   * @param holds whether it will do; whatever is there will, unless given
   * @throws what the system says
   */
  async write(
    key: string,
    { body, sha256, headers }: { readonly body: Buffer; readonly sha256: string; readonly headers: Head["headers"] },
    holds?: Holds,
  ): Promise<string | undefined> {
    const etag = this.#etagOf(body, sha256);
    return (await this.keep(key, { etag, modified: Date.now(), headers }, body, holds)) ? etag : undefined;
  }

  /** Writes an object with a head that is known, if what is there then will do: whether it did. @throws what the system says */
  keep(key: string, head: Head, body: Buffer, holds?: Holds): Promise<boolean> {
    return this.#alone(key, async () => {
      if (holds && !holds(this.find(key)?.etag)) return false;
      const aside = join(this.#aside, `${this.#name}-${this.#count++}`);
      const path = this.#pathOf(key);
      try {
        await writeAside(aside, head, body, lasts(key));
        const made = await move(aside, path);
        if (lasts(key)) await syncUpTo(dirname(path), made);
        return true;
      } catch (error) {
        rmSync(aside, { force: true });
        throw error;
      }
    });
  }

  /** Removes an object; no fault when there is none. Its folder stays, as another may be on its way there. */
  remove(key: string): Promise<void> {
    return this.#alone(key, async () => rmSync(this.#pathOf(key), { force: true }));
  }

  /** Changes an object when whoever came before has done: between a look at it and what follows nothing else happens to it. */
  async #alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#changing.get(key);
    const done = before ? before.then(work) : work();
    const over = done.then(
      () => {},
      () => {},
    );
    this.#changing.set(key, over);
    try {
      return await done;
    } finally {
      if (this.#changing.get(key) === over) this.#changing.delete(key);
    }
  }
}

/** Writes the file of an object where nobody looks for it. @param lasting whether the disk is to keep it */
async function writeAside(path: string, head: Head, body: Buffer, lasting: boolean): Promise<void> {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, `${JSON.stringify(head)}\n`);
    writeFileSync(file, body);
    if (lasting) await syncData(file);
  } finally {
    closeSync(file);
  }
}

function read(file: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const got = readSync(file, bytes, at, length - at, at);
    if (got === 0) break;
    at += got;
  }
  return bytes.subarray(0, at);
}

/** Moves a file to its place: the first folder that had to be made for it. */
async function move(from: string, to: string): Promise<string | undefined> {
  try {
    // Over another file some file systems first write what is new to the disk (ext4), for which others need not wait.
    if (existsSync(to)) await moveOver(from, to);
    else renameSync(from, to);
    return undefined;
  } catch (error) {
    if (!isMissing(error)) throw error;
    const made = mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    return made;
  }
}

/** Has the disk keep a folder's names, and those of the folders around it that were just made. */
async function syncUpTo(folder: string, made: string | undefined): Promise<void> {
  const last = made === undefined ? folder : dirname(made);
  for (let each = folder; ; each = dirname(each)) {
    await syncFolder(each);
    if (each === last || each === dirname(each)) return;
  }
}
