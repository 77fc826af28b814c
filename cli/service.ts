import ky, { HTTPError, type KyInstance } from "ky";
import type { FilingConfiguration } from "../src/filing/configuration.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

/** What a service answers: its status and its JSON, a receipt or a problem document (RFC 9457). */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Milliseconds: a report is set and published in about one second, in January in several. */
const TIMEOUT = 60_000;

/**
 * A service's address as it is kept: without a slash at the end.
 * @throws {Complaint} when it is none, or a token would travel to it in the open
 */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Complaint(say(`服务的网址不对：${text}`, `not the address of a service: ${text}`));
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "")
    throw new Complaint(
      say(
        `服务的网址里不能有参数、片段或口令：${url.origin}${url.pathname}`,
        `the address of a service has no query, fragment or password: ${url.origin}${url.pathname}`,
      ),
    );
  if (url.protocol === "http:" && !["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))
    throw new Complaint(
      say(`${text} 不是 https 网址，令牌会在网上明文传送`, `${text} is not https: the token would travel in the open`),
    );
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** The HTTP API of a service, as a client sees it. What is safe to send again is sent again when it was not answered. */
export class Service {
  readonly url: string;
  readonly #http: KyInstance;
  readonly #token: (() => Promise<string>) | undefined;

  /** @param url as `serverUrl` gives it */
  constructor(url: string, token?: () => Promise<string>) {
    this.url = url;
    this.#token = token;
    this.#http = ky.create({
      timeout: TIMEOUT,
      // A submission has an Idempotency-Key: sent twice, it is published once.
      retry: {
        limit: 4,
        methods: ["get", "post"],
        statusCodes: [429, 502, 503, 504],
        backoffLimit: 10_000,
        retryOnTimeout: true,
      },
      headers: { "user-agent": `nianbao/${NIANBAO_VERSION}` },
    });
  }

  /** The settings of the service's pages: who issues the tokens that it takes. */
  async configuration(): Promise<FilingConfiguration> {
    const { status, body } = await this.get("/filing/config.json");
    if (status !== 200 || typeof body["issuer"] !== "string")
      throw new Complaint(
        say(
          `${this.url} 不像是年报服务：没有 /filing/config.json`,
          `${this.url} is no nianbao service: it has no /filing/config.json`,
        ),
      );
    return body as unknown as FilingConfiguration;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(() => this.#http.get(`${this.url}${path}`, { retry: { limit: 1 } }));
  }

  /** @throws {Complaint} when there is no token, or no answer */
  async post(path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const authorization = this.#token ? { authorization: `Bearer ${await this.#token()}` } : {};
    return this.#ask(() =>
      this.#http.post(`${this.url}${path}`, { json: value, headers: { ...headers, ...authorization } }),
    );
  }

  async #ask(ask: () => Promise<Response>): Promise<Answer> {
    const response = await ask().catch((error: unknown) => {
      if (error instanceof HTTPError) return error.response;
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
      throw new Complaint(say(`${this.url} 没有回应：${why}`, `${this.url} does not answer: ${why}`));
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) as Answer["body"] };
    } catch {
      // A proxy in between, most likely.
      return {
        status: response.status,
        body: { title: `HTTP ${response.status}`, titleEn: `HTTP ${response.status}` },
      };
    }
  }
}
