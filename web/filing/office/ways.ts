/** The ways to a draft that the service has, and to its review. */
import type { Place } from "../../../src/basics/place.ts";
import type { Flow } from "../flow/flow.ts";
import type { OfficeAnswer } from "../flow/office-api.ts";
import { contentFrom, remoteOf } from "../flow/service-draft.ts";

/** Goes on with the draft that the service has, in the copy of it here where there is one. */
export async function goOn(flow: Flow, office: OfficeAnswer): Promise<void> {
  const here = flow.draftOf(office);
  if (here && !here.remote?.apart) await flow.reopen(here.id);
  else if (office.draft) await flow.begin({ ...contentFrom(office.draft), remote: await remoteOf(office.draft) });
}

/** To the review of a report. */
export async function toReview(flow: Flow, place: Place): Promise<void> {
  await flow.drafts.flush();
  flow.reviewed.value = place;
  flow.view.value = "office";
}
