/** One request and its answer, bounded in time and size, to an address that was looked at before. */
import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { FetchError } from "./fetch-error.ts";
import type { Address, FetchPolicy } from "./policy.ts";

/** What a file may have: as much as the service takes. */
export const MAX_BYTES = 4 * 1024 * 1024;
/** A whole answer, milliseconds. */
export const MAX_TIME = 30_000;

export interface Exchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const tooLarge = (url: URL): FetchError => new FetchError(`${url.href} 超过4 MiB`, `${url.href} is larger than 4 MiB`);

/**
 * The address to connect to. All of the host's must be public: of several a client may be led to any.
 * @throws FetchError
 */
async function addressOf(url: URL, policy: FetchPolicy): Promise<Address> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const found = family
    ? [{ address: host, family }]
    : await policy.resolve(host).catch(() => {
        throw new FetchError(`找不到网站 ${host}`, `The site ${host} was not found`);
      });
  const refused = found.find(({ address }) => !policy.isAllowed(address));
  if (refused)
    throw new FetchError(
      `${host} 的地址 ${refused.address} 不在公共互联网上，不读取`,
      `The address ${refused.address} of ${host} is not on the public Internet and is not fetched`,
    );
  const [first] = found;
  if (!first) throw new FetchError(`找不到网站 ${host}`, `The site ${host} was not found`);
  return first;
}

/** The body, given up as soon as it is too large. */
async function bodyOf(url: URL, answer: IncomingMessage): Promise<Uint8Array> {
  if (Number(answer.headers["content-length"] ?? 0) > MAX_BYTES) throw tooLarge(url);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_BYTES) throw tooLarge(url);
    parts.push(part);
  }
  return unpacked(url, Buffer.concat(parts), answer.headers["content-encoding"]);
}

/** What was asked for is not packed; some servers pack it all the same. */
function unpacked(url: URL, body: Uint8Array, encoding = "identity"): Uint8Array {
  const unpack = { gzip: gunzipSync, "x-gzip": gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[
    encoding.trim().toLowerCase()
  ];
  if (!unpack) return body;
  try {
    return unpack(body, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(url);
    throw new FetchError(`${url.href} 的内容已损坏`, `The content of ${url.href} is damaged`);
  }
}

/** What is sent, of a request that is no plain GET. */
export interface Sending {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the answer may take, milliseconds. */
  readonly time: number;
}

/**
 * Asks for an address, or sends something there: at the IP address that was found to be allowed and at no other.
 * @throws FetchError
 */
export async function exchange(url: URL, policy: FetchPolicy, sending?: Sending): Promise<Exchange> {
  const pinned = await addressOf(url, policy);
  const lookup: LookupFunction = (_host, { all }, done) =>
    all ? done(null, [pinned]) : done(null, pinned.address, pinned.family);
  const time = sending?.time ?? MAX_TIME;
  const signal = AbortSignal.timeout(time);
  const headers = { "user-agent": policy.agent, "accept-encoding": "identity", accept: "*/*", ...sending?.headers };
  const options = { method: sending?.method ?? "GET", lookup, signal, headers, agent: false } as const;
  const send = url.protocol === "https:" ? overHttps : overHttp;
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, options).on("response", resolve).on("error", reject).end(sending?.body);
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await bodyOf(url, answer) };
  } catch (error) {
    if (error instanceof FetchError) throw error;
    const { message } = error as Error;
    throw signal.aborted
      ? new FetchError(`${url.href} 超过${time / 1000}秒没有读完`, `${url.href} was not read within ${time / 1000} s`)
      : new FetchError(`读不到 ${url.href}：${message}`, `${url.href} cannot be read: ${message}`);
  }
}
