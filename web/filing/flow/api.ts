import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import type { Place } from "../../../src/basics/place.ts";
import type { Imported } from "../../../src/import/account.ts";
import type { Receipt, VersionKind } from "../../../src/publish/record.ts";
import type { DraftReport } from "../contract.ts";
import type { Connection, Unreached } from "./connection.ts";

/** What the service said in a problem document (RFC 9457). */
export interface ApiProblem {
  readonly status: number;
  readonly title: string;
  readonly titleEn: string;
  readonly detail?: string;
  readonly detailEn?: string;
  readonly findings?: readonly Finding[];
  /** The warnings that nothing was said to, by rule. */
  readonly unexplained?: readonly string[];
  /** Of 409 and of a key that was used before: what is published. */
  readonly receipt?: Receipt;
}

/** What became of a request. */
export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T; readonly status: number }
  | { readonly kind: "problem"; readonly problem: ApiProblem }
  | { readonly kind: "unreached"; readonly reason: Unreached }
  | { readonly kind: "cancelled" };

/** What the checks of the service say of a report that it takes. */
export interface DryRun {
  readonly valid: true;
  readonly findings: readonly Finding[];
  readonly unexplained: readonly string[];
}

/** What the service makes of a file. */
export interface ImportAnswer extends Imported {
  /** What the checks say of the report. */
  readonly findings: readonly Finding[];
}

/** Why something is amended, and what is said to warnings about that text. */
interface AmendmentBody {
  readonly reason: string;
  readonly explanations?: Readonly<Record<string, string>>;
}

/** A version as `versions.json` lists it. */
export interface PublishedVersion {
  readonly version: number;
  readonly kind: VersionKind;
  readonly status: "current" | "superseded" | "withdrawn" | "redacted";
  readonly publishedAt: string;
  readonly reason?: string;
  readonly redaction?: { readonly publishedAt: string; readonly reason: string };
}

/** The bearer token of whoever is signed in, and whom to tell when it is refused. */
export interface Authorization {
  token(): Promise<string | undefined>;
  /** The service did not take the token. */
  refused(): void;
}

export interface ApiOptions {
  readonly authorization: Authorization;
  readonly connection: Connection;
  /** Where published files are read, without a slash at the end. */
  readonly publicUrl: string;
  /** Where the API is, without a slash at the end; "" for the page's own origin. */
  readonly base?: string;
  readonly fetch?: typeof fetch;
}

/** ms. A preview is set in some 200 ms; a publication in about 1 s, and API Gateway gives up after 30 s. A file is
 * sent over slow lines, may wait for others, and is given up after 20 s. */
export const TIMEOUTS = { read: 15_000, preview: 20_000, publish: 35_000, file: 60_000 } as const;

const UNAUTHORIZED: ApiProblem = {
  status: 401,
  title: "需要登录",
  titleEn: "Sign in",
  detail: "登录已到期或尚未登录",
  detailEn: "You are not signed in, or your session has ended",
};

/** A problem document, or what is known of an answer that is none. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response;
  if (/^application\/([\w.+-]+\+)?json/.test(response.headers.get("content-type") ?? "")) {
    const body = (await response.json().catch(() => undefined)) as Partial<ApiProblem> | undefined;
    if (body && typeof body.title === "string")
      return { ...body, status, title: body.title, titleEn: body.titleEn ?? body.title };
  }
  if (status === 401) return UNAUTHORIZED;
  return status >= 500
    ? {
        status,
        title: "服务暂时不可用",
        titleEn: "The service is unavailable",
        detail: "请稍后重试",
        detailEn: "Try again later",
      }
    : { status, title: `服务没有接受（${status}）`, titleEn: `The service refused it (${status})` };
}

/** Whether a problem leaves open that the same request succeeds, or has succeeded: its key must be kept. */
export const isOpen = ({ status }: ApiProblem): boolean =>
  status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;

/** The service as the pages use it: every answer a value, none thrown. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  dryRun(report: DraftReport, signal?: AbortSignal): Promise<Answer<DryRun>> {
    return this.#post("/reports?dryRun=true", report, TIMEOUTS.preview, json<DryRun>, {}, signal);
  }

  /** The report as a PDF, as far as it is filled in. */
  preview(report: DraftReport, signal?: AbortSignal): Promise<Answer<Blob>> {
    return this.#post("/reports/preview?draft=true", report, TIMEOUTS.preview, (r) => r.blob(), {}, signal);
  }

  /** The very PDF that a submission would publish, by the path and the body that it has. */
  pdf(path: string, body: unknown, signal?: AbortSignal): Promise<Answer<Blob>> {
    return this.#post(`${path}?pdf=true`, body, TIMEOUTS.publish, (r) => r.blob(), {}, signal);
  }

  file(report: DraftReport, key: string, signal?: AbortSignal): Promise<Answer<Receipt>> {
    return this.#publish("/reports", report, key, signal);
  }

  correct(
    { uscc, year }: Place,
    body: { readonly supersedes: number; readonly reason: string; readonly report: DraftReport },
    key: string,
    signal?: AbortSignal,
  ): Promise<Answer<Receipt>> {
    return this.#publish(`/reports/${uscc}/${year}/corrections`, body, key, signal);
  }

  withdraw(
    { uscc, year }: Place,
    body: AmendmentBody & { readonly supersedes: number },
    key: string,
    signal?: AbortSignal,
  ): Promise<Answer<Receipt>> {
    return this.#publish(`/reports/${uscc}/${year}/withdrawal`, body, key, signal);
  }

  /** Takes a version that no longer stands out of the public. */
  redact(
    { uscc, year }: Place,
    version: number,
    body: AmendmentBody,
    key: string,
    signal?: AbortSignal,
  ): Promise<Answer<Receipt>> {
    return this.#publish(`/reports/${uscc}/${year}/versions/${version}/redaction`, body, key, signal);
  }

  /** A file of any kind made into a report. The content tells what it is. */
  import(bytes: Uint8Array<ArrayBuffer>, name: string, signal?: AbortSignal): Promise<Answer<ImportAnswer>> {
    const path = `/imports?name=${encodeURIComponent([...name].slice(-255).join(""))}`;
    const headers = { "content-type": "application/octet-stream" };
    return this.signed(path, bytes, TIMEOUTS.file, json<ImportAnswer>, headers, signal);
  }

  /**
   * The receipt of the latest version; 404 when nothing is published. Whoever is signed in for the organ gets the
   * explanations too; everybody else gets it without.
   */
  async receipt({ uscc, year }: Place, signal?: AbortSignal): Promise<Answer<Receipt>> {
    const { authorization } = this.#options;
    const ask = (init: RequestInit): Promise<Answer<Receipt>> =>
      this.#send(`${this.#base}/reports/${uscc}/${year}`, init, TIMEOUTS.read, json<Receipt>, signal);
    const token = await authorization.token();
    if (signal?.aborted) return { kind: "cancelled" };
    if (token === undefined) return ask({});
    const answer = await ask({ headers: { authorization: `Bearer ${token}` } });
    if (answer.kind !== "problem" || answer.problem.status !== 401) return answer;
    authorization.refused();
    return ask({});
  }

  /** What is asked of the service about a division: its roster, saved where a body is sent, or a roll-up. */
  async division<T>(method: "GET" | "PUT" | "POST", path: string, body?: unknown): Promise<Answer<T>> {
    if (method !== "GET") return this.#post(path, body, TIMEOUTS.publish, json<T>, {}, undefined, method);
    const token = await this.#options.authorization.token();
    const init = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
    return this.#send(this.#base + path, init, TIMEOUTS.publish, json<T>);
  }

  /** The report of a published version; undefined of a withdrawal, which has none. */
  published({ uscc, year }: Place, version: number, signal?: AbortSignal): Promise<Answer<Report | undefined>> {
    const url = `${this.#options.publicUrl}/${uscc}/${year}/v${version}/report.json`;
    const read = async (response: Response): Promise<Report | undefined> => {
      const data = await json<Report | { readonly withdrawn: true } | { readonly redacted: true }>(response);
      return "withdrawn" in data || "redacted" in data ? undefined : data;
    };
    return this.#send(url, {}, TIMEOUTS.read, read, signal);
  }

  /** Every version of a place with what became of it, the oldest first. */
  versions({ uscc, year }: Place): Promise<Answer<{ readonly versions: readonly PublishedVersion[] }>> {
    const url = `${this.#options.publicUrl}/${uscc}/${year}/versions.json`;
    return this.#send(url, { cache: "no-cache" }, TIMEOUTS.read, json<{ versions: PublishedVersion[] }>);
  }

  /** What an organ is called by the roster over it, else where something of it is published; undefined where neither is known. */
  async organ(uscc: string): Promise<string | undefined> {
    const ask = (url: string) => this.#send(url, {}, TIMEOUTS.read, json<{ name?: string; organ?: string }>);
    const listed = await ask(`${this.#base}/organs/${uscc}`);
    if (listed.kind === "ok") return listed.value.name;
    const published = await ask(`${this.#options.publicUrl}/${uscc}/index.json`);
    return published.kind === "ok" ? published.value.organ : undefined;
  }

  get #base(): string {
    return this.#options.base ?? "";
  }

  #publish(path: string, body: unknown, key: string, signal?: AbortSignal): Promise<Answer<Receipt>> {
    return this.#post(path, body, TIMEOUTS.publish, json<Receipt>, { "idempotency-key": key }, signal);
  }

  #post<T>(
    path: string,
    body: unknown,
    timeout: number,
    read: (response: Response) => Promise<T>,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
    method?: string,
  ): Promise<Answer<T>> {
    const typed = { ...headers, "content-type": "application/json" };
    return this.signed(path, JSON.stringify(body), timeout, read, typed, signal, method);
  }

  /** Asks as whoever is signed in; without a session nothing is sent. */
  async signed<T>(
    path: string,
    body: BodyInit | null,
    timeout: number,
    read: (response: Response) => Promise<T>,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
    method = "POST",
  ): Promise<Answer<T>> {
    const { authorization } = this.#options;
    const token = await authorization.token();
    if (signal?.aborted) return { kind: "cancelled" };
    if (token === undefined) return { kind: "problem", problem: UNAUTHORIZED };
    const answer = await this.#send(
      this.#base + path,
      {
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        body,
      },
      timeout,
      read,
      signal,
    );
    if (answer.kind === "problem" && answer.problem.status === 401) authorization.refused();
    return answer;
  }

  async #send<T>(
    url: string,
    init: RequestInit,
    timeout: number,
    read: (response: Response) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    const { connection, fetch: send = fetch } = this.#options;
    const late = AbortSignal.timeout(timeout);
    try {
      const response = await send(url, { ...init, signal: signal ? AbortSignal.any([signal, late]) : late });
      const answer: Answer<T> = response.ok
        ? { kind: "ok", value: await read(response), status: response.status }
        : { kind: "problem", problem: await problemOf(response) };
      connection.reached();
      return answer;
    } catch {
      if (signal?.aborted) return { kind: "cancelled" };
      const reason = late.aborted ? "timeout" : connection.onLine() ? "network" : "offline";
      connection.missed(reason);
      return { kind: "unreached", reason };
    }
  }
}

/** The JSON of an answer. */
export const json = async <T>(response: Response): Promise<T> => (await response.json()) as T;
