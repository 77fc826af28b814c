import type { MiddlewareHandler } from "hono";
import { AuthenticationError } from "../src/authenticate/authenticate.ts";
import { type Action, type Caller, ForbiddenError } from "../src/authenticate/caller.ts";
import type { Filer } from "../src/basics/filer.ts";
import type { Finding } from "../src/basics/finding.ts";
import type { Query } from "./query.ts";
import type { Route } from "./route.ts";

/** What became of a request that takes a token. */
export type Outcome =
  | "published"
  | "corrected"
  | "withdrawn"
  | "redacted"
  | "sealed"
  | "unchanged"
  | "conflict"
  | "checked"
  | "previewed"
  | "imported"
  | "rejected"
  | "denied"
  | "failed";

/** One decision, as the audit log keeps it: codes and numbers, never a text of a report, a name or a token. */
export interface Decision {
  readonly outcome: Outcome;
  readonly action: Action | "check" | "preview" | "import";
  readonly status: number;
  readonly requestId: string;
  /** Who asked; absent when that was not found out. */
  readonly caller?: Filer;
  readonly uscc?: string;
  readonly year?: number;
  readonly version?: number;
  /** Rule ids of what was found, each once. */
  readonly findings?: readonly string[];
  /** Why it was denied. */
  readonly reason?: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Where decisions and faults are told. */
export interface Log {
  decision(decision: Decision): void;
  /** What should not happen; gets no report text. */
  fault(error: Error, request: { readonly requestId: string; readonly method: string; readonly path: string }): void;
}

/** What a request learns on its way. */
export interface Env {
  Variables: {
    requestId: string;
    /** The route that the request is of, and what its query says: set before a handler of the table is called. */
    route: Route;
    query: Query;
    caller?: Caller;
    decision?: Partial<Decision>;
  };
}

/** The rule ids of findings, each once. */
export const ruleIds = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ id }) => id))];

/** The decision that a request ended in, as far as its route did not say. */
function outcomeOf(error: unknown, status: number): Pick<Decision, "outcome" | "reason" | "uscc"> {
  if (error instanceof AuthenticationError) return { outcome: "denied", reason: error.reason };
  if (error instanceof ForbiddenError) return { outcome: "denied", reason: "no right", uscc: error.uscc };
  if (status === 409) return { outcome: "conflict" };
  return { outcome: status >= 500 ? "failed" : "rejected" };
}

/** Tells the log what became of every request that goes through it. */
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
