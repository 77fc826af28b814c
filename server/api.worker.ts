/** The thread in which the plain server's app runs; see `pool.ts`. */
import { parentPort } from "node:worker_threads";
import { createApp } from "../functions/app.ts";
import { optionsFromEnvironment } from "../functions/configuration.ts";
import { observed } from "./observed.ts";
import { answerBy, type Created } from "./thread.ts";

const options = optionsFromEnvironment();
const store = observed(options.store, (key) => parentPort?.postMessage({ created: key } satisfies Created));

export const answer = answerBy(createApp({ ...options, store }));
