import { Hono } from "hono";
import { cors } from "hono/cors";
import { EMBEDDED_PAGES, EMBEDDED_POLICY, PAGE_POLICY } from "../src/formats/html/page-policy.ts";
import type { Store } from "../src/store/store.ts";
import { FIRST_PAGE_POLICY, FIRST_PAGE_STYLE, firstPage } from "./first-page.ts";

/** A path under the published prefix: names of our own making, none of them a way up. */
const PATH = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

/** Longest path, and longest name in it, that a file of ours has; of longer ones a store may make a fault. */
const [MAX_PATH, MAX_NAME] = [512, 128];
const isPath = (path: string): boolean =>
  path.length <= MAX_PATH && PATH.test(path) && path.split("/").every((name) => name.length <= MAX_NAME);

const REFERRER = { "referrer-policy": "strict-origin-when-cross-origin" };
/** The security headers of a page; its own `meta` has a policy too, but framing can be forbidden in a header alone. */
const PAGE_HEADERS = { "content-security-policy": PAGE_POLICY, "x-frame-options": "DENY", ...REFERRER };
const EMBEDDED_HEADERS = { "content-security-policy": EMBEDDED_POLICY, ...REFERRER };
const pageHeaders = (path: string) => (EMBEDDED_PAGES.includes(path.slice(1)) ? EMBEDDED_HEADERS : PAGE_HEADERS);

/** Folders that are addressed without a slash: an organ, a year of it, a division. Their pages' links need it. */
const FOLDER = /^\/(?:[0-9A-Z]{18}(?:\/\d{4})?|divisions\/\d{6})$/;

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
    ...(/^text\/html/i.test(contentType) ? pageHeaders(path) : {}),
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

/** Whether whoever asks is a reader with a browser, and no program that wants a problem document. */
const wantsPage = (accept: string | undefined): boolean => /\btext\/html\b/i.test(accept ?? "");

/** The page for where there is nothing, once the indexer has placed it. */
async function absent(store: Store): Promise<Response | undefined> {
  const page = await published(store, "/404.html", undefined);
  return page && new Response(page.body, { status: 404, headers: page.headers });
}

/** What the public reads: the published prefix, as the bucket or a CDN serves it in the cloud. */
export function createSite(store: Store): Hono {
  const site = new Hono();
  // As the bucket's own rules have it.
  const open = cors({ origin: "*", allowMethods: ["GET", "HEAD"], exposeHeaders: ["ETag"] });
  site.get("*", async (c, next) => {
    const { path } = c.req;
    if (FOLDER.test(path) && (await store.get(`published${path}/index.html`)))
      return c.redirect(`${path}/${new URL(c.req.url).search}`, 301);
    const answer = isPath(path) ? await published(store, path, c.req.header("if-none-match")) : undefined;
    if (!answer) {
      await next();
      if (c.res.status === 404 && wantsPage(c.req.header("accept"))) c.res = (await absent(store)) ?? c.res;
      return;
    }
    await open(c, async () => {
      c.res = answer;
    });
  });
  // Until the indexer has made the home page.
  site.get("/", async (c) => c.html(await firstPage(store), 200, { "content-security-policy": FIRST_PAGE_POLICY }));
  site.get("/site.css", (c) => c.body(FIRST_PAGE_STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  return site;
}
