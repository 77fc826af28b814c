import { readFileSync } from "node:fs";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { createAuthenticator } from "../src/authenticate/authenticate.ts";
import { type CoverageFile, decodeCoverage } from "../src/check/coverage.ts";
import { authenticationFromEnvironment } from "./authentication.ts";
import { threadImporter } from "./importer.ts";
import { createImportsApp } from "./imports-app.ts";
import { inLambda, lambdaHandler, lambdaRequestId } from "./lambda.ts";
import { jsonLog, logFromEnvironment } from "./log.ts";
import { required } from "./variables.ts";

const logger = new Logger();
const beside = (name: string): URL => new URL(`./${name}`, import.meta.url);

/** The app, for the launcher, which starts this same bundle. */
export const app = createImportsApp({
  publicUrl: required("PUBLIC_URL").replace(/\/$/, ""),
  authenticate: createAuthenticator(authenticationFromEnvironment()),
  // As the build took it from the faces, which weigh a hundred times as much.
  coverage: decodeCoverage(JSON.parse(readFileSync(beside("coverage.json"), "utf8")) as CoverageFile),
  importer: threadImporter(beside("importer.mjs")),
  log: inLambda ? jsonLog(logger, new Metrics()) : logFromEnvironment(),
  requestId: lambdaRequestId,
});

export const handler = lambdaHandler(app, logger);
