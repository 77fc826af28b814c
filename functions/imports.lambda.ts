import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { createAuthenticator } from "../src/authenticate/authenticate.ts";
import { authenticationFromEnvironment } from "./authentication.ts";
import { createImporter } from "./importer.ts";
import { createImportsApp } from "./imports-app.ts";
import { inLambda, lambdaHandler, lambdaRequestId } from "./lambda.ts";
import { jsonLog, logFromEnvironment } from "./log.ts";
import { required } from "./variables.ts";

const logger = new Logger();

/** The app, for the launcher, which starts this same bundle. */
export const app = createImportsApp({
  publicUrl: required("PUBLIC_URL").replace(/\/$/, ""),
  authenticate: createAuthenticator(authenticationFromEnvironment()),
  importer: createImporter(new URL("./importer.mjs", import.meta.url)),
  log: inLambda ? jsonLog(logger, new Metrics()) : logFromEnvironment(),
  requestId: lambdaRequestId,
});

export const handler = lambdaHandler(app, logger);
