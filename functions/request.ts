import type { Context } from "hono";
import type { Authenticate } from "../src/authenticate/authenticate.ts";
import type { Place } from "../src/basics/place.ts";
import type { FilingContext, FilingRequest } from "../src/filing/context.ts";
import { readBody } from "./body.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";

/** What an `Idempotency-Key` may be. */
export const IDEMPOTENCY_KEY = "^[ -~]{1,255}$";

/** The organ and year that a path names, which is found by its patterns. */
export const placeOf = (c: Context<Env>): Place => ({
  uscc: c.req.param("uscc") ?? "",
  year: Number(c.req.param("year")),
});

/** Whether a parameter of the query says true; without it, no. */
export const flagOf = (c: Context<Env>, name: string): boolean => c.get("query")[name] === "true";

/** The request as filing takes it. An invalid Idempotency-Key is refused when the body is asked for. */
export function requestOf(c: Context<Env>): FilingRequest {
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
      return readBody(c);
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
