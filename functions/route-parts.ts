/** What entries of the table of routes have in common. */
import { IDEMPOTENCY_KEY } from "./request.ts";
import type { Json, Parameter } from "./route.ts";

export const json = (schema: Json): Json => ({ "application/json": { schema } });

/** What any request with a token may be answered. */
export const SECURED = [400, 401, 403, 413, 415, 429, 500, 503] as const;
/** What one may be answered for which no right for an organ is needed. */
export const SIGNED_IN = SECURED.filter((status) => status !== 403);
/** What any request that only reads may be answered. */
export const READING = [400, 405, 429] as const;
/** What reads what is not for everybody may be answered. */
export const READING_OWN = [400, 401, 403, 405, 429, 500, 503] as const;

export const location: Json = { Location: { schema: { type: "string" } } };

export const idempotencyKey = (description: string): Json => ({
  name: "Idempotency-Key",
  in: "header",
  schema: { type: "string", pattern: IDEMPOTENCY_KEY },
  description,
});

export const flag = (name: string, description: string): Parameter => ({
  name,
  schema: { enum: ["true", "false"] },
  description,
  expected: { zh: "true 或 false", en: "true or false" },
});

/** What is read of the published schemas and of the service itself: by anybody, from anywhere. */
export const reading = { method: "GET", token: "none", open: true, handledBy: "api", rate: "read", query: [] } as const;
/** What is read by those whom it concerns. */
export const readingOwn = {
  method: "GET",
  token: "required",
  open: false,
  handledBy: "api",
  rate: "read",
  query: [],
  problems: READING_OWN,
} as const;
/** What acts for an organ. */
export const writing = {
  token: "required",
  open: false,
  handledBy: "api",
  rate: "write",
  query: [],
  problems: [422, ...SECURED],
} as const;
