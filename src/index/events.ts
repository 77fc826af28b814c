import type { Place } from "../basics/place.ts";
import { type ReminderName, reminderKey, reminderOfKey } from "../office/reminders.ts";
import { placeOfRecord } from "../publish/record.ts";
import { divisionOfRosterKey } from "../roster/stored.ts";
import { concurrently } from "./concurrently.ts";
import { type IndexContext, indexPlaces } from "./indexer.ts";

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

async function index(wanted: Wanted, context: IndexContext, fail: Fail): Promise<void> {
  try {
    const all = [...wanted.values()];
    const failures = await indexPlaces(
      all.flatMap(({ places }) => places),
      context,
      all.flatMap(({ divisions }) => divisions),
    );
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

/** Sends each reminder once, however many messages name it. */
async function sendReminders(wanted: Wanted, { remind }: Pick<ConsumeContext, "remind">, fail: Fail): Promise<void> {
  const named = [...wanted].flatMap(([id, { reminders }]) => reminders.map((reminder) => ({ id, reminder })));
  const each = [...Map.groupBy(named, ({ reminder }) => reminderKey(reminder, reminder.version)).values()];
  await concurrently(each, AT_ONCE, async (messages) => {
    const ids = messages.map(({ id }) => id);
    await remind(messages[0]!.reminder).catch((error: unknown) => fail(error as Error, ids));
  });
}

/** Does what a batch of messages asks for; answers those that are to come again. */
export async function consume(
  messages: readonly Message[],
  context: ConsumeContext,
  onError: (error: Error, messages: readonly string[]) => void,
): Promise<BatchAnswer> {
  const failed = new Set<string>();
  const fail: Fail = (error, ids) => {
    for (const id of ids) failed.add(id);
    onError(error, ids);
  };
  const wanted = new Map<string, Touched>();
  for (const { messageId, body } of messages) {
    try {
      wanted.set(messageId, touchedBy(body));
    } catch (error) {
      fail(error as Error, [messageId]);
    }
  }
  // At once: a webhook that does not answer holds up no page.
  await Promise.all([index(wanted, context, fail), sendReminders(wanted, context, fail)]);
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
