/** What the embedded store's front lets in: the requests that the service makes, and nothing that a browser sends. */
import type { IncomingMessage } from "node:http";
import { LEGACY } from "./legacy.ts";
import { SUFFIX } from "./objects.ts";

/** Why a request is refused, as S3's own codes. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

const METHODS = new Set(["GET", "HEAD", "PUT", "DELETE"]);
/** Parameters of objects and of listings; what asks for anything else of S3 is not for this store. */
const OBJECT = new Set(["x-id"]);
const LISTING = new Set([
  "list-type",
  "prefix",
  "start-after",
  "continuation-token",
  "max-keys",
  "encoding-type",
  "x-id",
]);
/** S3's own limit, bytes. */
const MAX_KEY = 1024;
/** What the files' names have room for. */
const MAX_SEGMENT = 200;
/** Endings of files' names, today's and those of before. */
const RESERVED = [SUFFIX, LEGACY];

/** Whether a key is one that names one object and no way out of its folder, nor a file that the store keeps beside it. */
export function isNormalKey(key: string): boolean {
  if (key === "" || Buffer.byteLength(key) > MAX_KEY || /[\p{Cc}\\]/u.test(key)) return false;
  if (RESERVED.some((name) => key.includes(name))) return false;
  return key
    .split("/")
    .every(
      (segment) => segment !== "" && segment !== "." && segment !== ".." && Buffer.byteLength(segment) <= MAX_SEGMENT,
    );
}

/** The key that a path of a bucket names, or undefined when it is not written as a normal key is. */
export function keyOf(pathname: string, bucket: string): string | undefined {
  // A slash or a dot that hides in an escape is decoded after whoever looked for it.
  if (!pathname.startsWith(`/${bucket}/`) || /%(2f|5c|2e|00)/i.test(pathname)) return undefined;
  try {
    const key = decodeURIComponent(pathname.slice(bucket.length + 2));
    return isNormalKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether any page of a browser may have sent it. */
const isOfBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers["sec-fetch-site"] !== undefined || headers.referer !== undefined;

/** How often a request says `Host`, of which there is one (RFC 9112, 3.2). */
export const hostsOf = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === "host").length;

/** A request for a listing of the bucket. */
export const isListing = (request: IncomingMessage, url: URL, bucket: string): boolean =>
  request.method === "GET" &&
  [`/${bucket}`, `/${bucket}/`].includes(url.pathname) &&
  url.searchParams.get("list-type") === "2";

/** Why a request is not let in, before its signature is looked at; undefined for one that is. */
export function refusalOf(
  request: IncomingMessage,
  url: URL,
  bucket: string,
  hosts: readonly string[],
): Refusal | undefined {
  if (hostsOf(request) !== 1) return refusal(400, "InvalidRequest", "one Host header, please");
  if (!hosts.includes(String(request.headers.host).toLowerCase()))
    return refusal(421, "MisdirectedRequest", "this store does not go by that name");
  if (isOfBrowser(request)) return refusal(403, "AccessDenied", "no browser has any business here");
  if (!METHODS.has(request.method ?? "")) return refusal(405, "MethodNotAllowed", "GET, HEAD, PUT and DELETE alone");
  const listing = isListing(request, url, bucket);
  const known = listing ? LISTING : OBJECT;
  if ([...url.searchParams.keys()].some((name) => !known.has(name) || url.searchParams.getAll(name).length > 1))
    return refusal(400, "InvalidArgument", "a parameter that this store does not know");
  if (request.headers["x-amz-copy-source"] !== undefined)
    return refusal(501, "NotImplemented", "objects are not copied here");
  // As it was sent: URL has taken the dots out of the path.
  const [raw = ""] = (request.url ?? "").split("?", 1);
  if (!listing && (keyOf(url.pathname, bucket) === undefined || raw !== url.pathname))
    return refusal(400, "InvalidURI", "not the normal key of an object");
  return undefined;
}
