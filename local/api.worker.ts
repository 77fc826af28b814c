/** The thread in which the app of `npm start` runs: the bundle that CDK ships; see `server/pool.ts`. */
import { answerBy } from "../server/thread.ts";

type App = Parameters<typeof answerBy>[0];
const bundle = new URL("../dist/lambda/api/index.mjs", import.meta.url).href;
const { app } = (await import(bundle)) as { readonly app: App };

export const answer = answerBy(app);
