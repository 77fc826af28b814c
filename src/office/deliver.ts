/** Sends reminders to the webhooks of their division: at least once each, with the same id at every try. */
import { canonicalJson } from "../basics/canonical-json.ts";
import { shanghaiTime } from "../basics/shanghai-time.ts";
import { exchange } from "../fetch/exchange.ts";
import type { FetchPolicy } from "../fetch/policy.ts";
import { deadlineOf } from "../roster/deadline.ts";
import { rosterOver, rostersWithin } from "../roster/stored.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { type Reminder, type ReminderName, reminderKey } from "./reminders.ts";
import { type NamedReminder, type RemindedOrgan, refusalIn, requestOf } from "./webhook-message.ts";
import { type Webhook, webhooksFor } from "./webhooks.ts";

/** What became of a reminder at one webhook. Derived by trying: a later try writes over it. */
export interface Delivery {
  readonly webhook: string;
  readonly outcome: "delivered" | "failed" | "givenUp";
  readonly tries: number;
  /** Of the last try. ISO 8601 with +08:00. */
  readonly at: string;
  /** Of one that was not delivered; nothing of the address, which may have a key in it. */
  readonly reason?: string;
}

export interface DeliveryContext {
  readonly store: Store;
  readonly policy: FetchPolicy;
  readonly now: () => Date;
}

/** Something is still to be sent: the reminder is to come again. */
export class UndeliveredError extends Error {}

/** How long a webhook may take to answer, ms: who waits behind it in the queue waits no longer than this. */
const PATIENCE = 5000;
/** How long it is tried, ms. */
export const GIVEN_UP = 24 * 3600_000;

export const deliveriesUnder = ({ division, year, version }: ReminderName): string =>
  `deliveries/${division}/${year}/v${version}/`;
const deliveryKey = (name: ReminderName, webhook: string): string => `${deliveriesUnder(name)}${webhook}.json`;

/** Posts it once. @returns why it was not taken; undefined where it was */
async function post(
  hook: Webhook,
  reminder: NamedReminder,
  { policy, now }: DeliveryContext,
): Promise<string | undefined> {
  const { url, headers, body } = requestOf(hook, reminder, now().getTime());
  const allowed = hook.private ? { ...policy, isAllowed: () => true } : policy;
  try {
    const answer = await exchange(url, allowed, { method: "POST", headers, body, time: PATIENCE });
    return refusalIn(hook, answer.status, new TextDecoder().decode(answer.body));
  } catch (error) {
    // A message may quote the address, with a robot's key.
    return (error as Error).message.replaceAll(url.href, url.host).slice(0, 300);
  }
}

/** @returns whether nothing is left to be done there */
async function deliverTo(hook: Webhook, reminder: NamedReminder, context: DeliveryContext): Promise<boolean> {
  const { store, now } = context;
  const key = deliveryKey(reminder, hook.id);
  const before = await readJson<Delivery>(store, key);
  if (before && before.outcome !== "failed") return true;
  const reason = await post(hook, reminder, context);
  const late = now().getTime() - Date.parse(reminder.at) > GIVEN_UP;
  const delivery: Delivery = {
    webhook: hook.id,
    outcome: reason === undefined ? "delivered" : late ? "givenUp" : "failed",
    tries: (before?.tries ?? 0) + 1,
    at: shanghaiTime(now()),
    ...(reason === undefined ? {} : { reason }),
  };
  await store.put(key, canonicalJson(delivery), { contentType: "application/json; charset=utf-8" });
  return delivery.outcome !== "failed";
}

/** The organs of a reminder by the names of the rosters; of one that is in none, its code. */
async function namedIn(store: Store, { division, year, organs }: Reminder): Promise<readonly RemindedOrgan[]> {
  const [within, over] = await Promise.all([rostersWithin(store, division), rosterOver(store, division)]);
  const known = new Map(
    [over, ...within].flatMap((roster) => roster?.organs ?? []).map((organ) => [organ.uscc, organ]),
  );
  return organs.map((uscc) => {
    const organ = known.get(uscc);
    const name = organ?.name ?? uscc;
    return { uscc, name, due: deadlineOf(name, year, organ) };
  });
}

/**
 * Sends a reminder wherever it was not delivered yet. May be done any number of times.
 * @throws UndeliveredError when a webhook did not take it: it is to be tried again later
 * @throws when the store fails, or what the operator set will not do
 */
export async function deliver(name: ReminderName, context: DeliveryContext): Promise<void> {
  const { store } = context;
  const key = reminderKey(name, name.version);
  const reminder = await readJson<Reminder>(store, key);
  if (!reminder) throw new Error(`no reminder ${key}`);
  const hooks = await webhooksFor(store, name.division);
  if (hooks.length === 0) return;
  const named = { ...reminder, organs: await namedIn(store, reminder) };
  const done = await Promise.all(hooks.map((hook) => deliverTo(hook, named, context)));
  const left = hooks.filter((_, i) => !done[i]).map(({ id }) => id);
  if (left.length > 0) throw new UndeliveredError(`${key} was not taken by ${left.join(", ")}`);
}

/** What became of a reminder so far, by webhook. */
export async function deliveriesOf(store: Store, name: ReminderName): Promise<readonly Delivery[]> {
  const found: Delivery[] = [];
  for await (const { key } of store.list(deliveriesUnder(name))) {
    const delivery = await readJson<Delivery>(store, key);
    if (delivery) found.push(delivery);
  }
  return found;
}
