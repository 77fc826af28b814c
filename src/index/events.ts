import type { Place } from "../basics/place.ts";
import { placeOfRecord } from "../publish/record.ts";
import { divisionOfRosterKey } from "../roster/stored.ts";
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

/** What the key of an object names: a place, or a division whose roster has another version. */
export interface Touched {
  readonly places: readonly Place[];
  readonly divisions: readonly string[];
}

interface Notification {
  readonly Event?: unknown;
  readonly Records?: readonly { readonly s3?: { readonly object?: { readonly key?: unknown } } }[];
}

/**
 * The places and divisions whose records and rosters a notification names; none of the message that S3 sends when
 * notifications are set up.
 * @throws when it is no notification or names something else
 */
export function touchedBy(body: string): Touched {
  const notification = JSON.parse(body) as Notification | null;
  if (notification?.Event === "s3:TestEvent") return { places: [], divisions: [] };
  if (!Array.isArray(notification?.Records)) throw new Error("not an S3 event notification");
  const places: Place[] = [];
  const divisions: string[] = [];
  for (const record of notification.Records as NonNullable<Notification["Records"]>) {
    const key = record?.s3?.object?.key;
    if (typeof key !== "string") throw new Error("a notification without a key");
    // Keys come encoded as in a form: a space is +.
    const plain = decodeURIComponent(key.replaceAll("+", " "));
    const [place, division] = [placeOfRecord(plain), divisionOfRosterKey(plain)];
    if (place) places.push(place);
    else if (division !== undefined) divisions.push(division);
    else throw new Error(`${key.slice(0, 200)} is the key of no record and no roster`);
  }
  return { places, divisions };
}

/** Indexes what a batch of messages names; answers those that are to come again. */
export async function consume(
  messages: readonly Message[],
  context: IndexContext,
  onError: (error: Error, messages: readonly string[]) => void,
): Promise<BatchAnswer> {
  const failed = new Set<string>();
  const fail = (error: Error, ids: readonly string[]): void => {
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
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
