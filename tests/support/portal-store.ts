/** A bucket in memory for many thousands of objects, and the records that lead to the generated organs. */

import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { setCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { OrganIndex } from "../../src/index/shapes.ts";
import type { ListedObject, ObjectHeaders } from "../../src/store/store.ts";
import { MemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
import { commitRecord } from "./records.ts";

/** The folder of a place, `published/{uscc}/{year}`: what is listed on every publication. */
const FOLDER = /^[^/]+\/[^/]+\/[^/]+/;

/** Lists a place without looking at every other. */
export class FolderStore extends MemoryStore {
  readonly #folders = new Map<string, Set<string>>();
  readonly #before: MemoryStoreOptions["before"];

  constructor(options: MemoryStoreOptions = {}) {
    super(options);
    this.#before = options.before;
  }

  #add(key: string): void {
    const [folder] = FOLDER.exec(key) ?? [];
    if (folder === undefined) return;
    const keys = this.#folders.get(folder) ?? new Set();
    this.#folders.set(folder, keys.add(key));
  }

  override async create(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<boolean> {
    this.#add(key);
    return super.create(key, body, headers);
  }

  override async put(key: string, body: Uint8Array | string, headers: ObjectHeaders): Promise<void> {
    this.#add(key);
    return super.put(key, body, headers);
  }

  override async delete(key: string): Promise<void> {
    const [folder = ""] = FOLDER.exec(key) ?? [];
    const keys = this.#folders.get(folder);
    keys?.delete(key);
    if (keys?.size === 0) this.#folders.delete(folder);
    return super.delete(key);
  }

  override async *list(prefix: string): AsyncIterable<ListedObject> {
    const [folder] = FOLDER.exec(prefix) ?? [];
    if (folder === undefined || prefix !== `${folder}/`) {
      yield* super.list(prefix);
      return;
    }
    await this.#before?.("list", prefix);
    const keys = [...(this.#folders.get(folder) ?? [])].filter((key) => this.objects.has(key));
    for (const key of keys.sort()) {
      const object = this.objects.get(key)!;
      yield { key, size: object.body.length, etag: object.etag, modified: object.modified };
    }
  }
}

/** Commits what a generated organ published for a year: its versions, each with its report alone. */
export async function commitYear(store: MemoryStore, entry: OrganIndex["years"][number]): Promise<void> {
  const { uscc, organ, year, edition } = entry;
  const report = { edition, year, organ: { uscc, name: organ }, ...(entry.signed ? { signed: entry.signed } : {}) };
  for (const { pointer, type } of formCells(formOf(edition)!)) {
    const value = entry.figures[pointer];
    if (value !== undefined) setCell(report, pointer, type === "money" ? { amount: value, unit: "元" } : value);
  }
  for (const { version, kind, publishedAt, reason } of entry.versions) {
    const body = canonicalJson(kind === "withdrawal" ? { withdrawn: true, uscc, year } : report);
    const submission = sha256(`${uscc}/${year}/${version}`);
    await commitRecord(store, body, {
      ...{ uscc, year, version, kind, edition, organ },
      submission,
      reason,
      publishedAt,
    });
  }
}
