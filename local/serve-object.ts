/** An object as HTTP gives it: whole or a part, or that a reader has it (RFC 9110). */
import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Found } from "./objects.ts";

/** A part of a content: its first byte and the one after its last. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** The one part that `Range` asks for; undefined for the whole, as of what is not understood; null of what is not there. */
export function partOf(range: string | undefined, size: number): Part | undefined | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "")
    return Number(last) === 0 || size === 0 ? null : { from: Math.max(0, size - Number(last)), to: size };
  const [from, to] = [Number(first), last === "" ? size : Math.min(Number(last) + 1, size)];
  if (from >= size) return null;
  return from < to ? { from, to } : undefined;
}

const names = (header: string | undefined, etag: string): boolean =>
  (header?.split(",") ?? []).some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));

/** What stands in the way of an answer with content. */
function statusOf({ headers }: IncomingMessage, { etag }: Found, part: Part | undefined | null): number {
  if (headers["if-match"] !== undefined && !names(headers["if-match"], etag)) return 412;
  if (names(headers["if-none-match"], etag)) return 304;
  return part === null ? 416 : part ? 206 : 200;
}

/** Answers GET and HEAD of an object that is there. @param refuse with a status and an error's document */
export async function serveObject(request: IncomingMessage, response: ServerResponse, found: Found): Promise<number> {
  const { size, offset, path, body, etag, modified, headers } = found;
  const part = partOf(request.headers.range, size);
  const status = statusOf(request, found, part);
  if (status >= 400) return status;
  const { from, to } = part ?? { from: 0, to: size };
  response.writeHead(status, {
    ...headers,
    etag,
    "last-modified": new Date(modified).toUTCString(),
    "accept-ranges": "bytes",
    ...(status === 206 ? { "content-range": `bytes ${from}-${to - 1}/${size}` } : {}),
    ...(status === 304 ? {} : { "content-length": to - from }),
  });
  if (request.method === "HEAD" || status === 304 || to === from) response.end();
  else if (body) response.end(body.subarray(from, to));
  else await pipeline(createReadStream(path, { start: offset + from, end: offset + to - 1 }), response);
  return status;
}
