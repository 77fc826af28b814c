import { allPages, machinePages, type Pages } from "../src/index/pages.ts";
import { portalPages } from "../src/portal/pages.ts";
import { required } from "./store.ts";

/**
 * All that is rendered of derived files, for the indexer and for `npm run reindex` alike; `PUBLIC_URL` is where readers
 * see the published prefix, `API_URL`, when it is set, where organs file.
 * @throws when `PUBLIC_URL` is missing
 */
export function pagesFromEnvironment(): Pages {
  const publicUrl = required("PUBLIC_URL").replace(/\/$/, "");
  const apiUrl = process.env["API_URL"]?.replace(/\/$/, "");
  return allPages(machinePages(publicUrl), portalPages({ publicUrl, ...(apiUrl ? { apiUrl } : {}) }));
}
