import type { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import type { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import type { Env } from "./env.ts";
import { eventOf } from "./event.ts";
import { ProblemError, problemResponse } from "./problem.ts";

/** Whether this runs on Lambda, or in a process that took a bundle of it. */
export const inLambda = process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;

/** Lambda's id of a request, a UUID. */
export const lambdaRequestId = (environment: unknown): string | undefined =>
  (environment as { readonly lambdaContext?: Context } | undefined)?.lambdaContext?.awsRequestId;

/** An app as API Gateway's HTTP API (payload 2.0) or a function URL calls it. */
export function lambdaHandler(app: Hono<Env>, logger: Logger) {
  const answer = handle(app);
  return async (event: unknown, context: Context) => {
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
}
