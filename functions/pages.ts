import type { DatasetOptions } from "../src/index/dataset/manifests.ts";
import { allPages, machinePages, type Pages } from "../src/index/pages.ts";
import { portalPages } from "../src/portal/pages.ts";
import type { PortalOptions } from "../src/portal/view.ts";
import { required } from "./variables.ts";

/** How the dataset is kept: under the licence that the operator states. */
export const datasetFromEnvironment = (): DatasetOptions => licence();

/** `LICENCE`: what the data may be used for, in a few words; `LICENCE_URL`: where the whole of it stands. */
function licence(): Pick<PortalOptions, "licence"> {
  const [label, url] = [process.env["LICENCE"]?.trim(), process.env["LICENCE_URL"]?.trim()];
  if (!label) return {};
  if (!url) return { licence: { label } };
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) throw new Error("LICENCE_URL is not an http address");
  return { licence: { label, url } };
}

/**
 * All that is rendered of derived files, for the indexer and for `npm run reindex` alike; `PUBLIC_URL` is where readers
 * see the published prefix, `API_URL`, when it is set, where organs file, `LICENCE` and `LICENCE_URL` what the operator
 * states for the data.
 * @throws when `PUBLIC_URL` is missing or `LICENCE_URL` is no address
 */
export function pagesFromEnvironment(): Pages {
  const publicUrl = required("PUBLIC_URL").replace(/\/$/, "");
  const apiUrl = process.env["API_URL"]?.replace(/\/$/, "");
  return allPages(machinePages(publicUrl), portalPages({ publicUrl, ...(apiUrl ? { apiUrl } : {}), ...licence() }));
}
