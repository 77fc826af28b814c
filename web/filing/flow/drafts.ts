import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Sources } from "../../../src/rollup/rollup.ts";
import { changed, type Draft, type DraftContent, isShownTo, same } from "./draft.ts";
import type { DraftStore } from "./draft-store.ts";
import type { TabMessage, Tabs } from "./tabs.ts";

/** How the open draft stands with what is stored. */
export type Saving = "saved" | "saving" | "failed";

/** What another tab has to do with the open draft. */
export type Elsewhere =
  | { readonly kind: "open" }
  /** Another tab saved a change that this one has not. */
  | { readonly kind: "newer" }
  /** Both changed it: this tab's is a copy now. */
  | { readonly kind: "forked" };

/** ms from a change to its saving. */
const PAUSE = 400;
/** Which draft this tab had open, for a reload. */
const OPEN = "nianbao.open";

/** The drafts of this browser, and the one that is open in this tab. */
export class Drafts {
  readonly #store: DraftStore;
  readonly #tabs: Tabs;
  readonly #owner: ReadonlySignal<string | undefined>;
  readonly #all = signal<readonly Draft[]>([]);
  readonly #list = computed(() => this.#all.value.filter((draft) => isShownTo(draft, this.#owner.value)));
  readonly #open = signal<Draft | undefined>(undefined);
  readonly #saving = signal<Saving>("saved");
  readonly #elsewhere = signal<Elsewhere | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #write: Promise<void> = Promise.resolve();

  /** @param owner the account that this tab is in the hands of */
  constructor(store: DraftStore, tabs: Tabs, owner: ReadonlySignal<string | undefined> = signal(undefined)) {
    this.#store = store;
    this.#tabs = tabs;
    this.#owner = owner;
  }

  /** Those of whoever has this tab. Latest change first. */
  get list(): ReadonlySignal<readonly Draft[]> {
    return this.#list;
  }
  get open(): ReadonlySignal<Draft | undefined> {
    return this.#open;
  }
  get saving(): ReadonlySignal<Saving> {
    return this.#saving;
  }
  get elsewhere(): ReadonlySignal<Elsewhere | undefined> {
    return this.#elsewhere;
  }

  /** Takes in what crashed tabs left and opens what this tab had open. */
  async start(): Promise<void> {
    this.#tabs.listen((message) => this.#hear(message));
    const before = sessionStorage.getItem(OPEN);
    const recovered = await this.#store.recover((tab) => this.#tabs.isLive(tab)).catch(() => new Map<string, Draft>());
    await this.refresh();
    if (before && !(await this.reopen(recovered.get(before)?.id ?? before))) sessionStorage.removeItem(OPEN);
    const hide = (): void => {
      if (document.visibilityState === "hidden") void this.flush();
    };
    document.addEventListener("visibilitychange", hide);
    addEventListener("pagehide", () => {
      void this.flush();
      const draft = this.#open.peek();
      if (draft) this.#tabs.tell({ kind: "closed", id: draft.id, tab: this.#tabs.tab });
    });
  }

  /** Opens a new draft. */
  async create(content: DraftContent): Promise<Draft> {
    await this.close();
    this.#take({ owner: this.#owner.peek(), ...content, id: crypto.randomUUID(), revision: 0, changedAt: Date.now() });
    this.#dirty = true;
    await this.flush();
    return this.#open.value!;
  }

  /** Keeps what a draft was drawn up from. @returns its name, for `drawnFrom` */
  keepSources(sources: Sources): Promise<string> {
    return this.#store.keepSources(sources);
  }

  /** What a draft was drawn up from; undefined where it was not, or that is no longer kept. */
  async sourcesOf({ drawnFrom }: DraftContent): Promise<Sources | undefined> {
    return drawnFrom === undefined ? undefined : this.#store.sources(drawnFrom);
  }

  async reopen(id: string): Promise<Draft | undefined> {
    const draft = await this.#store.get(id).catch(() => undefined);
    if (!draft || !isShownTo(draft, this.#owner.peek())) return undefined;
    if (this.#open.peek()?.id !== id) await this.close();
    this.#take(draft);
    // What was begun before signing in is whose who goes on with it.
    this.change({});
    return draft;
  }

  /** Notes a change of the open draft: at once aside, within half a second for good. */
  change(content: Partial<DraftContent>): void {
    const draft = this.#open.peek();
    if (!draft) return;
    const next = changed(draft, { owner: draft.owner ?? this.#owner.peek(), ...content }, Date.now());
    if (same(draft, next)) return;
    this.#open.value = next;
    this.#dirty = true;
    this.#saving.value = "saving";
    this.#mirror();
    // From the first change on: who types without a pause is saved all the same.
    this.#timer ??= setTimeout(() => void this.flush(), PAUSE);
  }

  /** Saves what is unsaved. What the browser does not take stays in the tab and its mirror, and is tried again. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#write = this.#write.then(() => this.#save());
    return this.#write;
  }

  async close(): Promise<void> {
    await this.flush();
    const draft = this.#open.peek();
    if (draft) this.#tabs.tell({ kind: "closed", id: draft.id, tab: this.#tabs.tab });
    this.#open.value = undefined;
    this.#elsewhere.value = undefined;
    sessionStorage.removeItem(OPEN);
  }

  /** Keeps the open draft as it is beside itself, on this device alone. */
  async keepCopy(): Promise<void> {
    await this.flush();
    const draft = this.#open.peek();
    if (!draft) return;
    await this.#store.save({ ...draft, id: crypto.randomUUID(), revision: 0, remote: { apart: true } });
    await this.refresh();
  }

  async delete(id: string): Promise<void> {
    if (this.#open.peek()?.id === id) {
      this.#dirty = false;
      await this.close();
    }
    await this.#store.delete(id);
    await this.refresh();
    this.#tabs.tell({ kind: "changed", tab: this.#tabs.tab });
  }

  async deleteAll(): Promise<void> {
    await this.refresh();
    for (const { id } of this.#list.peek()) await this.delete(id);
  }

  async refresh(): Promise<void> {
    this.#all.value = await this.#store.list().catch(() => this.#all.peek());
  }

  /** Puts a notice about another tab away. */
  dismiss(): void {
    this.#elsewhere.value = undefined;
  }

  #take(draft: Draft): void {
    this.#open.value = draft;
    this.#dirty = false;
    this.#saving.value = "saved";
    this.#elsewhere.value = undefined;
    sessionStorage.setItem(OPEN, draft.id);
    this.#tabs.tell({ kind: "opened", id: draft.id, tab: this.#tabs.tab });
  }

  #mirror(): void {
    const draft = this.#open.peek();
    if (draft) this.#store.mirror({ ...draft, tab: this.#tabs.tab });
  }

  async #save(): Promise<void> {
    const draft = this.#open.peek();
    if (!draft || !this.#dirty) return;
    this.#dirty = false;
    try {
      const kept = await this.#store.save(draft);
      const now = this.#open.peek();
      // What was typed meanwhile goes on from what was saved.
      if (now?.id === draft.id) {
        this.#open.value = { ...now, id: kept.id, revision: kept.revision };
        if (kept.id !== draft.id) {
          sessionStorage.setItem(OPEN, kept.id);
          this.#elsewhere.value = { kind: "forked" };
        }
      }
      if (this.#dirty) this.#mirror();
      else {
        this.#store.settle(this.#tabs.tab, draft.changedAt);
        this.#saving.value = "saved";
      }
      this.#tabs.tell({ kind: "saved", id: kept.id, revision: kept.revision, tab: this.#tabs.tab });
      await this.refresh();
    } catch {
      this.#dirty = true;
      this.#mirror();
      this.#saving.value = "failed";
    }
  }

  #hear(message: TabMessage): void {
    if (message.tab === this.#tabs.tab) return;
    if (message.kind === "saved" || message.kind === "changed") void this.refresh();
    const draft = this.#open.peek();
    if (!draft || message.kind === "changed" || message.id !== draft.id) return;
    if (message.kind === "opened") this.#tabs.tell({ kind: "here", id: draft.id, tab: this.#tabs.tab });
    if (message.kind === "saved") this.#elsewhere.value = { kind: "newer" };
    else if (message.kind === "closed") {
      if (this.#elsewhere.peek()?.kind === "open") this.#elsewhere.value = undefined;
    } else this.#elsewhere.value ??= { kind: "open" };
  }
}
