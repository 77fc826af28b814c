import { clear, createStore, del, entries, get, set, type UseStore, update } from "idb-keyval";
import type { Sources } from "../../../src/rollup/rollup.ts";
import { type Draft, type Mirror, recovered, saved } from "./draft.ts";

const MIRROR = "nianbao.draft.";

/**
 * Where this browser keeps drafts: IndexedDB, and in front of it localStorage for the change that was just made. What
 * localStorage takes is there after the page is gone, however it went; IndexedDB answers when it is done, and holds more.
 */
export class DraftStore {
  readonly #store: UseStore;
  readonly #mirrors: Storage;
  /** What drafts were drawn up from: beside them, since a province's list is long and never changes while one types. */
  #sources: UseStore | undefined;

  constructor(store: UseStore = createStore("nianbao", "drafts"), mirrors: Storage = localStorage) {
    this.#store = store;
    this.#mirrors = mirrors;
  }

  get #drawnFrom(): UseStore {
    this.#sources ??= createStore("nianbao-sources", "sources");
    return this.#sources;
  }

  /** Keeps what a draft was drawn up from. @returns its name */
  async keepSources(sources: Sources): Promise<string> {
    const name = crypto.randomUUID();
    await set(name, sources, this.#drawnFrom);
    return name;
  }

  sources(name: string): Promise<Sources | undefined> {
    return get<Sources>(name, this.#drawnFrom);
  }

  /** Latest change first. */
  async list(): Promise<Draft[]> {
    const all = await entries<string, Draft>(this.#store);
    return all.map(([, draft]) => draft).sort((a, b) => b.changedAt - a.changedAt);
  }

  get(id: string): Promise<Draft | undefined> {
    return get<Draft>(id, this.#store);
  }

  /** Saves and answers what it became; never over what another tab saved in between. */
  async save(draft: Draft): Promise<Draft> {
    const result = await this.#write(draft.id, (stored) => saved(stored, draft, () => crypto.randomUUID()));
    return result ?? draft;
  }

  async delete(id: string): Promise<void> {
    const drawnFrom = (await this.get(id))?.drawnFrom;
    await del(id, this.#store);
    if (drawnFrom !== undefined) await this.#forget(drawnFrom);
    for (const [key, mirror] of this.#allMirrors()) if (mirror?.id === id) this.#mirrors.removeItem(key);
  }

  /** Two drafts may have been drawn up from the same: a copy has what the other has. */
  async #forget(drawnFrom: string): Promise<void> {
    const left = (await this.list()).flatMap((draft) => draft.drawnFrom ?? []);
    if (left.length === 0) await clear(this.#drawnFrom);
    else if (!left.includes(drawnFrom)) await del(drawnFrom, this.#drawnFrom);
  }

  /** Keeps a change at once. False when there is no room. */
  mirror(mirror: Mirror): boolean {
    try {
      this.#mirrors.setItem(`${MIRROR}${mirror.tab}`, JSON.stringify(mirror));
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets a tab's mirror when it says no more than what was saved. */
  settle(tab: string, savedUpTo: number): void {
    const mirror = this.#read(`${MIRROR}${tab}`);
    if (mirror && mirror.changedAt <= savedUpTo) this.#mirrors.removeItem(`${MIRROR}${tab}`);
  }

  /** Saves what tabs that are no more had left unsaved. Answers by the id that was open what it is kept as now. */
  async recover(isLive: (tab: string) => Promise<boolean>): Promise<ReadonlyMap<string, Draft>> {
    const kept = new Map<string, Draft>();
    for (const [key, mirror] of this.#allMirrors()) {
      if (mirror && (await isLive(mirror.tab))) continue;
      if (mirror) {
        const draft = await this.#write(mirror.id, (stored) => recovered(stored, mirror, () => crypto.randomUUID()));
        if (draft) kept.set(mirror.id, draft);
      }
      this.#mirrors.removeItem(key);
    }
    return kept;
  }

  /** One transaction: reads what is stored and puts what it becomes, in its place or beside it. */
  async #write(id: string, become: (stored: Draft | undefined) => Draft | undefined): Promise<Draft | undefined> {
    let beside: Draft | undefined;
    let result: Draft | undefined;
    await update<Draft | undefined>(
      id,
      (stored) => {
        result = become(stored);
        beside = result && result.id !== id ? result : undefined;
        return result && !beside ? result : stored;
      },
      this.#store,
    );
    const copy = beside;
    if (copy) await update<Draft>(copy.id, () => copy, this.#store);
    return result;
  }

  #read(key: string): Mirror | undefined {
    try {
      return JSON.parse(this.#mirrors.getItem(key) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }

  #allMirrors(): [key: string, mirror: Mirror | undefined][] {
    return Array.from({ length: this.#mirrors.length }, (_, i) => this.#mirrors.key(i) ?? "")
      .filter((key) => key.startsWith(MIRROR))
      .map((key) => [key, this.#read(key)]);
  }
}
