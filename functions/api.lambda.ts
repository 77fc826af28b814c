import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import { optionsFromEnvironment } from "./configuration.ts";
import { eventOf } from "./event.ts";
import { jsonLog } from "./log.ts";
import { ProblemError, problemResponse } from "./problem.ts";

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
export const handler = async (event: unknown, context: Context) => {
  logger.addContext(context);
  try {
    return await answer(eventOf(event), context);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const response = problemResponse(error, context.awsRequestId);
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      isBase64Encoded: false,
    };
  }
};
