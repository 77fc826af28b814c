import type { Context } from "hono";
import type { Authenticate } from "../src/authenticate/authenticate.ts";
import type { FilingContext, FilingRequest } from "../src/filing/context.ts";
import type { Place } from "../src/place.ts";
import type { Env } from "./audit.ts";
import { readJson } from "./body.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";

export const USCC = /^[0-9A-Z]{18}$/;
export const YEAR = /^\d{4}$/;

/** What an `Idempotency-Key` may be. */
export const IDEMPOTENCY_KEY = "^[ -~]{1,255}$";

/**
 * The organ that a path names.
 * @throws ProblemError 404 when it is no code
 */
export function organOf(c: Context): string {
  const uscc = c.req.param("uscc") ?? "";
  if (!USCC.test(uscc)) throw notFound(c.req.path);
  return uscc;
}

/**
 * The organ and year that a path names.
 * @throws ProblemError 404 when it is no code or no year
 */
export function placeOf(c: Context): Place {
  const uscc = organOf(c);
  const year = c.req.param("year") ?? "";
  if (!YEAR.test(year)) throw notFound(c.req.path);
  return { uscc, year: Number(year) };
}

/**
 * Whether a parameter of the query says true; without it, no.
 * @throws ProblemError 400 when it says neither
 */
export function flagOf(c: Context, name: string): boolean {
  const value = c.req.query(name) ?? "false";
  if (value === "true" || value === "false") return value === "true";
  throw badParameter(`${name} 应为 true 或 false`, `${name} must be true or false`);
}

/** The 400 for a parameter of the query that will not do. */
export const badParameter = (detail: string, detailEn: string): ProblemError =>
  new ProblemError({ status: 400, title: "参数不对", titleEn: "Bad parameter", detail, detailEn });

/** The request as the way through takes it. A key that will not do is told of when the body is asked for. */
export function requestOf(c: Context): FilingRequest {
  const key = c.req.header("idempotency-key");
  return {
    authorization: c.req.header("authorization"),
    body: async () => {
      if (key !== undefined && !new RegExp(IDEMPOTENCY_KEY).test(key))
        throw new ProblemError({
          status: 400,
          title: "Idempotency-Key 不对",
          titleEn: "Bad Idempotency-Key",
          detail: "Idempotency-Key 应为1至255个可见的ASCII字符",
          detailEn: "Idempotency-Key must have 1 to 255 printable ASCII characters",
        });
      return readJson(c.req.raw);
    },
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
}

/** Finds out who calls, and remembers it for the audit log. */
export const remembering =
  (c: Context<Env>, authenticate: Authenticate): Authenticate =>
  async (authorization) => {
    const caller = await authenticate(authorization);
    c.set("caller", caller);
    return caller;
  };

/** The context of one request. */
export const contextOf = (c: Context<Env>, options: AppOptions): FilingContext => ({
  ...options,
  authenticate: remembering(c, options.authenticate),
});
