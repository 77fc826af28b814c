import { type Answer, Api, type ApiOptions, problemOf } from "../filing/flow/api.ts";

/** ms. A province's rows, or a workbook of them, take their time; API Gateway gives up after 30 s. */
const PATIENCE = 35_000;

const json = async <T>(response: Response): Promise<T> => (await response.json()) as T;

/** The service as the desk uses it: what it reads is for whoever oversees the division, and asked for with a token. */
export class DeskApi extends Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    super(options);
    this.#options = options;
  }

  /** Asks with the token of whoever is signed in, or sends something. */
  async ask<T>(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    read: (response: Response) => Promise<T> = json<T>,
  ): Promise<Answer<T>> {
    const { authorization, base = "" } = this.#options;
    const token = await authorization.token();
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await this.#fetch(base + path, { method, headers, ...sent }, read);
    if (answer.kind === "problem" && answer.problem.status === 401) authorization.refused();
    return answer;
  }

  /** A published file, by its address. */
  download(url: string): Promise<Answer<Blob>> {
    return this.#fetch(url, {}, (response) => response.blob());
  }

  async #fetch<T>(url: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
    const { connection } = this.#options;
    const late = AbortSignal.timeout(PATIENCE);
    try {
      const response = await fetch(url, { ...init, signal: late });
      const answer: Answer<T> = response.ok
        ? { kind: "ok", value: await read(response), status: response.status }
        : { kind: "problem", problem: await problemOf(response) };
      connection.reached();
      return answer;
    } catch {
      const reason = late.aborted ? "timeout" : connection.onLine() ? "network" : "offline";
      connection.missed(reason);
      return { kind: "unreached", reason };
    }
  }
}
