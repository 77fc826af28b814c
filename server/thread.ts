/** The messages between the process that listens and the threads in which the app runs. */

/** A request whose body has been read. */
export interface Job {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
}

/** Its answer. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What a thread sends besides its answers: the key of an object that it created. */
export interface Created {
  readonly created: string;
}

export const isCreated = (message: unknown): message is Created =>
  typeof message === "object" && message !== null && "created" in message && typeof message.created === "string";

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** Answers jobs by an app. */
export const answerBy =
  (app: App) =>
  async ({ method, url, headers, body }: Job): Promise<Reply> => {
    const request = new Request(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    const response = await app.fetch(request);
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
