import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { createApp } from "./app.ts";
import { optionsFromEnvironment } from "./configuration.ts";
import { inLambda, lambdaHandler, lambdaRequestId } from "./lambda.ts";
import { jsonLog } from "./log.ts";

const logger = new Logger();

/** The app, for the launcher, which starts this same bundle. */
export const app = createApp({
  ...optionsFromEnvironment(),
  ...(inLambda ? { log: jsonLog(logger, new Metrics()) } : {}),
  requestId: lambdaRequestId,
});

export const handler = lambdaHandler(app, logger);
