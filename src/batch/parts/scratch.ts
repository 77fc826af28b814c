import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ObjectHeaders, Store } from "../../store/store.ts";

const OCTETS: ObjectHeaders = { contentType: "application/octet-stream" };
const TYPES: Readonly<Record<string, string>> = {
  json: "application/json; charset=utf-8",
  jsonl: "application/x-ndjson",
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  pdf: "application/pdf",
};

const headersOf = (name: string): ObjectHeaders => {
  const contentType = TYPES[name.slice(name.lastIndexOf(".") + 1)];
  return contentType === undefined ? OCTETS : { contentType };
};

/** A folder of this machine in which a part is worked on as if it were all; nothing of it stays. */
export class Scratch {
  readonly root = mkdtempSync(join(tmpdir(), "nianbao-part-"));
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  at(path: string): string {
    return join(this.root, path);
  }

  write(path: string, bytes: Uint8Array | string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), bytes);
  }

  /** Brings an object here; whether there was one. */
  async bring(key: string, path: string): Promise<boolean> {
    const object = await this.#store.get(key);
    if (object) this.write(path, object.body);
    return object !== undefined;
  }

  /** Takes a file to the store. */
  async take(path: string, key: string): Promise<void> {
    await this.#store.put(key, readFileSync(this.at(path)), headersOf(path));
  }

  /**
   * Takes the files of a folder, at any depth, to the store.
   * @param prefix what stands before their paths from that folder
   */
  async takeAll(folder: string, prefix: string, wanted: (name: string) => boolean = () => true): Promise<void> {
    for (const name of this.files(folder)) if (wanted(name)) await this.take(`${folder}/${name}`, prefix + name);
  }

  /** Paths of files from a folder, sorted; none where there is no such folder. */
  files(folder: string): string[] {
    const root = this.at(folder);
    try {
      return readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  remove(path: string): void {
    rmSync(this.at(path), { recursive: true, force: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
