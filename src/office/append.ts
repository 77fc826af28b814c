import type { Place } from "../basics/place.ts";
import { writeOnce } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { eventKey, type OfficeEvent } from "./event.ts";
import { hashOf, previousOf } from "./series.ts";

/** An event before it has its place in the chain. */
export type NewEvent = Omit<OfficeEvent, "format" | "number" | "previous">;

/** Whether an event says what is to be said again by the same person, its answer lost; of its content nothing is asked. */
export function saysTheSame(
  event: OfficeEvent,
  again: Pick<NewEvent, "kind" | "by" | "comment" | "comments">,
): boolean {
  const said = ({ kind, by, comment, comments }: typeof again) =>
    hashOf({ kind, by, comment: comment ?? null, comments: comments ?? null });
  return said(event) === said(again);
}

/**
 * Adds an event after those given. Of several at once one is written; the others get `created: false` and what is there.
 * @throws what the store threw, when the number is still free
 */
export async function append(
  store: Store,
  place: Place,
  before: readonly OfficeEvent[],
  event: NewEvent,
): Promise<{ readonly created: boolean; readonly standing: OfficeEvent }> {
  const number = before.length + 1;
  const next: OfficeEvent = { format: 1, number, previous: previousOf(before), ...event };
  // Its own that a lost answer had the store refuse is its own.
  const { same, standing } = await writeOnce(store, eventKey(place, number), next);
  return { created: same, standing };
}
