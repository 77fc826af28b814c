import { Hono } from "hono";
import { internalError, problemOf } from "../functions/errors.ts";
import { problemResponse } from "../functions/problem.ts";
import type { StoreFault } from "../src/store/probe.ts";
import { health } from "./health.ts";
import type { IndexQueue } from "./queue.ts";

interface RootOptions {
  /** The API, which answers what nothing else does. */
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  /** What stands beside it, asked in this order: the public site, an issuer. */
  readonly beside: readonly Hono[];
  readonly queue: IndexQueue;
  /** What the store lacks, if anything. */
  readonly storeFaults?: () => readonly StoreFault[];
  readonly publicUrl: string;
  /** Called with what should not happen. */
  readonly onFault: (error: Error) => void;
}

/** All that is answered in the process that listens; what fails there is a problem document as well. */
export function createRoot({ app, beside, queue, storeFaults, publicUrl, onFault }: RootOptions): Hono {
  const root = new Hono();
  root.on(["GET", "HEAD"], "/healthz", (c) => health(app, c.req.raw, queue, storeFaults?.()));
  for (const part of beside) root.route("/", part);
  root.all("*", (c) => app.fetch(c.req.raw));
  root.onError((error) => {
    const known = problemOf(error, publicUrl);
    if (!known || known.problem.status >= 500) onFault(error);
    return problemResponse(known ?? internalError(), crypto.randomUUID());
  });
  return root;
}
