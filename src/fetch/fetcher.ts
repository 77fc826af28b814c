/** Fetches pages of public sites as a polite and suspicious reader does. Only the command line fetches. */
import robotsParser from "robots-parser";
import { type Exchange, exchange } from "./exchange.ts";
import { FetchError } from "./fetch-error.ts";
import type { FetchPolicy } from "./policy.ts";

/** It is CommonJS, whose one export its types call a default one. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

const MOST_REDIRECTS = 5;
/** Between two requests to a host, milliseconds, and the most that a site may ask for. */
const DELAY = 1000;
const MOST_DELAY = 30_000;

/** What was fetched. */
export interface Fetched {
  readonly bytes: Uint8Array;
  /** Where it was in the end. */
  readonly url: string;
  /** The last part of its path: a name for the file. */
  readonly name: string;
}

interface Rules {
  readonly allow: (url: string) => boolean;
  readonly delay: number;
}

/** @throws FetchError when an address is none that is fetched */
function addressIn(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "")
    throw new FetchError(`“${text}”不是 http 或 https 地址`, `“${text}” is no http or https address`);
  if (url.username !== "" || url.password !== "")
    throw new FetchError(
      `“${url.host}”的地址里有用户名或口令，不读取`,
      `The address at “${url.host}” has a password and is not fetched`,
    );
  url.hash = "";
  return url;
}

function nameIn({ pathname, hostname }: URL): string {
  const last = pathname.split("/").findLast((part) => part !== "") ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

export class Fetcher {
  readonly #policy: FetchPolicy;
  /** By origin. */
  readonly #rules = new Map<string, Promise<Rules>>();
  /** When a host may be asked again. */
  readonly #free = new Map<string, number>();

  constructor(policy: FetchPolicy) {
    this.#policy = policy;
  }

  /**
   * Fetches one file, redirects followed; each address on the way is looked at as the first.
   * @throws FetchError
   */
  async fetch(address: string): Promise<Fetched> {
    let url = addressIn(address);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const { allow, delay } = await this.#rulesOf(url);
      if (!allow(url.href))
        throw new FetchError(
          `网站的 robots.txt 不许读取 ${url.href}`,
          `The site's robots.txt does not allow ${url.href} to be fetched`,
        );
      const answer = await this.#ask(url, delay);
      const next = redirectOf(answer, url);
      if (next) {
        url = next;
        continue;
      }
      if (answer.status !== 200)
        throw new FetchError(
          `读不到 ${url.href}：网站答复${answer.status}`,
          `${url.href} was answered with ${answer.status}`,
        );
      return { bytes: answer.body, url: url.href, name: nameIn(url) };
    }
    throw new FetchError(
      `${address} 转了${MOST_REDIRECTS}次以上`,
      `${address} redirects more than ${MOST_REDIRECTS} times`,
    );
  }

  /** Asks, not before the host may be asked again. */
  async #ask(url: URL, delay: number): Promise<Exchange> {
    const { now, pause } = this.#policy;
    const wait = (this.#free.get(url.host) ?? 0) - now();
    if (wait > 0) await pause(wait);
    try {
      return await exchange(url, this.#policy);
    } finally {
      this.#free.set(url.host, now() + delay);
    }
  }

  #rulesOf(url: URL): Promise<Rules> {
    const known = this.#rules.get(url.origin);
    if (known) return known;
    const rules = this.#readRules(url);
    this.#rules.set(url.origin, rules);
    return rules;
  }

  /** A site's rules (RFC 9309): without a file all is allowed; where it cannot be had, nothing is. */
  async #readRules({ origin }: URL): Promise<Rules> {
    const at = new URL("/robots.txt", origin);
    let url = at;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const answer = await this.#ask(url, DELAY);
      const next = redirectOf(answer, url);
      if (next) {
        url = next;
        continue;
      }
      if (answer.status >= 500)
        throw new FetchError(
          `读不到 ${at.href}（网站答复${answer.status}），不知道许不许读取`,
          `${at.href} was answered with ${answer.status}, so that it is not known what may be fetched`,
        );
      const text = answer.status === 200 ? new TextDecoder().decode(answer.body) : "";
      const robots = parseRobots(at.href, text);
      const seconds = robots.getCrawlDelay(this.#policy.agent) ?? 0;
      return {
        allow: (href) => robots.isAllowed(href, this.#policy.agent) ?? true,
        delay: Math.min(Math.max(DELAY, seconds * 1000), MOST_DELAY),
      };
    }
    return { allow: () => true, delay: DELAY };
  }
}

/** Where an answer leads on to. */
function redirectOf({ status, headers }: Exchange, from: URL): URL | undefined {
  const to = [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined;
  // Node has its bytes as Latin-1; servers write UTF-8 in it.
  return to === undefined ? undefined : addressIn(Buffer.from(to, "latin1").toString(), from);
}
