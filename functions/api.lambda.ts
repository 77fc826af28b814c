import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import { optionsFromEnvironment } from "./configuration.ts";
import { jsonLog } from "./log.ts";

const logger = new Logger();
const inLambda = process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;

/** The app, for the launcher, which starts this same bundle. */
export const app = createApp({
  ...optionsFromEnvironment(),
  ...(inLambda ? { log: jsonLog(logger, new Metrics()) } : {}),
  requestId: (environment) =>
    (environment as { readonly lambdaContext?: Context } | undefined)?.lambdaContext?.awsRequestId,
});

const answer = handle(app);

/** API Gateway HTTP API (payload 2.0) or a function URL. */
export const handler = (event: LambdaEvent, context: Context) => {
  logger.addContext(context);
  return answer(event, context);
};
