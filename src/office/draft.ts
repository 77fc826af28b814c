/** The draft of a report as it lies with the service: one a place, saved under a condition, never over another's. */
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Filer } from "../basics/filer.ts";
import { jsonOf } from "../basics/json.ts";
import type { Place } from "../basics/place.ts";
import { JSON_HEADERS } from "../store/json.ts";
import type { Store } from "../store/store.ts";

/** What is being written: `report` as it would be sent to be published, explanations and sources in it; more as a page keeps it. */
export interface Submission {
  readonly report: Readonly<Record<string, unknown>>;
  /** Of a correction: why. */
  readonly reason?: string;
  readonly [more: string]: unknown;
}

/** What lies at a place; without a submission it was thrown away. */
export interface Draft extends Place {
  readonly format: 1;
  readonly submission: Submission | null;
  /** The version that it corrects; null of a first one. */
  readonly base: number | null;
  /** ISO 8601 with +08:00. */
  readonly savedAt: string;
  readonly savedBy: Filer;
}

/** A draft as read, with what the next save names. */
export interface StoredDraft {
  readonly draft: Draft;
  readonly etag: string;
}

/**
 * What came of a save: `created` where no draft of this version was there, `lost` where another came before, with what lies
 * there now, if anything.
 */
export type SavedDraft =
  | { readonly outcome: "created" | "saved" | "unchanged"; readonly stored: StoredDraft }
  | { readonly outcome: "lost"; readonly stored: StoredDraft | undefined };

export const draftKey = ({ uscc, year }: Place): string => `drafts/${uscc}/${year}/draft.json`;

/** What lies there, thrown away or not. */
async function lying(store: Store, place: Place): Promise<StoredDraft | undefined> {
  const object = await store.get(draftKey(place));
  return object && { draft: jsonOf<Draft>(object.body), etag: object.etag };
}

/** The draft of a place; undefined where there is none, or none any more. */
export async function readDraft(store: Store, place: Place): Promise<StoredDraft | undefined> {
  const stored = await lying(store, place);
  return stored?.draft.submission ? stored : undefined;
}

const same = (a: Draft, b: Draft): boolean =>
  canonicalJson([a.submission, a.base]) === canonicalJson([b.submission, b.base]);

/**
 * Saves a draft in the place of the one that it was made from. What was thrown away keeps its object, whose next writer
 * needs a condition too: nobody begins anew over another who does.
 * @param etag of the draft that it was made from; undefined where there was none
 * @throws what the store threw, when it is not known whether it was written
 */
export async function saveDraft(store: Store, draft: Draft, etag: string | undefined): Promise<SavedDraft> {
  const key = draftKey(draft);
  const text = canonicalJson(draft);
  const before = await lying(store, draft);
  // Sent again, its answer lost: it is there already.
  if (before && same(before.draft, draft)) return { outcome: "unchanged", stored: before };
  const open = before?.draft.submission ? before : undefined;
  if (open?.etag !== etag) return { outcome: "lost", stored: open };
  const write = before ? store.replace(key, text, JSON_HEADERS, before.etag) : store.create(key, text, JSON_HEADERS);
  const written = await write.catch((error: unknown) => error as Error);
  const after = await lying(store, draft);
  if (after && same(after.draft, draft)) {
    const begun = open === undefined || open.draft.base !== draft.base;
    return { outcome: begun ? "created" : "saved", stored: after };
  }
  if (written instanceof Error) throw written;
  // Another came first, or right after: whoever saved is told.
  return { outcome: "lost", stored: after?.draft.submission ? after : undefined };
}
