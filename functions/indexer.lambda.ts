import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { compactDataset } from "../src/index/dataset/compact.ts";
import { Consumer, consume, type Message } from "../src/index/events.ts";
import { inLambda } from "./lambda.ts";
import { NOT_INDEXED } from "./metrics.ts";
import { datasetFromEnvironment, pagesFromEnvironment } from "./pages.ts";
import { reminding } from "./reminding.ts";
import { logIdentityFromEnvironment } from "./sequencing.ts";
import { storeFromEnvironment } from "./store.ts";

const store = storeFromEnvironment();
const context = {
  store,
  remind: reminding(store),
  pages: pagesFromEnvironment(),
  dataset: datasetFromEnvironment(),
  ...logIdentityFromEnvironment(),
};

const metrics = inLambda ? new Metrics() : undefined;

/** Caught, so that the messages of others are not taken back: it is told by a line and by a metric of its own. */
function onError(error: Error, messages: readonly string[]): void {
  console.error(
    JSON.stringify({ level: "ERROR", messages, error: error.name, message: error.message, stack: error.stack }),
  );
  metrics?.addMetric(NOT_INDEXED, MetricUnit.Count, messages.length);
  metrics?.publishStoredMetrics();
}

/** What a run keeps of its time for the shards that it is at, ms. */
const RESERVE = 60_000;

/** Takes up what is marked for the dataset. @param until asked between provinces' years whether to stop */
export async function compact(until?: () => boolean): Promise<void> {
  const { failed } = await compactDataset({ store, ...context.dataset }, until);
  for (const { place, error } of failed) onError(error, [`${place.uscc}/${place.year}`]);
}

/**
 * S3 event notifications about `records/`, `rosters/` and `reminders/`, by way of a queue; needs `ReportBatchItemFailures`.
 * By a schedule, without any: the dataset takes up what was marked since.
 */
export async function handler(event: Partial<SQSEvent>, lambda?: Context): Promise<SQSBatchResponse> {
  if (event.Records) return consume(event.Records, context, onError);
  await compact(() => lambda !== undefined && lambda.getRemainingTimeInMillis() < RESERVE);
  return { batchItemFailures: [] };
}

/** The same in two steps, for a server that goes on: what records share is written once for all that came meanwhile. */
export function staged() {
  const consumer = new Consumer(context, onError);
  return {
    handler: ({ Records }: { readonly Records: readonly Message[] }) => consumer.consume(Records),
    settle: (messages: readonly string[]) => consumer.settle(messages),
  };
}
