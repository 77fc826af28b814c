import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { consume } from "../src/index/events.ts";
import { inLambda } from "./lambda.ts";
import { NOT_INDEXED } from "./metrics.ts";
import { pagesFromEnvironment } from "./pages.ts";
import { reminding } from "./reminding.ts";
import { logIdentityFromEnvironment } from "./sequencing.ts";
import { storeFromEnvironment } from "./store.ts";

const store = storeFromEnvironment();
const context = {
  store,
  remind: reminding(store),
  pages: pagesFromEnvironment(),
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

/** S3 event notifications about `records/`, `rosters/` and `reminders/`, by way of a queue; needs `ReportBatchItemFailures`. */
export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> => consume(Records, context, onError);
