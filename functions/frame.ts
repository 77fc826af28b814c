import { Hono } from "hono";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import type { Env } from "./env.ts";
import { internalError, problemOf } from "./errors.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError, problemResponse } from "./problem.ts";
import { allowedAt, routesAt } from "./routes.ts";

/** What every part of the HTTP API is answered in: request ids, headers, what is not there, and problems in words. */
export function createFrame({
  log,
  publicUrl,
  requestId,
}: Pick<AppOptions, "log" | "publicUrl" | "requestId">): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const id = requestId?.(c.env) ?? crypto.randomUUID();
    c.set("requestId", id);
    await next();
    c.header("x-request-id", id);
    const reading = c.req.method === "GET" || c.req.method === "HEAD";
    // What is answered to somebody in particular is kept by nobody.
    if (!reading || c.res.status >= 400) c.header("cache-control", "no-store");
    const [route] = reading ? routesAt(c.req.path) : [];
    if (!route?.open) return;
    if (route.token === "optional") c.header("vary", "authorization", { append: true });
    if (c.req.header("authorization") === undefined || route.token === "none")
      c.header("access-control-allow-origin", "*");
  });
  app.use(secureHeaders({ crossOriginResourcePolicy: "cross-origin" }));
  app.on(["GET", "HEAD"], "/*", etag());

  app.notFound((c) => {
    const { method, path } = c.req;
    const allow = allowedAt(path);
    if (!allow || (method !== "OPTIONS" && allow.split(", ").includes(method)))
      return problemResponse(notFound(path), c.get("requestId"));
    if (method === "OPTIONS") return c.body(null, 204, { allow });
    const wrong = new ProblemError(
      {
        status: 405,
        title: "不支持的方法",
        titleEn: "Method Not Allowed",
        detail: `这里可用的方法：${allow}`,
        detailEn: `Allowed here: ${allow}`,
      },
      { allow },
    );
    return problemResponse(wrong, c.get("requestId"));
  });
  app.onError((error, c) => {
    const id = c.get("requestId");
    const known = problemOf(error, publicUrl, c.get("caller"));
    if (!known || known.problem.status >= 500)
      log.fault(error, { requestId: id, method: c.req.method, path: c.req.path });
    return problemResponse(known ?? internalError(), id);
  });
  return app;
}
