import type { Context, Hono, MiddlewareHandler } from "hono";
import { audited } from "./audit.ts";
import { expectLength } from "./body.ts";
import type { Log } from "./decision.ts";
import type { Env } from "./env.ts";
import { notFound } from "./problem.ts";
import { readQuery } from "./query.ts";
import { fits, namesIn, PATH_PARAMETERS, type Route } from "./route.ts";
import { type Operation, ROUTES } from "./routes.ts";

/** What answers a request whose address and length are as its route has them. */
export type Handler = (c: Context<Env>) => Response | Promise<Response>;

/** What answers each operation, `But` those that are answered elsewhere. */
export type Handlers<But extends Operation = never> = Readonly<Record<Exclude<Operation, But>, Handler>>;

const searchOf = (url: string): string => {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at);
};

/**
 * Looks at a request before its handler does.
 *
 * It throws ProblemError 404 when the path names what cannot be there, 400 for its query, 413 for the length that it states.
 */
const understood =
  (route: Route): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set("route", route);
    for (const name of namesIn(route.path))
      if (!fits(c.req.param(name) ?? "", PATH_PARAMETERS[name]!.schema)) throw notFound(c.req.path);
    c.set("query", readQuery(searchOf(c.req.url), route.query));
    if (route.body) expectLength(c.req.raw, route.body);
    await next();
  };

/** Makes an app answer the routes of the table that it has handlers for. */
export function bind(app: Hono<Env>, handlers: Partial<Handlers>, log: Log): void {
  for (const route of ROUTES) {
    const handler = handlers[route.operation];
    if (!handler) continue;
    const path = route.path.replace(/\{(\w+)\}/g, ":$1");
    const { action } = route as Route;
    if (action) app.on(route.method, path, audited(action, log));
    app.on(route.method, path, understood(route), handler);
  }
}
