import type { MiddlewareHandler } from "hono";
import { AuthenticationError } from "../src/authenticate/authenticate.ts";
import { ForbiddenError } from "../src/authenticate/caller.ts";
import type { Finding } from "../src/basics/finding.ts";
import type { Decision, Log } from "./decision.ts";
import type { Env } from "./env.ts";

/** The rule ids of findings, each once. */
export const ruleIds = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ id }) => id))];

/** The decision that a request ended in, as far as its route did not say. */
function outcomeOf(error: unknown, status: number): Pick<Decision, "outcome" | "reason" | "uscc" | "division"> {
  if (error instanceof AuthenticationError) return { outcome: "denied", reason: error.reason };
  if (error instanceof ForbiddenError) return { outcome: "denied", reason: "no right", ...error.about };
  if (status === 409) return { outcome: "conflict" };
  return { outcome: status >= 500 ? "failed" : "rejected" };
}

/** Logs the decision that every request ended in. */
export const audited =
  (action: Decision["action"], log: Log): MiddlewareHandler<Env> =>
  async (c, next) => {
    const began = performance.now();
    await next();
    const caller = c.get("caller")?.filer;
    log.decision({
      ...outcomeOf(c.error, c.res.status),
      action,
      status: c.res.status,
      requestId: c.get("requestId"),
      ...(caller ? { caller } : {}),
      ...c.get("decision"),
      duration: Math.round(performance.now() - began),
    });
  };
