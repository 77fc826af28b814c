import { Hono } from "hono";
import { cors } from "hono/cors";
import { PAGE_POLICY } from "../src/formats/html/page-policy.ts";
import type { Store } from "../src/store/store.ts";
import { FIRST_PAGE_POLICY, FIRST_PAGE_STYLE, firstPage } from "./first-page.ts";

/** A path under the published prefix: names of our own making, none of them a way up. */
const PATH = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

/** Longest path, and longest name in it, that a file of ours has; of longer ones a store may make a fault. */
const [MAX_PATH, MAX_NAME] = [512, 128];
const isPath = (path: string): boolean =>
  path.length <= MAX_PATH && PATH.test(path) && path.split("/").every((name) => name.length <= MAX_NAME);

/** The security headers of a page; its own `meta` has a policy too, but framing can be forbidden in a header alone. */
const PAGE_HEADERS = {
  "content-security-policy": PAGE_POLICY,
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
};

/** Whether a reader has what `If-None-Match` names (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  (header?.split(",") ?? []).some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));

/** A published file, as HTTP has it; undefined where there is none. */
async function published(store: Store, path: string, ifNoneMatch: string | undefined): Promise<Response | undefined> {
  const object = await store.get(`published${path}${path.endsWith("/") ? "index.html" : ""}`);
  if (!object) return undefined;
  const { contentType, cacheControl, contentDisposition } = object.headers;
  const headers = {
    etag: object.etag,
    "x-content-type-options": "nosniff",
    ...(cacheControl ? { "cache-control": cacheControl } : {}),
    ...(/^text\/html/i.test(contentType) ? PAGE_HEADERS : {}),
  };
  if (matches(ifNoneMatch, object.etag)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(object.body), {
    headers: {
      ...headers,
      "content-type": contentType,
      "content-length": String(object.body.length),
      ...(contentDisposition ? { "content-disposition": contentDisposition } : {}),
    },
  });
}

/** What the public reads: the published prefix, as the bucket or a CDN serves it in the cloud. */
export function createSite(store: Store): Hono {
  const site = new Hono();
  // As the bucket's own rules have it.
  const open = cors({ origin: "*", allowMethods: ["GET", "HEAD"], exposeHeaders: ["ETag"] });
  site.get("*", async (c, next) => {
    const answer = isPath(c.req.path) ? await published(store, c.req.path, c.req.header("if-none-match")) : undefined;
    if (!answer) return next();
    await open(c, async () => {
      c.res = answer;
    });
  });
  // Until the indexer has made the home page.
  site.get("/", async (c) => c.html(await firstPage(store), 200, { "content-security-policy": FIRST_PAGE_POLICY }));
  site.get("/site.css", (c) => c.body(FIRST_PAGE_STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  return site;
}
