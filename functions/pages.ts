import { machinePages, type Pages } from "../src/index/pages.ts";
import { required } from "./store.ts";

/**
 * All that is rendered of derived files, for the indexer and for `npm run reindex` alike; `PUBLIC_URL` is where readers
 * see the published prefix.
 * @throws when it is missing
 */
export const pagesFromEnvironment = (): Pages => machinePages(required("PUBLIC_URL").replace(/\/$/, ""));
