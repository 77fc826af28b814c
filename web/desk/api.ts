import { type Answer, Api, type ApiOptions, json, TIMEOUTS } from "../filing/flow/api.ts";

/** The service as the desk uses it: what it reads is for whoever oversees the division, and asked for with a token. */
export class DeskApi extends Api {
  readonly #connection: ApiOptions["connection"];

  constructor(options: ApiOptions) {
    super(options);
    this.#connection = options.connection;
  }

  /** Asks with the token of whoever is signed in, or sends something. */
  ask<T>(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    read: (response: Response) => Promise<T> = json<T>,
  ): Promise<Answer<T>> {
    const [text, headers] =
      body === undefined ? [null, {}] : [JSON.stringify(body), { "content-type": "application/json" }];
    return this.signed(path, text, TIMEOUTS.publish, read, headers, undefined, method);
  }

  /** A published file, by its address. */
  async download(url: string): Promise<Answer<Blob>> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUTS.preview) });
      if (response.ok) return { kind: "ok", value: await response.blob(), status: response.status };
    } catch {
      // As when it is refused: nothing else hangs on it.
    }
    return { kind: "unreached", reason: this.#connection.onLine() ? "network" : "offline" };
  }
}
