import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { consume } from "../src/index/events.ts";
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

const onError = (error: Error, messages: readonly string[]): void =>
  console.error(
    JSON.stringify({ level: "ERROR", messages, error: error.name, message: error.message, stack: error.stack }),
  );

/** S3 event notifications about `records/`, `rosters/` and `reminders/`, by way of a queue; needs `ReportBatchItemFailures`. */
export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> => consume(Records, context, onError);
