import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import { optionsFromEnvironment } from "./configuration.ts";

/** The app, for the launcher, which starts this same bundle. */
export const app = createApp(optionsFromEnvironment());

/** API Gateway HTTP API (payload 2.0) or a function URL. */
export const handler = handle(app);
