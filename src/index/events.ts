import type { Place } from "../basics/place.ts";
import { type ReminderName, reminderKey, reminderOfKey } from "../office/reminders.ts";
import { placeOfRecord } from "../publish/record.ts";
import { divisionOfRosterKey } from "../roster/stored.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexContext, Indexing } from "./indexer.ts";

/** A message of the queue, as much of it as is read. */
export interface Message {
  readonly messageId: string;
  /** An S3 event notification (version 2) as JSON. */
  readonly body: string;
}

/** The answer by which the queue keeps the messages named and drops the others. */
export interface BatchAnswer {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

const nameOf = ({ uscc, year }: Place): string => `${uscc}/${year}`;

/** What the key of an object names: a place, a division whose roster has another version, or a reminder to be sent. */
export interface Touched {
  readonly places: readonly Place[];
  readonly divisions: readonly string[];
  readonly reminders: readonly ReminderName[];
}

/** What is done with what a batch names: indexing, and sending reminders on. */
export interface ConsumeContext extends IndexContext {
  /** Sends a reminder. @throws when it is to be tried again */
  readonly remind: (reminder: ReminderName) => Promise<void>;
}

interface Notification {
  readonly Event?: unknown;
  readonly Records?: readonly { readonly s3?: { readonly object?: { readonly key?: unknown } } }[];
}

/**
 * The places, divisions and reminders whose records, rosters and files a notification names; none of the message that S3 sends when
 * notifications are set up.
 * @throws when it is no notification or names something else
 */
export function touchedBy(body: string): Touched {
  const notification = JSON.parse(body) as Notification | null;
  if (notification?.Event === "s3:TestEvent") return { places: [], divisions: [], reminders: [] };
  if (!Array.isArray(notification?.Records)) throw new Error("not an S3 event notification");
  const places: Place[] = [];
  const divisions: string[] = [];
  const reminders: ReminderName[] = [];
  for (const record of notification.Records as NonNullable<Notification["Records"]>) {
    const key = record?.s3?.object?.key;
    if (typeof key !== "string") throw new Error("a notification without a key");
    // Keys come encoded as in a form: a space is +.
    const plain = decodeURIComponent(key.replaceAll("+", " "));
    const [place, division, reminder] = [placeOfRecord(plain), divisionOfRosterKey(plain), reminderOfKey(plain)];
    if (place) places.push(place);
    else if (division !== undefined) divisions.push(division);
    else if (reminder) reminders.push(reminder);
    else throw new Error(`${key.slice(0, 200)} is the key of no record, no roster and no reminder`);
  }
  return { places, divisions, reminders };
}

type Fail = (error: Error, messages: readonly string[]) => void;
type Wanted = ReadonlyMap<string, Touched>;

/** Writes what is the places' own; what they share is then to be settled. */
async function place(wanted: Wanted, indexing: Indexing, fail: Fail): Promise<void> {
  try {
    const all = [...wanted.values()];
    const failures = await indexing.place(all.flatMap(({ places }) => places));
    indexing.rosters(all.flatMap(({ divisions }) => divisions));
    for (const { place, error } of failures) {
      const about = [...wanted].filter(([, { places }]) => places.some((p) => nameOf(p) === nameOf(place)));
      fail(
        error,
        about.map(([id]) => id),
      );
    }
  } catch (error) {
    fail(error as Error, [...wanted.keys()]);
  }
}

/** So many reminders are sent at a time. */
const AT_ONCE = 4;

/** Sends each reminder once, however many messages name it; those that are to be tried again, with their messages. */
async function sendReminders(wanted: Wanted, { remind }: Pick<ConsumeContext, "remind">) {
  const named = [...wanted].flatMap(([id, { reminders }]) => reminders.map((reminder) => ({ id, reminder })));
  const each = [...Map.groupBy(named, ({ reminder }) => reminderKey(reminder, reminder.version)).values()];
  const failures = await concurrently(each, AT_ONCE, (messages) =>
    remind(messages[0]!.reminder).then(
      () => [],
      (error: unknown) => [[error as Error, messages.map(({ id }) => id)] as const],
    ),
  );
  return failures.flat();
}

type OnError = (error: Error, messages: readonly string[]) => void;

/** The messages that failed, each reported as it does. */
class Failed {
  readonly #ids = new Set<string>();
  readonly add: Fail;

  constructor(onError: OnError) {
    this.add = (error, ids) => {
      for (const id of ids) this.#ids.add(id);
      onError(error, ids);
    };
  }

  answer(): BatchAnswer {
    return { batchItemFailures: [...this.#ids].map((itemIdentifier) => ({ itemIdentifier })) };
  }
}

/**
 * Does what messages ask for, for a process that goes on: what is each one's own at once, what they share when it is
 * settled. A message is done when it was named as failed neither by the one nor by the other.
 */
export class Consumer {
  readonly #context: ConsumeContext;
  readonly #indexing: Indexing;
  readonly #onError: OnError;
  /** Under way: a webhook that does not answer holds up no page. */
  #reminders: ReturnType<typeof sendReminders>[] = [];

  constructor(context: ConsumeContext, onError: OnError) {
    this.#context = context;
    this.#indexing = new Indexing(context);
    this.#onError = onError;
  }

  /** @returns those that are to come again */
  async consume(messages: readonly Message[]): Promise<BatchAnswer> {
    const failed = new Failed(this.#onError);
    const wanted = new Map<string, Touched>();
    for (const { messageId, body } of messages) {
      try {
        wanted.set(messageId, touchedBy(body));
      } catch (error) {
        failed.add(error as Error, [messageId]);
      }
    }
    this.#reminders.push(sendReminders(wanted, this.#context));
    await place(wanted, this.#indexing, failed.add);
    return failed.answer();
  }

  /**
   * @param messages those that were done since it was settled last
   * @returns those of them that are to come again
   */
  async settle(messages: readonly string[]): Promise<BatchAnswer> {
    const failed = new Failed(this.#onError);
    const reminders = this.#reminders.splice(0);
    await this.#indexing.settle().catch((error: unknown) => failed.add(error as Error, messages));
    for (const [error, ids] of (await Promise.all(reminders)).flat()) failed.add(error, ids);
    return failed.answer();
  }
}

/** Does all that a batch of messages asks for; answers those that are to come again. */
export async function consume(
  messages: readonly Message[],
  context: ConsumeContext,
  onError: OnError,
): Promise<BatchAnswer> {
  const consumer = new Consumer(context, onError);
  const unplaced = (await consumer.consume(messages)).batchItemFailures;
  const failed = new Set(unplaced.map(({ itemIdentifier }) => itemIdentifier));
  const placed = messages.flatMap(({ messageId }) => (failed.has(messageId) ? [] : [messageId]));
  const unsettled = (await consumer.settle(placed)).batchItemFailures;
  return { batchItemFailures: [...unplaced, ...unsettled.filter((each) => !failed.has(each.itemIdentifier))] };
}
