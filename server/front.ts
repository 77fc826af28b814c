import type { HttpBindings } from "@hono/node-server";
import { incomplete } from "../functions/body.ts";
import { FILE_BODY, JSON_BODY } from "../functions/body-rule.ts";
import { internalError } from "../functions/errors.ts";
import { type Problem, ProblemError, problemResponse } from "../functions/problem.ts";
import type { Authenticate } from "../src/authenticate/authenticate.ts";
import type { StoreFault } from "../src/store/probe.ts";
import { type AddressOf, busy, type Limiter, Share } from "./limits.ts";
import type { Pool } from "./pool.ts";
import type { IndexQueue } from "./queue.ts";

export interface FrontOptions {
  /** Everything that is answered in this process: what only reads, the reading of files, what is refused. */
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  readonly authenticate: Authenticate;
  readonly limiter: Limiter;
  readonly addressOf: AddressOf;
  readonly pool: Pool;
  readonly queue: IndexQueue;
  /** What the store lacks, for as long as nothing may be published for it. */
  readonly storeFaults?: () => readonly StoreFault[];
  /** Called with what should not happen. */
  readonly onFault: (error: Error) => void;
  /** Called with what is refused before the app, whose own log has all the rest. */
  readonly onRefused?: (problem: Problem) => void;
}

/** What is checked, set and published in threads. */
const POOLED = /^\/(reports|organs|drafts)(\/|$)/;
/** What is read and set anew for every reader. */
const SET_FOR_READERS = /^\/drafts\/[^/]+\/[^/]+\/proof$/;
const isReading = ({ method, url }: Request): boolean =>
  method === "OPTIONS" || (["GET", "HEAD"].includes(method) && !SET_FOR_READERS.test(new URL(url).pathname));

/** Whether a request may publish, of which the indexer must hear. */
const mayPublish = ({ pathname, searchParams }: URL): boolean =>
  /^\/reports(\/|$)/.test(pathname) &&
  !pathname.endsWith("/preview") &&
  searchParams.getAll("dryRun").join() !== "true";

/** Bytes that are set aside for a body before it is read. */
function bytesOf(request: Request, most: number): number {
  if (!request.body) return 0;
  const length = request.headers.get("content-length");
  return length === null ? most : Math.min(Number(length), most);
}

/** The body, or as much of it as shows that it is too long. One that says so itself is not read. @throws ProblemError 400 */
async function readBody(request: Request): Promise<Uint8Array | undefined> {
  if (!request.body || Number(request.headers.get("content-length") ?? 0) > JSON_BODY.limit) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > JSON_BODY.limit) break;
    }
  } catch {
    throw incomplete();
  }
  // Memory of its own, which can be handed over.
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

/**
 * What stands before the app on a plain server, where no gateway does: limits by address and by caller, bodies that count
 * before they are read, and threads for what takes long, so that reading is answered at once whatever else is asked.
 */
export function createFront(options: FrontOptions) {
  const { app, authenticate, limiter, addressOf, pool, queue, onFault, onRefused = () => {} } = options;
  const { storeFaults = () => [] } = options;

  async function write(request: Request, address: string, share: Share, isGone: () => boolean): Promise<Response> {
    const url = new URL(request.url);
    const caller = await authenticate(request.headers.get("authorization") ?? undefined).catch(() => undefined);
    // The app answers what is wrong, without a look at the body.
    if (!caller) return app.fetch(request);
    const who = JSON.stringify([caller.filer.issuer, caller.filer.subject]);
    await share.enter("caller", who);
    const pooled = POOLED.test(url.pathname);
    share.reserve(bytesOf(request, (pooled ? JSON_BODY : FILE_BODY).limit), { caller: who, address });
    if (!pooled) return app.fetch(request);
    if (mayPublish(url) && storeFaults().length > 0)
      throw busy(
        300,
        "存储现在不能保证已公布的报告不被覆盖，暂停公布；校验、预览和阅读照常。请联系运行维护人员",
        "The store cannot keep what is published at the moment, and nothing is published; checks, previews and reading go on. Please tell those who run the service",
      );
    if (mayPublish(url) && !(await queue.writable()))
      throw busy(
        30,
        "服务暂时不能记下要做的事（磁盘已满或不能写），不能公布；校验、预览和阅读照常。请稍后再试",
        "The service cannot write its journal at the moment and publishes nothing; checks, previews and reading go on. Please try again later",
      );
    const body = await readBody(request);
    const job = { method: request.method, url: request.url, headers: [...request.headers], body };
    return pool.answer(who, job, isGone);
  }

  return async (request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> => {
    const share = new Share(limiter);
    const closed = new Promise<void>((resolve) => outgoing.once("close", () => resolve()));
    try {
      const address = addressOf(incoming);
      await share.enter("address", address);
      return isReading(request)
        ? await app.fetch(request)
        : await write(request, address, share, () => outgoing.destroyed);
    } catch (error) {
      const problem = error instanceof ProblemError ? error : internalError();
      if (error instanceof ProblemError) onRefused(error.problem);
      else onFault(error as Error);
      const response = problemResponse(problem, crypto.randomUUID());
      // Of what is refused the body is not read.
      if (request.body && !request.bodyUsed) response.headers.set("connection", "close");
      response.headers.set("cache-control", "no-store");
      return response;
    } finally {
      // Until it is done, though whoever asked has left, and until it is sent, however long they take to read.
      void closed.then(() => share.end());
    }
  };
}
