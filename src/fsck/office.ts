import { canonicalJson } from "../basics/canonical-json.ts";
import type { Place } from "../basics/place.ts";
import { contentKey } from "../office/content.ts";
import { draftKey } from "../office/draft.ts";
import { eventKey, KINDS, type OfficeEvent } from "../office/event.ts";
import { hashOf, previousOf } from "../office/series.ts";
import { readHashed } from "../publish/artefact.ts";
import { type PublicationRecord, recordKey } from "../publish/record.ts";
import type { ListedObject, Store } from "../store/store.ts";
import type { Problem, ProblemKind } from "./problems.ts";

const problem = (kind: ProblemKind, key: string): Problem => ({ kind, key, mended: false });

/** The JSON object that bytes are in its canonical form; undefined for anything else. */
function canonical(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = new TextDecoder().decode(bytes);
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && canonicalJson(value) === text ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Read once more where it is not whole: an answer that was cut short is not yet a damaged object. */
async function readCanonical(
  store: Store,
  key: string,
): Promise<Readonly<Record<string, unknown>> | "damaged" | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const object = await store.get(key);
    if (!object) return undefined;
    const value = canonical(object.body);
    if (value) return value;
    if (attempt === 2) return "damaged";
  }
}

const isEvent = (value: Readonly<Record<string, unknown>>, number: number): boolean =>
  value["format"] === 1 &&
  value["number"] === number &&
  KINDS.some((kind) => kind === value["kind"]) &&
  typeof value["at"] === "string" &&
  typeof value["by"] === "object";

/** The events of a place, one number after another until there is none; stops at a damaged one. */
async function readEvents(store: Store, place: Place, listed: readonly ListedObject[]) {
  const events: OfficeEvent[] = [];
  const problems: Problem[] = [];
  for (;;) {
    const number = events.length + 1;
    const key = eventKey(place, number);
    const value = await readCanonical(store, key);
    if (value === undefined) break;
    if (value === "damaged" || !isEvent(value, number)) return { events, problems: [problem("event-damaged", key)] };
    const event = value as unknown as OfficeEvent;
    if (event.previous !== previousOf(events)) problems.push(problem("event-chain-broken", key));
    events.push(event);
  }
  const known = new Set(events.map(({ number }) => eventKey(place, number)));
  if (listed.some(({ key }) => key.includes("/events/") && !known.has(key)))
    problems.push(problem("event-gap", eventKey(place, events.length + 1)));
  return { events, problems };
}

/** The steps that a policy asks for. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  organ: ["submit", "agree", "sign"],
  superior: ["submit", "agree", "clear", "sign"],
};

/** Whether the events are those that a record says it was approved by. */
function isBacked({ approval, submission, supersedes }: PublicationRecord, events: readonly OfficeEvent[]): boolean {
  const sign = approval && events[approval.events - 1];
  if (!approval || !sign) return false;
  const before = events.slice(0, approval.events);
  const taken = approval.steps.every(({ kind, role, by, at }) =>
    before.some(
      (event) =>
        event.kind === kind && event.role === role && event.at === at && canonicalJson(event.by) === canonicalJson(by),
    ),
  );
  const wanted = WANTED[approval.policy.review];
  return (
    taken &&
    wanted?.every((kind) => approval.steps.some((step) => step.kind === kind)) === true &&
    hashOf(sign) === approval.hash &&
    sign.kind === "sign" &&
    sign.content === submission &&
    sign.base === (supersedes ?? null)
  );
}

/**
 * Looks at what led to the versions of a place: whether the chain of its events is whole, what was handed over is there,
 * and every approval in a record is one that the events tell of. Nothing of it can be had from elsewhere, so nothing is
 * mended.
 * @param listed what lies under the place's drafts
 * @param records sound ones, oldest first
 */
export async function checkOffice(
  store: Store,
  place: Place,
  listed: readonly ListedObject[],
  records: readonly PublicationRecord[],
): Promise<readonly Problem[]> {
  const approved = records.filter(({ approval }) => approval);
  if (listed.length === 0 && approved.length === 0) return [];
  const { events, problems } = await readEvents(store, place, listed);
  const contents = new Set(events.flatMap(({ content }) => (content === undefined ? [] : [content])));
  for (const hash of contents) {
    const key = contentKey(place, hash);
    const found = await readHashed(store, key, hash);
    if ("fault" in found)
      problems.push(problem(found.fault === "missing" ? "content-missing" : "content-damaged", key));
  }
  for (const record of approved)
    if (!isBacked(record, events))
      problems.push(problem("approval-unbacked", recordKey(record.uscc, record.year, record.version)));
  const draft = draftKey(place);
  if ((await readCanonical(store, draft)) === "damaged") problems.push(problem("draft-damaged", draft));
  return problems;
}
