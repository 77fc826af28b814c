import { Hono } from "hono";
import { cors } from "hono/cors";
import { EMBEDDED_PAGES, EMBEDDED_POLICY, PAGE_POLICY } from "../src/formats/html/page-policy.ts";
import type { Asked, Opened, Opener } from "../src/store/open.ts";
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

const headersOf = (path: string, { etag, headers }: Opened): Record<string, string> => ({
  etag,
  "x-content-type-options": "nosniff",
  ...(headers.cacheControl ? { "cache-control": headers.cacheControl } : {}),
  ...(/^text\/html/i.test(headers.contentType) ? pageHeaders(path) : {}),
});

/** What a reader gets of a file, whole or a part; of one that is only asked about nothing. */
function answer(path: string, opened: Opened, status = opened.part === undefined ? 200 : 206): Response {
  const { headers, size, part, body } = opened;
  return new Response((body as BodyInit | undefined) ?? null, {
    status,
    headers: {
      ...headersOf(path, opened),
      "content-type": headers.contentType,
      "content-length": String(size),
      "accept-ranges": "bytes",
      ...(part === undefined ? {} : { "content-range": part }),
      ...(headers.contentDisposition ? { "content-disposition": headers.contentDisposition } : {}),
    },
  });
}

/** The part that is asked for (RFC 9110, 13.1.5 and 14.2), of a file that has not changed since, where that matters. */
function partOf({ headers }: Request): Asked | undefined {
  const [range, since] = [headers.get("range"), headers.get("if-range")];
  // Several parts at once are given as the whole, and so is what a reader knows by its date alone.
  if (range === null || !/^bytes=(\d+-\d*|-\d+)$/.test(range)) return undefined;
  if (since !== null && !/^"[^"]*"$/.test(since)) return undefined;
  return { range, etag: since ?? undefined };
}

const keyOf = (path: string): string => `published${path}${path.endsWith("/") ? "index.html" : ""}`;

/** A published file, as HTTP has it; undefined where there is none. It goes through as it comes from the store. */
async function published(store: Opener, path: string, request: Request): Promise<Response | undefined> {
  const key = keyOf(path);
  const known = request.headers.get("if-none-match") ?? undefined;
  const head = request.method === "HEAD";
  if (known !== undefined || head) {
    const found = await store.open(key, { head: true });
    if (typeof found !== "object") return undefined;
    if (matches(known, found.etag)) return new Response(null, { status: 304, headers: headersOf(path, found) });
    if (head) return answer(path, found);
  }
  const asked = partOf(request);
  const part = asked && (await store.open(key, asked));
  if (typeof part === "object") return answer(path, part);
  if (part === "beyond") {
    const whole = await store.open(key, { head: true });
    if (typeof whole === "object")
      return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  }
  const opened = await store.open(key);
  return typeof opened === "object" ? answer(path, opened) : undefined;
}

/** Whether whoever asks is a reader with a browser, and no program that wants a problem document. */
const wantsPage = (accept: string | undefined): boolean => /\btext\/html\b/i.test(accept ?? "");

/** The page for where there is nothing, once the indexer has placed it. */
async function absent(store: Opener): Promise<Response | undefined> {
  const path = "/404.html";
  const page = await store.open(keyOf(path));
  return typeof page === "object" ? answer(path, page, 404) : undefined;
}

/** What the public reads: the published prefix, as the bucket or a CDN serves it in the cloud. */
export function createSite(store: Store & Opener): Hono {
  const site = new Hono();
  // As the bucket's own rules have it.
  const open = cors({ origin: "*", allowMethods: ["GET", "HEAD"], exposeHeaders: ["ETag", "Content-Range"] });
  site.get("*", async (c, next) => {
    const { path } = c.req;
    if (FOLDER.test(path) && (await store.open(keyOf(`${path}/`), { head: true })))
      return c.redirect(`${path}/${new URL(c.req.url).search}`, 301);
    const found = isPath(path) ? await published(store, path, c.req.raw) : undefined;
    if (!found) {
      await next();
      if (c.res.status === 404 && wantsPage(c.req.header("accept"))) c.res = (await absent(store)) ?? c.res;
      return;
    }
    await open(c, async () => {
      c.res = found;
    });
  });
  // Until the indexer has made the home page.
  site.get("/", async (c) => c.html(await firstPage(store), 200, { "content-security-policy": FIRST_PAGE_POLICY }));
  site.get("/site.css", (c) => c.body(FIRST_PAGE_STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  return site;
}
