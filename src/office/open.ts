import type { Place } from "../basics/place.ts";
import { records as readRecords } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { currentVersion } from "../publish/versions.ts";
import type { Store } from "../store/store.ts";
import { readDraft, type StoredDraft } from "./draft.ts";
import { type OfficeEvent, events as readEvents } from "./event.ts";
import { type Effective, policyOf, type Review } from "./policy.ts";
import { fold, type Standing } from "./state.ts";

/** Everything that is known of a place before its next version. */
export interface Office extends Place {
  readonly draft: StoredDraft | undefined;
  readonly events: readonly OfficeEvent[];
  readonly records: readonly PublicationRecord[];
  readonly policy: Effective;
  readonly standing: Standing;
}

/** The version that stands published, as events and drafts name it. */
export const baseOf = (records: readonly PublicationRecord[]): number | null =>
  currentVersion(records)?.version ?? null;

/** Reads what lies at a place. @param otherwise the operator's policy */
export async function openOffice(store: Store, place: Place, otherwise: Review): Promise<Office> {
  const { uscc, year } = place;
  const [draft, events, policy] = await Promise.all([
    readDraft(store, place),
    readEvents(store, place),
    policyOf(store, uscc, otherwise),
  ]);
  // After the events: what they led to is then known.
  const records = await readRecords(store, uscc, year);
  const standing = fold(events, baseOf(records), draft?.draft);
  return { uscc, year, draft, events, records, policy, standing };
}
