import type { StoreFault } from "../src/store/probe.ts";
import type { IndexQueue } from "./queue.ts";

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** How long the indexer may be behind before the service says that it is not well, seconds. */
const BEHIND = 900;

/**
 * `/healthz` of a server that indexes in its own process: what the app says, how far the indexer is behind, whether the
 * journal can be written, and what the store lacks. It is answered with 200 as long as reports can be read.
 */
export async function health(
  app: App,
  request: Request,
  queue: IndexQueue,
  storeFaults: readonly StoreFault[] = [],
): Promise<Response> {
  const answer = await app.fetch(new Request(request.url));
  const { waiting, failing, behind, journalFault } = queue.health();
  const well = storeFaults.length === 0 && journalFault === undefined && failing === 0 && behind < BEHIND;
  const answered = (await answer.json()) as Readonly<Record<string, unknown>>;
  const headers = new Headers(answer.headers);
  for (const name of ["etag", "content-length"]) headers.delete(name);
  const body = {
    ...answered,
    status: well ? answered["status"] : "degraded",
    journal: journalFault === undefined ? "ok" : journalFault,
    store: storeFaults.length === 0 ? "ok" : storeFaults.map(({ en }) => en),
    indexer: { waiting, failing, behindSeconds: behind },
  };
  return new Response(request.method === "HEAD" ? null : JSON.stringify(body), { status: answer.status, headers });
}
