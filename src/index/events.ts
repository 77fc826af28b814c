import type { Place } from "../basics/place.ts";
import { placeOfRecord } from "../publish/record.ts";
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

interface Notification {
  readonly Event?: unknown;
  readonly Records?: readonly { readonly s3?: { readonly object?: { readonly key?: unknown } } }[];
}

/**
 * The places whose records a notification names; none of the message that S3 sends when notifications are set up.
 * @throws when it is no notification or names something other than a record
 */
export function placesOf(body: string): Place[] {
  const notification = JSON.parse(body) as Notification | null;
  if (notification?.Event === "s3:TestEvent") return [];
  if (!Array.isArray(notification?.Records)) throw new Error("not an S3 event notification");
  return (notification.Records as NonNullable<Notification["Records"]>).map((record) => {
    const key = record?.s3?.object?.key;
    if (typeof key !== "string") throw new Error("a notification without a key");
    // Keys come encoded as in a form: a space is +.
    const place = placeOfRecord(decodeURIComponent(key.replaceAll("+", " ")));
    if (!place) throw new Error(`${key.slice(0, 200)} is not the key of a record`);
    return place;
  });
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
  const wanted = new Map<string, Place[]>();
  for (const { messageId, body } of messages) {
    try {
      wanted.set(messageId, placesOf(body));
    } catch (error) {
      fail(error as Error, [messageId]);
    }
  }
  try {
    for (const { place, error } of await indexPlaces([...wanted.values()].flat(), context)) {
      const about = [...wanted].filter(([, places]) => places.some((p) => nameOf(p) === nameOf(place)));
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
