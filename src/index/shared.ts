import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import { parseOrgans, printOrgans } from "./province-organs.ts";
import type { Remembered } from "./remembered.ts";
import type {
  Catalogue,
  DivisionIndex,
  DivisionYear,
  OrganIndex,
  ProvinceIndex,
  ProvinceOrgans,
  ProvinceYear,
  RecentList,
  SearchShard,
} from "./shapes.ts";

/** The files that many places share, by kind. */
export interface SharedStates {
  readonly organ: OrganIndex;
  readonly divisionYear: DivisionYear;
  readonly division: DivisionIndex;
  readonly province: ProvinceIndex;
  readonly provinceYear: ProvinceYear;
  readonly provinceOrgans: ProvinceOrgans;
  readonly search: SearchShard;
  readonly catalogue: Catalogue;
  readonly recent: RecentList;
}
export type SharedKind = keyof SharedStates;

/** A derived file as it is to be read, its path relative to the root that readers see. */
export interface PublicFile {
  readonly path: string;
  readonly body: Uint8Array | string;
  readonly contentType: string;
  /** How long readers may keep it; a minute without. */
  readonly cacheControl?: string;
}

export const publicKey = (path: string): string => `published/${path}`;
/** For what never changes under its name. */
export const IMMUTABLE = "public, max-age=31536000, immutable";
export const derivedHeaders = (contentType: string, cacheControl = "public, max-age=60"): ObjectHeaders => ({
  contentType,
  cacheControl,
});
export const JSON_TYPE = "application/json; charset=utf-8";
export const CSV_TYPE = "text/csv; charset=utf-8";

/** How a state lies in its file. */
interface Form {
  readonly contentType: string;
  readonly parse: (text: string) => SharedStates[SharedKind];
  readonly print: (state: SharedStates[SharedKind]) => string;
}

const JSON_FORM: Form = {
  contentType: JSON_TYPE,
  parse: (text) => JSON.parse(text) as SharedStates[SharedKind],
  print: canonicalJson,
};
/** The organs of a province are many: their lines are kept as they stand in the file, and a few are replaced. */
const CSV_FORM: Form = {
  contentType: CSV_TYPE,
  parse: parseOrgans,
  print: (state) => printOrgans(state as ProvinceOrgans),
};
const formOf = (kind: SharedKind): Form => (kind === "provinceOrgans" ? CSV_FORM : JSON_FORM);

/** Requests under way at a time. */
export const PARALLEL = 8;
/** How often a merge is tried again that others came before; the waits add up to some 6 s. */
const ATTEMPTS = 12;

/**
 * Writes a derived file where it is not there as it should be: whether it was written.
 * @param remembered what this process saw of it last: what it knows to be other content is written without a look at it
 */
export async function putChanged(
  store: Store,
  { path, body, ...file }: PublicFile,
  remembered?: Remembered,
): Promise<boolean> {
  const bytes = Buffer.from(body as string);
  const headers = derivedHeaders(file.contentType, file.cacheControl);
  const hash = remembered ? sha256(bytes) : "";
  if (!remembered?.differs(path, hash)) {
    const there = await store.get(publicKey(path));
    const { contentType, cacheControl } = there?.headers ?? {};
    const same = contentType === headers.contentType && cacheControl === headers.cacheControl;
    if (there && same && bytes.equals(there.body)) {
      remembered?.note(path, hash);
      return false;
    }
  }
  remembered?.forget(path);
  await store.put(publicKey(path), bytes, headers);
  remembered?.note(path, hash);
  return true;
}

/** Writes a derived file where there is none: whether it was written. */
export const putNew = (store: Store, { path, body, contentType, cacheControl }: PublicFile): Promise<boolean> =>
  store.create(publicKey(path), body, derivedHeaders(contentType, cacheControl));

/**
 * Writes the pages of a state that this process has just changed.
 * @param before what was made of the state before: what is not the same now is written without a look at what is there
 */
export async function putPages(
  store: Store,
  before: readonly PublicFile[],
  files: readonly PublicFile[],
): Promise<void> {
  const known = new Map(before.map(({ path, body }) => [path, body]));
  await Promise.all(
    files.map(async (file) => {
      const { path, body, contentType, cacheControl } = file;
      const headers = derivedHeaders(contentType, cacheControl);
      const was = known.get(path);
      if (was !== undefined && !Buffer.from(was as string).equals(Buffer.from(body as string)))
        await store.put(publicKey(path), body, headers);
      else if (was !== undefined || !(await putNew(store, file))) await putChanged(store, file);
    }),
  );
}

interface Seen {
  readonly kind: SharedKind;
  readonly path: string;
  /** undefined where there was none. */
  readonly text: string | undefined;
  readonly state: SharedStates[SharedKind] | undefined;
}

/** What a merge came to: the state after it, and, where it changed the file, the one before. */
export interface Merged<S> {
  readonly state: S;
  readonly changed?: { readonly before: S | undefined };
}

/** Shared files as one round of indexing read or wrote them. */
export class SharedFiles {
  readonly #store: Store;
  readonly #seen = new Map<string, Seen>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Every file of a kind that this round has seen and that is there. */
  of<K extends SharedKind>(kind: K): SharedStates[K][] {
    return [...this.#seen.values()].flatMap((seen) =>
      seen.kind === kind && seen.state ? [seen.state as SharedStates[K]] : [],
    );
  }

  /** A file as this round saw it, read when it did not yet. */
  async read<K extends SharedKind>(kind: K, path: string): Promise<SharedStates[K] | undefined> {
    const seen = this.#seen.get(path) ?? (await this.#load(kind, path)).seen;
    this.#seen.set(path, seen);
    return seen.state as SharedStates[K] | undefined;
  }

  async #load(kind: SharedKind, path: string): Promise<{ readonly seen: Seen; readonly etag: string }> {
    const object = await this.#store.get(publicKey(path));
    const text = object && new TextDecoder("utf-8", { ignoreBOM: true }).decode(object.body);
    const state = text === undefined ? undefined : formOf(kind).parse(text);
    return { seen: { kind, path, text, state }, etag: object?.etag ?? "" };
  }

  /**
   * Changes a file by a conditional write; on what another wrote meanwhile the change is made again.
   * @throws when others keep coming before
   */
  async merge<K extends SharedKind>(
    kind: K,
    path: string,
    change: (before: SharedStates[K] | undefined) => SharedStates[K],
  ): Promise<Merged<SharedStates[K]>> {
    const { contentType, parse, print } = formOf(kind);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, Math.min(10 * 2 ** attempt, 1000)));
      const { seen, etag } = await this.#load(kind, path);
      const text = print(change(seen.state as SharedStates[K] | undefined));
      const same = text === seen.text;
      const written =
        same ||
        (seen.text === undefined
          ? await this.#store.create(publicKey(path), text, derivedHeaders(contentType))
          : await this.#store.replace(publicKey(path), text, derivedHeaders(contentType), etag));
      if (!written) continue;
      // As it is read: with its properties in canonical order, whatever pages make of that.
      const state = parse(text) as SharedStates[K];
      this.#seen.set(path, { kind, path, text, state });
      return { state, ...(same ? {} : { changed: { before: seen.state as SharedStates[K] | undefined } }) };
    }
    throw new Error(`${path} was changed by others ${ATTEMPTS} times while it was to be written`);
  }

  /** The files that are not as this round saw them any more, as they are now; undefined when all are. */
  async changed(): Promise<SharedFiles | undefined> {
    const now = await concurrently([...this.#seen.values()], PARALLEL, async (before) => {
      const { seen } = await this.#load(before.kind, before.path);
      return seen.text === before.text ? [] : [seen];
    });
    const changed = new SharedFiles(this.#store);
    for (const seen of now.flat()) changed.#seen.set(seen.path, seen);
    return changed.#seen.size > 0 ? changed : undefined;
  }
}
